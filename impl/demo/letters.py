"""What the demo organization writes to candidates, and the mail server that takes it at once."""

from sqlalchemy import select

from generated import requests
from generated.enums import MessageKind, MessageStatus, MessageVariable, TaskStatus
from impl import models
from impl.core.context import Context
from impl.services.messages.tasks import deliver_message

#: How many of those who are rejected are told by mail.
TOLD = 0.7
ORGANIZATION, NAME, JOB, SENDER = (
    MessageVariable.ORGANIZATION_NAME,
    MessageVariable.CANDIDATE_FULL_NAME,
    MessageVariable.JOB_TITLE,
    MessageVariable.SENDER_NAME,
)
REJECTION = requests.MessageTemplateCreate(
    name="Rejection",
    kind=MessageKind.APPLICATION_REJECTED,
    subject="Your application as {{ job.title }}",
    body=(
        "Dear {{ candidate.full_name }},\n\nthank you for the time that you took for us. We have decided to go on with others for "
        "{{ job.title }}. We wish you well, and hope that you think of us again.\n\n{{ sender.name }}\n{{ organization.name }}\n"
    ),
    variables=[ORGANIZATION, NAME, JOB, SENDER],
)
TALK = requests.MessageTemplateCreate(
    name="When shall we talk?",
    kind=MessageKind.GENERAL,
    subject="A first talk about {{ job.title }}",
    body=(
        "Dear {{ candidate.full_name }},\n\nwe would like to get to know you. Does {{ values.when }} suit you? It takes "
        "half an hour.\n\n{{ sender.name }}\n"
    ),
    variables=[NAME, JOB, SENDER],
    values=["when"],
)
TEMPLATES = (REJECTION, TALK)


async def arrive(ctx: Context) -> None:
    """Let everything that waits in the outbox have been sent at this moment."""
    waiting = await ctx.all(models.Message, models.Message.status == MessageStatus.QUEUED)
    for message in waiting:
        message.begin()
        message.succeed()
        ctx.record("message.sent", message, status=(MessageStatus.SENDING, message.status))
    tasks = select(models.Task).where(
        models.Task.organization_id == ctx.organization_id,
        models.Task.name == deliver_message.name,
        models.Task.status == TaskStatus.QUEUED,
    )
    for task in await ctx.connection.session.scalars(tasks):
        # The queue still holds the task's number; a worker that comes to it finds the task done.
        task.begin()
        task.succeed()
