"""The resume profiles of candidates, for whatever compares, screens or searches them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from generated.enums import Visibility
from impl.core.context import Context
from impl.services.resumes import contents, queries


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a candidate from a resume. `profile` has JSON Resume's shape, with the corrections where it was accepted;
    `evidence` is by JSON pointer, `{"confidence": 0…1, "spans": [{"start", "end", "text"}]}`, and its offsets count in `text`. A
    field that somebody corrected has none. Text that a person does not see is in neither."""

    parse_id: UUID
    attachment_id: UUID
    candidate_id: UUID
    revision: int
    profile: dict[str, Any]
    evidence: dict[str, dict[str, Any]]
    text: str
    language: str | None
    flags: tuple[str, ...]
    is_accepted: bool
    input_sha256: str
    parser_version: str | None


async def latest(ctx: Context, candidate_ids: Iterable[UUID]) -> dict[UUID, Reading]:
    """Of each of these candidates the profile that was accepted last, else the one that was read last; candidates without one are
    left out. One statement, and what the actor may not see is not in it."""
    wanted = sorted(set(candidate_ids))
    return _readings(ctx, await ctx.rows(queries.LATEST, candidate_ids=wanted) if wanted else [])


async def known(ctx: Context, candidate_ids: Iterable[UUID]) -> dict[UUID, Reading]:
    """As `latest`, whatever the actor may see: for what is kept of a candidate, not for what is shown."""
    wanted = sorted(set(candidate_ids))
    query = queries.LATEST.of(Visibility.ORGANIZATION)
    values = {"organization_id": ctx.organization_id, "candidate_ids": wanted}
    return _readings(ctx, await ctx.connection.rows(query, **values) if wanted else [])


def of_parse(ctx: Context, row: Mapping[str, Any]) -> Reading | None:
    """What a row of `resume_parses` knows; None where nothing was read."""
    return _reading(ctx, row)


def _readings(ctx: Context, rows: Iterable[Any]) -> dict[UUID, Reading]:
    return {found.candidate_id: found for row in rows if (found := _reading(ctx, row)) is not None}


def _reading(ctx: Context, row: Any) -> Reading | None:
    opened = contents.opened(ctx, row)
    if opened.content is None or opened.text is None:
        return None
    best = opened.review or opened.content
    return Reading(
        parse_id=UUID(str(row["id"])),
        attachment_id=UUID(str(row["attachment_id"])),
        candidate_id=UUID(str(row["candidate_id"])),
        revision=row["revision"],
        profile=best.profile,
        evidence={pointer: _evidence(found, opened.text) for pointer, found in best.evidence.items()},
        text=opened.text,
        language=row["language"],
        flags=tuple(row["flags"]),
        is_accepted=row["accepted_at"] is not None,
        input_sha256=row["input_sha256"].hex(),
        parser_version=row["parser_version"],
    )


def _evidence(found: dict[str, Any], text: str) -> dict[str, Any]:
    spans = [{**span, "text": text[span["start"] : span["end"]]} for span in found["spans"]]
    return {"confidence": found["confidence_percent"] / 100, "spans": spans}
