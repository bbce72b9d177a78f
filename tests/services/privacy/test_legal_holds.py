"""The legal holds of a candidate: placed, read, released, and what they keep."""

from tests.services.candidates.habits import path_of
from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_cursor_rules,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_query_rules,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
    walk,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

REASON: Data = {"reason": "A claim by Zyzzyva"}


def holds_of(candidate: Data) -> str:
    return path_of(candidate, "/legal_holds")


def hold_path(hold: Data, rest: str = "") -> str:
    return f"{V1}/legal_holds/{hold['id']}{rest}"


async def test_a_hold_is_placed_read_and_released(
    admin: ApiClient, make: Factories, watched: Watch, cast: Cast
) -> None:
    candidate = await make.candidate()
    await watched.begin()

    response = await admin.post(holds_of(candidate), json=REASON)

    assert response.status_code == 201
    hold = response.json()["data"]
    assert response.headers["Location"] == hold_path(hold)
    assert (hold["candidate_id"], hold["reason"], hold["released_at"]) == (candidate["id"], REASON["reason"], None)
    assert hold["placed_by"] == {"type": "user", "id": str(cast.people["admin"].id)}
    shown = await admin.get(hold_path(hold))
    assert (shown.json()["data"], shown.headers["ETag"]) == (hold, response.headers["ETag"])
    assert (await admin.get(hold_path(hold), headers={"If-None-Match": shown.headers["ETag"]})).status_code == 304
    released = await admin.data("POST", hold_path(hold, "/release"))
    assert released["released_at"] is not None
    assert await admin.data("GET", holds_of(candidate)) == [released]
    assert problem(await admin.post(hold_path(hold, "/release"))) == (409, "legal_hold_released")
    events = await watched.events()
    assert [event["type"] for event in events] == ["legal_hold.placed", "legal_hold.released"]
    assert (str(events[0]["candidate_id"]), changes_of(events[0])) == (candidate["id"], {})
    assert "Zyzzyva" not in str(events)


async def test_holds_are_listed_the_newest_first(admin: ApiClient, make: Factories) -> None:
    candidate = await make.candidate()
    made = ids_of([await make.legal_hold(candidate) for _ in range(3)])
    await make.legal_hold()

    assert await walk(admin, holds_of(candidate)) == made[::-1]
    assert await walk(admin, holds_of(candidate), sort="created_at") == made
    await expect_cursor_rules(admin, holds_of(candidate), "sort=created_at")
    await expect_query_rules(admin, holds_of(candidate), "sort=reason")


async def test_a_hold_wins_over_every_end(admin: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    hold = await make.legal_hold(candidate)
    await watched.begin()

    for end in ("anonymize", "erase"):
        refused = await admin.post(path_of(candidate, f"/{end}"))
        assert problem(refused) == (409, "legal_hold")
        assert refused.json()["conflicting_id"] == hold["id"]
    await watched.expect_nothing()
    await admin.data("POST", hold_path(hold, "/release"))
    await admin.data("POST", path_of(candidate, "/erase"))
    assert problem(await admin.get(hold_path(hold))) == (404, "not_found")


async def test_a_hold_goes_over_with_a_merge(admin: ApiClient, make: Factories) -> None:
    survivor, duplicate = await make.candidate(), await make.candidate()
    hold = await make.legal_hold(duplicate)
    await make.merged(survivor, duplicate)

    assert ids_of(await admin.data("GET", holds_of(survivor))) == [hold["id"]]
    assert problem(await admin.post(path_of(survivor, "/erase"))) == (409, "legal_hold")


async def test_a_deleted_candidate_takes_a_hold_and_a_forgotten_one_none(admin: ApiClient, make: Factories) -> None:
    deleted, forgotten = await make.candidate(), await make.candidate()
    await admin.data("DELETE", path_of(deleted))
    await admin.data("POST", path_of(forgotten, "/anonymize"))

    hold = await make.legal_hold(deleted)
    assert ids_of(await admin.data("GET", holds_of(deleted))) == [hold["id"]]
    assert problem(await admin.post(holds_of(forgotten), json=REASON)) == (409, "candidate_not_active")
    for reason in ("", " \n "):
        refused = await admin.post(holds_of(deleted), json={"reason": reason})
        status, code, pointers = refused_at(refused)
        assert (status, code, set(pointers)) == (422, "validation_failed", {"/reason"})


async def test_commands_are_tried_replayed_and_hold_if_match(admin: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    await expect_replay(watched, admin, holds_of(candidate), REASON, {"reason": "Another"})
    hold = await make.legal_hold(candidate)
    effects = [("legal_hold.released", hold["id"])]
    await expect_dry_run(watched, admin, hold_path(hold, "/release"), None, effects)
    await expect_replay(watched, admin, hold_path(await make.legal_hold(), "/release"), None)
    hold = await make.legal_hold()
    await expect_if_match(watched, admin, "POST", hold_path(hold, "/release"), None, hold_path(hold))


async def test_who_may_not(
    admin: ApiClient, outsider: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    candidate = await make.candidate()
    hold = await make.legal_hold(candidate)
    granted = await make.machine("privacy:read", "privacy:write", job_ids=[(await make.job())["id"]])
    for method, path, body, scope in (
        ("GET", holds_of(candidate), None, "privacy:read"),
        ("POST", holds_of(candidate), REASON, "privacy:write"),
        ("GET", hold_path(hold), None, "privacy:read"),
        ("POST", hold_path(hold, "/release"), None, "privacy:write"),
    ):
        await expect_hidden(watched, outsider, method, path, body)
        await expect_scope(recruiter, method, path, body, scope)
        assert problem(await granted.request(method, path, json=body)) == (403, "missing_grant")
    for path in (holds_of({"id": NOWHERE}), hold_path({"id": NOWHERE})):
        assert problem(await admin.get(path)) == (404, "not_found")
