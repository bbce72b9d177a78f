"""Retention policies: set, read, run by hand; whom they touch and when."""

import asyncio
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from impl.core.context import Context
from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib import clock
from impl.lib.clock import Hands
from impl.services.privacy import tasks
from impl.services.privacy.retention import Rule
from tests.services.habits import (
    Watch,
    changes_of,
    expect_if_match,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
)
from tests.services.privacy.habits import known, numbers, path_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

POLICIES = f"{V1}/retention_policies"
PATH = f"{POLICIES}/rejected"
OUTCOMES = ("rejected", "withdrawn", "hired", "no_application")
HALF_A_YEAR: Data = {"after_days": 180, "action": "anonymize", "is_enabled": True}


async def work(runtime: Runtime, cast: Cast) -> None:
    await tasks.apply_retention.work(TaskRun(runtime, cast.organization_id, "a-request", 1))


async def test_a_policy_is_set_read_and_replaced(admin: ApiClient, watched: Watch) -> None:
    assert problem(await admin.get(PATH)) == (404, "not_found")
    assert await admin.data("GET", POLICIES) == []
    response = await admin.put(PATH, json=HALF_A_YEAR)

    policy = response.json()["data"]
    assert {name: policy[name] for name in HALF_A_YEAR} == HALF_A_YEAR
    shown = await admin.get(PATH)
    assert (shown.json()["data"], shown.headers["ETag"]) == (policy, response.headers["ETag"])
    assert (await admin.get(PATH, headers={"If-None-Match": shown.headers["ETag"]})).status_code == 304
    later = await admin.data("PUT", PATH, json={"after_days": 90, "action": "erase"})
    assert (later["after_days"], later["action"], later["is_enabled"], later["version"]) == (90, "erase", False, 2)
    assert await admin.data("PUT", PATH, json={"after_days": 90, "action": "erase"}) == later
    other = await admin.data("PUT", f"{POLICIES}/hired", json=HALF_A_YEAR)
    assert ids_of(await admin.data("GET", POLICIES)) == ids_of([policy, other])
    events = await watched.events()
    assert [event["type"] for event in events] == [
        "retention_policy.created",
        "retention_policy.updated",
        "retention_policy.created",
    ]
    assert changes_of(events[1]) == {
        "after_days": ("180", "90"),
        "action": ("anonymize", "erase"),
        "is_enabled": ("true", "false"),
    }


async def test_points_to_what_is_wrong(admin: ApiClient, watched: Watch) -> None:
    for body, pointer in (
        ({**HALF_A_YEAR, "after_days": 0}, "/after_days"),
        ({**HALF_A_YEAR, "action": "forget"}, "/action"),
        ({"action": "erase"}, "/after_days"),
        ({**HALF_A_YEAR, "outcome": "hired"}, "/outcome"),
    ):
        assert refused_at(await admin.put(PATH, json=body)) == (422, "validation_failed", [pointer])
    assert problem(await admin.get(f"{POLICIES}/lost")) == (404, "not_found")
    assert problem(await admin.put(f"{POLICIES}/lost", json=HALF_A_YEAR)) == (404, "not_found")
    absent = await admin.put(PATH, json=HALF_A_YEAR, headers={"If-Match": '"1-0000"'})
    assert problem(absent) == (412, "precondition_failed")
    assert problem(await admin.post(f"{PATH}/run")) == (404, "not_found")
    await watched.expect_nothing()


async def test_two_at_once_make_one_policy(admin: ApiClient, rows: Rows, cast: Cast) -> None:
    answers = await asyncio.gather(*(admin.put(PATH, json={**HALF_A_YEAR, "after_days": n}) for n in range(1, 6)))
    assert {answer.status_code for answer in answers} == {200}
    assert await rows.count("retention_policies", cast.organization_id) == 1


async def test_holds_if_match_and_replays(admin: ApiClient, make: Factories, watched: Watch) -> None:
    await make.retention_policy()
    await expect_replay(watched, admin, f"{PATH}/run", None)
    await expect_if_match(watched, admin, "PUT", PATH, HALF_A_YEAR, PATH)


