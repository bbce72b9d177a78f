"""What the commands print, how they fail, and with which exit code."""

import json
import os
import socket
import subprocess
import sys
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest
from typer.testing import CliRunner

from impl.cli.commands import commands
from impl.cli.failures import Exit
from impl.db.embedded import Server
from impl.lib.crypto import MasterKey
from impl.lib.email import FolderMailer, Mail
from tests.cli.conftest import Ats

NOWHERE = "postgresql://ats_app:nobody-listens-here@127.0.0.1:1/ats"


@pytest.mark.parametrize(
    "command",
    [
        "run",
        "serve",
        "worker",
        "migrate",
        "seed",
        "keys create",
        "keys master",
        "keys rewrap",
        "organizations create",
        "spec",
        "mail",
        "parse",
    ],
)
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    shown = CliRunner().invoke(commands, [*command.split(), "--help"], terminal_width=100)

    assert shown.exit_code == Exit.OK
    assert f"ats {command}" in shown.output.replace("\n", " ")
    assert "Example:" in shown.output


def test_the_help_lists_the_exit_codes() -> None:
    shown = CliRunner().invoke(commands, ["--help"])

    assert shown.exit_code == Exit.OK
    for code in Exit:
        assert f"{code.value} " in shown.output


def test_the_module_runs_as_a_program() -> None:
    command = [sys.executable, "-m", "impl.cli", "--version"]

    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)

    assert (done.returncode, done.stdout.strip()) == (Exit.OK, version("ats"))


def test_an_unknown_option_is_a_usage_error(ats: Ats) -> None:
    done = ats("serve", "--prot", "80")

    assert done.returncode == Exit.USAGE
    assert "--port" in done.stderr


def test_spec_prints_the_served_documents(ats: Ats) -> None:
    written = files("generated")

    assert ats("spec").stdout == (written / "openapi.yaml").read_text(encoding="utf-8")
    assert json.loads(ats("spec", "--json").stdout) == json.loads((written / "openapi.json").read_bytes())


def test_each_master_key_is_a_new_one_that_the_service_takes(ats: Ats) -> None:
    first, second = (ats("keys", "master").stdout for _ in range(2))

    assert MasterKey.parse(first).primary_key_id != MasterKey.parse(second).primary_key_id


def test_settings_show_where_each_value_comes_from_and_no_secret(ats: Ats) -> None:
    done = ats("settings", ATS_DATABASE_URL=NOWHERE, ATS_SERVER__PORT="8123")

    lines = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith("ATS_")}
    assert done.returncode == Exit.OK
    assert "nobody-listens-here" not in done.stdout + done.stderr
    assert "not shown" in lines["ATS_DATABASE_URL"]
    assert "environment" in lines["ATS_DATABASE_URL"]
    assert lines["ATS_SERVER__PORT"].split()[1:3] == ["8123", "environment"]
    assert "default" in lines["ATS_LIMITS__BODY_BYTES_MAX"]


def test_refused_settings_are_all_named_at_once(ats: Ats) -> None:
    done = ats("serve", ATS_ENV="prod", ATS_SECURITY__CORS_ORIGINS="*")

    assert done.returncode == Exit.SETTINGS
    assert "ATS_MASTER_KEY_FILE" in done.stderr
    assert "ATS_SECURITY__CORS_ORIGINS" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("command", [("seed",), ("migrate",), ("organizations", "list")])
def test_a_database_that_is_away_is_named_without_a_traceback(ats: Ats, command: tuple[str, ...]) -> None:
    done = ats(*command, ATS_DATABASE_URL=NOWHERE, ATS_DATABASE_OWNER_URL=NOWHERE)

    assert done.returncode == Exit.DATABASE
    assert "The database does not answer" in done.stderr
    assert "Traceback" not in done.stderr
    assert "nobody-listens-here" not in done.stderr


