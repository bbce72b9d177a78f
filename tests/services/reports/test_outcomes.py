"""How stays ended, worked out for those that were there before it was written down."""

import importlib

import pytest

from impl.lib.clock import Hands
from tests.services.reports.habits import History
from tests.support.factories import Factories
from tests.support.rows import Rows

MIGRATION = importlib.import_module("impl.db.migrations.versions.20261126_0515_reports")
OUTCOMES = "SELECT id, outcome FROM stage_history WHERE organization_id = $1 ORDER BY id"


@pytest.mark.parametrize("seed", [8, 9])
async def test_the_migration_finds_what_commands_write(make: Factories, hands: Hands, rows: Rows, seed: int) -> None:
    history = History(make, hands, seed)
    await history.happen()
    organization_id = make.cast.organization_id
    written = await rows.connection.fetch(OUTCOMES, organization_id)
    assert {outcome for _, outcome in written} == {None, "moved", "rejected", "withdrawn", "hired"}

    transaction = rows.connection.transaction()
    await transaction.start()
    try:
        forget = "UPDATE stage_history SET outcome = NULL WHERE organization_id = $1"
        await rows.connection.execute(forget, organization_id)
        await rows.connection.execute(MIGRATION.FILL)
        found = await rows.connection.fetch(OUTCOMES, organization_id)
    finally:
        await transaction.rollback()
    assert found == written
