"""The templates: made, changed, listed, shown; refused when they use what they do not declare."""

import pytest

from tests.services.habits import (
    Watch,
    expect_cursor_rules,
    expect_hidden,
    expect_if_match,
    expect_query_rules,
    expect_replay,
    expect_scope,
    ids_of,
    refused_at,
    walk,
)
from tests.services.messages.habits import TEMPLATES
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories

BODY = {"name": "Plain", "kind": "general", "subject": "Hello", "body": "Good day."}


async def test_create_works_and_records_its_event(recruiter: ApiClient, watched: Watch) -> None:
    await watched.begin()
    body = BODY | {"body": "{{ candidate.full_name }} {{ values.when }}", "variables": ["candidate.full_name"]}

    response = await recruiter.post(TEMPLATES, json=body | {"values": ["when"]})

    assert response.status_code == 201
    made = response.json()["data"]
    assert (made["version"], made["is_archived"], made["values"]) == (1, False, ["when"])
    assert await recruiter.data("GET", f"{TEMPLATES}/{made['id']}") == made
    assert await watched.effects() == [("message_template.created", made["id"])]


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("\n{{ candidate.full_name }}", "undeclared_variable", 2),
        ("{{ values.when }}", "undeclared_variable", 1),
        ("{{ candidate.__class__ }}", "undeclared_variable", 1),
        ("{{ secret.key }}", "undeclared_variable", 1),
        ("{{ candidate }}", "not_a_placeholder", 1),
        ("{{ job.title.__class__.mro() }}", "not_a_placeholder", 1),
        ("{{ job.title | upper }}", "not_a_placeholder", 1),
        ("{% for x in y %}{% endfor %}", "not_a_placeholder", 1),
        ("{{ 9 ** 9 ** 9 }}", "not_a_placeholder", 1),
        ("\n\n{{ job.title", "syntax", 3),
    ],
)
async def test_create_refuses_what_is_not_declared(
    recruiter: ApiClient, watched: Watch, text: str, code: str, line: int
) -> None:
    await watched.begin()
    response = await recruiter.post(TEMPLATES, json=BODY | {"body": text})
    assert refused_at(response) == (422, "template_invalid", ["/body"])
    [error] = response.json()["errors"]
    assert (error["code"], error["message"].partition(":")[0]) == (code, f"Line {line}")
    await watched.expect_nothing()


async def test_create_knows_only_its_catalogue_and_one_name_once(recruiter: ApiClient) -> None:
    unknown = await recruiter.post(TEMPLATES, json=BODY | {"variables": ["candidate.salary"]})
    assert refused_at(unknown) == (422, "validation_failed", ["/variables/0"])
    made = await recruiter.data("POST", TEMPLATES, json=BODY)
    taken = await recruiter.post(TEMPLATES, json=BODY)
    assert (problem(taken), taken.json()["conflicting_id"]) == ((409, "name_taken"), made["id"])


async def test_create_replays_and_needs_its_rights(
    recruiter: ApiClient, interviewer: ApiClient, hiring_manager: ApiClient, watched: Watch
) -> None:
    await expect_replay(watched, recruiter, TEMPLATES, BODY, BODY | {"name": "Other"})
    await expect_scope(interviewer, "POST", TEMPLATES, BODY, "messages:write")
    assert problem(await hiring_manager.post(TEMPLATES, json=BODY)) == (403, "missing_grant")


