"""The server as a process: it answers, drains, stops in order, and replaces a worker that died."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import httpx2
import pytest

from impl.cli.failures import Exit
from tests.cli.conftest import Ats, await_ready

DRAIN_SECONDS = 1.5


@pytest.fixture(scope="module")
def organization(installation: Ats) -> tuple[str, str]:
    """An organization's administrator: e-mail address and password."""
    email = "ada@served.example.org"
    made = installation("organizations", "create", "served", "--name", "Served", "--admin-email", email)
    assert made.returncode == Exit.OK, made.stderr
    return email, made.stdout.strip()


@pytest.fixture(scope="module")
def api_key(installation: Ats, organization: tuple[str, str]) -> str:
    made = installation("keys", "create", "-o", "served", "-s", "jobs:read")
    assert made.returncode == Exit.OK, made.stderr
    return made.stdout.strip()


def test_what_the_command_line_made_works_at_the_api(
    installation: Ats, organization: tuple[str, str], api_key: str, port: int
) -> None:
    email, password = organization
    base = f"http://127.0.0.1:{port}"
    with installation.running("serve", "--port", str(port)) as process:
        await_ready(process, base)
        signed_in = httpx2.post(f"{base}/api/v1/auth/sessions", json={"email": email, "password": password})
        headers = {"Authorization": f"Bearer {api_key}"}
        jobs = httpx2.get(f"{base}/api/v1/jobs", headers=headers)
        users = httpx2.get(f"{base}/api/v1/users", headers=headers)
        page = httpx2.get(f"{base}/docs")

    assert signed_in.status_code == 201
    assert signed_in.json()["data"]["user"]["role"] == "admin"
    assert (jobs.status_code, users.status_code, users.json()["code"]) == (200, 403, "missing_scope")
    assert page.status_code == 200
    assert "server" not in jobs.headers
    assert process.returncode == Exit.OK


@pytest.mark.parametrize("workers", [1, 2])
def test_sigterm_drains(installation: Ats, api_key: str, port: int, workers: int) -> None:
    """While it drains, the process is alive and answers but is not ready; then it ends with 0, and nothing failed."""
    base = f"http://127.0.0.1:{port}"
    with installation.running(
        "serve", "--port", str(port), "--workers", str(workers), ATS_SERVER__DRAIN_SECONDS=str(DRAIN_SECONDS)
    ) as process:
        await_ready(process, base)
        process.send_signal(signal.SIGTERM)
        seen = _statuses(base, api_key, until=time.monotonic() + DRAIN_SECONDS - 0.3)
        assert process.wait(20) == Exit.OK

    assert {status for path, status in seen if path == "/healthz"} == {200}
    assert {status for path, status in seen if path == "/api/v1/jobs"} == {200}
    assert ("/readyz", 503) in seen
    with pytest.raises(httpx2.TransportError):
        httpx2.get(f"{base}/healthz")


def _statuses(base: str, api_key: str, until: float) -> list[tuple[str, int]]:
    seen = []
    while time.monotonic() < until:
        for path in ("/healthz", "/readyz", "/api/v1/jobs"):
            answer = httpx2.get(f"{base}{path}", headers={"Authorization": f"Bearer {api_key}"})
            seen.append((path, answer.status_code))
        time.sleep(0.02)
    return seen


def test_a_second_signal_stops_at_once(installation: Ats, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    with installation.running("serve", "--port", str(port), ATS_SERVER__DRAIN_SECONDS="60") as process:
        await_ready(process, base)
        process.send_signal(signal.SIGTERM)
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)

        assert process.wait(15) == Exit.OK


def test_a_killed_worker_is_replaced(installation: Ats, api_key: str, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    with installation.running("serve", "--port", str(port), "--workers", "2") as process:
        await_ready(process, base)
        before = _workers(process)
        os.kill(min(before), signal.SIGKILL)
        until = time.monotonic() + 30
        while len(_workers(process) - before) < 1 and time.monotonic() < until:
            time.sleep(0.1)
        await_ready(process, base)
        answer = httpx2.get(f"{base}/api/v1/jobs", headers={"Authorization": f"Bearer {api_key}"})

        assert len(before) == 2
        assert len(_workers(process) - before) == 1
        assert answer.status_code == 200


def _workers(process: "subprocess.Popen[bytes]") -> set[int]:
    """The server processes below the supervisor."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}


def test_running_requests_are_finished(installation: Ats, organization: tuple[str, str], port: int) -> None:
    """A sign-in takes as long as its password hash: one that has begun is answered after the signal."""
    email, password = organization
    base = f"http://127.0.0.1:{port}"
    answers: list[Any] = []

    def sign_in() -> None:
        answers.append(httpx2.post(f"{base}/api/v1/auth/sessions", json={"email": email, "password": password}))

    with installation.running("serve", "--port", str(port), ATS_SERVER__DRAIN_SECONDS="0") as process:
        await_ready(process, base)
        thread = threading.Thread(target=sign_in)
        thread.start()
        time.sleep(0.02)
        process.send_signal(signal.SIGTERM)
        thread.join(20)
        assert process.wait(20) == Exit.OK

    assert [answer.status_code for answer in answers] == [201]


def test_run_keeps_everything_in_its_folder_and_starts_again(
    plain_environment: dict[str, str], tmp_path: Path, port: int
) -> None:
    """`ats run` on an empty folder, twice: database, key, demo and sign-ins are made the first time and found the second."""
    folder = tmp_path / "data"
    folder.mkdir()
    ats = Ats({**plain_environment, "ATS_DATA_DIR": str(folder)})
    base = f"http://127.0.0.1:{port}"
    seconds, documents = [], []
    for _ in range(2):
        began = time.monotonic()
        with ats.running("run", "--port", str(port)) as process:
            await_ready(process, base)
            seconds.append(time.monotonic() - began)
            documents.append((folder / "demo.json").read_text())
        assert process.returncode == Exit.OK

    print(f"ats run: {seconds[0]:.1f} s the first time, {seconds[1]:.1f} s the second")
    assert documents[0] == documents[1]
    assert f'"base_url": "{base}"' in documents[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]
    assert not (folder / "postgres" / "postmaster.pid").exists(), "the embedded database was stopped in order"
