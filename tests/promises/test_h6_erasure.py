"""H6: nothing that was known of an erased or anonymized person can be found any more, sealed or not; the numbers stay."""

from collections.abc import AsyncIterator
from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.lib.crypto import OrganizationKeys
from impl.models import Base
from impl.services.intakes.tasks import sweep_files
from tests.services.habits import CANDIDATES
from tests.services.privacy.habits import known, numbers, path_of
from tests.support import background, canaries
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

WORD, OTHERS = "Xkcdzquorf", "Wvbjplimsh"


async def kept(rows: Rows, keys: OrganizationKeys, organization_id: UUID) -> AsyncIterator[tuple[str, bytes]]:
    """Everything that stands in the organization's rows: as it is, and each sealed value opened."""
    for name, column in await rows.tables():
        sql = f'SELECT t.*, t::text AS as_text FROM "{name}" t WHERE {column} = $1'  # noqa: S608 - names from the catalogue
        for row in await rows.connection.fetch(sql, organization_id):
            yield name, row["as_text"].encode()
            for key, value in row.items():
                if key.endswith("_sealed") and value:
                    yield f"{name}.{key}", keys.open(name, key.removesuffix("_sealed"), row["id"], value)


async def places(rows: Rows, keys: OrganizationKeys, organization_id: UUID, word: str) -> set[str]:
    """Where a word can be found."""
    return {place async for place, content in kept(rows, keys, organization_id) if canaries.found_in(content, word)}


@pytest.mark.promise("H6")
@pytest.mark.parametrize("end", ["anonymize", "erase"])
async def test_nothing_of_the_person_is_left_and_the_numbers_stay(
    admin: ApiClient, make: Factories, cast: Cast, rows: Rows, runtime: Runtime, end: str
) -> None:
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=10) as connection:
        keys = await runtime.keys.of(connection, cast.organization_id)
    candidate, application = await known(make, WORD)
    duplicate, _ = await known(make, f"{WORD}ii")
    await make.merged(candidate, duplicate)
    await known(make, OTHERS)
    await everywhere_else(admin, make, candidate, application)
    before, found = await numbers(admin), await places(rows, keys, cast.organization_id, WORD)
    assert found >= SEALED_PLACES, "vacuous: not every place held the person"
    hashes = await rows.connection.fetchval("SELECT email_hashes FROM candidates WHERE id = $1", candidate["id"])

    await admin.data("POST", path_of(candidate, f"/{end}"))
    await background.run_due(runtime, cast.organization_id)

    assert await places(rows, keys, cast.organization_id, WORD) == set()
    for table, column in await rows.tables():
        sql = f'SELECT t::text FROM "{table}" t WHERE {column} = $1'  # noqa: S608 - names from the catalogue
        for row in await rows.connection.fetch(sql, cast.organization_id):
            assert not any(hashed.hex() in row[0] for hashed in hashes), table
    assert await numbers(admin) == before
    assert await places(rows, keys, cast.organization_id, OTHERS) != set()


#: Where the person stands before.
SEALED_PLACES = {
    f"{name}.{column}"
    for name in (
        "candidates",
        "applications",
        "notes",
        "messages",
        "candidate_merges",
        "legal_holds",
        "offers",
        "approval_votes",
        "consents",
        "idempotency_keys",
        "resume_parses",
    )
    for column in map(str, Base.metadata.tables[name].columns.keys())
    if column.endswith("_sealed")
}


async def everywhere_else(admin: ApiClient, make: Factories, candidate: Data, application: Data) -> None:
    """A released hold, a kept answer, a preview, a changed external id."""
    hold = await admin.data("POST", path_of(candidate, "/legal_holds"), json={"reason": f"Claim by {WORD}"})
    await admin.data("POST", f"{V1}/legal_holds/{hold['id']}/release")
    key = {"Idempotency-Key": "kept"}
    await admin.data("POST", path_of(candidate, "/notes"), json={"body": f"Words {WORD}"}, headers=key)
    template = await make.message_template(
        subject="Hello", body="Dear {{ candidate.full_name }}", variables=["candidate.full_name"], values=[]
    )
    body = {"recipient": "candidate", "candidate_id": candidate["id"]}
    path = f"{V1}/message_templates/{template['id']}/preview"
    preview = await admin.data("POST", path, json=body, headers={"Idempotency-Key": "preview"})
    assert WORD in preview["body"]
    await admin.data("PATCH", f"{CANDIDATES}/{candidate['id']}", json={"external_id": f"D-{WORD}"})
    await admin.data("PATCH", f"{V1}/applications/{application['id']}", json={"external_id": f"E-{WORD}"})


@pytest.mark.promise("H6")
async def test_the_files_of_the_person_leave_the_storage(
    admin: ApiClient, make: Factories, cast: Cast, runtime: Runtime, rows: Rows
) -> None:
    """What came in from the public side goes with the person: the intake, its files, and the sweep is asked for at once."""
    intake = await make.intake()
    await background.run_due(runtime, cast.organization_id)
    shown = await admin.data("GET", f"{V1}/intakes/{intake['id']}")
    candidate_id = shown["candidate_id"]
    assert candidate_id is not None
    held = await rows.connection.fetchval("SELECT count(*) FROM files WHERE candidate_id = $1", candidate_id)

    await admin.data("POST", f"{CANDIDATES}/{candidate_id}/erase")

    for table in ("intakes", "files"):
        sql = f"SELECT count(*) FROM {table} WHERE candidate_id = $1"  # noqa: S608
        assert await rows.connection.fetchval(sql, candidate_id) == 0
    asked = await rows.connection.fetchval(
        "SELECT count(*) FROM tasks WHERE organization_id = $1 AND name = $2 AND slot IS NULL",
        cast.organization_id,
        sweep_files.name,
    )
    assert (held, asked) == (1, 1)