async def test_update_works_and_holds_texts_against_declarations(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    there, other = await make.message_template(), await make.message_template()
    path = f"{TEMPLATES}/{there['id']}"
    await watched.begin()
    assert refused_at(await recruiter.patch(path, json={"values": []})) == (
        422,
        "template_invalid",
        ["/subject", "/body"],
    )
    assert problem(await recruiter.patch(path, json={"name": other["name"]})) == (409, "name_taken")
    await watched.expect_nothing()
    assert await recruiter.data("PATCH", path, json={"name": there["name"]}) == there
    changed = await recruiter.data("PATCH", path, json={"is_archived": True})
    assert changed == there | {"is_archived": True, "version": 2, "updated_at": changed["updated_at"]}
    assert await watched.effects() == [("message_template.updated", there["id"])]


async def test_update_holds_if_match_and_needs_its_rights(
    recruiter: ApiClient, outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    path, body = f"{TEMPLATES}/{(await make.message_template())['id']}", {"name": "New"}
    await expect_hidden(watched, outsider, "PATCH", path, body)
    await expect_hidden(watched, outsider, "GET", path)
    await expect_scope(interviewer, "PATCH", path, body, "messages:write")
    await expect_scope(interviewer, "GET", path, None, "messages:read")
    await expect_if_match(watched, recruiter, "PATCH", path, body, path)


async def test_list_sorts_filters_and_pages(
    recruiter: ApiClient, interviewer: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    await make_elsewhere.message_template()
    a, b, c = [await make.message_template(name=name) for name in ("B", "A", "C")]
    d = await make.rejection_template(name="D")
    await recruiter.data("PATCH", f"{TEMPLATES}/{c['id']}", json={"is_archived": True})
    assert await walk(recruiter, TEMPLATES) == ids_of([b, a, c, d])
    assert await walk(recruiter, TEMPLATES, sort="-created_at") == ids_of([d, c, b, a])
    assert await walk(recruiter, TEMPLATES, kind="application_rejected") == ids_of([d])
    assert await walk(recruiter, TEMPLATES, is_archived="true") == ids_of([c])
    assert await walk(recruiter, TEMPLATES, created_after=b["created_at"]) == ids_of([c, d])
    await expect_cursor_rules(recruiter, TEMPLATES, "sort=-name", "kind=general")
    await expect_query_rules(recruiter, TEMPLATES, "kind=poem", "is_archived=1")
    await expect_scope(interviewer, "GET", TEMPLATES, None, "messages:read")


async def test_preview_shows_and_writes_nothing(
    recruiter: ApiClient, make: Factories, watched: Watch, outsider: ApiClient, interviewer: ApiClient
) -> None:
    template, candidate = await make.message_template(), await make.reachable()
    application = await make.application(candidate=candidate)
    path = f"{TEMPLATES}/{template['id']}/preview"
    body = {
        "recipient": "application",
        "application_id": application["id"],
        "values": [{"name": "when", "value": "at\r\nten"}],
    }
    await watched.begin()
    shown = await recruiter.data("POST", path, json=body)
    assert shown["subject"].endswith(": at ten")
    assert shown["body"].startswith(f"Dear {candidate['profile']['given_name']},\n\nsee you at")
    assert shown["body"].endswith("Recruiter")
    to_candidate = {"recipient": "candidate", "candidate_id": candidate["id"], "values": body["values"]}
    assert await recruiter.data("POST", path, json=to_candidate) == shown
    await watched.expect_nothing()
    await expect_hidden(watched, outsider, "POST", path, body)
    await expect_scope(interviewer, "POST", path, body, "messages:read")
    await expect_replay(watched, recruiter, path, body, body | {"values": []})


async def test_preview_names_every_hole(
    recruiter: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    job_template = await make.message_template(
        subject="{{ job.title }}", variables=["job.title"], body="{{ values.when }}"
    )
    nameless = await make.candidate(email="x@example.org")
    body = {"recipient": "candidate", "candidate_id": nameless["id"]}
    response = await recruiter.post(f"{TEMPLATES}/{job_template['id']}/preview", json=body)
    assert refused_at(response) == (422, "variables_missing", ["/candidate_id", "/values"])
    assert [error["message"].split()[0] for error in response.json()["errors"]] == ["job.title", "values.when"]
    path = f"{TEMPLATES}/{(await make.message_template())['id']}/preview"
    assert refused_at(await hiring_manager.post(path, json=body)) == (422, "message_incomplete", ["/recipient"])
    unknown = body | {"candidate_id": job_template["id"]}
    assert refused_at(await recruiter.post(path, json=unknown)) == (404, "reference_not_found", ["/candidate_id"])
    await make.admin.data("DELETE", f"/api/v1/candidates/{nameless['id']}")
    assert problem(await recruiter.post(path, json=body)) == (409, "candidate_not_active")
