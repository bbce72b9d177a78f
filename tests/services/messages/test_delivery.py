"""The outbox against a real mail server: what was meant arrives, and nothing else."""

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from impl.core.runtime import Runtime
from impl.lib.clock import Hands
from impl.lib.email import FolderMailer, Mail, compose
from impl.services.messages.delivery import deliver
from tests.services.messages.habits import (
    MESSAGES,
    SENDER,
    delivered,
    free_port,
    mailer,
    post_office,
    run_of,
)
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

HOUR = timedelta(hours=1)


async def shown(client: ApiClient, message: dict[str, object]) -> dict[str, object]:
    found: dict[str, object] = await client.data("GET", f"{MESSAGES}/{message['id']}")
    return found


async def test_what_was_meant_arrives(recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast) -> None:
    application = await make.application(candidate=await make.reachable())
    message = await make.message(application, subject="Grüße", body="Zeile 1\nZeile 2\n")

    with post_office() as post:
        assert await delivered(runtime, cast, post.port, message) is None
        assert await delivered(runtime, cast, post.port, message) is None

    [mail] = post.mails
    assert post.recipients == [[message["to_address"]]]
    assert (mail["To"], mail["Subject"], mail["Message-ID"]) == (
        message["to_address"],
        "Grüße",
        f"<{message['id']}@example.org>",
    )
    assert mail["From"].addresses[0].addr_spec == SENDER
    assert mail.get_content().replace("\r\n", "\n") == "Zeile 1\nZeile 2\n"
    now = await shown(recruiter, message)
    assert (now["status"], now["attempts_count"], now["failure"]) == ("sent", 1, None)
    assert now["sent_at"] is not None


async def test_nothing_is_sent_without_a_wish(make: Factories, rows: Rows, cast: Cast) -> None:
    """Reject, bulk reject and closing a job, with a template that would do: no message comes of it."""
    await make.rejection_template()
    reason, job = await make.rejection_reason(), await make.job()
    applications = [await make.application(job, await make.reachable()) for _ in range(4)]
    await make.command(applications[0], "reject", {"reason_id": reason["id"]})
    bulk = {"action": "reject", "application_ids": [applications[1]["id"]], "reason_id": reason["id"], "notify": False}
    await make.admin.data("POST", f"{V1}/applications/bulk", json=bulk)
    closing = {"reason": "cancelled", "applications": "reject", "reason_id": reason["id"]}
    await make.admin.data("POST", f"{V1}/jobs/{job['id']}/close", json=closing)

    assert await rows.count("messages", cast.organization_id) == 0
    tasks = await rows.connection.fetch("SELECT name FROM tasks WHERE organization_id = $1", cast.organization_id)
    assert [task["name"] for task in tasks if task["name"] == "deliver_message"] == []


async def test_everything_arrives_once_the_server_is_back_after_an_hour(
    make: Factories, runtime: Runtime, cast: Cast, hands: Hands
) -> None:
    messages = [await make.message() for _ in range(5)]
    port = free_port()
    for _ in range(6):
        for message in messages:
            assert await delivered(runtime, cast, port, message) is not None
        hands.advance(HOUR / 6)
    hands.advance(HOUR)

    with post_office(port) as post:
        for _ in range(2):
            for message in messages:
                assert await delivered(runtime, cast, port, message) is None

    assert sorted(mail["Message-ID"] for mail in post.mails) == sorted(f"<{m['id']}@example.org>" for m in messages)


async def test_a_server_that_asks_to_come_again_is_asked_again(
    recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast, hands: Hands
) -> None:
    message = await make.message()
    with post_office() as post:
        post.answer = "451 Later"
        assert await delivered(runtime, cast, post.port, message) is not None
        assert (await shown(recruiter, message))["status"] == "queued"
        post.answer = "250 OK"
        hands.advance(HOUR)
        assert await delivered(runtime, cast, post.port, message) is None
    assert (await shown(recruiter, message))["status"] == "sent"


