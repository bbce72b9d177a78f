"""Names of time zones: those of the IANA database, spelled as there."""

import pytest

from impl.lib import time_zones


@pytest.mark.parametrize(
    "name", ["UTC", "Europe/Berlin", "America/Argentina/Buenos_Aires", "Asia/Calcutta", "Etc/GMT+5"]
)
def test_knows(name: str) -> None:
    assert time_zones.is_known(name)


@pytest.mark.parametrize(
    "name", ["", "europe/berlin", "Europe/Atlantis", "CEST", "+02:00", "../etc/passwd", "posixrules"]
)
def test_does_not_know(name: str) -> None:
    assert not time_zones.is_known(name)
