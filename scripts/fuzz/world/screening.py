"""Rubrics of jobs, runs of screening, and what they found."""

from collections.abc import Iterator
from typing import Any

from generated.enums import ActorType, ScreeningBand
from impl import models
from impl.lib import clock
from impl.models.base import Base
from impl.screening import SCORER_VERSION
from impl.screening.rubric import hash_of
from scripts.fuzz.world.numbers import ALICE, NUMBERS, SPARES, WORKBENCH
from scripts.fuzz.world.rows import Rows

CRITERIA: list[dict[str, Any]] = [
    {
        "kind": "skill",
        "key": "bread",
        "importance": "required",
        "weight": 1,
        "name": "Bread",
        "synonyms": [],
        "related": [],
    }
]
#: The answer of an application without a resume.
ANSWER: dict[str, Any] = {
    "key": "bread",
    "kind": "skill",
    "is_required": True,
    "weight": 1,
    "verdict": "not_found",
    "rule": "no_resume",
    "months": None,
    "is_unknown": True,
}
BENCH_RUBRIC = 0x9580


class Screening(Rows):
    """Rubrics of jobs, runs of screening, and what they found."""

    def rubrics(self) -> Iterator[Base]:
        """Of the job of the examples, of those that are screened, and of the one that is worked on."""
        jobs = {NUMBERS["screening_rubric"]: NUMBERS["job"]}
        if self._tenant is ALICE:
            jobs |= {BENCH_RUBRIC: WORKBENCH} | {0x9590 + job % 0x10: job for job in SPARES["screened_job"]}
        for number, job in jobs.items():
            yield models.ScreeningRubric(
                **self._of(number),
                job_id=self._tenant.id(job),
                revision=1,
                is_enabled=True,
                is_blind=False,
                criteria=CRITERIA,
                sha256=hash_of(CRITERIA),
                made_by_type=ActorType.SYSTEM,
            )

    def runs(self) -> Iterator[Base]:
        """One of the examples' job, the others of the one that is worked on."""
        for number in self._numbers("screening_run"):
            is_example = number == NUMBERS["screening_run"]
            yield models.ScreeningRun(
                **self._of(number),
                job_id=self._tenant.id(NUMBERS["job"] if is_example else WORKBENCH),
                rubric_id=self._tenant.id(NUMBERS["screening_rubric"] if is_example else BENCH_RUBRIC),
                scorer_version=SCORER_VERSION,
                as_of=clock.now().date(),
                application_ids=[self._tenant.id(self._screened(number))],
                started_by_type=ActorType.SYSTEM,
            )

    def results(self) -> Iterator[Base]:
        """Of each run one, of somebody without a resume."""
        for number in self._numbers("screening_result"):
            is_example = number == NUMBERS["screening_result"]
            run = NUMBERS["screening_run"] if is_example else SPARES["screening_run"][number % 0x10]
            yield models.ScreeningResult(
                **self._of(number),
                run_id=self._tenant.id(run),
                application_id=self._tenant.id(self._screened(run)),
                job_id=self._tenant.id(NUMBERS["job"] if is_example else WORKBENCH),
                scorer_version=SCORER_VERSION,
                rank_points=0,
                band=ScreeningBand.NO_RESUME,
                answers=[ANSWER],
                flags=[],
                result_sha256=hash_of([ANSWER]),
            )

    def _screened(self, run: int) -> int:
        """The application of a run."""
        is_example = run == NUMBERS["screening_run"]
        return NUMBERS["application"] if is_example else SPARES["steady_application"][run % 0x10]
