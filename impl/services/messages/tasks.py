"""What the worker does for messages: it sends each one when it is due, and comes back to those that could not be sent yet."""

from uuid import UUID

from impl.core.tasks import TaskRun, task


@task("deliver_message")
async def deliver_message(run: TaskRun, message_id: UUID) -> None:
    """Send one message; when it must wait, a later task goes on with it."""
    # The mail client: the web process queues this task and never speaks SMTP.
    from impl.services.messages import delivery  # noqa: PLC0415

    again_at = await delivery.deliver(run.step, delivery.mailer_of(run.runtime.settings), message_id)
    if again_at is not None:
        async with run.step() as ctx:
            await ctx.enqueue(deliver_message, run_at=again_at, lock=f"message:{message_id}", message_id=message_id)
