"""E2: a worker killed at any point of a task loses nothing and doubles nothing: what it left is done once by whoever comes next."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from typing import Any
from uuid import UUID

import pytest

from impl.core import tasks
from impl.core.runtime import Runtime
from impl.db.embedded import Server
from impl.lib.clock import Hands
from tests.services.messages.habits import Post, post_office
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.documents import pdf
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forkserver import ForkServer
from tests.support.forms import File
from tests.support.proxy import FaultProxy, Trap
from tests.support.rows import Rows

pytestmark = pytest.mark.promise("E2")

# A worker that died with a message in hand is given up after its lease.
LATER = timedelta(hours=1)
DELIVERED = Counter({"message.sent": 1})
# What one application from outside comes to.
PROCESSED = {"intakes": 1, "files": 1, "candidates": 1, "applications": 1, "stage_history": 1, "resume_parses": 1}
PROCESSING = (
    "intake.received",
    "candidate.created",
    "application.created",
    "resume_parse.queued",
    "intake.processed",
    "resume_parse.parsed",
)


@dataclass(frozen=True)
class Story:
    """Lets one worker after the other die over a task, and another one come after it."""

    fork_server: ForkServer
    url: str
    runtime: Runtime
    cast: Cast
    rows: Rows
    hands: Hands
    email: dict[str, Any]

    async def killed_at(self, point: int, task_id: UUID) -> bool:
        """Whether the worker came so far: it dies at the `point`-th piece of its traffic with the database."""
        proxy = FaultProxy(self.url)
        await proxy.start()
        child = await self.fork_server.start_attempt(proxy.url, self.cast.organization_id, task_id, **self.email)
        trap = proxy.trap = Trap(point, child.kill)
        child.begin()
        await child.ended()
        await proxy.cut()
        return trap.is_sprung

    async def done_by_others(self, task_id: UUID) -> None:
        """What the sweep and the queue do for the dead one's task, and for those that it asked for."""
        await tasks.perform(self.runtime, self.cast.organization_id, task_id)
        self.hands.advance(LATER)
        await run_due(self.runtime, self.cast.organization_id)

    async def newest_task(self, name: str) -> UUID:
        sql = "SELECT id FROM tasks WHERE organization_id = $1 AND name = $2 ORDER BY created_at DESC, id DESC LIMIT 1"
        found = await self.rows.connection.fetchval(sql, self.cast.organization_id, name)
        return UUID(str(found))

    async def events(self, seen: int) -> Counter[str]:
        return Counter((await self.rows.event_types(self.cast.organization_id))[seen:])

    async def unfinished(self) -> list[Any]:
        sql = "SELECT name, status FROM tasks WHERE organization_id = $1 AND status <> 'succeeded'"
        return [tuple(row) for row in await self.rows.connection.fetch(sql, self.cast.organization_id)]


@pytest.fixture
def post() -> Iterator[Post]:
    with post_office() as opened:
        yield opened


@pytest.fixture
def story(
    fork_server: ForkServer,
    server: Server,
    database_name: str,
    runtime: Runtime,
    cast: Cast,
    rows: Rows,
    hands: Hands,
    post: Post,
) -> Story:
    by_smtp = {"host": "127.0.0.1", "port": post.port, "security": "none"}
    email = runtime.settings.email.model_copy(update=by_smtp)
    survivor = replace(runtime, settings=runtime.settings.model_copy(update={"email": email}))
    return Story(fork_server, server.url("ats_app", database_name), survivor, cast, rows, hands, by_smtp)


async def test_a_message_is_sent_whenever_its_worker_dies(
    story: Story, make: Factories, cast: Cast, rows: Rows, post: Post
) -> None:
    for point in count(1):
        if not await _one_message(story, make, cast, rows, post, point):
            break
    assert point > 15, "vacuous: a delivery has more traffic than that"


async def _one_message(story: Story, make: Factories, cast: Cast, rows: Rows, post: Post, point: int) -> bool:
    """One death and what follows it; False when the delivery was over before that point."""
    message = await make.message()
    seen = len(await rows.events(cast.organization_id))
    task_id = await story.newest_task("deliver_message")
    was_killed = await story.killed_at(point, task_id)
    await story.done_by_others(task_id)

    shown = await make.admin.data("GET", f"{V1}/messages/{message['id']}")
    arrived = [mail["Message-ID"] for mail in post.mails if message["id"] in mail["Message-ID"]]
    assert shown["status"] == "sent", f"killed at {point}"
    assert 1 <= len(arrived) <= 2, f"killed at {point}"
    assert len(set(arrived)) == 1, "who gets it twice can tell"
    assert await story.events(seen) == DELIVERED, f"killed at {point}"
    assert await story.unfinished() == [], f"killed at {point}"
    return was_killed


async def test_an_application_from_outside_is_processed_whenever_its_worker_dies(
    story: Story, make: Factories, cast: Cast, rows: Rows
) -> None:
    advert = await make.post(questions=[MOTIVATION])
    for point in count(1):
        if not await _one_intake(story, make, cast, rows, advert, point):
            break
    assert point > 30, "vacuous: processing has more traffic than that"


async def _one_intake(story: Story, make: Factories, cast: Cast, rows: Rows, advert: Data, point: int) -> bool:
    """The same for what somebody has sent: one candidate, one application, the file of them, and what it says."""
    before, seen = await rows.counts(cast.organization_id), len(await rows.events(cast.organization_id))
    await make.applied(advert, File(content=pdf("Mira Okafor")))
    task_id = await story.newest_task("process_intake")
    was_killed = await story.killed_at(point, task_id)
    await story.done_by_others(task_id)

    after = await rows.counts(cast.organization_id)
    made = {table: after[table] - before[table] for table in PROCESSED}
    assert made == PROCESSED, f"killed at {point}"
    assert await story.events(seen) == Counter(PROCESSING), f"killed at {point}"
    assert await story.unfinished() == [], f"killed at {point}"
    return was_killed
