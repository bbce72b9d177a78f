"""anonymize_candidate and erase_candidate: a person is taken out of the data."""

import asyncio

import asyncpg
import pytest

from impl.db.embedded import Server
from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.duplicates.test_merge_candidates import _until_waiting
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
    instant,
    settled,
)
from tests.services.privacy.habits import known, numbers, path_of
from tests.support import contract
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows
from tests.support.world import Slot, World

BOTH = pytest.mark.parametrize("end", ["anonymize", "erase"])
#: What an anonymized or erased candidate answers otherwise than every other change.
COMMANDS = {
    "anonymize_candidate",
    "erase_candidate",
    "delete_candidate",
    "merge_candidates",
    "restore_candidate",
    "unmerge_candidate",
}


async def test_an_anonymized_candidate_has_applications_and_no_name(
    admin: ApiClient, make: Factories, watched: Watch
) -> None:
    candidate, application = await known(make)
    await watched.begin()

    left = await admin.data("POST", path_of(candidate, "/anonymize"))

    assert (left["id"], left["status"], left["profile"], left["tag_ids"]) == (candidate["id"], "anonymized", None, [])
    assert (left["external_id"], left["erased_at"], left["version"]) == (None, None, 2)
    assert await admin.data("GET", path_of(candidate)) == left
    assert ids_of(await admin.data("GET", f"{CANDIDATES}?status=anonymized")) == [candidate["id"]]
    for query in ("?q=Quokka", "?email=Zyzzyva@example.org", "?external_id=C-Zyzzyva"):
        assert await admin.data("GET", f"{CANDIDATES}{query}") == []
    assert await admin.data("GET", path_of(candidate, "/notes")) == []
    assert await admin.data("GET", path_of(candidate, "/duplicates")) == []
    shown = await admin.data("GET", f"{APPLICATIONS}/{application['id']}?include=candidate")
    assert shown["candidate"] == {"id": candidate["id"], "status": "anonymized", "full_name": None}
    assert (shown["status"], shown["external_id"], shown["rejection"]["note"]) == ("rejected", None, None)
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == ("candidate.anonymized", {"status": ("active", "anonymized")})


async def test_an_erased_candidate_is_an_id(
    admin: ApiClient, make: Factories, watched: Watch, rows: Rows, hands: Hands
) -> None:
    candidate, application = await known(make)
    await watched.begin()

    left = await admin.data("POST", path_of(candidate, "/erase"))

    nothing = dict.fromkeys(("profile", "source_id", "external_id", "purge_at", "merged_into_id"))
    assert left == nothing | {
        "id": candidate["id"],
        "status": "erased",
        "tag_ids": [],
        "custom_fields": {},
        "private_custom_fields": {},
        "erased_at": instant(clock.now()),
        "created_at": candidate["created_at"],
        "updated_at": instant(clock.now()),
        "version": 2,
    }
    assert await admin.data("GET", f"{CANDIDATES}?status=erased") == [left]
    assert [event["type"] for event in await watched.events()] == ["candidate.erased"]
    shown = await admin.data("GET", f"{APPLICATIONS}/{application['id']}?include=candidate")
    assert shown["candidate"] == {"id": candidate["id"], "status": "erased", "full_name": None}
    stored = await rows.connection.fetchrow("SELECT * FROM candidates WHERE id = $1", candidate["id"])
    assert stored is not None
    kept = {"organization_id", "id", "status", "erased_at", "created_at", "updated_at", "version"}
    assert {name for name, value in stored.items() if value not in (None, [], b"")} == kept


