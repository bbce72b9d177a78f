"""Why something stands where it does, as the API shows it."""

import msgspec

from generated import responses
from generated.enums import MatchBasis, ScreeningBand, ScreeningImportance
from impl.core.context import Context
from impl.lib import clock
from impl.screening import SCORER_VERSION, Answer
from impl.services.candidates import profile
from impl.services.matching import queries
from impl.services.matching.ranking import RANKING_VERSION
from impl.services.matching.similar import Shown, Similar


def candidate(ctx: Context, place: int, shown: Shown, similar: Similar) -> responses.MatchedCandidate:
    """A candidate for a job, without a name where that is screened blind."""
    ranked, standing, _ = shown
    row = ranked.row
    name = None if standing.is_blind else profile.full_name(ctx, row["id"], row["profile_sealed"])
    return responses.MatchedCandidate(id=row["id"], place=place, full_name=name, reasons=_of(shown, similar))


def job(place: int, shown: Shown, similar: Similar) -> responses.MatchedJob:
    """A job for a candidate."""
    ranked = shown[0]
    return responses.MatchedJob(id=ranked.id, place=place, title=ranked.row["title"], reasons=_of(shown, similar))


def ranking(found_count: int, ranked_count: int) -> responses.MatchRanking:
    """How it was ranked."""
    return responses.MatchRanking(
        ranking_version=RANKING_VERSION,
        scorer_version=SCORER_VERSION,
        as_of=clock.now().date(),
        found_count=min(found_count, queries.FOUND_MAX),
        is_complete=found_count == ranked_count,
    )


def _of(shown: Shown, similar: Similar) -> responses.MatchReasons:
    ranked, standing, reading = shown
    result = ranked.result
    words = [
        responses.MatchedWord(text=want.texts[0][:100], is_in_front=hit == queries.IN_FRONT)
        for want, hit in zip(ranked.asked.wants, ranked.hits, strict=True)
        if hit
    ]
    return responses.MatchReasons(
        basis=MatchBasis.WORDS if result is None else MatchBasis.RUBRIC,
        rubric_revision=None if result is None else standing.revision,
        score_hundredths=ranked.hundredths,
        band=None if result is None else ScreeningBand(result.band.value),
        words_hundredths=ranked.words_hundredths,
        words=words,
        answers=[] if result is None else [_answer(answer) for answer in result.answers],
        similar_wordings=similar.get(ranked.id, []),
        resume_parse_id=None if reading is None else reading.parse_id,
    )


def _answer(answer: Answer) -> responses.ScreeningAnswer:
    importance = ScreeningImportance.REQUIRED if answer.is_required else ScreeningImportance.PREFERRED
    return msgspec.convert(dict(answer.plain()) | {"importance": importance}, responses.ScreeningAnswer)
