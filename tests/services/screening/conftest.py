"""Resumes that were read, without reading any: what a candidate's resume says is set by the test."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from uuid import UUID

import pytest

from impl.core.context import Context
from impl.lib import ids
from impl.resumes.document import Document, Text, normalized
from impl.resumes.parsing import parse
from impl.services.resumes import profiles
from tests.screening.people import Person, resume_of
from tests.services.screening.habits import Desk
from tests.support.cast import Cast
from tests.support.factories import Factories

TODAY = date(2026, 11, 26)


class Resumes:
    """The readings by candidate."""

    def __init__(self) -> None:
        self._found: dict[UUID, profiles.Reading] = {}

    def put(self, candidate_id: str, person: Person, *flags: str) -> None:
        """Let this be what is read of a candidate from now on."""
        text = normalized(resume_of(person))
        profile = parse(Document("text/plain", (Text("plain", text),)), today=TODAY)
        self._found[UUID(candidate_id)] = profiles.Reading(
            parse_id=ids.new_id(),
            attachment_id=ids.new_id(),
            candidate_id=UUID(candidate_id),
            revision=1,
            profile=profile.resume(),
            evidence=profile.evidence(text),
            text=text,
            language="en",
            flags=flags,
            is_accepted=False,
            input_sha256=sha256(text.encode()).hexdigest(),
            parser_version="1",
        )

    async def latest(self, ctx: Context, candidate_ids: Iterable[UUID]) -> dict[UUID, profiles.Reading]:
        return {each: self._found[each] for each in candidate_ids if each in self._found}


@pytest.fixture
def resumes(monkeypatch: pytest.MonkeyPatch) -> Resumes:
    found = Resumes()
    monkeypatch.setattr(profiles, "latest", found.latest)
    return found


@pytest.fixture
def desk(cast: Cast, make: Factories, resumes: Resumes) -> Desk:
    """Where applications are screened."""
    return Desk(cast, make, resumes)
