"""create_public_application: everything is kept first, and the rest comes after."""

import asyncio
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.lib import storage
from impl.lib.clock import Hands
from impl.services.intakes import receiving
from impl.settings import Settings
from tests.services.habits import watch
from tests.services.posts.habits import CHOICE, post_path
from tests.services.public.habits import apply, applying, tracking
from tests.support.application import another
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.documents import page
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forms import File, form
from tests.support.rows import Rows

RESUME = File(content=b"%PDF-1.7 Mira")


async def intakes(client: ApiClient) -> list[Data]:
    found: list[Data] = await client.data("GET", f"{V1}/intakes?sort=created_at")
    return found


async def processed(runtime: Runtime, cast: Cast, client: ApiClient) -> Data:
    """The newest intake, once the worker was there."""
    await run_due(runtime, cast.organization_id)
    newest: Data = await client.data("GET", f"{V1}/intakes/{(await intakes(client))[-1]['id']}")
    return newest


async def test_keeps_everything_and_tells_the_way(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    post = await make.post(title="Baker", questions=[CHOICE, MOTIVATION])
    watched = await watch(rows, cast)
    answers = [{"key": CHOICE["key"], "values": ["No"]}, {"key": "motivation", "values": ["I like\nbread."]}]
    attached = File("attachments", "cake.png", b"\x89PNG", "image/png")
    answer = await apply(anonymous, applying(cast, post), RESUME, attached, phone="+49 30 901820", answers=answers)

    assert answer.status_code == 201, answer.text
    receipt = answer.json()["data"]
    assert set(receipt) == {"token", "tracking_url", "status", "submitted_at"}
    assert receipt["tracking_url"].endswith(answer.headers["location"])
    assert answer.headers["location"] == tracking(cast, receipt["token"])
    [event] = await watched.events()
    assert (event["type"], event["actor_type"], event["actor_id"]) == ("intake.received", "system", None)
    assert await rows.count("applications", cast.organization_id) == 0, "that is the worker's"

    [intake] = await intakes(recruiter)
    shown = await recruiter.data("GET", f"{V1}/intakes/{intake['id']}")
    assert (shown["status"], shown["full_name"], shown["email"]) == ("received", "Mira Okafor", "mira@example.org")
    assert (shown["edition"], shown["post_id"], shown["job_id"]) == (1, post["id"], post["job_id"])
    assert [(each["key"], each["values"], each["flagged_values"]) for each in shown["answers"]] == [
        (CHOICE["key"], ["No"], ["No"]),
        ("motivation", ["I like\nbread."], []),
    ]
    assert [(each["field"], each["name"], each["size_bytes"]) for each in shown["files"]] == [
        ("resume", "resume.pdf", 13),
        ("attachments", "cake.png", 4),
    ]
    for each in shown["files"]:
        sealed = await runtime.storage.get(cast.organization_id, UUID(each["id"]))
        assert b"Mira" not in sealed
        assert len(sealed) == each["size_bytes"] + 33


async def test_the_worker_makes_a_candidate_and_an_application(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    source = await make.source(name="Job Board 9")
    post = await make.post(questions=[CHOICE])
    watched = await watch(rows, cast)
    path = f"{applying(cast, post)}?source=job%20board%209"
    chosen = [{"key": CHOICE["key"], "values": ["No"]}]
    resume = File(content=page("Mira Okafor", "mira@example.org"))
    assert (await apply(anonymous, path, resume, phone="+49 30 901820", answers=chosen)).status_code == 201
    intake = await processed(runtime, cast, recruiter)

    assert (intake["status"], intake["made_application"], intake["failure"]) == ("processed", True, None)
    assert intake["flagged_count"] == 1, "a flag decides nothing"
    application = await recruiter.data("GET", f"{V1}/applications/{intake['application_id']}")
    assert (application["status"], application["source_id"]) == ("active", source["id"])
    assert application["applied_at"] == intake["created_at"]
    candidate = await recruiter.data("GET", f"{V1}/candidates/{intake['candidate_id']}")
    assert candidate["profile"]["emails"] == [{"address": "mira@example.org", "kind": "personal"}]
    assert candidate["profile"]["phones"] == [{"number": "+49 30 901820", "kind": "personal"}]
    assert candidate["source_id"] == source["id"]
    assert [event["type"] for event in await watched.events()] == [
        "intake.received",
        "candidate.created",
        "application.created",
        "resume_parse.queued",
        "intake.processed",
        "resume_parse.parsed",
    ]
    [file] = await rows.connection.fetch("SELECT * FROM files WHERE organization_id = $1", cast.organization_id)
    assert str(file["candidate_id"]) == intake["candidate_id"]
    assert await run_due(runtime, cast.organization_id) == 0, "nothing is left to do"


async def test_who_is_known_is_found_and_not_changed(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, runtime: Runtime
) -> None:
    known = await make.candidate(full_name="Mira O.", email="Mira@Example.org")
    deleted = await make.candidate(full_name="Gone", email="mira@example.org")
    await recruiter.data("DELETE", f"{V1}/candidates/{deleted['id']}")
    one, other = await make.post(), await make.post()
    standing = await make.application({"id": other["job_id"]}, known)

    await apply(anonymous, applying(cast, one), full_name="Somebody Else", phone="+49 30 1234")
    intake = await processed(runtime, cast, recruiter)
    assert (intake["candidate_id"], intake["made_application"]) == (known["id"], True)
    await apply(anonymous, applying(cast, other), email="MIRA@example.ORG")
    intake = await processed(runtime, cast, recruiter)
    assert (intake["application_id"], intake["made_application"]) == (standing["id"], False)
    candidate = await recruiter.data("GET", f"{V1}/candidates/{known['id']}")
    assert (candidate["profile"]["full_name"], candidate["profile"]["phones"]) == ("Mira O.", [])
    found = await recruiter.data("GET", f"{V1}/intakes?application_id={standing['id']}")
    assert [each["id"] for each in found] == [intake["id"]]


async def test_two_at_once_make_one_candidate(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    post, other = await make.post(), await make.post()
    for path in (applying(cast, post), applying(cast, post), applying(cast, other)):
        assert (await apply(anonymous, path)).status_code == 201
    await asyncio.gather(*(run_due(runtime, cast.organization_id) for _ in range(3)))
    found = await intakes(recruiter)
    assert {each["status"] for each in found} == {"processed"}
    assert len({each["candidate_id"] for each in found}) == 1
    assert len({each["application_id"] for each in found}) == 2
    assert await rows.count("candidates", cast.organization_id) == 1


@pytest.mark.parametrize(
    ("fields", "pointer"),
    [
        ({}, "/answers"),
        ({"answers": [{"key": "permit", "values": ["Perhaps"]}]}, "/answers/0/values"),
        ({"answers": [{"key": "permit", "values": ["Yes", "No"]}]}, "/answers/0/values"),
        ({"answers": [{"key": "permit", "values": ["Yes"]}, {"key": "who", "values": ["I"]}]}, "/answers/1/key"),
        ({"answers": [{"key": "permit", "values": ["Yes"]}] * 2}, "/answers/1/key"),
    ],
)
async def test_answers_that_the_form_does_not_allow(
    anonymous: ApiClient, cast: Cast, make: Factories, rows: Rows, fields: Data, pointer: str
) -> None:
    question = MOTIVATION | {
        "key": "permit", "kind": "single_select", "options": ["Yes", "No"], "is_required": True
    }  # fmt: skip
    post = await make.post(questions=[question])
    watched = await watch(rows, cast)
    answer = await apply(anonymous, applying(cast, post), RESUME, **fields)
    assert problem(answer) == (422, "answers_invalid")
    assert [error["pointer"] for error in answer.json()["errors"]] == [pointer]
    await watched.expect_nothing()


async def test_what_is_missing_or_unknown_is_named(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    path = applying(cast, await make.post())
    cases: list[tuple[dict[str, Any], tuple[File, ...], list[str]]] = [
        ({"email": []}, (), ["/email"]),
        ({"full_name": ["One", "Two"]}, (), ["/full_name"]),
        ({"colour": "red"}, (), ["/colour"]),
        ({"phone": ""}, (), ["/phone", "/phone"]),
        ({"phone": []}, (File("phone"),), ["/phone"]),
        ({"answers": "text"}, (), ["/answers"]),
        ({"answers": [{"key": "x"}]}, (), ["/answers/0/values"]),
        ({}, (File("attachments"),) * 6, ["/attachments"]),
        ({}, (File(), File()), ["/resume"]),
    ]
    for fields, files, pointers in cases:
        answer = await apply(anonymous, path, *files, **fields)
        assert problem(answer) == (422, "validation_failed"), (fields, answer.text)
        assert [error["pointer"] for error in answer.json()["errors"]] == pointers
    nothing_chosen = File("resume", "", b"", "application/octet-stream")
    assert (await apply(anonymous, path, nothing_chosen)).status_code == 201


async def test_hides_what_is_not_published_and_forgets_nothing(
    anonymous: ApiClient, admin: ApiClient, cast: Cast, make: Factories, make_elsewhere: Factories, rows: Rows
) -> None:
    elsewhere = await make_elsewhere.post(slug="x-2")
    hidden = [await make.post(status="draft"), await make.post(status="unpublished"), elsewhere]
    closed = await make.post()
    await admin.data("POST", f"{V1}/jobs/{closed['job_id']}/close", json={"reason": "other", "applications": "keep"})
    watched = await watch(rows, cast)
    for post in (*hidden, closed, {"slug": "never-there"}):
        answer = await apply(anonymous, applying(cast, post), RESUME)
        assert problem(answer) == (404, "not_found")
    await watched.expect_nothing()


async def test_the_form_that_was_answered_is_the_one_it_is_held_against(
    anonymous: ApiClient, admin: ApiClient, cast: Cast, make: Factories, runtime: Runtime
) -> None:
    """An edit of the post between applying and processing changes nothing about what was answered."""
    post = await make.post(questions=[MOTIVATION])
    answers = [{"key": "motivation", "values": ["Bread"]}]
    assert (await apply(anonymous, applying(cast, post), answers=answers)).status_code == 201
    await admin.data("PATCH", post_path(post), json={"questions": []})
    intake = await processed(runtime, cast, admin)
    assert (intake["status"], intake["edition"]) == ("processed", 1)
    assert intake["answers"][0]["label"] == MOTIVATION["label"]
    assert problem(await apply(anonymous, applying(cast, post), answers=answers)) == (422, "answers_invalid")


async def test_spam_goes_to_quarantine_with_the_same_answer(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    post = await make.post()
    honest = await apply(anonymous, applying(cast, post), website="")
    trapped = await apply(anonymous, applying(cast, post), website="https://spam.example")
    assert (trapped.status_code, set(trapped.json()["data"])) == (201, set(honest.json()["data"]))
    await run_due(runtime, cast.organization_id)
    first, second = await intakes(recruiter)
    assert (first["status"], first["suspicion"]) == ("processed", None)
    assert (second["status"], second["suspicion"], second["application_id"]) == ("quarantined", "honeypot", None)
    assert (await rows.event_types(cast.organization_id))[-1] != "intake.received"
    assert "intake.quarantined" in await rows.event_types(cast.organization_id)


async def test_many_from_one_address_wait_for_a_person(
    settings: Settings,
    server: Server,
    database_name: str,
    cast: Cast,
    make: Factories,
    hands: Hands,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    path = applying(cast, await make.post())
    monkeypatch.setattr(receiving, "SENDER_MAX", 3)
    async with another(settings, server.url("ats_app", database_name), limits={"rate_factor": 1}) as app:
        for _ in range(4):
            assert (await apply(ApiClient(app), path)).status_code == 201
        hands.advance(timedelta(minutes=61))
        assert (await apply(ApiClient(app), path)).status_code == 201
    found = await intakes(make.admin)
    assert [each["suspicion"] for each in found] == [None, None, None, "too_many", None]


async def test_a_retry_from_anywhere_has_one_effect(
    anonymous: ApiClient, cast: Cast, make: Factories, rows: Rows
) -> None:
    """The same parts under another boundary are the same request; another file is another."""
    path = applying(cast, await make.post())
    key = {"Idempotency-Key": "5f0a5bd6-3e0f-4b52-a3c9-0c3f3c6b1f52"}
    fields = {"full_name": "Mira", "email": "mira@example.org"}
    first = await anonymous.post(path, form=form(fields, [RESUME]), headers=key)
    second = await anonymous.post(path, form=form(fields, [RESUME], boundary="other"), headers=key)
    assert first.status_code == 201
    assert (second.content, second.headers["idempotency-replayed"]) == (first.content, "true")
    other = await anonymous.post(path, form=form(fields, [File(content=b"other")]), headers=key)
    assert problem(other) == (422, "idempotency_key_reused")
    assert await rows.count("intakes", cast.organization_id) == 1
    assert await rows.count("files", cast.organization_id) == 1


class Broken:
    """A storage that is away."""

    async def put(self, each: storage.Object) -> None:
        raise storage.StorageFailed("away")


async def test_without_a_storage_nothing_is_kept(
    anonymous: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = applying(cast, await make.post())
    watched = await watch(rows, cast)
    with monkeypatch.context() as patch:
        patch.setattr(runtime.storage, "put", Broken().put)
        answer = await apply(anonymous, path, RESUME)
        assert problem(answer) == (503, "storage_unavailable")
        assert int(answer.headers["retry-after"]) >= 1
        await watched.expect_nothing()
        assert (await apply(anonymous, path)).status_code == 201, "without a file, none is needed"
    assert (await apply(anonymous, path, RESUME)).status_code == 201


async def test_a_number_of_any_size_is_no_answer(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    path = applying(cast, await make.post(questions=[MOTIVATION]))
    raw = b'[{"key": "motivation", "values": [2446216004611478296008327168]}]'
    sent = form({"full_name": "Mira", "email": "mira@example.org", "answers": raw.decode()})
    refused = await anonymous.post(path, form=sent, headers={"Idempotency-Key": "big"})
    assert problem(refused) == (422, "validation_failed")
