"""The embedded server starts, stops, is shared, and outlives nobody."""

import contextlib
import importlib.util
import os
import pwd
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from impl.db import embedded
from impl.db.embedded import EmbeddedError, binaries, cluster, postmaster, privileges
from impl.db.embedded.binaries import Binaries

HOLDER = textwrap.dedent("""
    import sys, time
    from impl.db import embedded
    with embedded.running(sys.argv[1], fsync=False) as server:
        print("attached" if server.is_attached else "started", server.app_url, flush=True)
        sys.stdin.readline()
""")


@contextlib.contextmanager
def holder(folder: Path) -> Iterator[tuple[subprocess.Popen[str], str, str]]:
    """Another process with the server; yields it, how it got the server, and the URL."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        how, url = process.stdout.readline().split()
        yield process, how, url
    finally:
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a cluster that these tests start and stop."""
    path = tmp_path_factory.mktemp("embedded")
    with embedded.running(path, fsync=False):
        pass
    return path


def ask(url: str, query: str = "SELECT 1") -> object:
    with psycopg.connect(url, connect_timeout=5) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def postmaster_pid(folder: Path) -> int:
    return int((folder / "postgres" / "postmaster.pid").read_text().split()[0])


def eventually(check: Callable[[], bool], seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not check():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def test_starts_fast_keeps_data_port_and_passwords(folder: Path) -> None:
    with embedded.running(folder, fsync=False) as server:
        url = server.owner_url
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE IF NOT EXISTS kept AS SELECT 7 AS n")
    begun = time.monotonic()
    with embedded.running(folder, fsync=False) as server:
        assert time.monotonic() - begun < 3, "an existing cluster starts in about 0.1 s"
        assert server.owner_url == url
        assert ask(server.owner_url, "SELECT n FROM kept") == 7
    assert not (folder / "postgres" / "postmaster.pid").exists()


def test_roles_have_no_more_rights_than_they_need(folder: Path) -> None:
    query = """SELECT string_agg(rolname || ':' || (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb), ' '
               ORDER BY rolname) FROM pg_roles WHERE rolname LIKE 'ats%'"""
    with embedded.running(folder, fsync=False) as server:
        assert ask(server.superuser_url, query) == "ats_app:false ats_owner:false"
        assert (
            ask(server.app_url, "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'ats'") == "ats_owner"
        )
        assert ask(server.app_url, "SELECT has_schema_privilege('public', 'CREATE')") is False
        assert ask(server.app_url, "SELECT has_database_privilege('ats', 'TEMP')") is False


def test_wrong_password_and_socket_are_refused(folder: Path) -> None:
    with embedded.running(folder, fsync=False) as server:
        with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
            psycopg.connect(server.app_url.replace("ats_app:", "ats_app:x"))
        assert ask(server.superuser_url, "SELECT current_setting('unix_socket_directories')") == ""
        assert ask(server.superuser_url, "SELECT current_setting('listen_addresses')") == "127.0.0.1"


def test_what_it_writes_is_private(folder: Path) -> None:
    for path in (folder / "postgres.json", folder / "postgres.log", folder / "postgres.lock"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE((folder / "postgres").stat().st_mode) == 0o700


def test_log_holds_neither_statements_nor_values(folder: Path) -> None:
    with embedded.running(folder, fsync=False) as server, psycopg.connect(server.owner_url) as connection:
        connection.execute("CREATE TEMP TABLE people (email text UNIQUE)")
        connection.execute("INSERT INTO people VALUES ('canary@example.test')")
        with pytest.raises(psycopg.errors.UniqueViolation):
            connection.execute("INSERT INTO people VALUES (%s)", ["canary@example.test"])
    log = (folder / "postgres.log").read_text()
    assert "duplicate key value" in log
    assert "canary" not in log
    assert "INSERT" not in log


def test_second_process_attaches_and_does_not_stop_it(folder: Path) -> None:
    with embedded.running(folder, fsync=False) as server:
        with holder(folder) as (process, how, url):
            assert (how, url) == ("attached", server.app_url)
            process.communicate("\n", timeout=10)
        assert ask(server.app_url) == 1


def test_second_process_attaches_while_the_first_is_still_creating(tmp_path: Path) -> None:
    first = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    eventually((tmp_path / "postgres.lock").exists)
    with holder(tmp_path) as (_, how, url):
        assert how in ("attached", "started")
        assert ask(url) == 1
        assert first.stdout is not None
        other = first.stdout.readline().split()
        assert {how, other[0]} == {"attached", "started"}
        assert other[1] == url
        if how == "attached":
            first.communicate("\n", timeout=30)
    first.kill()
    first.communicate()


def test_killed_supervisor_takes_the_server_with_it(folder: Path) -> None:
    with holder(folder) as (process, how, url):
        assert how == "started"
        pid = postmaster_pid(folder)
        with contextlib.closing(psycopg.connect(url, autocommit=True)) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
            process.kill()
            process.wait()
            eventually(lambda: not is_running(pid))
    with embedded.running(folder, fsync=False) as server:
        assert ask(server.app_url) == 1


def test_start_right_after_the_supervisor_was_killed(folder: Path) -> None:
    with holder(folder) as (process, _, url):
        process.kill()
        process.wait()
        with embedded.running(folder, fsync=False) as server:
            assert server.app_url == url
            assert ask(server.app_url) == 1


def test_killed_postmaster_is_started_again(folder: Path) -> None:
    with embedded.running(folder, fsync=False) as server:
        before = postmaster_pid(folder)
        os.kill(before, signal.SIGKILL)

        def is_back() -> bool:
            with contextlib.suppress(psycopg.OperationalError):
                return ask(server.app_url) == 1 and postmaster_pid(folder) != before
            return False

        eventually(is_back)


def test_both_killed_at_once_recovers(folder: Path) -> None:
    with holder(folder) as (process, _, url), contextlib.closing(psycopg.connect(url)):
        pid = postmaster_pid(folder)
        process.send_signal(signal.SIGSTOP)
        os.kill(pid, signal.SIGKILL)
        process.kill()
        process.wait()
    with embedded.running(folder, fsync=False) as server:
        assert ask(server.app_url) == 1


def test_stale_pid_file_of_another_program_is_ignored(folder: Path) -> None:
    pid_file = folder / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{os.getpid()}\n{folder / 'postgres'}\n1\n1\n\n127.0.0.1\n1 1\nready   \n")
    pid_file.chmod(0o600)
    with embedded.running(folder, fsync=False) as server:
        assert not server.is_attached
        assert ask(server.app_url) == 1


def test_taken_port_is_replaced(folder: Path) -> None:
    state = cluster.State.load(folder / "postgres.json")
    assert state is not None
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", state.port))
        taken.listen()
        with embedded.running(folder, fsync=False) as server:
            assert f":{state.port}/" not in server.app_url
            assert ask(server.app_url) == 1


def test_half_made_cluster_is_made_anew(tmp_path: Path) -> None:
    half = tmp_path / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    with embedded.running(tmp_path, fsync=False) as server:
        assert ask(server.app_url) == 1


def test_data_of_an_unknown_version_are_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("99\n")
    cluster.State(is_prepared=True).save(tmp_path / "postgres.json")
    with pytest.raises(EmbeddedError, match="written by PostgreSQL 99"), embedded.running(tmp_path):
        pass


def test_lost_passwords_are_said(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    with (
        pytest.raises(EmbeddedError, match=r"postgres\.json with its passwords is missing"),
        embedded.running(tmp_path),
    ):
        pass


def test_no_programs_is_a_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(binaries, "_installed", lambda: iter(()))
    with pytest.raises(EmbeddedError, match="ATS_DATABASE_URL"):
        binaries.find()


def test_existing_data_choose_the_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    both = [Binaries(Path("/wheel"), 18), Binaries(Path("/distribution"), 15)]
    monkeypatch.setattr(binaries, "_installed", lambda: iter(both))
    assert binaries.find().major == 18
    assert binaries.find(15).bin_dir == Path("/distribution")


@pytest.mark.skipif(not list(binaries.DISTRIBUTION_ROOT.glob("*/bin")), reason="no PostgreSQL of the distribution here")
def test_distributions_postgres_does_as_well(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    major = binaries.find().major
    with embedded.running(tmp_path, fsync=False) as server:
        assert ask(server.app_url, "SELECT current_setting('server_version_num')::int / 10000") == major
        assert ask(server.app_url, "SELECT string_agg(x, '' ORDER BY x) FROM unnest('{b,a,B,é}'::text[]) x") == "Babé"
    assert cluster.data_major(tmp_path / "postgres") == major


def test_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with embedded.running(tmp_path, fsync=False):
        pass
    (tmp_path / "postgres" / "postgresql.conf").write_text("nonsense = 1\n")
    with pytest.raises(EmbeddedError, match="unrecognized configuration parameter"), embedded.running(tmp_path):
        pass
    assert postmaster._pid_file_lines(tmp_path / "postgres") == []


def test_databases_are_copied_and_dropped(folder: Path) -> None:
    with embedded.running(folder, fsync=False) as server:
        server.create_database("source")
        with psycopg.connect(server.url("ats_owner", "source")) as connection:
            connection.execute("CREATE TABLE t AS SELECT 5 AS n")
        server.create_database("copy", template="source")
        assert ask(server.url("ats_owner", "copy"), "SELECT n FROM t") == 5
        with contextlib.closing(psycopg.connect(server.url("ats_app", "copy"))):
            server.drop_database("copy")
        server.drop_database("copy")
        server.drop_database("source")
        with pytest.raises(psycopg.OperationalError, match="does not exist"):
            psycopg.connect(server.url("ats_owner", "copy"))


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that any user can enter, as /var/lib is; pytest's own folders are private."""
    path = Path(tempfile.mkdtemp(prefix="ats-test-"))
    path.chmod(0o755)
    yield path
    shutil.rmtree(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_root_without_namespaces_runs_it_as_nobody(
    tmp_path: Path, reachable: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(privileges, "choose_mode", lambda: "nobody")
    monkeypatch.setattr(privileges, "SHARED_ROOT", reachable)
    monkeypatch.setattr(privileges, "_public", lambda path: path.is_relative_to(reachable))
    for _ in ("create", "start again"):
        with embedded.running(tmp_path, fsync=False) as server:
            assert ask(server.app_url) == 1
            pid = int((server.data_folder / "postmaster.pid").read_text().split()[0])
            assert Path(f"/proc/{pid}").stat().st_uid == pwd.getpwnam("nobody").pw_uid
            assert server.bin_dir.is_relative_to(reachable)
            assert server.data_folder.is_relative_to(reachable)
