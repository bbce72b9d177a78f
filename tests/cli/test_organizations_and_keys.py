"""What an operator makes on the command line works at the API: organizations, their first users, API keys."""

import re

from impl.cli.failures import Exit
from impl.lib import tokens
from tests.cli.conftest import Ats

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