async def test_every_operation_with_the_id_of_an_erased_candidate_is_gone(
    admin: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    candidate = await make.candidate()
    await admin.data("POST", path_of(candidate, "/erase"))
    world = World(cast)
    slots = [
        (await world.call(name), Slot(name, "path", ("candidate_id",), "candidate"))
        for name, operation in contract.operations().items()
        if "{candidate_id}" in operation.path
    ]
    assert len(slots) >= 14
    await watched.begin()

    for call, slot in slots:
        gone = await call.with_id(slot, candidate["id"]).send(admin)
        assert problem(gone) == (410, "candidate_erased"), slot
    job = await world.row("job")
    await watched.begin()
    applied = await admin.post(APPLICATIONS, json={"candidate_id": candidate["id"], "job_id": job})
    assert problem(applied) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_nothing_is_added_to_an_anonymized_candidate(
    admin: ApiClient, cast: Cast, make: Factories, watched: Watch
) -> None:
    candidate = await make.candidate()
    application = await make.application(candidate=candidate)
    reason = await make.rejection_reason()
    await admin.data("POST", path_of(candidate, "/anonymize"))
    world = World(cast)
    calls = [
        (await world.call(name), Slot(name, "path", ("candidate_id",), "candidate"))
        for name, operation in contract.operations().items()
        if "{candidate_id}" in operation.path and operation.method != "GET" and name not in COMMANDS
    ]
    await watched.begin()

    for call, slot in calls:
        refused = await call.with_id(slot, candidate["id"]).send(admin)
        assert problem(refused) == (409, "candidate_not_active"), slot
    for method, rest in (("DELETE", ""), ("POST", "/anonymize"), ("POST", "/restore"), ("POST", "/unmerge")):
        refused = await admin.request(method, path_of(candidate, rest))
        assert problem(refused) == (409, "candidate_transition_refused")
    body = {"reason_id": reason["id"], "note": "Words"}
    refused = await admin.post(f"{APPLICATIONS}/{application['id']}/reject", json=body)
    assert problem(refused) == (409, "candidate_not_active")
    await watched.expect_nothing()
    other = await make.candidate()
    for survivor, duplicate, code in (
        (other, candidate, "candidate_transition_refused"),
        (candidate, other, "candidate_not_active"),
    ):
        refused = await admin.post(path_of(survivor, "/merge"), json={"duplicate_id": duplicate["id"]})
        assert problem(refused) == (409, code)


@BOTH
async def test_the_numbers_stay(admin: ApiClient, make: Factories, end: str) -> None:
    candidate, _ = await known(make)
    await make.application(candidate=candidate)
    before = await numbers(admin)
    assert before["history"], "vacuous: there is no history"

    await admin.data("POST", path_of(candidate, f"/{end}"))

    assert await numbers(admin) == before


@BOTH
async def test_what_was_merged_shares_the_end(admin: ApiClient, make: Factories, end: str) -> None:
    survivor, duplicate, before_it = [(await known(make, word))[0] for word in ("Aa", "Bb", "Cc")]
    await make.merged(duplicate, before_it)
    await make.merged(survivor, duplicate)
    refused = await admin.post(path_of(duplicate, f"/{end}"))
    assert problem(refused) == (409, "candidate_merged")

    await admin.data("POST", path_of(survivor, f"/{end}"))

    for each in (survivor, duplicate, before_it):
        if end == "erase":
            assert problem(await admin.get(path_of(each))) == (410, "candidate_erased")
        else:
            assert (await admin.data("GET", path_of(each)))["profile"] is None


async def test_the_quarantined_and_the_anonymized_can_be_erased(admin: ApiClient, make: Factories) -> None:
    for end in ("DELETE", "POST"):
        candidate = await make.candidate()
        await admin.data(end, path_of(candidate, "" if end == "DELETE" else "/anonymize"))
        assert (await admin.data("POST", path_of(candidate, "/erase")))["status"] == "erased"


@BOTH
async def test_is_tried_replayed_and_holds_if_match(
    admin: ApiClient, make: Factories, watched: Watch, end: str
) -> None:
    past = {"anonymize": "candidate.anonymized", "erase": "candidate.erased"}[end]
    candidate, _ = await known(make)
    path = path_of(candidate, f"/{end}")
    await expect_dry_run(watched, admin, path, None, [(past, candidate["id"])])
    await expect_replay(watched, admin, path_of(await make.candidate(), f"/{end}"), None)
    candidate = await make.candidate()
    path = path_of(candidate, f"/{end}")
    await expect_if_match(watched, admin, "POST", path, None, path_of(candidate))


@BOTH
async def test_who_may_not(
    admin: ApiClient, outsider: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch, end: str
) -> None:
    path = path_of(await make.candidate(), f"/{end}")
    await expect_hidden(watched, outsider, "POST", path)
    await expect_scope(recruiter, "POST", path, None, "privacy:write")
    granted = await make.machine("privacy:write", job_ids=[(await make.job())["id"]])
    assert problem(await granted.post(path)) == (403, "missing_grant")
    assert problem(await admin.post(path_of({"id": NOWHERE}, f"/{end}"))) == (404, "not_found")


@pytest.mark.promise("H6")
async def test_what_is_written_meanwhile_does_not_bring_a_person_back(
    admin: ApiClient, make: Factories, rows: Rows, server: Server, database_name: str
) -> None:
    """A note waits for the erasure, and then meets an erased candidate."""
    candidate = await make.candidate()
    other = await asyncpg.connect(server.url("postgres", database_name))
    try:
        async with other.transaction():
            await other.execute("SELECT 1 FROM candidates WHERE id = $1 FOR UPDATE", candidate["id"])
            writing = asyncio.ensure_future(admin.post(path_of(candidate, "/notes"), json={"body": "Words"}))
            await _until_waiting(rows)
            await other.execute("UPDATE candidates SET status = 'erased' WHERE id = $1", candidate["id"])
    finally:
        await other.close()
    assert problem(await writing) == (410, "candidate_erased")
    assert await rows.connection.fetchval("SELECT count(*) FROM notes WHERE candidate_id = $1", candidate["id"]) == 0


async def test_kept_answers_go_with_the_person(admin: ApiClient, make: Factories) -> None:
    """An answer that tells of the person is not given again; other answers are."""
    body: Data = {"profile": {"full_name": "Quokka Zyzzyva"}}
    candidate = await admin.data("POST", CANDIDATES, json=body, headers={"Idempotency-Key": "one"})
    other = await admin.post(CANDIDATES, json=body, headers={"Idempotency-Key": "other"})

    await admin.data("POST", path_of(candidate, "/erase"))

    again = await admin.post(CANDIDATES, json=body, headers={"Idempotency-Key": "one"})
    assert "Idempotency-Replayed" not in again.headers
    assert again.json()["data"]["id"] != candidate["id"]
    kept = await admin.post(CANDIDATES, json=body, headers={"Idempotency-Key": "other"})
    assert kept.content == other.content


async def test_an_event_names_an_external_id_without_its_value(
    admin: ApiClient, make: Factories, watched: Watch
) -> None:
    application = await make.application(external_id="A-Zyzzyva")
    await watched.begin()
    await admin.data("PATCH", f"{APPLICATIONS}/{application['id']}", json={"external_id": "A-Quokka"})
    await admin.data("PATCH", f"{CANDIDATES}/{application['candidate_id']}", json={"external_id": "C-Quokka"})
    assert [changes_of(event) for event in await watched.events()] == [{"external_id": (None, None)}] * 2
    assert (await settled(admin, 1, type="candidate.updated"))[0]["changes"] == [
        {"field": "external_id", "before": None, "after": None}
    ]
