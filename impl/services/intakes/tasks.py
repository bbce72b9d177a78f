"""What the worker does for intakes: process them, end what a candidate withdraws, and sweep up what nobody refers to."""

from datetime import timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, text

from generated.enums import ApplicationStatus
from impl import models
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.tasks import TaskRun, periodic, task
from impl.db.query import Query
from impl.lib import clock
from impl.services.applications import actions
from impl.services.intakes import processing

#: After this time an object without a row is left over from something that was never committed.
ORPHANED_AFTER: Final = timedelta(hours=1)
#: For how long it is known which intakes came from one address.
SENDERS_KEPT_FOR: Final = timedelta(days=1)
BATCH: Final = 500

PRESENT = ScopedQuery(
    lambda visibility: mine(models.File, visibility, models.File.id).where(
        models.File.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
    )
)
FORGET_SENDERS = Query(
    text(
        """
        UPDATE intakes SET sender_hash = NULL
        WHERE organization_id = CAST(:organization_id AS uuid) AND sender_hash IS NOT NULL
          AND created_at <= CAST(:before AS timestamptz)
        """
    )
)


@task("process_intake")
async def process_intake(run: TaskRun, intake_id: UUID) -> None:
    """Make an application of an intake."""
    await processing.process(run, intake_id)


@task("withdraw_application")
async def withdraw_application(run: TaskRun, intake_id: UUID) -> None:
    """End the application that a withdrawn intake made, unless it has ended otherwise."""
    async with run.step() as ctx:
        found = await ctx.all(models.Intake, models.Intake.id == intake_id, models.Intake.made_application)
        if not found or found[0].application_id is None:
            return
        application = await ctx.load(models.Application, found[0].application_id, lock=True)
        if application.status == ApplicationStatus.ACTIVE:
            await actions.withdraw(ctx, application)


@periodic("sweep_files", cron="17 * * * *")
async def sweep_files(run: TaskRun) -> None:
    """Delete objects that belong to no row, and forget which addresses intakes came from."""
    before = clock.now() - ORPHANED_AFTER
    old: list[UUID] = []
    async for found in run.runtime.storage.list(run.organization_id):
        if found.id is not None and found.modified_at < before:
            old.append(found.id)
        if len(old) == BATCH:
            await _delete_orphans(run, old)
            old = []
    await _delete_orphans(run, old)
    await run.runtime.storage.tidy(run.organization_id, before)
    async with run.step() as ctx:
        until = clock.now() - SENDERS_KEPT_FOR
        await ctx.connection.execute(FORGET_SENDERS, organization_id=run.organization_id, before=until)


async def _delete_orphans(run: TaskRun, object_ids: list[UUID]) -> None:
    async with run.step() as ctx:
        present = {row["id"] for row in await ctx.rows(PRESENT, ids=object_ids)}
    for object_id in object_ids:
        if object_id not in present:
            await run.runtime.storage.delete(run.organization_id, object_id)
