"""A resume without its person, for people to read."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from generated import responses
from impl import models
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import clock
from impl.screening import Reading
from impl.screening.experience import period_of
from impl.services.screening import inputs, queries, rubrics


async def show(ctx: Context, application_id: UUID) -> responses.BlindProfile:
    """What screening would read of the application now."""
    row = await ctx.row(queries.ONE_APPLICATION, id=application_id)
    if row is None:
        raise NotFound
    candidate = await ctx.load(models.Candidate, row["candidate_id"])
    if not candidate.is_present:
        raise NotFound("The candidate was deleted.")
    rubric = await rubrics.newest(ctx, row["job_id"])
    said = (await inputs.latest(ctx, [candidate.id], is_location_hidden=rubric["is_blind"])).get(candidate.id)
    reading = Reading() if said is None else said.reading
    return responses.BlindProfile(
        application_id=application_id,
        resume_parse_id=None if said is None else said.resume_parse_id,
        is_location_hidden=rubric["is_blind"],
        places=list(reading.places or ()),
        work=[_position(each) for each in reading.entries("work")],
        education=[
            responses.BlindStudies(study_type=each.get("studyType") or "", area=each.get("area") or "")
            for each in reading.entries("education")
        ],
        skills=[each.get("name") or "" for each in reading.entries("skills")],
        languages=[
            responses.BlindLanguage(language=each.get("language") or "", fluency=each.get("fluency") or "")
            for each in reading.entries("languages")
        ],
        text=reading.text,
        flags=[] if said is None else list(said.flags),
    )


def _position(entry: Mapping[str, Any]) -> responses.BlindPosition:
    period = period_of(entry, clock.now().date())
    return responses.BlindPosition(
        position=entry.get("position") or "",
        organization=entry.get("name") or "",
        months=None if period is None else period[1] - period[0],
        summary=entry.get("summary") or "",
        highlights=entry.get("highlights") or [],
    )