async def test_who_may_not(outsider: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await make.retention_policy()
    granted = await make.machine("privacy:read", "privacy:write", job_ids=[(await make.job())["id"]])
    for method, path, body, scope in (
        ("GET", POLICIES, None, "privacy:read"),
        ("GET", PATH, None, "privacy:read"),
        ("PUT", PATH, HALF_A_YEAR, "privacy:write"),
        ("POST", f"{PATH}/run", None, "privacy:write"),
    ):
        await expect_scope(recruiter, method, path, body, scope)
        assert problem(await granted.request(method, path, json=body)) == (403, "missing_grant")
    assert await outsider.data("GET", POLICIES) == []
    assert problem(await outsider.get(PATH)) == (404, "not_found")


@pytest.mark.promise("H7")
@pytest.mark.parametrize("outcome", OUTCOMES)
@pytest.mark.parametrize("action", ["anonymize", "erase"])
async def test_a_dry_run_shows_whom_the_run_touches(
    admin: ApiClient, make: Factories, watched: Watch, hands: Hands, outcome: str, action: str
) -> None:
    """Those of the outcome alone, no one who is active, held, deleted or was busy since; done once."""
    due = [await make.ended(outcome) for _ in range(2)]
    others = [await make.ended(each) for each in OUTCOMES if each != outcome]
    applying, held, deleted, noted = [await make.ended(outcome) for _ in range(4)]
    await make.application(candidate=applying)
    await make.legal_hold(held)
    await admin.data("DELETE", path_of(deleted))
    path = f"{POLICIES}/{outcome}/run"
    await admin.data("PUT", f"{POLICIES}/{outcome}", json={"after_days": 30, "action": action})
    hands.advance(timedelta(days=29))
    await admin.data("POST", path_of(noted, "/notes"), json={"body": "Called again."})
    assert (await admin.data("POST", path))["candidate_ids"] == []
    hands.advance(timedelta(days=1))
    before = await numbers(admin)
    await watched.begin()

    tried = (await admin.post(f"{path}?dry_run=true")).json()
    await watched.expect_nothing()
    done = await admin.data("POST", path)

    assert tried["data"] == done
    assert (done["candidate_ids"], done["has_more"]) == (ids_of(due), False)
    past = {"anonymize": "candidate.anonymized", "erase": "candidate.erased"}[action]
    effects = [(effect["type"], effect["resource_id"]) for effect in tried["effects"]]
    assert await watched.effects() == effects == [(past, each["id"]) for each in due]
    kept = {name: value for name, value in (await numbers(admin)).items() if name != "reports"}
    assert kept == {name: value for name, value in before.items() if name != "reports"}
    assert (await admin.data("POST", path))["candidate_ids"] == []
    for other in others:
        assert (await admin.data("GET", path_of(other)))["profile"] is not None


async def test_a_run_is_cut_into_parts(
    admin: ApiClient, make: Factories, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("impl.services.privacy.operations.RUN_MAX", 2)
    due = [await make.candidate() for _ in range(3)]
    await make.retention_policy("no_application", after_days=1)
    hands.advance(timedelta(days=2))
    path = f"{POLICIES}/no_application/run"

    first, second = [await admin.data("POST", path) for _ in range(2)]

    assert (first["candidate_ids"], first["has_more"]) == (ids_of(due[:2]), True)
    assert (second["candidate_ids"], second["has_more"]) == (ids_of(due[2:]), False)


@pytest.mark.promise("H7")
async def test_the_worker_runs_what_is_enabled_and_goes_on_where_it_was_killed(
    admin: ApiClient,
    make: Factories,
    cast: Cast,
    runtime: Runtime,
    hands: Hands,
    watched: Watch,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rejected = [(await known(make, f"Zz{number}"))[0] for number in range(3)]
    withdrawn = await make.ended("withdrawn")
    held = await make.ended("rejected")
    await make.legal_hold(held)
    await make.retention_policy("rejected", after_days=10, is_enabled=True, action="erase")
    await make.retention_policy("withdrawn", after_days=10)
    hands.advance(timedelta(days=10))
    await watched.begin()
    done = 0
    real = Rule.apply

    async def dying(rule: Rule, ctx: Context, candidate_id: UUID) -> bool:
        nonlocal done
        done += 1
        was_due = await real(rule, ctx, candidate_id)
        if done == 2:
            raise asyncio.CancelledError
        return was_due

    monkeypatch.setattr(Rule, "apply", dying)
    with pytest.raises(asyncio.CancelledError):
        await work(runtime, cast)
    assert await watched.effects() == [("candidate.erased", rejected[0]["id"])]
    for _ in range(2):
        await work(runtime, cast)

    assert await watched.effects() == [("candidate.erased", each["id"]) for each in rejected]
    assert {event["actor_type"] for event in await watched.events()} == {"system"}
    for each in (held, withdrawn):
        assert (await admin.data("GET", path_of(each)))["status"] == "active"


@pytest.mark.promise("H7")
@pytest.mark.parametrize(
    ("zone", "last", "days", "first_due"),
    [
        # A day of 23 hours and one of 25 count as one each.
        ("Europe/Berlin", datetime(2027, 3, 27, 22, 30, tzinfo=UTC), 1, datetime(2027, 3, 27, 23, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2027, 3, 28, 0, 30, tzinfo=UTC), 1, datetime(2027, 3, 28, 22, 0, tzinfo=UTC)),
        ("Europe/Berlin", datetime(2027, 10, 30, 22, 30, tzinfo=UTC), 1, datetime(2027, 10, 31, 23, 0, tzinfo=UTC)),
        # From before a leap day, and from the leap day itself.
        ("UTC", datetime(2028, 2, 28, 12, 0, tzinfo=UTC), 1, datetime(2028, 2, 29, 0, 0, tzinfo=UTC)),
        ("UTC", datetime(2028, 2, 28, 12, 0, tzinfo=UTC), 2, datetime(2028, 3, 1, 0, 0, tzinfo=UTC)),
        ("UTC", datetime(2028, 2, 29, 23, 59, tzinfo=UTC), 365, datetime(2029, 2, 28, 0, 0, tzinfo=UTC)),
        ("America/Los_Angeles", datetime(2027, 1, 1, 7, 59, tzinfo=UTC), 1, datetime(2027, 1, 1, 8, 0, tzinfo=UTC)),
    ],
)
async def test_is_due_on_the_day_of_the_organizations_calendar(
    admin: ApiClient, make: Factories, zone: str, last: datetime, days: int, first_due: datetime
) -> None:
    path = f"{POLICIES}/no_application/run?dry_run=true"
    await admin.data("PATCH", f"{V1}/organization", json={"time_zone": zone})
    await make.retention_policy("no_application", after_days=days)
    with clock.frozen(last):
        candidate = await make.candidate()
    for moment, expected in ((first_due - timedelta(seconds=1), []), (first_due, [candidate["id"]])):
        with clock.frozen(moment):
            assert (await admin.data("POST", path))["candidate_ids"] == expected, moment
