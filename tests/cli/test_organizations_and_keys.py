"""What an operator makes on the command line works at the API: organizations, their first users, API keys."""

import re

from impl.cli.failures import Exit
from impl.db.embedded import Server
from impl.lib import tokens
from tests.cli.conftest import Ats
from tests.support.database import TEMPLATE

FIRST = ("organizations", "create", "first", "--name", "First", "--admin-email", "ada@first.example.org")


def test_an_organization_is_made_once(installation: Ats) -> None:
    made, again = installation(*FIRST), installation(*FIRST)
    listed = installation("organizations", "list")

    assert (made.returncode, again.returncode) == (Exit.OK, Exit.FAILED)
    assert len(made.stdout.strip()) >= 16
    assert "already" in again.stderr
    assert re.search(r"^ *first +[0-9a-f-]{36}", listed.stdout, re.MULTILINE)


def test_what_the_contract_refuses_is_a_usage_error(installation: Ats) -> None:
    done = installation("organizations", "create", "No Slug", "--name", "x", "--admin-email", "nobody")

    assert done.returncode == Exit.USAGE
    assert "The slug" in done.stderr
    assert "--admin-email" in done.stderr


def test_a_key_goes_to_stdout_alone(installation: Ats) -> None:
    installation(*FIRST)

    done = installation("keys", "create", "-o", "first", "-s", "jobs:read", "--expires-in-days", "90")

    assert done.returncode == Exit.OK
    assert tokens.parse(done.stdout.strip()) is not None
    assert done.stdout.strip() not in done.stderr


def test_a_key_needs_scopes_and_a_known_organization(installation: Ats) -> None:
    without = installation("keys", "create", "-o", "first")
    unknown = installation("keys", "create", "-o", "nowhere", "--all-scopes")
    other_job = installation(
        "keys", "create", "-o", "first", "--all-scopes", "--job", "01900000-0000-7000-8000-0000000000ff"
    )

    assert without.returncode == Exit.USAGE
    assert "jobs:read" in without.stderr
    assert (unknown.returncode, "nowhere" in unknown.stderr) == (Exit.FAILED, True)
    assert (other_job.returncode, "/job_ids/0" in other_job.stderr) == (Exit.FAILED, True)


def test_another_master_key_is_refused(installation: Ats) -> None:
    installation(*FIRST)
    other = installation("keys", "master").stdout.strip()

    done = installation("keys", "create", "-o", "first", "--all-scopes", ATS_MASTER_KEY=other)

    assert done.returncode == Exit.REFUSED
    assert "not configured" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_master_key_is_replaced(server: Server, installation: Ats) -> None:
    """Both keys, rewrap, then the new one alone: what the old one guarded still opens, and the old one opens nothing."""
    name = "cli_rewrap"
    server.create_database(name, TEMPLATE)
    urls = {"ATS_DATABASE_URL": server.url("ats_app", name), "ATS_DATABASE_OWNER_URL": server.url("ats_owner", name)}
    ats = Ats({**installation.environment, **urls})
    old, new = installation.environment["ATS_MASTER_KEY"], installation("keys", "master").stdout.strip()
    key = ("keys", "create", "--all-scopes")
    try:
        assert ats(*FIRST).returncode == Exit.OK
        rewrapped = ats("keys", "rewrap", ATS_MASTER_KEY=f"{new},{old}")
        again = ats("keys", "rewrap", ATS_MASTER_KEY=new)
        with_new, with_old = ats(*key, ATS_MASTER_KEY=new), ats(*key)
    finally:
        server.drop_database(name)

    assert "Wrapped 2 key sets" in rewrapped.stderr, rewrapped.stderr
    assert "Wrapped 0 key sets" in again.stderr
    assert (with_new.returncode, with_old.returncode) == (Exit.OK, Exit.REFUSED)