def test_serve_refuses_the_owner_of_the_tables(installation: Ats) -> None:
    owner = installation.environment["ATS_DATABASE_OWNER_URL"]

    done = installation("serve", "--port", "0", ATS_DATABASE_URL=owner)

    assert done.returncode == Exit.REFUSED
    assert "row-level security would not bind it" in done.stderr
    assert "Traceback" not in done.stderr


def test_serve_refuses_a_database_that_was_not_migrated(ats: Ats, server: Server, empty_database: str) -> None:
    done = ats("serve", "--port", "0", ATS_DATABASE_URL=server.url("ats_app", empty_database))

    assert done.returncode == Exit.REFUSED
    assert "ats migrate" in done.stderr


def test_migrate_brings_a_database_up_once(ats: Ats, server: Server, empty_database: str) -> None:
    urls = {
        "ATS_DATABASE_URL": server.url("ats_app", empty_database),
        "ATS_DATABASE_OWNER_URL": server.url("ats_owner", empty_database),
    }

    first, second = ats("migrate", **urls), ats("migrate", **urls)

    assert (first.returncode, second.returncode) == (Exit.OK, Exit.OK)
    assert "Migrated to" in first.stderr
    assert "already" in second.stderr
    assert ats("organizations", "list", **urls).returncode == Exit.OK


def test_migrate_needs_the_owner(ats: Ats, server: Server, empty_database: str) -> None:
    done = ats("migrate", ATS_DATABASE_URL=server.url("ats_app", empty_database))

    assert done.returncode == Exit.SETTINGS
    assert "ATS_DATABASE_OWNER_URL" in done.stderr


def test_migrations_can_be_read_as_sql(ats: Ats) -> None:
    done = ats("migrate", "--sql")

    assert done.returncode == Exit.OK
    assert "CREATE TABLE applications" in done.stdout
    assert "ENABLE ROW LEVEL SECURITY" in done.stdout


def test_a_port_that_is_taken_is_named(installation: Ats) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        number = str(taken.getsockname()[1])
        done = installation("serve", "--port", number)

    assert done.returncode == Exit.FAILED
    assert f"port {number}" in done.stderr
    assert "Traceback" not in done.stderr


def test_run_is_for_development(installation: Ats) -> None:
    done = installation("run", ATS_ENV="staging", ATS_SERVER__BASE_URL="https://ats.example.org")

    assert done.returncode == Exit.USAGE
    assert "ats serve" in done.stderr


async def test_mails_of_a_service_without_a_server_are_shown(installation: Ats, tmp_path: Path) -> None:
    mailer = FolderMailer(tmp_path / "mail", "ats@example.org")
    for number in (1, 2):
        await mailer.send(Mail(f"key{number}", "[Org]", "mira@example.org", f"Hello {number}", "Dear Mira,\n[bold]"))
        os.utime(tmp_path / "mail" / f"key{number}.eml", (number, number))
    here = {"ATS_DATA_DIR": str(tmp_path)}

    listed = installation("mail", **here)
    first = installation("mail", "1", **here)

    assert listed.returncode == Exit.OK, listed.stderr
    assert [line.split()[-1] for line in listed.stdout.splitlines()[1:]] == ["2", "1"]
    assert "mira@example.org" in listed.stdout
    assert "Subject: Hello 2" in first.stdout
    assert 'From: "[Org]" <ats@example.org>' in first.stdout
    assert first.stdout.rstrip().endswith("Dear Mira,\n[bold]")


def test_mail_says_what_is_not_there(installation: Ats, tmp_path: Path) -> None:
    here = {"ATS_DATA_DIR": str(tmp_path)}

    assert installation("mail", **here).stdout == "No mail yet.\n"
    missing = installation("mail", "7", **here)
    assert (missing.returncode, "no mail 7" in missing.stderr) == (Exit.FAILED, True)
    elsewhere = installation("mail", ATS_EMAIL__HOST="smtp.example.org", **here)
    assert (elsewhere.returncode, "smtp.example.org" in elsewhere.stderr) == (Exit.USAGE, True)
