"""H1, H2, H4 and J1: personal data and secrets stand nowhere in the clear; sealed values stay in their place."""

import asyncio
import io
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from starlette.types import ASGIApp

from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.models import Base
from impl.settings import Settings
from tests.support import canaries, contract, world
from tests.support.cast import PASSWORD, Cast, new_cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.forms import FORM, File
from tests.support.logged import logged
from tests.support.rows import Rows

BODIES = [(name, example) for name, each in contract.operations().items() for example in world.examples(each)]
SEALED = sorted(
    (table.name, column.name)
    for table in Base.metadata.tables.values()
    for column in table.columns
    if column.name.endswith("_sealed")
)


@pytest.fixture
def log() -> Iterator[io.BytesIO]:
    """Everything that is logged, at the level that says most."""
    with logged() as stream:
        yield stream


async def plant_everywhere(cast: Cast) -> list[bytes]:
    """Send every body with canaries in all personal fields, rightly and wrongly; the bodies of all refusals."""
    client, made, refusals = cast.client("admin"), world.World(cast), []
    for operation_id, example in BODIES:
        call = await made.call(operation_id, example)
        if operation_id == "create_session":
            wrong = {"email": f"{canaries.WORD}@example.org", "password": f"{canaries.WORD}-password"}
            refusals.append((await client.post(call.path, json=wrong)).content)
            continue
        file = File(
            call.files[0].field if call.files else "", f"{canaries.WORD}.txt", canaries.WORD.encode() * 9, "text/plain"
        )
        full = replace(call, body=canaries.planted(call.operation, call.body), files=(file,))
        if operation_id == "create_message":
            # From a template or with words of its own, never both: what the example leaves out stays out.
            full = replace(full, body={name: full.body[name] for name in call.body})
        answer = await full.send(client)
        assert answer.is_success, (operation_id, full.body, answer.text)
        for spoilt in (
            {**full.body, "unknown": canaries.WORD},
            [full.body] if full.operation.body and full.operation.body[0] != FORM else {"full_name": canaries.WORD},
            {"profile": canaries.WORD, "email": canaries.WORD},
        ):
            refused = await replace(full, body=spoilt).send(client)
            assert refused.status_code in (404, 409, 422)
            refusals.append(refused.content)
        twice = await full.send(client)
        if not twice.is_success:
            refusals.append(twice.content)
    for query in (
        {"email": f"{canaries.WORD}@example.org"},
        {"phone": f"+49 {canaries.DIGITS}1"},
        {"q": canaries.WORD},
    ):
        answer = await client.get(f"{V1}/candidates", params=query)
        if not answer.is_success:
            refusals.append(answer.content)
    return refusals


@pytest.mark.promise("H1")
@pytest.mark.promise("J1")
async def test_no_canary_leaves_the_sealed_fields(
    cast: Cast,
    server: Server,
    database_name: str,
    superuser: "asyncpg.Connection[asyncpg.Record]",
    settings: Settings,
    log: io.BytesIO,
) -> None:
    refusals = await plant_everywhere(cast)
    metrics = (await cast.client("admin").get("/metrics")).content
    words = (canaries.WORD, canaries.DIGITS)

    shown = await cast.client("admin").get(f"{V1}/candidates?limit=200")
    assert canaries.WORD in shown.text, "vacuous: nothing was planted"
    assert await superuser.fetchval("SELECT count(*) FROM applications WHERE note_sealed IS NOT NULL") > 0
    assert [canaries.found_in(body, *words) for body in refusals if canaries.found_in(body, *words)] == []
    assert canaries.found_in(log.getvalue(), *words) == []
    assert canaries.found_in(metrics, *words) == []
    await superuser.execute("CHECKPOINT")
    dump = await asyncio.to_thread(_dump, server, database_name)
    assert b"COPY public.candidates" in dump, "vacuous: the dump holds the tables"
    assert canaries.found_in(dump, *words) == []
    leaks = await asyncio.to_thread(canaries.found_in_folder, server.data_folder, *words)
    assert leaks == [], "in data files or the write-ahead log"
    stored = settings.data_dir / "files"
    assert list(stored.rglob("*")), "vacuous: no file was kept"
    assert await asyncio.to_thread(canaries.found_in_folder, stored, *words) == []


def _dump(server: Server, database_name: str) -> bytes:
    command = [str(server.bin_dir / "pg_dump"), server.url("postgres", database_name)]
    return subprocess.run(command, check=True, capture_output=True, timeout=100).stdout


