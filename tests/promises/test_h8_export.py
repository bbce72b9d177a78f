"""H8: the export of a person holds every personal value that the catalogue knows."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
import pytest

from impl.core.runtime import Runtime
from impl.models.subject import HOLDINGS
from tests.services.privacy.habits import known, path_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories
from tests.support.rows import Rows


def leaves(value: Any) -> Iterator[str]:
    """Every text and number of a JSON value."""
    if isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)
    elif value is not None:
        yield str(value)


def texts(opened: bytes) -> Iterator[str]:
    try:
        yield from leaves(orjson.loads(opened))
    except orjson.JSONDecodeError:
        yield opened.decode()


@pytest.mark.promise("H8")
async def test_every_sealed_value_and_every_field_is_in_the_bundle(
    admin: ApiClient, make: Factories, cast: Cast, rows: Rows, runtime: Runtime
) -> None:
    """For each table that holds something about a candidate: each row is there with each of its columns, hashes apart, and each
    value that is sealed can be read. What is left out says why in the list of tables."""
    async with runtime.database.transaction(cast.organization_id, timeout_seconds=10) as connection:
        keys = await runtime.keys.of(connection, cast.organization_id)
    candidate, _ = await known(make)
    intake = await make.intake("processed", email="Zyzzyva@example.org")
    assert intake["candidate_id"] == candidate["id"]
    await make.legal_hold(candidate)

    bundle = await admin.data("GET", path_of(candidate, "/export"))

    sections = {section["kind"]: {row["id"]: row for row in section["rows"]} for section in bundle["sections"]}
    told = set(leaves(bundle))
    for holding in HOLDINGS:
        found = await rows.connection.fetch(f"SELECT * FROM {holding.name} WHERE candidate_id = $1", candidate["id"])  # noqa: S608
        assert found, f"vacuous: nothing of {holding.name}"
        assert holding.unexported or len(sections[holding.name]) == len(found), holding.name
        for row in found if not holding.unexported else ():
            shown = sections[holding.name][str(row["id"])]
            for name, value in row.items():
                if name.endswith("_sealed") and value is not None:
                    column = name.removesuffix("_sealed")
                    assert set(texts(keys.open(holding.name, column, UUID(str(row["id"])), value))) <= told, name
                elif name not in ("organization_id", "token_public_id", "model_digest") and not isinstance(
                    value, bytes
                ):
                    assert name.removesuffix("_sealed") in shown, (holding.name, name)