@pytest.mark.parametrize(("place", "failure"), [("to_recipient", "recipient_refused"), ("answer", "content_refused")])
async def test_what_is_refused_for_good_has_failed(
    recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast, place: str, failure: str
) -> None:
    message = await make.message()
    with post_office() as post:
        setattr(post, place, "550 No")
        assert await delivered(runtime, cast, post.port, message) is None
    now = await shown(recruiter, message)
    assert (now["status"], now["failure"], now["sent_at"]) == ("failed", failure, None)


async def test_what_nobody_takes_for_days_has_failed(
    recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast, hands: Hands
) -> None:
    message = await make.message()
    hands.advance(timedelta(days=6))
    assert await delivered(runtime, cast, free_port(), message) is None
    assert (await shown(recruiter, message))["failure"] == "expired"


async def test_a_worker_that_dies_after_the_servers_yes_sends_the_same_again(
    recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast, hands: Hands
) -> None:
    """At least once: the second mail carries the Message-ID of the first."""
    message = await make.message()

    class Dies:
        def __init__(self, port: int) -> None:
            self.inner = mailer(port)

        async def send(self, mail: Mail) -> None:
            await self.inner.send(mail)
            raise asyncio.CancelledError

    with post_office() as post:
        with pytest.raises(asyncio.CancelledError):
            await deliver(run_of(runtime, cast).step, Dies(post.port), UUID(message["id"]))
        assert (await shown(recruiter, message))["status"] == "sending"
        assert await delivered(runtime, cast, post.port, message) is not None
        hands.advance(HOUR)
        assert await delivered(runtime, cast, post.port, message) is None
    first, second = post.mails
    assert first["Message-ID"] == second["Message-ID"]
    assert (await shown(recruiter, message))["status"] == "sent"


async def test_cancelling_and_sending_exclude_each_other(
    recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast
) -> None:
    messages = [await make.message() for _ in range(6)]
    with post_office() as post:

        async def race(message: dict[str, str]) -> bool:
            cancel = recruiter.post(f"{MESSAGES}/{message['id']}/cancel")
            answer, _ = await asyncio.gather(cancel, delivered(runtime, cast, post.port, message))
            assert answer.status_code == 200 or problem(answer) == (409, "message_not_queued")
            return answer.status_code == 200

        cancelled = [await race(message) for message in messages]
    sent = {str(mail["Message-ID"])[1:37] for mail in post.mails}
    assert sent == {m["id"] for m, was_cancelled in zip(messages, cancelled, strict=True) if not was_cancelled}


async def test_a_message_waits_for_its_time_and_a_deleted_candidate_gets_none(
    recruiter: ApiClient, make: Factories, runtime: Runtime, cast: Cast, hands: Hands
) -> None:
    later = f"{hands() + HOUR:%Y-%m-%dT%H:%M:%SZ}"
    planned, lost = await make.message(send_at=later), await make.message()
    await make.admin.data("DELETE", f"{V1}/candidates/{lost['candidate_id']}")
    with post_office() as post:
        assert await delivered(runtime, cast, post.port, planned) is not None
        assert await delivered(runtime, cast, post.port, lost) is None
        assert post.mails == []
        hands.advance(HOUR)
        assert await delivered(runtime, cast, post.port, planned) is None
    assert len(post.mails) == 1
    assert (await shown(recruiter, lost))["failure"] == "candidate_not_active"


def test_no_value_adds_a_header() -> None:
    evil = "x\r\nBcc: victim@example.org\r\n\r\nHello"
    mail = compose(Mail("1", evil, "mira@example.org", evil, "text"), SENDER)
    assert mail["Bcc"] is None
    assert [name.lower() for name in mail.keys()].count("to") == 1  # noqa: SIM118
    assert b"\r\nBcc:" not in mail.as_bytes()


async def test_without_a_server_mails_lie_in_a_folder(tmp_path: object) -> None:
    from pathlib import Path  # noqa: PLC0415

    folder = Path(str(tmp_path)) / "mail"
    for _ in range(2):
        await FolderMailer(folder, SENDER).send(Mail("key", "Org", "mira@example.org", "Hello", "text"))
    [file] = folder.glob("*.eml")
    assert b"To: mira@example.org" in file.read_bytes()
    assert file.stat().st_mode & 0o077 == 0
