"""The server as a process: it answers, drains, stops in order, and replaces a worker that died."""

import os
import signal
import subprocess
import threading
import time
from pathlib import Path

import httpx2
import pytest

from impl.cli.failures import Exit
from tests.cli.conftest import Ats, await_ready

DRAIN_SECONDS = 2.5


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
    """Sign-in and key work; a sign-in that is under way when the signal comes is answered (its password hash takes a while)."""
    email, password = organization
    base = f"http://127.0.0.1:{port}"
    signed_in: list[httpx2.Response] = []

    def sign_in() -> None:
        credentials = {"email": email, "password": password}
        signed_in.append(httpx2.post(f"{base}/api/v1/auth/sessions", json=credentials, timeout=30))

    with installation.running("serve", "--port", str(port), ATS_SERVER__DRAIN_SECONDS="0") as process:
        await_ready(process, base)
        headers = {"Authorization": f"Bearer {api_key}"}
        jobs = httpx2.get(f"{base}/api/v1/jobs", headers=headers)
        users = httpx2.get(f"{base}/api/v1/users", headers=headers)
        page = httpx2.get(f"{base}/docs")
        thread = threading.Thread(target=sign_in)
        thread.start()
        time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        thread.join(30)
        assert process.wait(30) == Exit.OK

    assert (jobs.status_code, users.status_code, users.json()["code"]) == (200, 403, "missing_scope")
    assert page.status_code == 200
    assert "server" not in jobs.headers
    assert [answer.status_code for answer in signed_in] == [201]
    assert signed_in[0].json()["data"]["user"]["role"] == "admin"


def test_a_draining_server_answers_but_is_not_ready_and_a_second_signal_ends_it(
    installation: Ats, api_key: str, port: int
) -> None:
    base = f"http://127.0.0.1:{port}"
    with installation.running("serve", "--port", str(port), ATS_SERVER__DRAIN_SECONDS="300") as process:
        await_ready(process, base)
        process.send_signal(signal.SIGTERM)
        seen = _answers(base, api_key, seconds=1.0)
        process.send_signal(signal.SIGTERM)
        assert process.wait(30) == Exit.OK

    _expect_drained(seen)


def test_a_killed_worker_is_replaced_and_all_workers_drain(installation: Ats, api_key: str, port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    with installation.running(
        "serve", "--port", str(port), "--workers", "2", ATS_SERVER__DRAIN_SECONDS=str(DRAIN_SECONDS)
    ) as process:
        await_ready(process, base)
        before = _workers(process)
        os.kill(min(before), signal.SIGKILL)
        until = time.monotonic() + 60
        while not _workers(process) - before and time.monotonic() < until:
            time.sleep(0.1)
        replaced = _workers(process) - before
        await_ready(process, base)
        process.send_signal(signal.SIGTERM)
        seen = _answers(base, api_key, seconds=DRAIN_SECONDS - 0.5)
        assert process.wait(60) == Exit.OK

    assert (len(before), len(replaced)) == (2, 1)
    _expect_drained(seen)
    with pytest.raises(httpx2.TransportError):
        httpx2.get(f"{base}/healthz")


def _answers(base: str, api_key: str, *, seconds: float) -> list[tuple[str, int]]:
    """The paths that were asked for this long, and the statuses that came back."""
    until = time.monotonic() + seconds
    seen = []
    while time.monotonic() < until:
        for path in ("/healthz", "/readyz", "/api/v1/jobs"):
            answer = httpx2.get(f"{base}{path}", headers={"Authorization": f"Bearer {api_key}"})
            seen.append((path, answer.status_code))
        time.sleep(0.02)
    return seen


def _expect_drained(seen: list[tuple[str, int]]) -> None:
    assert {status for path, status in seen if path == "/healthz"} == {200}
    assert {status for path, status in seen if path == "/api/v1/jobs"} == {200}
    assert ("/readyz", 503) in seen


def _workers(process: "subprocess.Popen[bytes]") -> set[int]:
    """The server processes below the supervisor."""
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
    return {int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()}