@pytest.mark.promise("J1")
async def test_no_secret_is_logged_or_kept(
    cast: Cast, make: Factories, server: Server, database_name: str, settings: Settings, log: io.BytesIO
) -> None:
    key = await make.api_key("jobs:read")
    session = await ApiClient(cast.app).data(
        "POST", f"{V1}/auth/sessions", json={"email": cast.people["admin"].email, "password": PASSWORD}
    )
    new_password = "amber-willow-quietly-eleven"
    await make.user(password=new_password)
    for token in (key["secret"], session["token"], key["secret"][:-1] + "x"):
        client = ApiClient(cast.app, token)
        await client.get(f"{V1}/jobs")
        await client.get(f"{V1}/jobs?cursor={token}")
        await client.get(f"{V1}/{token}")
        await client.get(f"{V1}/jobs", headers={"X-Request-Id": token, "Cookie": token, "Referer": token})
    master = settings.security.master_key
    assert master is not None
    secrets = [
        key["secret"].split("_")[3],
        session["token"].split("_")[2],
        PASSWORD,
        new_password,
        master.get_secret_value(),
    ]
    logged = log.getvalue()
    assert [line for line in logged.splitlines() if canaries.found_in(line, *secrets)] == []
    dump = await asyncio.to_thread(_dump, server, database_name)
    assert canaries.found_in(dump, *secrets) == []


async def _sealed_rows(cast: Cast, make: Factories) -> None:
    """At least two rows of each sealed column."""
    for target in ("application", "job"):
        await make.custom_field("remark", applies_to=target)
    for _ in range(2):
        await make.candidate(email="somebody@example.org")
        remark: Data = {"custom_fields": {"remark": "A private remark"}}
        job, reason = await make.job(**remark), await make.rejection_reason()
        application = await make.application(job=job, **remark)
        body = {"reason_id": reason["id"], "note": "A private note"}
        await cast.client("admin").data(
            "POST",
            f"{V1}/applications/{application['id']}/reject",
            json=body,
            headers={"Idempotency-Key": application["id"]},
        )
        await make.note(application)
        await make.attachment(application)
        await make.wordings(await make.parse(take_over=["/basics/phones/0"]))
        await make.message()
        await make.consent(evidence="A private letter")
        await make.scorecard(status="submitted")
        await make.screening_result()
        await make.identified(await make.application())
        await make.merged()
        await make.intake()
        await make.approval(status="approved")
        offer = await make.offer(status="sent")
        answer = {"decision": "declined", "note": "A private note"}
        await cast.client("admin").data("POST", f"{V1}/offers/{offer['id']}/respond", json=answer)
        await make.legal_hold()


READ_BY = {
    ("applications", "custom_fields_sealed"): "applications/{id}",
    ("legal_holds", "reason_sealed"): "legal_holds/{id}",
    ("applications", "note_sealed"): "applications/{id}",
    ("approval_votes", "comment_sealed"): "approvals/{approval_id}",
    ("candidates", "profile_sealed"): "candidates/{id}",
    ("interviews", "details_sealed"): "interviews/{id}",
    ("consents", "evidence_sealed"): "consents/{id}",
    ("jobs", "custom_fields_sealed"): "jobs/{id}",
    ("notes", "body_sealed"): "notes/{id}",
    ("files", "name_sealed"): "attachments/{id}",
    ("intakes", "content_sealed"): "intakes/{id}",
    ("messages", "body_sealed"): "messages/{id}",
    ("messages", "subject_sealed"): "messages/{id}",
    ("messages", "to_address_sealed"): "messages/{id}",
    ("resume_parses", "text_sealed"): "resume_parses/{id}",
    ("resume_parses", "reading_sealed"): "resume_parses/{id}",
    ("resume_parses", "review_sealed"): "resume_parses/{id}",
    ("resume_parses", "wordings_sealed"): "candidates/{candidate_id}/export",
    ("self_identifications", "content_sealed"): "candidates/{candidate_id}/export",
    ("screening_documents", "content_sealed"): "applications/{application_id}/screening_results",
    ("scorecards", "content_sealed"): "scorecards/{id}",
    ("offers", "answer_note_sealed"): "offers/{id}",
    ("offers", "pay_sealed"): "offers/{id}",
    ("users", "profile_sealed"): "users/{id}",
}


@pytest_asyncio.fixture(scope="module")
async def sealed(runtime: Runtime, application: ASGIApp) -> Cast:
    """An organization with rows of each sealed column; a test puts back what it alters."""
    cast = await new_cast(runtime, application)
    await _sealed_rows(cast, Factories(cast))
    return cast


