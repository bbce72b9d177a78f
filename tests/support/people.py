"""People with resumes, as the parser understands them: made in no time, without a process of its own."""

from datetime import date
from typing import Any
from uuid import UUID

from impl.core.tasks import TaskRun
from impl.resumes import parsing as offline
from impl.resumes.document import Document, Text
from impl.resumes.understood import Understood
from impl.services.resumes import parsing
from tests.support.application import runtime_of
from tests.support.factories import Data, Factories

TODAY = date(2026, 11, 26)


def understood(text: str, **more: Any) -> Understood:
    """What the parser makes of a plain text."""
    profile = offline.parse(Document("text/plain", (Text("plain", text),)), today=TODAY)
    values: dict[str, Any] = {
        "text": text,
        "order": "plain",
        "language": profile.language,
        "media_type": "text/plain",
        "pages": None,
        "flags": (),
        "hidden": (),
        "instructions": (),
        "profile": profile.resume(),
        "evidence": profile.evidence(text),
    }
    return Understood(**values | more)


async def read(make: Factories, candidate: Data, resume: str, *, application: Data | None = None, **more: Any) -> Data:
    """An attachment of the candidate, or of an application, that was read as `resume`."""
    attachment = await make.attachment(application, candidate=None if application else candidate)
    run = TaskRun(runtime_of(make.cast.app), make.cast.organization_id, "a-request", 1)
    async with run.step() as ctx:
        parse_id = UUID(attachment["newest_parse"]["id"])
        await parsing.settle(ctx, parse_id, parsing.Reading(understood(resume, **more)))
    return attachment


async def person(make: Factories, full_name: str, resume: str, **fields: Any) -> Data:
    """A candidate with a resume; `{name}` in it is the name, `{address}` an e-mail address that goes with it."""
    candidate = await make.candidate(full_name=full_name, **fields)
    address = f"{'.'.join(full_name.lower().split())}@example.org"
    await read(make, candidate, resume.replace("{name}", full_name).replace("{address}", address))
    return candidate
