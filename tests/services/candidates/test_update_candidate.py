"""update_candidate: a merge into the candidate and its profile."""

import pytest

from tests.services.candidates.habits import WHOLE, path_of, personal_in
from tests.services.habits import (
    CANDIDATES,
    NOWHERE,
    Watch,
    changes_of,
    expect_hidden,
    expect_if_match,
    expect_scope,
    ids_of,
    refused_at,
)
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories


async def whole(make: Factories, **fields: object) -> Data:
    """A candidate with every field of a profile."""
    made: Data = await make.admin.data("POST", CANDIDATES, json={"profile": WHOLE, **fields})
    return made


async def found(client: ApiClient, query: dict[str, str]) -> list[str]:
    return ids_of(await client.data("GET", CANDIDATES, params=query))


async def test_merges_into_the_profile(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await whole(make)
    await watched.begin()

    response = await recruiter.patch(path_of(candidate), json={"profile": {"headline": "Numbat trainer"}})

    assert response.status_code == 200
    changed = response.json()["data"]
    assert changed["profile"] == {**WHOLE, "headline": "Numbat trainer"}
    assert (changed["version"], response.headers["ETag"].startswith('"2-')) == (2, True)
    assert await recruiter.data("GET", path_of(candidate)) == changed
    [event] = await watched.events()
    assert (event["type"], str(event["candidate_id"])) == ("candidate.updated", candidate["id"])
    assert personal_in(event) == []


async def test_null_clears_absent_keeps_and_lists_are_replaced(recruiter: ApiClient, make: Factories) -> None:
    candidate = await whole(make)
    emails = [{"address": "new@example.org", "kind": "other"}]
    patch = {"given_name": None, "headline": None, "emails": emails, "links": []}

    changed = await recruiter.data("PATCH", path_of(candidate), json={"profile": patch})

    assert changed["profile"] == {**WHOLE, **patch}


async def test_an_address_that_is_gone_finds_nobody_and_a_new_one_does(recruiter: ApiClient, make: Factories) -> None:
    candidate = await whole(make)
    patch = {
        "full_name": "Nova Quill",
        "given_name": None,
        "family_name": None,
        "emails": [{"address": "nova@example.org", "kind": "work"}],
        "phones": [],
    }

    await recruiter.data("PATCH", path_of(candidate), json={"profile": patch})

    for query in ({"email": "quokka.z@example.com"}, {"phone": "+4930901820"}, {"q": "zyzzyva"}):
        assert await found(recruiter, query) == [], query
    for query in ({"email": "NOVA@example.org"}, {"q": "nova qui*"}, {"q": "wombat"}):
        assert await found(recruiter, query) == [candidate["id"]], query


async def test_changes_source_and_external_id(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    old, new = await make.source(), await make.source()
    candidate = await make.candidate(source_id=old["id"], external_id="C-1")
    await watched.begin()

    changed = await recruiter.data("PATCH", path_of(candidate), json={"source_id": new["id"], "external_id": None})

    assert (changed["source_id"], changed["external_id"]) == (new["id"], None)
    assert changed["profile"] == candidate["profile"]
    [event] = await watched.events()
    assert changes_of(event)["source_id"] == (old["id"], new["id"])


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"profile": {}},
        {"profile": {"headline": WHOLE["headline"], "emails": WHOLE["emails"]}},
        {"profile": WHOLE, "external_id": "C-1", "source_id": None},
    ],
)
async def test_a_change_to_the_same_is_none(recruiter: ApiClient, make: Factories, watched: Watch, body: Data) -> None:
    candidate = await whole(make, external_id="C-1")
    await watched.begin()

    assert await recruiter.data("PATCH", path_of(candidate), json=body) == candidate
    await watched.expect_nothing()


async def test_a_list_in_another_order_is_another_list(recruiter: ApiClient, make: Factories) -> None:
    candidate = await whole(make)
    turned = WHOLE["emails"][::-1]

    changed = await recruiter.data("PATCH", path_of(candidate), json={"profile": {"emails": turned}})

    assert (changed["profile"]["emails"], changed["version"]) == (turned, 2)


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({"profile": None}, "/profile"),
        ({"profile": {"full_name": None}}, "/profile/full_name"),
        ({"profile": {"emails": None}}, "/profile/emails"),
        ({"profile": {"emails": [{"address": "x@example.org"}]}}, "/profile/emails/0/kind"),
        ({"status": "quarantined"}, "/status"),
        ({"purge_at": None}, "/purge_at"),
    ],
)
async def test_refuses_what_cannot_be_changed_so(
    recruiter: ApiClient, make: Factories, watched: Watch, body: Data, pointer: str
) -> None:
    candidate = await make.candidate()
    await watched.begin()

    assert refused_at(await recruiter.patch(path_of(candidate), json=body)) == (422, "validation_failed", [pointer])
    await watched.expect_nothing()


async def test_refuses_an_external_id_that_is_taken(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    there, candidate = await make.candidate(external_id="C-1"), await make.candidate()
    await watched.begin()

    response = await recruiter.patch(path_of(candidate), json={"external_id": "C-1"})

    assert problem(response) == (409, "external_id_taken")
    assert response.json()["conflicting_id"] == there["id"]
    await watched.expect_nothing()


async def test_names_a_source_that_is_not_there(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, watched: Watch
) -> None:
    candidate, foreign = await make.candidate(), await make_elsewhere.source()
    await watched.begin()
    for source_id in (NOWHERE, foreign["id"]):
        response = await recruiter.patch(path_of(candidate), json={"source_id": source_id})
        assert refused_at(response) == (404, "reference_not_found", ["/source_id"])
    await watched.expect_nothing()


async def test_a_deleted_one_is_not_there(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    candidate = await make.candidate()
    await recruiter.data("DELETE", path_of(candidate))
    await watched.begin()

    response = await recruiter.patch(path_of(candidate), json={"external_id": "C-1"})

    assert problem(response) == (404, "candidate_quarantined")
    await watched.expect_nothing()


async def test_holds_if_match_against_the_version(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = path_of(await make.candidate())

    await expect_if_match(watched, recruiter, "PATCH", path, {"profile": {"headline": "New"}}, path)


async def test_is_hidden_from_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "PATCH", path_of(await make.candidate()), {"external_id": "C-1"})


async def test_needs_its_scope(hiring_manager: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.grant("hiring_manager", {"id": application["job_id"]})

    path = path_of({"id": application["candidate_id"]})
    await expect_scope(hiring_manager, "PATCH", path, {"external_id": "C-1"}, "candidates:write")


async def test_granted_actors_change_who_applied_to_their_jobs(make: Factories, watched: Watch) -> None:
    seen, hidden = await make.application(), await make.candidate()
    granted = await make.machine("candidates:read", "candidates:write", job_ids=[seen["job_id"]])

    changed = await granted.data("PATCH", path_of({"id": seen["candidate_id"]}), json={"external_id": "C-1"})

    assert changed["external_id"] == "C-1"
    await expect_hidden(watched, granted, "PATCH", path_of(hidden), {"external_id": "C-2"})
