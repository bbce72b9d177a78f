"""A mail server on a loopback port, and the worker's hand on one message."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any
from uuid import UUID

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib.email import Server, SmtpMailer
from impl.services.messages.delivery import deliver
from tests.support.cast import Cast
from tests.support.factories import V1

MESSAGES = f"{V1}/messages"
TEMPLATES = f"{V1}/message_templates"
SENDER = "ats@example.org"


class Post:
    """Keeps every mail that it takes; `answer` is what it says to a mail, `to_recipient` what it says to an address."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.recipients: list[list[str]] = []
        self.answer = "250 OK"
        self.to_recipient = "250 OK"
        self.port = 0

    async def handle_RCPT(self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any) -> str:
        if self.to_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        if self.answer.startswith("250"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            mail = message_from_bytes(content, policy=policy.default)
            assert isinstance(mail, EmailMessage)
            self.mails.append(mail)
            self.recipients.append(envelope.rcpt_tos)
        return self.answer


@contextmanager
def post_office(port: int = 0) -> Iterator[Post]:
    """A real mail server on a free port (or on one that was in use before)."""
    post = Post()
    controller = Controller(post, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    post.port = controller.port
    try:
        yield post
    finally:
        controller.stop()


def free_port() -> int:
    """A port that nobody listens on."""
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def mailer(port: int) -> SmtpMailer:
    """The mailer of the service, for a server on this port; it gives up soon."""
    return SmtpMailer(Server("127.0.0.1", port, "none", timeout_seconds=2), SENDER, deadline_seconds=0.2)


def run_of(runtime: Runtime, cast: Cast) -> TaskRun:
    """A task's run in this organization."""
    return TaskRun(runtime, cast.organization_id, "test", 1)


async def delivered(runtime: Runtime, cast: Cast, port: int, message: Any) -> Any:
    """One attempt at a message; when to come again."""
    return await deliver(run_of(runtime, cast).step, mailer(port), UUID(message["id"]))


async def all_delivered(runtime: Runtime, cast: Cast, port: int, messages: list[Any]) -> None:
    """One attempt at each of these at once."""
    await asyncio.gather(*(delivered(runtime, cast, port, message) for message in messages))
