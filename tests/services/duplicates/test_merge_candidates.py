"""merge_candidates: two candidates become one, and a ledger keeps what went over."""

import asyncio
from typing import Any

import asyncpg
import pytest

from impl.db.embedded import Server
from impl.models.tag import TAGS_MAX
from impl.services.duplicates.united import MOST, united, without
from tests.services.candidates.habits import EMPTY, path_of
from tests.services.habits import (
    APPLICATIONS,
    CANDIDATES,
    NOWHERE,
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
)
from tests.support import contract
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows
from tests.support.world import Slot, World

#: What a merged candidate answers otherwise.
OF_MERGED = {"unmerge_candidate", "restore_candidate"}
HOME = {"address": "mira@home.example", "kind": "personal"}
WORK = {"address": "mira@work.example", "kind": "work"}
PHONE = {"number": "+49 30 901820", "kind": "personal"}


def merge_path(survivor: Data) -> str:
    return path_of(survivor, "/merge")


def naming(duplicate: Data, **more: Any) -> Data:
    return {"duplicate_id": duplicate["id"], **more}


async def test_everything_goes_over(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor = await make.candidate(full_name="Mira Okafor", email=HOME["address"])
    profile = {
        "full_name": "M. Okafor",
        "headline": "Engineer",
        "emails": [{**HOME, "address": "MIRA@home.example"}, WORK],
    }
    tags = [(await make.tag())["id"] for _ in range(2)]
    survivor = await recruiter.data("PATCH", path_of(survivor), json={"tag_ids": tags[:1]})
    duplicate = await make.candidate(profile=profile | {"phones": [PHONE]}, external_id="D-1", tag_ids=tags)
    application = await make.application(candidate=duplicate)
    await make.command(application, "move")
    note = await make.note(application)
    message = await make.message(application)
    await watched.begin()

    merged = await recruiter.data("POST", merge_path(survivor), json=naming(duplicate))

    assert merged["moved"] == [
        {"kind": "applications", "count": 1},
        {"kind": "candidate_tags", "count": 1},
        {"kind": "messages", "count": 1},
        {"kind": "notes", "count": 1},
        {"kind": "stage_history", "count": 2},
    ]
    assert (merged["duplicate_id"], merged["withdrawn_application_ids"]) == (duplicate["id"], [])
    united_profile = {
        **EMPTY,
        "full_name": "Mira Okafor",
        "headline": "Engineer",
        "emails": [HOME, WORK],
        "phones": [PHONE],
    }
    assert merged["survivor"]["profile"] == united_profile
    assert (merged["survivor"]["version"], merged["survivor"]["external_id"]) == (3, None)
    assert sorted(merged["survivor"]["tag_ids"]) == sorted(tags)
    assert await recruiter.data("GET", path_of(survivor)) == merged["survivor"]
    for read, first in (("notes", note), ("messages", message)):
        path = path_of(survivor, "/notes") if read == "notes" else f"{V1}/messages?candidate_id={survivor['id']}"
        [found] = await recruiter.data("GET", path)
        assert (found["id"], found["candidate_id"], found["version"]) == (first["id"], survivor["id"], 2)
    history = await recruiter.data("GET", f"{V1}/stage_history?candidate_id={survivor['id']}")
    assert [each["application_id"] for each in history] == [application["id"]] * 2
    assert ids_of(await recruiter.data("GET", f"{CANDIDATES}?email={WORK['address']}")) == [survivor["id"]]
    [shown] = await recruiter.data("GET", f"{CANDIDATES}?status=merged")
    assert (shown["id"], shown["merged_into_id"]) == (duplicate["id"], survivor["id"])
    assert await watched.effects() == [
        ("application.reassigned", application["id"]),
        ("candidate.merged", duplicate["id"]),
        ("candidate.updated", survivor["id"]),
    ]
    events = await watched.events()
    assert changes_of(events[0]) == {"candidate_id": (duplicate["id"], survivor["id"])}
    assert changes_of(events[1]) == {"status": ("active", "merged"), "merged_into_id": (None, survivor["id"])}


async def test_the_old_id_leads_every_reading_to_the_survivor(recruiter: ApiClient, make: Factories) -> None:
    survivor = await make.candidate()
    duplicate = await make.merged(survivor)

    for rest in ("", "/timeline?limit=1&type=candidate.created", "/notes", "/duplicates"):
        moved = await recruiter.get(path_of(duplicate, rest))
        assert (moved.status_code, moved.content) == (308, b"")
        assert moved.headers["Location"] == path_of(survivor, rest)
        assert (await recruiter.get(moved.headers["Location"])).status_code == 200
    assert (
        await recruiter.request("HEAD", path_of(duplicate).replace(duplicate["id"], duplicate["id"].upper()))
    ).headers["Location"] == path_of(survivor)


async def test_every_reading_of_the_contract_leads_there(admin: ApiClient, make: Factories) -> None:
    survivor = await make.candidate()
    duplicate = await make.merged(survivor)
    found = 0
    for operation in contract.operations().values():
        if operation.method == "GET" and "{candidate_id}" in operation.path:
            moved = await admin.get(operation.path.format(candidate_id=duplicate["id"]))
            assert moved.status_code == 308, operation.operation_id
            assert moved.headers["Location"] == operation.path.format(candidate_id=survivor["id"])
            found += 1
    assert found >= 4


async def test_the_old_id_takes_no_change(
    admin: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    survivor = await make.candidate()
    duplicate = await make.merged(survivor)
    job = await make.job()
    world = World(cast)
    calls = [
        call.with_id(Slot(name, "path", ("candidate_id",), "candidate"), duplicate["id"])
        for name, operation in contract.operations().items()
        if operation.method != "GET" and "{candidate_id}" in operation.path and name not in OF_MERGED
        for call in [await world.call(name)]
    ]
    assert len(calls) >= 4
    await watched.begin()

    for call in calls:
        refused = await call.send(admin)
        assert problem(refused) == (409, "candidate_merged"), call.operation.operation_id
        assert refused.json()["survivor_id"] == survivor["id"]
    restored = await recruiter.post(path_of(duplicate, "/restore"))
    assert problem(restored) == (409, "candidate_transition_refused")
    applied = await recruiter.post(APPLICATIONS, json={"candidate_id": duplicate["id"], "job_id": job["id"]})
    assert problem(applied) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_two_applications_on_one_job_are_not_made_one(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    survivor, duplicate, job = await make.candidate(), await make.candidate(), await make.job()
    kept = await make.application(job=job, candidate=survivor)
    double = await make.application(job=job, candidate=duplicate)
    elsewhere = await make.application(candidate=duplicate)
    await watched.begin()

    refused = await recruiter.post(merge_path(survivor), json=naming(duplicate))
    assert problem(refused) == (409, "duplicate_application")
    assert refused.json()["conflicting_id"] == double["id"]
    await watched.expect_nothing()

    body = naming(duplicate, withdraw_duplicates=True)
    merged = await recruiter.data("POST", merge_path(survivor), json=body)

    assert merged["withdrawn_application_ids"] == [double["id"]]
    listed = await recruiter.data("GET", f"{APPLICATIONS}?candidate_id={survivor['id']}&sort=created_at")
    assert [(each["id"], each["status"]) for each in listed] == [
        (kept["id"], "active"),
        (double["id"], "withdrawn"),
        (elsewhere["id"], "active"),
    ]
    history = await recruiter.data("GET", f"{V1}/stage_history?application_id={double['id']}")
    assert [each["left_at"] is None for each in history] == [False]


async def test_offers_go_over_and_one_that_is_out_is_not_withdrawn_with_a_double(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    survivor, duplicate, job = await make.candidate(), await make.candidate(), await make.job()
    await make.application(job=job, candidate=survivor)
    double = await make.offer(await make.application(job=job, candidate=duplicate), status="sent")
    other = await make.offer(await make.application(candidate=duplicate))
    body = naming(duplicate, withdraw_duplicates=True)
    await watched.begin()

    refused = await recruiter.post(merge_path(survivor), json=body)

    assert problem(refused) == (409, "offer_outstanding")
    assert refused.json()["conflicting_id"] == double["id"]
    await watched.expect_nothing()
    await recruiter.data("POST", f"{V1}/offers/{double['id']}/withdraw")
    await recruiter.data("POST", merge_path(survivor), json=body)
    shown = [await recruiter.data("GET", f"{V1}/offers/{each['id']}") for each in (double, other)]
    assert [(each["candidate_id"], each["status"]) for each in shown] == [
        (survivor["id"], "withdrawn"),
        (survivor["id"], "draft"),
    ]


async def test_an_ended_application_on_the_same_job_is_no_obstacle(recruiter: ApiClient, make: Factories) -> None:
    survivor, duplicate, job = await make.candidate(), await make.candidate(), await make.job()
    await make.application(job=job, candidate=survivor)
    ended = await make.application(job=job, candidate=duplicate)
    await make.command(ended, "withdraw")

    await recruiter.data("POST", merge_path(survivor), json=naming(duplicate))


async def test_refuses_what_is_no_pair(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor, gone = await make.candidate(), await make.candidate()
    merged = await make.merged()
    await make.admin.data("DELETE", path_of(gone))
    await watched.begin()

    for duplicate, code in (
        (survivor, "same_candidate"),
        (gone, "candidate_transition_refused"),
        (merged, "candidate_transition_refused"),
    ):
        assert problem(await recruiter.post(merge_path(survivor), json=naming(duplicate))) == (409, code)
    unknown = await recruiter.post(merge_path(survivor), json=naming({"id": NOWHERE}))
    assert refused_at(unknown) == (404, "reference_not_found", ["/duplicate_id"])
    deleted = await recruiter.post(merge_path(gone), json=naming(survivor))
    assert problem(deleted) == (404, "candidate_quarantined")
    await watched.expect_nothing()


async def test_takes_as_many_tags_as_fit(recruiter: ApiClient, make: Factories) -> None:
    tags = [(await make.tag())["id"] for _ in range(TAGS_MAX + 2)]
    survivor = await make.candidate(tag_ids=tags[:2])
    duplicate = await make.candidate(tag_ids=tags[2:])

    merged = await recruiter.data("POST", merge_path(survivor), json=naming(duplicate))

    assert merged["survivor"]["tag_ids"] == sorted(tags[:TAGS_MAX])
    back = await recruiter.data("POST", path_of(duplicate, "/unmerge"))
    assert back["tag_ids"] == sorted(tags[2:])


async def test_a_chain_is_followed_in_its_order(recruiter: ApiClient, make: Factories) -> None:
    first, second, last = [await make.candidate() for _ in range(3)]
    application = await make.application(candidate=first)
    await make.merged(second, first)
    await make.merged(last, second)

    one_on = await recruiter.get(path_of(first))
    assert one_on.headers["Location"] == path_of(second)
    assert (await recruiter.get(one_on.headers["Location"])).headers["Location"] == path_of(last)
    assert (await recruiter.data("GET", f"{APPLICATIONS}/{application['id']}"))["candidate_id"] == last["id"]
    assert problem(await recruiter.post(merge_path(first), json=naming(last))) == (409, "candidate_merged")


async def test_tries_it_first(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor, duplicate = await make.reachable(), await make.reachable()
    application = await make.application(candidate=duplicate)
    effects = [
        ("application.reassigned", application["id"]),
        ("candidate.merged", duplicate["id"]),
        ("candidate.updated", survivor["id"]),
    ]

    tried = await expect_dry_run(watched, recruiter, merge_path(survivor), naming(duplicate), effects)

    assert len(tried["survivor"]["profile"]["emails"]) == 2


async def test_replays_and_holds_if_match(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    survivor, duplicate, another = [await make.candidate() for _ in range(3)]
    await expect_replay(watched, recruiter, merge_path(survivor), naming(duplicate), naming(another))
    await expect_if_match(watched, recruiter, "POST", merge_path(survivor), naming(another), path_of(survivor))


async def test_who_may_not(
    outsider: ApiClient, recruiter: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    survivor, duplicate = await make.candidate(), await make.candidate()
    await expect_hidden(watched, outsider, "POST", merge_path(survivor), naming(duplicate))
    await expect_scope(hiring_manager, "POST", merge_path(survivor), naming(duplicate), "candidates:write")
    granted = await make.machine("candidates:write", job_ids=[(await make.job())["id"]])
    assert problem(await granted.post(merge_path(survivor), json=naming(duplicate))) == (403, "missing_grant")


async def test_a_candidate_next_door_is_no_duplicate(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    refused = await recruiter.post(merge_path(await make.candidate()), json=naming(await make_elsewhere.candidate()))
    assert refused_at(refused) == (404, "reference_not_found", ["/duplicate_id"])


@pytest.mark.promise("D3")
@pytest.mark.parametrize("kind", ["application", "note", "message"])
async def test_what_is_written_meanwhile_is_not_lost(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast, server: Server, database_name: str, kind: str
) -> None:
    """Two transactions: the merge holds the candidates, a row for the duplicate waits for it and then meets a merged candidate."""
    survivor, duplicate, job = await make.candidate(), await make.reachable(), await make.job()
    writes = {
        "application": (APPLICATIONS, {"candidate_id": duplicate["id"], "job_id": job["id"]}, "candidate_not_active"),
        "note": (path_of(duplicate, "/notes"), {"body": "Words"}, "candidate_merged"),
        "message": (
            f"{V1}/messages",
            {"recipient": "candidate", "candidate_id": duplicate["id"], "subject": "S", "body": "B"},
            "candidate_not_active",
        ),
    }
    path, body, code = writes[kind]
    other = await asyncpg.connect(server.url("postgres", database_name))
    try:
        async with other.transaction():
            # As the merge does: the candidate is locked alone while its rows are given away.
            lock = "SELECT 1 FROM candidates WHERE id = $1 FOR UPDATE"
            await other.execute(lock, duplicate["id"])
            writing = asyncio.ensure_future(recruiter.post(path, json=body))
            await _until_waiting(rows)
            await other.execute(
                "UPDATE candidates SET status = 'merged', merged_into_id = $1 WHERE id = $2",
                survivor["id"],
                duplicate["id"],
            )
    finally:
        await other.close()
    assert problem(await writing) == (409, code)
    assert await rows.connection.fetchval("SELECT count(*) FROM notes WHERE candidate_id = $1", duplicate["id"]) == 0


async def _until_waiting(rows: Rows) -> None:
    """Until a statement of the service waits for a lock."""
    sql = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND usename = 'ats_app'"
    async with asyncio.timeout(10):
        while not await rows.connection.fetchval(sql):
            await rows.connection.execute("SELECT pg_sleep(0.01)")


@pytest.mark.promise("D3")
async def test_two_merges_and_new_applications_at_once_end_as_one_after_the_other(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    """Merged both ways at once while applications come in: one merge is refused, and every application is the survivor's."""
    one, other = await make.candidate(), await make.candidate()
    jobs = [await make.job() for _ in range(4)]
    applications = [
        recruiter.post(APPLICATIONS, json={"candidate_id": each["id"], "job_id": job["id"]})
        for job, each in zip(jobs, (one, other, one, other), strict=True)
    ]
    merges = [
        recruiter.post(merge_path(one), json=naming(other)),
        recruiter.post(merge_path(other), json=naming(one)),
    ]

    answers = await asyncio.gather(*applications, *merges)

    assert sorted(answer.status_code for answer in answers[4:]) == [200, 409]
    survivor = one if answers[4].status_code == 200 else other
    found = await rows.connection.fetch(
        "SELECT DISTINCT candidate_id FROM applications WHERE organization_id = $1"
        " UNION SELECT candidate_id FROM stage_history WHERE organization_id = $1",
        cast.organization_id,
    )
    assert {str(row[0]) for row in found} <= {survivor["id"]}
    accepted = [answer for answer in answers[:4] if answer.status_code == 201]
    assert await rows.count("applications", cast.organization_id) == len(accepted)


def test_a_profile_never_holds_more_than_the_contract_lets_it() -> None:
    def whole(start: int) -> Data:
        return {
            **dict.fromkeys(("given_name", "family_name", "headline")),
            "full_name": "M",
            "emails": [{"address": f"m{n}@x.example", "kind": "work"} for n in range(start, start + 10)],
            "phones": [{"number": f"+49 30 90182{n:02}", "kind": "work"} for n in range(start, start + 10)],
            "addresses": [{"city": f"C{n}"} for n in range(start, start + 5)],
            "links": [{"url": f"https://x.example/{n}", "kind": "other"} for n in range(start, start + 20)],
        }

    schema = contract.document()["components"]["schemas"]["CandidateProfile"]["properties"]
    assert {name: schema[name]["maxItems"] for name in MOST} == MOST
    assert united(whole(0), whole(50)) == (whole(0), {})
    few = whole(0) | {"emails": whole(0)["emails"][:8], "headline": "H"}
    both, added = united(few, whole(5))
    assert len(both["emails"]) == 10
    assert without(both, added) == few
