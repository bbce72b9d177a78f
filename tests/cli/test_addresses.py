"""Where a server says that it is."""

from pathlib import Path

import pytest

from impl.cli.failures import Failure
from impl.cli.serving import address_of, listen
from impl.settings import load


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8123"),
        ("0.0.0.0", "http://127.0.0.1:8123"),  # noqa: S104  # only translated
        ("::", "http://[::1]:8123"),
        ("fd00::7", "http://[fd00::7]:8123"),
        ("localhost", "http://localhost:8123"),
    ],
)
def test_a_server_names_an_address_that_this_machine_reaches(tmp_path: Path, host: str, url: str) -> None:
    settings = load(env_file=None, data_dir=tmp_path, server={"host": host})

    assert address_of(settings, 8123) == url


def test_the_settings_say_how_users_reach_it(tmp_path: Path) -> None:
    settings = load(env_file=None, data_dir=tmp_path, server={"base_url": "https://ats.example.org"})

    assert address_of(settings, 8123) == "https://ats.example.org"


def test_a_name_that_is_no_address_is_refused() -> None:
    with pytest.raises(Failure, match=r"Cannot listen on nowhere\.invalid"):
        listen("nowhere.invalid", 0)
