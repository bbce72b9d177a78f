"""The README's tour, run as it stands there: in a shell, against `ats run`, by somebody who has never been here."""

import json
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.cli.conftest import Ats, await_ready, plain_environment
from tests.support import stand_in_curl

__all__ = ["plain_environment"]

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def tour() -> str:
    """The one block of the README that is marked as bash."""
    [block] = re.findall(r"^```bash\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    return str(block)


@pytest.fixture(scope="module")
def home(plain_environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder in which `ats run` is running: started twice, because the second time must find everything of the first."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / ".data").mkdir()
    ats = Ats({**plain_environment, "ATS_DATA_DIR": str(folder / ".data")})
    seconds, documents = [], []
    for attempt in range(2):
        began = time.monotonic()
        with ats.running("run", "--port", "0") as process:
            base = _announced(folder / ".data", process)
            await_ready(process, base)
            seconds.append(time.monotonic() - began)
            documents.append(json.loads((folder / ".data" / "demo.json").read_text()) | {"base_url": ""})
            if attempt == 1:
                print(f"ats run: ready after {seconds[0]:.1f} s the first time, {seconds[1]:.1f} s the second")
                yield folder
        assert process.returncode == 0
        assert not list((folder / ".data").rglob("postmaster.pid")), "the embedded database was stopped in order"
    assert documents[0] == documents[1]
    assert sorted(path.name for path in folder.iterdir()) == [".data"]


def _announced(folder: Path, process: "subprocess.Popen[bytes]") -> str:
    """The address that `ats run` prints."""
    until = time.monotonic() + 110
    while time.monotonic() < until and process.poll() is None:
        for log in sorted(folder.glob("output-*.log"), key=lambda path: path.stat().st_mtime, reverse=True)[:1]:
            if found := re.search(r"(http://127\.0\.0\.1:\d+)/docs", log.read_text(errors="replace")):
                return found[1]
        time.sleep(0.1)
    raise AssertionError("ats run did not say where it is")


@pytest.mark.timeout(300)
@pytest.mark.parametrize("curl", ["curl", "stand-in"])
def test_the_tour_hires_somebody(home: Path, tmp_path: Path, curl: str) -> None:
    """With curl itself where it is installed; and with a stand-in, so that the tour is tested where it is not."""
    if curl == "curl" and shutil.which("curl") is None:
        pytest.skip("curl is not installed here; the stand-in runs the same commands")
    if curl == "stand-in":
        program = tmp_path / "curl"
        program.write_text(f"#!{sys.executable}\n{Path(stand_in_curl.__file__).read_text()}")
        program.chmod(0o755)
    path = f"{tmp_path}:{Path(sys.executable).parent}:{os.environ['PATH']}"

    done = subprocess.run(
        ["bash", "-eu", "-o", "pipefail", "-c", tour()],
        cwd=home,
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    lines = done.stdout.splitlines()
    assert lines[0].strip().lower() == "idempotency-replayed: true"
    assert lines[2:7] == ["open", "3", "precondition_failed", "in_review", "Lamp Trimmer"]
    assert lines[8:12] == ["['/basics/phones/0']", "1", "required_met", "Grace Kelpwright"]
    assert lines[14:17] == ["hired", "all_openings_filled", "['reopen_application']"]
    assert lines[-4:] == ["application.hired", "opening.filled", "post.unpublished", "job.closed"]
    _expect_hired(home)


def _expect_hired(home: Path) -> None:
    """The newest application belongs to the keeper of the lighthouse, who is hired; the one before her came from outside."""
    demo = json.loads((home / ".data" / "demo.json").read_text())
    newest, before = httpx2.get(
        f"{demo['base_url']}/api/v1/applications?sort=-created_at&limit=2&include=candidate,job",
        headers={"Authorization": f"Bearer {demo['api_key']}"},
    ).json()["data"]
    assert (before["status"], before["candidate"]["full_name"]) == ("active", "Otis Wickham")
    assert (newest["status"], newest["hire"]["starts_on"]) == ("hired", "2030-01-07")
    assert newest["candidate"]["full_name"] == "Grace Kelpwright"
    assert newest["job"]["title"] == "Lighthouse Keeper"


def test_the_demo_users_sign_in_and_see_what_their_roles_see(home: Path) -> None:
    """Each kind of sign-in in the file works; managers and interviewers see some of the jobs, the others all of them."""
    demo = json.loads((home / ".data" / "demo.json").read_text())
    seen = {}
    for role, user in {user["role"]: user for user in demo["users"]}.items():
        sign_in = {"email": user["email"], "password": user["password"]}
        session = httpx2.post(f"{demo['base_url']}/api/v1/auth/sessions", json=sign_in, timeout=30).json()["data"]
        headers = {"Authorization": f"Bearer {session['token']}"}
        jobs = httpx2.get(f"{demo['base_url']}/api/v1/jobs?limit=200", headers=headers).json()["data"]
        assert session["user"]["role"] == role
        seen[role] = len(jobs)

    assert seen["admin"] == seen["recruiter"] >= 12
    assert 0 < seen["hiring_manager"] < seen["admin"]
    assert 0 < seen["interviewer"] < seen["admin"]
    assert httpx2.get(f"{demo['base_url']}/docs").status_code == 200


@pytest.mark.parametrize(
    "document", ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", *map(str, (ROOT / "docs").rglob("*.md"))]
)
def test_links_lead_somewhere(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")
    folder = (ROOT / document).parent

    missing = [link for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", text) if not (folder / link).exists()]

    assert missing == []


def test_the_checklist_names_files_that_exist() -> None:
    table = README[README.index("## The checklist") :]
    named = re.findall(
        r"`((?:impl|tests|docs|spec|generated)/[^`*{<]*|Dockerfile|compose\.yaml|\.ci/run|\.github/[^`]*)`", table
    )

    assert len(named) > 30
    assert [path for path in named if not (ROOT / path).exists()] == []
