"""Creates the cluster, its roles and its database; keeps port and passwords in one private file beside it."""

import json
import os
import pwd
import secrets
import shutil
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path
from urllib.parse import quote

import psycopg
from psycopg import sql

from impl.db.embedded import privileges
from impl.db.embedded.errors import EmbeddedError
from impl.db.embedded.postmaster import clean_environment, free_port
from impl.db.embedded.privileges import Placement

SUPERUSER = "postgres"
OWNER = "ats_owner"
APP = "ats_app"
DATABASE = "ats"


def _password() -> str:
    return secrets.token_hex(24)


@dataclass
class State:
    """What is kept between runs: the port, and a password (48 hex digits) for each role. File mode 600."""

    port: int = field(default_factory=free_port)
    passwords: dict[str, str] = field(default_factory=lambda: {r: _password() for r in (SUPERUSER, OWNER, APP)})
    # Set after roles and database exist.
    is_prepared: bool = False
    cluster: str = ""

    @classmethod
    def load(cls, path: Path) -> "State | None":
        try:
            return cls(**json.loads(path.read_text()))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise EmbeddedError(f"{path} is not readable as the embedded database's state: {error}") from error

    def save(self, path: Path) -> None:
        partial = path.with_suffix(".partial")
        with open(os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(asdict(self), file)
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)

    def url(self, role: str, database: str = DATABASE) -> str:
        return f"postgresql://{role}:{quote(self.passwords[role])}@127.0.0.1:{self.port}/{quote(database)}"


def data_major(cluster: Path) -> int | None:
    """The major version that wrote the cluster; None if there is no cluster yet."""
    try:
        return int((cluster / "PG_VERSION").read_text().strip())
    except FileNotFoundError:
        return None


def create(placement: Placement, state: State, *, fsync: bool) -> None:
    """initdb beside the final place, then rename: a run that is killed in the middle leaves nothing half-made."""
    partial = placement.cluster.with_name(placement.cluster.name + ".new")
    password_file = partial.with_suffix(".password")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(mode=0o700)
    try:
        with open(os.open(password_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(state.passwords[SUPERUSER])
        if placement.mode == "nobody":
            privileges.own(partial, pwd.getpwnam("nobody").pw_uid)
            os.chown(password_file, pwd.getpwnam("nobody").pw_uid, -1)
        _initdb(placement, partial, password_file, fsync=fsync)
    finally:
        password_file.unlink(missing_ok=True)
    partial.rename(placement.cluster)


def _initdb(placement: Placement, target: Path, password_file: Path, *, fsync: bool) -> None:
    # The builtin provider sorts alike on every system and in every version of the C library; it came with 17.
    locale = ["--locale=C.UTF-8"]
    if placement.binaries.major >= 17:
        locale += ["--locale-provider=builtin"]
    program = [
        placement.binaries.program("initdb"),
        f"--pgdata={target}",
        f"--username={SUPERUSER}",
        f"--pwfile={password_file}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        *locale,
        *([] if fsync else ["--no-sync"]),
    ]
    done = subprocess.run(  # noqa: S603 - our own launcher and initdb, no shell
        privileges.command(placement.mode, program),
        capture_output=True,
        text=True,
        check=False,
        cwd="/",
        env=clean_environment(),
    )
    if done.returncode:
        said = (done.stdout + done.stderr).strip()[-2000:]
        raise EmbeddedError(f"PostgreSQL's data folder {target} could not be created:\n{said}")


def prepare(state: State) -> None:
    """Create the two roles and the database, or bring their passwords in line; safe to repeat."""
    with psycopg.connect(state.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        for role in (OWNER, APP):
            _create_role(connection, role, state.passwords[role])
    create_database(state, DATABASE)


def _create_role(connection: psycopg.Connection, role: str, password: str) -> None:
    known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
    verb = sql.SQL("ALTER" if known else "CREATE")
    rights = sql.SQL("LOGIN NOSUPERUSER NOBYPASSRLS NOCREATEDB NOCREATEROLE NOREPLICATION")
    connection.execute(
        sql.SQL("{} ROLE {} {} PASSWORD {}").format(verb, sql.Identifier(role), rights, sql.Literal(password))
    )


def create_database(state: State, name: str, template: str | None = None) -> None:
    """Create a database of ats_owner (a copy of `template`, if given) that ats_app may connect to; safe to repeat."""
    with psycopg.connect(state.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(
                sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE {}").format(
                    sql.Identifier(name), sql.Identifier(OWNER), sql.Identifier(template or "template0")
                )
            )
        for right in ("REVOKE ALL ON DATABASE {} FROM PUBLIC", "GRANT CONNECT ON DATABASE {} TO {}"):
            connection.execute(sql.SQL(right).format(sql.Identifier(name), sql.Identifier(APP)))


def drop_database(state: State, name: str) -> None:
    """Drop a database, ending the sessions in it; nothing happens if there is none."""
    with psycopg.connect(state.url(SUPERUSER, "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
