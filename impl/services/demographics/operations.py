"""Demographic answers: added without a name, counted without small groups."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from generated import enums, requests, responses
from generated.api.demographics import DemographicsOperations
from generated.enums import DemographicQuestion
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.lib import clock
from impl.models.demographics import Quarter
from impl.services.demographics import queries
from impl.services.demographics.suppression import CELL_MIN, hidden, with_totals

ROWS_MAX = 1000
ANSWERS: dict[DemographicQuestion, list[str]] = {
    DemographicQuestion.GENDER: [answer.value for answer in enums.GenderAnswer],
    DemographicQuestion.RACE_ETHNICITY: [answer.value for answer in enums.RaceEthnicityAnswer],
    DemographicQuestion.VETERAN_STATUS: [answer.value for answer in enums.VeteranStatusAnswer],
    DemographicQuestion.DISABILITY_STATUS: [answer.value for answer in enums.DisabilityStatusAnswer],
}


class Answered(NamedTuple):
    """That somebody answered for a job: all that an event tells. The job itself does not change."""

    id: UUID
    job_id: UUID


class Demographics(DemographicsOperations[Context]):
    """Answers go in one by one and come out as counts."""

    async def add_demographic_answers(self, ctx: Context, job_id: UUID, body: requests.DemographicAnswers) -> None:
        job = await ctx.load(models.Job, job_id)
        quarter = Quarter.of(clock.now())
        for question, answer in patch.given(body).items():
            await ctx.insert(
                models.DemographicAnswer,
                department_id=job.department_id,
                quarter_starts_on=quarter.starts_on,
                question=DemographicQuestion(question),
                answer=enums.DemographicAnswer(answer),
            )
        ctx.record("job.demographics_answered", Answered(job.id, job.id))

    async def get_eeo_report(self, ctx: Context, query: requests.GetEeoReportQuery) -> responses.EeoReport:
        now, name = clock.now(), patch.given(query).get("quarter")
        quarter = Quarter.named(name) if name else Quarter.last_before(now)
        is_published = quarter.ends_at <= now
        counts = await ctx.rows(queries.COUNTS, quarter_starts_on=quarter.starts_on) if is_published else []
        rows = list(_rows(counts))
        return responses.EeoReport(
            quarter=quarter.name,
            published_at=quarter.ends_at,
            is_published=is_published,
            cell_min=CELL_MIN,
            is_complete=len(rows) <= ROWS_MAX,
            rows=rows[:ROWS_MAX],
        )


def _rows(counts: Sequence[Any]) -> Iterator[responses.EeoRow]:
    """The table of each question, its totals first."""
    for question, answers in ANSWERS.items():
        found = {
            (row["department_id"], row["answer"]): row["people_count"] for row in counts if row["question"] == question
        }
        # Jobs without a department come last.
        departments = sorted({department for department, _ in found}, key=lambda each: (each is None, str(each)))
        if found:
            table = with_totals([[found.get((at, answer), 0) for answer in answers] for at in departments])
            yield from _shown(question, departments, answers, table)


def _shown(
    question: DemographicQuestion, departments: Sequence[UUID | None], answers: Sequence[str], table: list[list[int]]
) -> Iterable[responses.EeoRow]:
    gone = hidden(table)
    shown = [
        [None if (row, column) in gone else value for column, value in enumerate(line)]
        for row, line in enumerate(table)
    ]
    *lines, totals = shown
    for at, line in [(None, totals), *zip(departments, lines, strict=True)]:
        *cells, people = line
        yield responses.EeoRow(
            question=question,
            is_total=line is totals,
            department_id=at,
            people_count=people,
            answers=[
                responses.EeoCount(answer=enums.DemographicAnswer(answer), people_count=cell)
                for answer, cell in zip(answers, cells, strict=True)
            ],
        )
