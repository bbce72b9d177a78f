"""Outgoing mail: by SMTP, or into a folder where nothing leaves the machine.

`send` tells three outcomes apart. It returns: the server has taken the mail. `Refused`: it never will. `Postponed`: it could not be
reached, asked to come again, or fell silent after it was given the mail; then it may have been taken, and the next try carries
the same Message-ID. No address and no text is logged or put into an error.
"""

import asyncio
import os
from collections.abc import Sequence
from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from pathlib import Path
from typing import Literal, Protocol

import aiosmtplib
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_delay, wait_random_exponential

from impl.lib import clock
from impl.lib.normalize import one_line

Reason = Literal["recipient_refused", "sender_refused", "content_refused", "server_refused"]
#: All tries of one call together.
DEADLINE_SECONDS = 45.0
PERMANENT = range(500, 600)


@dataclass(frozen=True, slots=True)
class Mail:
    """One mail of plain text to one address. `key` makes its Message-ID, the same in every try."""

    key: str
    sender_name: str
    to_address: str
    subject: str
    text: str

    def __repr__(self) -> str:
        return f"Mail(key={self.key!r}, …)"


class Refused(Exception):
    """The mail will never be taken."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason: Reason = reason


class Postponed(Exception):
    """Not now: try again later. `code` says what was met, without an address."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class _Unreached(Postponed):
    """The server never had the mail, so that another try at once can do no harm."""


class Mailer(Protocol):
    """Whatever takes mails."""

    async def send(self, mail: Mail) -> None:
        """Hand one mail over; raises Refused or Postponed."""


@dataclass(frozen=True, slots=True)
class Server:
    """A mail server and how to talk to it."""

    host: str
    port: int
    security: Literal["starttls", "tls", "none"]
    username: str | None = None
    password: str | None = None
    timeout_seconds: float = 10.0


class SmtpMailer:
    """Sends by SMTP, one connection for each mail."""

    def __init__(self, server: Server, sender: str, *, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._server = server
        self._sender = sender
        self._deadline_seconds = deadline_seconds

    async def send(self, mail: Mail) -> None:
        """As `Mailer.send`; a server that cannot be reached is tried again, with full jitter, until the deadline."""
        composed = compose(mail, self._sender)
        tries = AsyncRetrying(
            stop=stop_after_delay(self._deadline_seconds),
            wait=wait_random_exponential(multiplier=0.5, max=8),
            retry=retry_if_exception_type(_Unreached),
            reraise=True,
        )
        async for attempt in tries:
            with attempt:
                await self._once(composed, mail.to_address)

    async def _once(self, composed: EmailMessage, to_address: str) -> None:
        async with self._connected() as client:
            try:
                await client.send_message(composed, sender=self._sender, recipients=[to_address])
            except aiosmtplib.SMTPNotSupported:
                raise Refused("recipient_refused") from None
            except aiosmtplib.SMTPSenderRefused as refused:
                raise _outcome(refused.code, "sender_refused") from None
            except aiosmtplib.SMTPRecipientsRefused as refused:
                raise _outcome(min(each.code for each in refused.recipients), "recipient_refused") from None
            except aiosmtplib.SMTPResponseException as refused:
                raise _outcome(refused.code, "content_refused") from None
            except (aiosmtplib.SMTPException, OSError, TimeoutError):
                # It may have been taken: the answer was lost.
                raise Postponed("answer_lost") from None

    def _connected(self) -> "_Connection":
        server = self._server
        client = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.username,
            password=server.password,
            timeout=server.timeout_seconds,
            use_tls=server.security == "tls",
            start_tls=server.security == "starttls",
        )
        return _Connection(client)


class _Connection:
    """Connects and signs in, and says in our terms what went wrong."""

    def __init__(self, client: aiosmtplib.SMTP) -> None:
        self._client = client

    async def __aenter__(self) -> aiosmtplib.SMTP:
        try:
            await self._client.connect()
        except aiosmtplib.SMTPAuthenticationError:
            # An operator's mistake, which he can cure: no mail is lost over it.
            raise Postponed("sign_in_refused") from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            raise _Unreached("unreachable") from None
        return self._client

    async def __aexit__(self, *error: object) -> None:
        # What a server says to QUIT changes nothing about the mail that it has taken.
        try:
            await self._client.quit()
        except (aiosmtplib.SMTPException, OSError, TimeoutError):
            self._client.close()


class FolderMailer:
    """Writes mails into a folder, one file each; the same mail again replaces its file."""

    def __init__(self, folder: Path, sender: str) -> None:
        self._folder = folder
        self._sender = sender

    async def send(self, mail: Mail) -> None:
        """As `Mailer.send`."""
        await asyncio.to_thread(self._write, mail.key, compose(mail, self._sender).as_bytes())

    def _write(self, key: str, content: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        unfinished = self._folder / f".{key}.part"
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
        unfinished.replace(self._folder / f"{key}.eml")


def compose(mail: Mail, sender: str) -> EmailMessage:
    """The mail as it travels; raises Refused when an address is not one. No value can add a header."""
    try:
        composed = EmailMessage(policy=SMTP)
        composed["Message-ID"] = f"<{mail.key}@{sender.rpartition('@')[2]}>"
        composed["Date"] = format_datetime(clock.now())
        composed["From"] = _named(mail.sender_name, sender)
        composed["To"] = Address(addr_spec=mail.to_address)
        composed["Subject"] = one_line(mail.subject)
        composed.set_content(mail.text)
    except (MessageError, ValueError, IndexError, AttributeError):
        raise Refused("recipient_refused") from None
    return composed


def stored(folder: Path) -> Sequence[Path]:
    """The mails in a folder, the last one first."""
    return sorted(folder.glob("*.eml"), key=lambda path: (path.stat().st_mtime_ns, path.name), reverse=True)


def opened(path: Path) -> EmailMessage:
    """One of them."""
    return message_from_bytes(path.read_bytes(), EmailMessage, policy=SMTP)


def _named(name: str, address: str) -> Address:
    return Address(display_name=one_line(name), addr_spec=address)


def _outcome(code: int, reason: Reason) -> Refused | Postponed:
    return Refused(reason) if code in PERMANENT else Postponed(f"answered_{code}")
