"""What the worker reads out of the demo's resumes, and what recruiters make of it."""

from collections.abc import Awaitable, Callable
from typing import Any, Final
from uuid import UUID

from generated import requests
from generated.api import Implementations
from generated.enums import ResumeParseStatus
from impl import models
from impl.core.actor import Actor
from impl.core.context import Context
from impl.lib import clock
from impl.resumes.document import Unreadable
from impl.resumes.understanding import understand
from impl.services.resumes import parsing

Do = Callable[..., Awaitable[Any]]

#: What recruiters take over, where it was read.
WANTED: Final = ("/basics/label", "/basics/location/address")
#: One in so many profiles is reviewed, and one in so many of those is corrected.
REVIEWED, CORRECTED = 2, 3


class Readings:
    """Reads and reviews. `contents` are the files that wait, by their ids."""

    def __init__(self, services: Implementations[Context], do: Do, system: Actor) -> None:
        self._services = services
        self._do = do
        self._system = system
        self._count = 0
        self.contents: dict[UUID, bytes] = {}

    async def read(self) -> None:
        """What the worker does; these files are the demo's own, so that they need no process of their own."""

        async def work(ctx: Context) -> None:
            waiting = models.ResumeParse.status == ResumeParseStatus.QUEUED
            for parse in await ctx.all(models.ResumeParse, waiting):
                await parsing.settle(ctx, parse.id, _outcome(self.contents.pop(parse.attachment_id)))

        await self._do(self._system, "create_resume_parse", work)

    async def review(self, recruiter: Actor, attachment_id: UUID) -> None:
        """A recruiter looks at what was read of a file, if it is one of those that somebody finds the time for."""
        attachments, resumes = self._services.attachments, self._services.resumes
        attachment = await self._do(recruiter, "get_attachment", attachments.get_attachment, attachment_id)
        parse = await self._do(recruiter, "get_resume_parse", resumes.get_resume_parse, attachment.newest_parse.id)
        if parse.profile is None:
            return
        self._count += 1
        if self._count % REVIEWED:
            return
        body = requests.ResumeParseAccept(take_over=[each for each in WANTED if each in parse.evidence])
        if self._count % CORRECTED == 0 and parse.profile.skills:
            body.corrections = [requests.ResumeCorrection(pointer="/skills/0/name", value="Mentoring")]
        accept, query = resumes.accept_resume_parse, requests.AcceptResumeParseQuery()
        await self._do(recruiter, "accept_resume_parse", accept, parse.id, query, body)


def _outcome(content: bytes) -> parsing.Outcome:
    try:
        return parsing.Reading(understand(content, today=clock.now().date()).understood)
    except Unreadable as unreadable:
        return parsing.failure_of(unreadable.code)
