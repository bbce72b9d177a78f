# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `screening`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

PUT_JOB_SCREENING_RUBRIC: TypeAdapter[requests.ScreeningRubricPut] = TypeAdapter(requests.ScreeningRubricPut)
CREATE_SCREENING_RUN: TypeAdapter[requests.ScreeningRunCreate] = TypeAdapter(requests.ScreeningRunCreate)
REVIEW_SCREENING_RESULT: TypeAdapter[requests.ScreeningReviewCreate] = TypeAdapter(requests.ScreeningReviewCreate)
PUT_SELF_IDENTIFICATION: TypeAdapter[requests.SelfIdentification] = TypeAdapter(requests.SelfIdentification)


class ScreeningOperations(ABC, Generic[C]):
    """One method for each operation of `screening`."""

    @abstractmethod
    async def get_job_screening_rubric(self, ctx: C, job_id: UUID) -> responses.ScreeningRubric:
        """Get the screening rubric of a job.

        What resumes are held against when applications for the job are screened: the newest version, and its switches. A job without a rubric has
        `revision` 0 and no criteria.
        """

    @abstractmethod
    async def put_job_screening_rubric(
        self, ctx: C, job_id: UUID, query: requests.PutJobScreeningRubricQuery, body: requests.ScreeningRubricPut
    ) -> responses.ScreeningRubric:
        """Replace the screening rubric of a job.

        Makes the next version of the whole document: the criteria, whether the job is screened at all (`is_enabled`) and whether where somebody
        lives is hidden, too (`is_blind`). Every version is kept and every run names its own, so that a result can always be explained. Nothing is made when
        nothing changes. A copy of the job starts with the same rubric. `rubric_invalid` points at keys that stand twice, words that stand twice, and predicates that ask for what is hidden.
        """

    @abstractmethod
    async def list_job_screening_rubrics(
        self, ctx: C, job_id: UUID, query: requests.ListJobScreeningRubricsQuery
    ) -> responses.ScreeningRubricVersionList:
        """List the versions of a job's screening rubric.

        Every version that there ever was, the newest first.
        """

    @abstractmethod
    async def list_screening_runs(
        self, ctx: C, job_id: UUID, query: requests.ListScreeningRunsQuery
    ) -> responses.ScreeningRunList:
        """List the screening runs of a job.

        Every run that there ever was, the newest first.
        """

    @abstractmethod
    async def create_screening_run(
        self, ctx: C, job_id: UUID, body: requests.ScreeningRunCreate
    ) -> responses.ScreeningRun:
        """Screen applications for a job.

        Holds the resumes of applications against the newest version of the rubric: those of `application_ids`, or of all that are active. The worker
        does it, as the system, so that who asks makes no difference; the run `is_finished` once every application has a result. Each reads what the
        newest resume of the candidate says, an accepted reading first, without the person (see `get_blind_profile`); an application without
        one gets the band `no_resume`.

        Nothing else happens: no application moves, ends or is written to. A run pins the version of rubric and scorer, and each of its results the hashes
        of what was read; neither is ever changed.
        """

    @abstractmethod
    async def get_screening_run(self, ctx: C, screening_run_id: UUID) -> responses.ScreeningRun:
        """Get a screening run.

        One run, and how far it is.
        """

    @abstractmethod
    async def list_screening_run_results(
        self, ctx: C, screening_run_id: UUID, query: requests.ListScreeningRunResultsQuery
    ) -> responses.ScreeningResultList:
        """List the results of a screening run.

        What a run has found so far, the highest score first and those without a resume last.
        """

    @abstractmethod
    async def list_application_screening_results(
        self, ctx: C, application_id: UUID, query: requests.ListApplicationScreeningResultsQuery
    ) -> responses.ScreeningResultList:
        """List the screening results of an application.

        What every run found of an application, the newest first.
        """

    @abstractmethod
    async def get_screening_result(self, ctx: C, screening_result_id: UUID) -> responses.ScreeningResult:
        """Get a screening result.

        What was found of one application: the score, the band, and for each criterion the rule that decided and where the words stand that it
        went by. Once the person is forgotten, the words are gone and the numbers stay.
        """

    @abstractmethod
    async def review_screening_result(
        self,
        ctx: C,
        screening_result_id: UUID,
        query: requests.ReviewScreeningResultQuery,
        body: requests.ScreeningReviewCreate,
    ) -> responses.ScreeningResult:
        """Say what you think of a screening result.

        Adds the word of a person to a result: it holds (`confirmed`) or it does not (`overridden`), and why. The result stays as it was found, and so
        does everything that was said to it before.
        """

    @abstractmethod
    async def get_blind_profile(self, ctx: C, application_id: UUID) -> responses.BlindProfile:
        """Get the blind profile of an application.

        What screening reads of the candidate's newest resume, for people who want to read no more than that: no name, contacts, photo, age, birth date,
        gender, address, family, origin, school, and no years. A placeholder stands where something was taken out, of one length whatever stood
        there; lines that said nothing else are gone. Positions show how long they lasted. Where somebody lives is shown while the job is not screened
        blind. Offsets of evidence count in this text.

        While no resume of the candidate has been read, `resume_parse_id` is null and nothing is there.
        """

    @abstractmethod
    async def export_screening_run_audit(self, ctx: C, screening_run_id: UUID) -> Response:
        """Export a screening run for audits.

        What a run found as JSON Lines, one result a line: for keeping records of an automated decision tool, and for whoever audits it. A line holds, under these names:

        - `result_id`, `run_id`, `job_id`, `application_id`, `created_at`;
        - what decided: `scorer_version`, `rubric_revision`, `rubric_sha256`, `as_of`, `is_blind`, `started_by_type`, `started_by_id`;
        - what went in: `resume_parse_id`, `file_sha256`, `reading_sha256`, `flags`;
        - what came out: `score_hundredths`, `band`, `answers` (each with `key`, `kind`, `weight`, `is_required`, `verdict`, `rule`, `months`, `is_unknown`),
          `result_sha256`;
        - what people said: `reviews_count`, `last_decision`;
        - what became of it: `application_status`, `stage_kind` (where the application stands), `stages_count` (how many stages it has entered).

        Names, contacts and quotations are in none.
        """

    @abstractmethod
    async def put_self_identification(self, ctx: C, application_id: UUID, body: requests.SelfIdentification) -> None:
        """Say who applied, for the adverse-impact report alone.

        Keeps what the candidate says about themselves beside one application, in place of what was said before, so that
        `GET /api/v1/reports/adverse_impact` can hold groups against each other. Nothing reads it but that report, which hides small groups, and the export for
        the person; it is sealed, apart from the application, and goes when the person is forgotten. Ask only those who want to answer. What the
        statistics of equal opportunity count is another thing (`add_demographic_answers`): those answers lead to nobody.
        """

    @abstractmethod
    async def get_adverse_impact_report(
        self, ctx: C, query: requests.GetAdverseImpactReportQuery
    ) -> responses.AdverseImpactReport:
        """Report the adverse impact of screening.

        How often screening, and what followed, favoured each group of those who said who they are (`put_self_identification`), for one quarter of a year (UTC).
        Of each application the last result of the quarter counts, if it has a score.

        - `favoured_count` is the number of people who scored above the median of their job's results (`basis=above_median`), or whose application had
          entered a second stage or was hired when the report was made (`basis=moved_on`);
        - `rate_basis_points` is `favoured_count * 10000 / people_count`; `impact_basis_points` is the rate divided by the highest rate of
          the same table, declined answers apart: 8000 is the four-fifths mark. Both are rounded down.
        - There are three tables, by gender, by race or ethnicity, and by both, and a row for everybody. Who did not answer a question counts as having declined it.
        - Groups of 1 to 4 people, favoured or not, are null, and so is whatever they would follow from. A quarter is reported once it is over; nothing else narrows
          the report, so that no two can be subtracted from each other.

        It is a calculation, not an independent bias audit. See `docs/SCREENING.md`.
        """