@pytest.mark.promise("H2")
@pytest.mark.parametrize(("table", "column"), SEALED)
async def test_sealed_values_do_not_open_elsewhere(
    sealed: Cast,
    superuser: "asyncpg.Connection[asyncpg.Record]",
    log: io.BytesIO,
    table: str,
    column: str,
) -> None:
    """Swapped with another row, cut, or with one bit turned: an error that tells nothing, and a line in the log."""
    cast = sealed
    select = f"SELECT *, {column} AS value FROM {table} WHERE organization_id = $1 AND {column} IS NOT NULL ORDER BY id LIMIT 2"  # noqa: S608
    first, second = await superuser.fetch(select, cast.organization_id)
    value: bytes = first["value"]
    flipped = [
        bytes([*value[:at], value[at] ^ 1, *value[at + 1 :]]) for at in (0, 1, 5, len(value) // 2, len(value) - 1)
    ]
    update = f"UPDATE {table} SET {column} = $1 WHERE organization_id = $2 AND id = $3"  # noqa: S608
    for wrong in (second["value"], value[:-1], value[:20], b"", *flipped):
        await superuser.execute(update, wrong, cast.organization_id, first["id"])
        if table == "candidate_merges":
            # It is read when the merge is undone.
            merged = f"SELECT duplicate_id FROM {table} WHERE id = $1"  # noqa: S608
            duplicate_id = await superuser.fetchval(merged, first["id"])
            undone = await cast.client("recruiter").post(f"{V1}/candidates/{duplicate_id}/unmerge")
            assert undone.status_code == 500
            continue
        if (table, column) not in READ_BY:
            await _expect_no_replay(cast, superuser, first["id"])
            continue
        answer = await cast.client("admin").get(f"{V1}/{READ_BY[table, column].format(**first)}")
        assert answer.status_code == 500, (wrong[:8], answer.text)
        assert set(answer.json()) == {"type", "title", "status", "detail", "code", "request_id"}
    await superuser.execute(update, value, cast.organization_id, first["id"])
    assert b"does not open" in log.getvalue() or b"not a sealed value" in log.getvalue()


async def _expect_no_replay(cast: Cast, superuser: "asyncpg.Connection[asyncpg.Record]", key_id: UUID) -> None:
    """The kept answers of idempotency keys: whichever request it was, it is not answered with something altered."""
    applications = await superuser.fetch("SELECT id FROM applications WHERE organization_id = $1", cast.organization_id)
    reasons = await superuser.fetch("SELECT id FROM rejection_reasons WHERE organization_id = $1", cast.organization_id)
    statuses = set()
    for (application_id,) in applications:
        for (reason_id,) in reasons:
            body = {"reason_id": str(reason_id), "note": "A private note"}
            answer = await cast.client("admin").post(
                f"{V1}/applications/{application_id}/reject",
                json=body,
                headers={"Idempotency-Key": str(application_id)},
            )
            statuses.add(answer.status_code)
    assert 500 in statuses, "vacuous: the altered answer was never asked for"


@pytest.mark.promise("H4")
async def test_the_same_address_differs_between_organizations(
    cast: Cast,
    other_cast: Cast,
    make: Factories,
    make_elsewhere: Factories,
    superuser: "asyncpg.Connection[asyncpg.Record]",
    log: io.BytesIO,
) -> None:
    profile = {
        "full_name": "Mira Okafor",
        "emails": [{"address": "Mira.Okafor@Example.com", "kind": "personal"}],
        "phones": [{"number": "+49 30 901820", "kind": "personal"}],
    }
    ours, theirs = await make.candidate(profile=profile), await make_elsewhere.candidate(profile=profile)
    sql = "SELECT email_hashes, phone_hashes FROM candidates WHERE id = $1"
    here, there = await superuser.fetchrow(sql, UUID(ours["id"])), await superuser.fetchrow(sql, UUID(theirs["id"]))
    assert here is not None
    assert there is not None
    hashes = {*here["email_hashes"], *here["phone_hashes"]}
    assert len(hashes) == 2
    assert all(len(hashed) >= 16 for hashed in hashes)
    assert not hashes & {*there["email_hashes"], *there["phone_hashes"]}

    client = cast.client("recruiter")
    bodies = []
    for query in (
        {"email": "mira.okafor@example.com"},
        {"email": "MIRA.OKAFOR@EXAMPLE.COM"},
        {"phone": "+4930901820"},
        {"phone": "+49 (30) 90-18-20"},
    ):
        answer = await client.get(f"{V1}/candidates", params=query)
        assert [row["id"] for row in answer.json()["data"]] == [ours["id"]], query
        bodies.append(answer.content)
    bodies += [
        (await client.get(f"{V1}/candidates/{ours['id']}")).content,
        (await client.get(f"{V1}/events")).content,
        log.getvalue(),
    ]
    for hashed in hashes:
        assert not any(hashed in body or hashed.hex().encode() in body for body in bodies)


@pytest.mark.promise("H4")
async def test_no_table_keeps_an_address_in_the_clear(
    rows: Rows, superuser: "asyncpg.Connection[asyncpg.Record]"
) -> None:
    """Personal fields have sealed columns and keyed hashes, and no column of their own."""
    personal = {
        "email",
        "emails",
        "phone",
        "phones",
        "full_name",
        "given_name",
        "family_name",
        "headline",
        "note",
        "addresses",
        "links",
        "password",
    }
    for table, _ in await rows.tables():
        columns = await superuser.fetch(
            "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public' AND table_name = $1",
            table,
        )
        assert not personal & {column for (column,) in columns}, table
