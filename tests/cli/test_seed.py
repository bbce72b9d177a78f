"""The demo organization: complete, the same every time, made once."""

import json
import os
import stat
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest import mock

import psycopg
import pytest

from generated import requests
from generated.enums import ApplicationStatus, InterviewStatus, JobStatus, Recommendation, ScorecardStatus, UserRole
from impl.cli import running
from impl.cli.failures import Exit
from impl.core.actor import system_actor
from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.demo import organization, plant
from impl.demo.story import CANDIDATES, Story
from impl.provisioning import perform
from impl.services import implementations
from impl.settings import load
from tests.cli.conftest import Ats, Done
from tests.support.database import TEMPLATE

# What is new in every installation by design: keys, passwords, sealed bytes and what is hashed with keys; and the database's own counters.
OF_CHANCE = ("_sealed", "_hash", "_hashes", "wrapped", "words", "public_id", "transaction_id", "sequence")


@pytest.fixture(scope="module")
def demo(server: Server, installation: Ats) -> Ats:
    """The installation with the demo organization in it."""
    done = installation("seed")
    assert done.returncode == Exit.OK, done.stderr
    return installation


class Tables:
    """Reads the demo's rows past the service."""

    def __init__(self, server: Server, ats: Ats) -> None:
        self._url = server.url("postgres", ats.environment["ATS_DATABASE_URL"].rpartition("/")[2])

    def rows(self, sql: str) -> list[Any]:
        with psycopg.connect(self._url) as connection:
            return connection.execute(sql.encode(), {"id": organization.ID}).fetchall()

    def count(self, table: str) -> int:
        sql = f"SELECT count(*) FROM {table} WHERE organization_id = %(id)s"  # noqa: S608  # a test's own name
        return int(self.rows(sql)[0][0])

    def by(self, table: str, column: str) -> Counter[str]:
        sql = f"SELECT {column}, count(*) FROM {table} WHERE organization_id = %(id)s GROUP BY 1"  # noqa: S608  # a test's own names
        return Counter(dict(self.rows(sql)))

    def content(self) -> dict[str, str]:
        """A hash of every table's rows of the demo, without what chance makes."""
        return {table: self._digest(table, columns) for table, columns in self._columns().items()}

    def _columns(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        sql = """
            SELECT c.table_name, c.column_name FROM information_schema.columns c
            WHERE c.table_schema = 'public' AND EXISTS (
                SELECT 1 FROM information_schema.columns o
                WHERE o.table_schema = 'public' AND o.table_name = c.table_name AND o.column_name = 'organization_id')
            ORDER BY 1, 2
        """
        for table, column in self.rows(sql):
            if not column.endswith(OF_CHANCE):
                found.setdefault(table, []).append(column)
        return found

    def _digest(self, table: str, columns: list[str]) -> str:
        row = f"ROW({', '.join(columns)})::text"
        sql = f"SELECT md5(string_agg({row}, '|' ORDER BY {row})) FROM {table} WHERE organization_id = %(id)s"  # noqa: S608  # names from the catalogue
        return str(self.rows(sql)[0][0])


@pytest.fixture
def tables(server: Server, demo: Ats) -> Tables:
    return Tables(server, demo)


def test_every_kind_of_row_is_there(tables: Tables) -> None:
    # One was entered twice.
    assert tables.count("candidates") == CANDIDATES + 1
    assert tables.count("jobs") >= 8
    assert 330 <= tables.count("applications") <= 420
    assert tables.count("departments") >= 10
    assert tables.count("offices") >= 4
    assert set(tables.by("jobs", "status")) == set(JobStatus)
    assert set(tables.by("users", "role")) == set(UserRole)
    assert set(tables.by("candidates", "status")) == {"active", "quarantined", "merged"}
    assert set(tables.by("intakes", "status")) == {"processed", "rejected", "quarantined", "discarded", "withdrawn"}
    made = tables.rows("SELECT made_application FROM intakes WHERE organization_id = %(id)s AND status = 'processed'")
    assert {row[0] for row in made} == {True, False}
    uploaded = tables.rows("SELECT kind FROM files WHERE organization_id = %(id)s AND intake_id IS NULL")
    assert len(uploaded) >= 20
    assert {row[0] for row in uploaded} == {"resume", "cover_letter"}
    assert tables.count("files") == tables.count("intakes") + len(uploaded)
    read = tables.by("resume_parses", "status")
    assert (read["failed"], read["needs_ocr"], read["queued"]) == (1, 1, 0)
    assert read["parsed"] >= 25
    assert 5 <= tables.by("resume_parses", "coalesce(accepted_by_type, 'nobody')")["user"] < read["parsed"]
    assert len(tables.by("resume_parses", "media_type")) >= 4, "of every format"
    [(marked,)] = tables.rows(
        "SELECT count(*) FROM resume_parses WHERE organization_id = %(id)s AND 'hidden_text' = ANY (flags)"
    )
    assert marked == 1
    assert tables.count("message_templates") >= 2
    assert tables.count("retention_policies") == 3
    assert tables.count("legal_holds") == 1
    assert len(tables.by("demographic_answers", "question")) == 4
    assert tables.by("messages", "status")["sent"] > 100
    assert min(tables.by("candidate_tags", "tag_id").values()) >= 2
    assert tables.count("scorecard_attributes") == 2 * tables.count("jobs")
    assert set(tables.by("interviews", "status")) == set(InterviewStatus)
    assert min(tables.by("scorecards", "status")[status] for status in ScorecardStatus) >= 5
    assert set(tables.by("scorecards", "recommendation")) >= set(Recommendation)
    assert len(tables.by("consents", "withdrawn_at IS NULL")) == 2
    assert tables.count("custom_fields") == len(organization.CUSTOM_FIELDS)
    assert tables.count("custom_field_values") > CANDIDATES
    assert min(tables.by("applications", "status")[status] for status in ApplicationStatus) >= 10


def test_jobs_are_screened_and_somebody_disagrees(tables: Tables) -> None:
    bands = tables.by("screening_results", "band")

    assert tables.count("screening_runs") == 5, "two lately, three in a quarter that is over"
    assert bands["required_met"] >= 2
    assert bands["required_not_found"] >= 2
    assert tables.by("screening_reviews", "decision") == {"overridden": 2}


async def test_the_last_quarter_shows_how_screening_favours_groups(demo: Ats) -> None:
    with mock.patch.dict(os.environ, demo.environment, clear=True):
        settings = load(env_file=None)
    actor, query = system_actor(organization.ID), requests.GetAdverseImpactReportQuery()
    async with (
        running.runtime(settings, str(demo.environment["ATS_DATABASE_URL"])) as runtime,
        runtime.database.transaction(organization.ID, timeout_seconds=5) as connection,
    ):
        ask = implementations(runtime).screening.get_adverse_impact_report
        report = await perform(runtime, connection, actor, "get_adverse_impact_report", lambda ctx: ask(ctx, query))
    everybody, *_ = report.rows
    by_gender = [row for row in report.rows if row.table == "gender" and row.people_count]
    assert (everybody.people_count or 0) >= 48
    assert len(by_gender) == 2
    assert 5000 < min(row.impact_basis_points or 0 for row in by_gender) < 10000, by_gender
    met = [row.impact_basis_points for row in report.rows if row.table == "gender_and_race_ethnicity"]
    assert len(met) == 4
    assert min(impact or 0 for impact in met) < 8000, "one group is favoured less than four fifths as often as another"


def test_offers_and_approvals_are_in_every_stage_of_their_lives(tables: Tables) -> None:
    offers, approvals = tables.by("offers", "status"), tables.by("approvals", "status")

    assert min(offers[status] for status in ("pending_approval", "sent", "accepted", "declined", "withdrawn")) >= 1, (
        offers
    )
    assert min(approvals[status] for status in ("pending", "approved")) >= 1, approvals
    assert tables.count("approval_policies") == 3


def test_the_events_tell_a_history_of_months(tables: Tables) -> None:
    [(first, last)] = tables.rows(
        "SELECT min(occurred_at), max(occurred_at) FROM events WHERE organization_id = %(id)s"
    )
    types = tables.by("events", "type")

    assert (last - first).days > 180
    for expected in ("application.moved", "application.hired", "application.reopened", "job.closed", "opening.filled"):
        assert types[expected], expected


def test_stage_history_and_applications_agree(tables: Tables) -> None:
    odd = tables.rows("""
        SELECT a.id FROM applications a
        LEFT JOIN stage_history h
          ON h.organization_id = a.organization_id AND h.application_id = a.id AND h.left_at IS NULL
        WHERE a.organization_id = %(id)s AND (
            (a.status = 'active') <> (h.id IS NOT NULL) OR (h.id IS NOT NULL AND h.stage_id <> a.stage_id))
    """)
    unordered = tables.rows("SELECT id FROM stage_history WHERE organization_id = %(id)s AND left_at < entered_at")

    assert (odd, unordered) == ([], [])


def test_the_sign_ins_lie_in_a_file_for_its_owner_alone(demo: Ats) -> None:
    path = Path(demo.environment["ATS_DATA_DIR"]) / "demo.json"
    document = json.loads(path.read_text())

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(document) == {"base_url", "api_key", "users"}
    assert document["api_key"].startswith("ats_dev_")
    assert {user["role"] for user in document["users"]} == set(UserRole)
    assert all(set(user) == {"email", "password", "role"} for user in document["users"])


def test_a_second_time_does_nothing_and_says_so(demo: Ats, tables: Tables) -> None:
    before = tables.content()

    again: Done = demo("seed")

    assert again.returncode == Exit.OK
    assert "there already: nothing was changed" in again.stderr
    assert "ats_dev_" not in again.stdout + again.stderr
    assert tables.content() == before


def test_production_takes_no_demo(demo: Ats) -> None:
    done = demo("seed", ATS_ENV="prod", ATS_SERVER__BASE_URL="https://ats.example.org")

    assert done.returncode == Exit.USAGE


def test_a_reset_makes_the_same_organization_with_new_sign_ins(
    server: Server, installation: Ats, tmp_path: Path
) -> None:
    name = "cli_reset"
    server.create_database(name, TEMPLATE)
    urls = {"ATS_DATABASE_URL": server.url("ats_app", name), "ATS_DATABASE_OWNER_URL": server.url("ats_owner", name)}
    ats = Ats({**installation.environment, **urls, "ATS_DATA_DIR": str(tmp_path)})
    try:
        first = ats("seed")
        content = Tables(server, ats).content()
        second = ats("seed", "--reset", "--yes")

        assert (first.returncode, second.returncode) == (Exit.OK, Exit.OK), second.stderr
        assert Tables(server, ats).content() == content
        assert first.stdout != second.stdout
    finally:
        server.drop_database(name)


async def test_it_is_made_whole_or_not_at_all(runtime: Runtime) -> None:
    until = datetime(2026, 6, 1, tzinfo=UTC)

    def fail(done: int, total: int) -> None:
        if done == 40:
            raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        await plant(runtime, until=until, progress=fail)
    async with runtime.database.transaction(organization.ID, timeout_seconds=5) as connection:
        assert await connection.raw.fetchval("SELECT count(*) FROM organizations") == 0


def test_the_story_depends_on_seed_and_present_alone() -> None:
    until = datetime(2026, 6, 1, tzinfo=UTC)

    assert list(Story(5, until).steps()) == list(Story(5, until).steps())
    assert list(Story(5, until).steps()) != list(Story(6, until).steps())
    assert all(step.at < until for step in Story(5, until).steps())