def routes(
    implementation: ScreeningOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.GET_JOB_SCREENING_RUBRIC)
    async def get_job_screening_rubric(
        current: Annotated[Call[C], Security(call, scopes=["screening:read"])],
    ) -> Response:
        return await current.answer(implementation.get_job_screening_rubric, current.path("job_id", UUID))

    @route(router, operations.PUT_JOB_SCREENING_RUBRIC)
    async def put_job_screening_rubric(
        current: Annotated[Call[C], Security(call, scopes=["jobs:write", "screening:write"])],
    ) -> Response:
        return await current.answer(
            implementation.put_job_screening_rubric,
            current.path("job_id", UUID),
            current.query(requests.PutJobScreeningRubricQuery),
            current.body(PUT_JOB_SCREENING_RUBRIC),
        )

    @route(router, operations.LIST_JOB_SCREENING_RUBRICS)
    async def list_job_screening_rubrics(
        current: Annotated[Call[C], Security(call, scopes=["screening:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_job_screening_rubrics,
            current.path("job_id", UUID),
            current.query(requests.ListJobScreeningRubricsQuery),
        )

    @route(router, operations.LIST_SCREENING_RUNS)
    async def list_screening_runs(current: Annotated[Call[C], Security(call, scopes=["screening:read"])]) -> Response:
        return await current.answer(
            implementation.list_screening_runs,
            current.path("job_id", UUID),
            current.query(requests.ListScreeningRunsQuery),
        )

    @route(router, operations.CREATE_SCREENING_RUN)
    async def create_screening_run(current: Annotated[Call[C], Security(call, scopes=["screening:write"])]) -> Response:
        return await current.answer(
            implementation.create_screening_run, current.path("job_id", UUID), current.body(CREATE_SCREENING_RUN)
        )

    @route(router, operations.GET_SCREENING_RUN)
    async def get_screening_run(current: Annotated[Call[C], Security(call, scopes=["screening:read"])]) -> Response:
        return await current.answer(implementation.get_screening_run, current.path("screening_run_id", UUID))

    @route(router, operations.LIST_SCREENING_RUN_RESULTS)
    async def list_screening_run_results(
        current: Annotated[Call[C], Security(call, scopes=["screening:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_screening_run_results,
            current.path("screening_run_id", UUID),
            current.query(requests.ListScreeningRunResultsQuery),
        )

    @route(router, operations.LIST_APPLICATION_SCREENING_RESULTS)
    async def list_application_screening_results(
        current: Annotated[Call[C], Security(call, scopes=["screening:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_application_screening_results,
            current.path("application_id", UUID),
            current.query(requests.ListApplicationScreeningResultsQuery),
        )

    @route(router, operations.GET_SCREENING_RESULT)
    async def get_screening_result(current: Annotated[Call[C], Security(call, scopes=["screening:read"])]) -> Response:
        return await current.answer(implementation.get_screening_result, current.path("screening_result_id", UUID))

    @route(router, operations.REVIEW_SCREENING_RESULT)
    async def review_screening_result(
        current: Annotated[Call[C], Security(call, scopes=["screening:write"])],
    ) -> Response:
        return await current.answer(
            implementation.review_screening_result,
            current.path("screening_result_id", UUID),
            current.query(requests.ReviewScreeningResultQuery),
            current.body(REVIEW_SCREENING_RESULT),
        )

    @route(router, operations.GET_BLIND_PROFILE)
    async def get_blind_profile(current: Annotated[Call[C], Security(call, scopes=["screening:read"])]) -> Response:
        return await current.answer(implementation.get_blind_profile, current.path("application_id", UUID))

    @route(router, operations.EXPORT_SCREENING_RUN_AUDIT)
    async def export_screening_run_audit(
        current: Annotated[Call[C], Security(call, scopes=["screening:audit"])],
    ) -> Response:
        return await current.answer(implementation.export_screening_run_audit, current.path("screening_run_id", UUID))

    @route(router, operations.PUT_SELF_IDENTIFICATION)
    async def put_self_identification(
        current: Annotated[Call[C], Security(call, scopes=["demographics:write"])],
    ) -> Response:
        return await current.answer(
            implementation.put_self_identification,
            current.path("application_id", UUID),
            current.body(PUT_SELF_IDENTIFICATION),
        )

    @route(router, operations.GET_ADVERSE_IMPACT_REPORT)
    async def get_adverse_impact_report(
        current: Annotated[Call[C], Security(call, scopes=["demographics:read"])],
    ) -> Response:
        return await current.answer(
            implementation.get_adverse_impact_report, current.query(requests.GetAdverseImpactReportQuery)
        )

    return router
