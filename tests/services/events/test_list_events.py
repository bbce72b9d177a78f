"""list_events: everything that happened, in an order that never skips a late commit."""

import asyncio
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from generated.operations import SCOPES
from impl import models
from impl.core.runtime import Runtime
from impl.db.engine import Connection
from impl.lib import ids
from tests.services.candidates.habits import WHOLE, personal_in
from tests.services.habits import (
    CANDIDATES,
    NOWHERE,
    PATIENCE_SECONDS,
    expect_cursor_rules,
    expect_query_rules,
    expect_scope,
    ids_of,
    settled,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

EVENTS = f"{V1}/events"


async def page(client: ApiClient, **query: Any) -> Data:
    response = await client.get(f"{EVENTS}?{urlencode(query)}")
    assert response.status_code == 200, response.text
    answer: Data = response.json()
    return answer


async def all_settled(client: ApiClient, rows: Rows, cast: Cast) -> list[Data]:
    """The whole feed of an organization, as somebody who sees all of it."""
    return await settled(client, len(await rows.events(cast.organization_id)))


def types_of(events: list[Data]) -> list[str]:
    return [event["type"] for event in events]


async def record(connection: Connection, cast: Cast, type_: str) -> str:
    """Write an event in an open transaction; its id."""
    event = models.Event(
        organization_id=cast.organization_id,
        id=ids.new_id(),
        type=type_,
        resource_type=type_.partition(".")[0],
        resource_id=ids.new_id(),
        actor_type="system",
        request_id="test",
    )
    connection.session.add(event)
    await connection.flush()
    return str(event.id)


async def test_tells_what_happened_in_order(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job, candidate = await make.job(), await make.candidate()
    application = await make.application(job, candidate)
    moved = await recruiter.post(f"{V1}/applications/{application['id']}/move", json={})

    events = await all_settled(recruiter, rows, cast)

    assert [type_ for type_ in types_of(events) if type_ != "opening.created"] == [
        "job.created",
        "job.opened",
        "candidate.created",
        "application.created",
        "application.moved",
    ]
    assert ids_of(events) == [str(event["id"]) for event in await rows.events(cast.organization_id)]
    assert events[-1] == {
        "id": events[-1]["id"],
        "type": "application.moved",
        "resource_type": "application",
        "resource_id": application["id"],
        "job_id": job["id"],
        "candidate_id": candidate["id"],
        "application_id": application["id"],
        "actor": {"type": "user", "id": str(recruiter.id)},
        "request_id": moved.headers["X-Request-Id"],
        "changes": [
            {
                "field": "stage_id",
                "before": application["stage_id"],
                "after": moved.json()["data"]["stage_id"],
            }
        ],
        "occurred_at": events[-1]["occurred_at"],
    }


async def test_names_a_machine_as_its_key(machine: ApiClient, rows: Rows, cast: Cast, admin: ApiClient) -> None:
    await machine.data("POST", CANDIDATES, json={"profile": {"full_name": "Mira"}})

    [event] = await all_settled(admin, rows, cast)

    assert event["actor"] == {"type": "api_key", "id": str(machine.id)}


async def test_tells_of_a_key_that_holds_every_scope(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    await make.api_key(*sorted(SCOPES))
    [created] = await all_settled(recruiter, rows, cast)
    assert created["changes"][0] == {"field": "scopes", "before": None, "after": " ".join(sorted(SCOPES))}


async def test_one_request_that_does_several_things_tells_them_in_order(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    await make.command(await make.application(), "hire")

    events = await all_settled(recruiter, rows, cast)

    assert types_of(events)[-3:] == ["application.hired", "opening.filled", "job.closed"]
    assert len({event["request_id"] for event in events[-3:]}) == 1


async def test_walks_on_from_each_page_and_stands_still_at_the_end(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    for _ in range(5):
        await make.candidate()
    everything = ids_of(await all_settled(recruiter, rows, cast))
    found: list[str] = []
    url = f"{EVENTS}?limit=2"
    while True:
        response = await recruiter.get(url)
        answer = response.json()
        found += ids_of(answer["data"])
        assert answer["page"]["next_cursor"]
        assert ("Link" in response.headers) == answer["page"]["has_more"]
        if not answer["page"]["has_more"]:
            break
        url = response.headers["Link"].partition(">")[0].removeprefix("<")
        assert parse_qs(urlsplit(url).query) == {"limit": ["2"], "after": [answer["page"]["next_cursor"]]}
    assert found == everything
    end = answer["page"]["next_cursor"]
    for _ in range(2):
        assert await page(recruiter, after=end) == {"data": [], "page": {"next_cursor": end, "has_more": False}}

    candidate = await make.candidate()

    [new] = await settled(recruiter, 1, after=end)
    assert (new["type"], new["resource_id"]) == ("candidate.created", candidate["id"])


async def test_begins_before_anything_has_happened(recruiter: ApiClient, make: Factories) -> None:
    first = await page(recruiter)
    assert (first["data"], first["page"]["has_more"]) == ([], False)
    start = first["page"]["next_cursor"]
    assert (await page(recruiter, after=start))["page"]["next_cursor"] == start

    candidate = await make.candidate()

    [event] = await settled(recruiter, 1, after=start)
    assert event["resource_id"] == candidate["id"]


async def test_never_skips_a_late_commit(recruiter: ApiClient, runtime: Runtime, cast: Cast, rows: Rows) -> None:
    start = (await page(recruiter))["page"]["next_cursor"]
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=30) as slow:
        late = await record(slow, cast, "source.created")
        async with runtime.database.transaction(cast.organization_id, timeout_seconds=30) as quick:
            early = await record(quick, cast, "source.updated")
        # What was committed first is there, but is held back: a reader who saw it would never see what comes before it.
        assert [str(event["id"]) for event in await rows.events(cast.organization_id)] == [early]
        waiting = await page(recruiter, after=start)
        assert waiting == {"data": [], "page": {"next_cursor": start, "has_more": False}}

    assert ids_of(await settled(recruiter, 2, after=start)) == [late, early]


async def test_shows_nothing_of_what_was_rolled_back(
    recruiter: ApiClient, runtime: Runtime, cast: Cast, make: Factories
) -> None:
    start = (await page(recruiter))["page"]["next_cursor"]
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=30) as undone:
        await record(undone, cast, "source.created")
        undone.rollback_only = True

    candidate = await make.candidate()

    [event] = await settled(recruiter, 1, after=start)
    assert event["resource_id"] == candidate["id"]


async def test_readers_beside_many_writers_miss_nothing_and_see_nothing_twice(
    recruiter: ApiClient, runtime: Runtime, cast: Cast, rows: Rows
) -> None:
    found: list[str] = []
    cursor = (await page(recruiter))["page"]["next_cursor"]

    async def write(number: int) -> None:
        async with runtime.database.transaction(cast.organization_id, timeout_seconds=30) as connection:
            await record(connection, cast, "source.created")
            await asyncio.sleep(0.01 * (number % 4))
            await record(connection, cast, "source.updated")

    async def write_all() -> None:
        for start in range(0, 24, 4):
            await asyncio.gather(*(write(start + number) for number in range(4)))

    writing = asyncio.create_task(write_all())
    async with asyncio.timeout(PATIENCE_SECONDS):
        while len(found) < 48:
            answer = await page(recruiter, after=cursor, limit=3)
            found += ids_of(answer["data"])
            cursor = answer["page"]["next_cursor"]
    await writing

    assert found == [str(event["id"]) for event in await rows.events(cast.organization_id)]
    assert (len(found), len(set(found))) == (48, 48)


async def test_filters(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    application, other = await make.application(), await make.application()
    await make.command(application, "move")
    await make.command(other, "withdraw")
    everything = await all_settled(recruiter, rows, cast)
    cases: list[tuple[dict[str, str], Callable[[Data], bool]]] = [
        ({"type": "application.moved"}, lambda event: event["type"] == "application.moved"),
        (
            {"type": "application.moved,application.withdrawn"},
            lambda event: event["type"] in ("application.moved", "application.withdrawn"),
        ),
        ({"resource_type": "job,candidate"}, lambda event: event["resource_type"] in ("job", "candidate")),
        ({"resource_id": application["id"]}, lambda event: event["resource_id"] == application["id"]),
        ({"job_id": other["job_id"]}, lambda event: event["job_id"] == other["job_id"]),
        ({"candidate_id": other["candidate_id"]}, lambda event: event["candidate_id"] == other["candidate_id"]),
        ({"application_id": other["id"]}, lambda event: event["application_id"] == other["id"]),
        (
            {"job_id": other["job_id"], "type": "application.created"},
            lambda event: event["resource_id"] == other["id"] and event["type"] == "application.created",
        ),
        ({"resource_id": NOWHERE}, lambda event: False),
    ]
    for query, wanted in cases:
        assert (await page(recruiter, limit=200, **query))["data"] == [each for each in everything if wanted(each)], (
            query
        )


async def test_a_cursor_belongs_to_its_filters(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    for _ in range(2):
        await make.candidate()
    await all_settled(recruiter, rows, cast)

    await expect_cursor_rules(
        recruiter, EVENTS, "type=job.created", "resource_type=candidate", f"job_id={NOWHERE}", place="after"
    )


async def test_refuses_a_query_that_the_contract_does_not_know(recruiter: ApiClient) -> None:
    await expect_query_rules(recruiter, EVENTS, "type=job.deleted", "resource_type=stage", "cursor=x", "resource_id=x")


async def test_holds_nothing_personal(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    candidate = await recruiter.data("POST", CANDIDATES, json={"profile": WHOLE})
    path = f"{CANDIDATES}/{candidate['id']}"
    await recruiter.data("PATCH", path, json={"profile": {"headline": "Numbat trainer", "emails": []}})
    application, reason = await make.application(candidate=candidate), await make.rejection_reason()
    await make.command(application, "reject", {"reason_id": reason["id"], "note": "Wombat, but no Numbat"})
    await recruiter.data("DELETE", path)
    await recruiter.data("POST", f"{path}/restore")

    events = await all_settled(recruiter, rows, cast)

    assert {"candidate.updated", "application.rejected", "candidate.restored"} <= set(types_of(events))
    assert personal_in(events) == []


async def test_shows_nothing_of_another_organization(
    outsider: ApiClient, make: Factories, make_elsewhere: Factories, recruiter: ApiClient, rows: Rows, cast: Cast
) -> None:
    await make.candidate()
    own = await make_elsewhere.candidate()
    await all_settled(recruiter, rows, cast)

    [event] = await settled(outsider, 1)

    assert event["resource_id"] == own["id"]


async def test_granted_actors_see_what_concerns_their_jobs(
    hiring_manager: ApiClient, make: Factories, admin: ApiClient, rows: Rows, cast: Cast
) -> None:
    application = await make.application()
    await make.application()
    job_id = application["job_id"]
    concerned = [event for event in await all_settled(admin, rows, cast) if event["job_id"] == job_id]
    assert await settled(hiring_manager, 0) == []

    await make.grant("hiring_manager", {"id": job_id})

    assert await settled(hiring_manager, len(concerned)) == concerned
    assert {"job.created", "application.created"} <= set(types_of(concerned))


async def test_needs_its_scope(interviewer: ApiClient, make: Factories) -> None:
    await make.grant("interviewer", await make.job())

    await expect_scope(interviewer, "GET", EVENTS, None, "events:read")
