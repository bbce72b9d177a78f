# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `demographics`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

ADD_DEMOGRAPHIC_ANSWERS: TypeAdapter[requests.DemographicAnswers] = TypeAdapter(requests.DemographicAnswers)


class DemographicsOperations(ABC, Generic[C]):
    """One method for each operation of `demographics`."""

    @abstractmethod
    async def add_demographic_answers(self, ctx: C, job_id: UUID, body: requests.DemographicAnswers) -> None:
        """Add somebody's demographic answers.

        Keeps what somebody who applies for the job says about themselves, for `GET /api/v1/reports/eeo`. The request names nobody and
        nothing that is kept leads to a person: each answer becomes a row of its own with a random id, the department of the job and the
        quarter of the year (UTC). There is no way to read, change or delete it, so ask only those who want to answer.

        The event `job.demographics_answered` says that somebody answered, not who and not what. For a career site: send the answers
        some time after the application, and not in its order.
        """

    @abstractmethod
    async def get_eeo_report(self, ctx: C, query: requests.GetEeoReportQuery) -> responses.EeoReport:
        """Report demographic answers.

        How many people gave which answer in one quarter of a year, by question and department, so that no group of fewer than
        `cell_min` (5) people shows.

        - A quarter is published when it is over (`published_at`), and does not change any more; before, there are no rows. Quarters do
          not overlap and nothing else narrows the report, so that no two reports can be subtracted from each other.
        - `people_count` is the number of people who answered the question; the row with `is_total` is that of all departments together.
        - A count from 1 to 4 is null. Further counts are null where a hidden one followed from the sums: of each department, of each answer,
          or of several of them together; and where all the hidden counts beside a total that shows would be fewer than 5 people.
        """


def routes(
    implementation: DemographicsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.ADD_DEMOGRAPHIC_ANSWERS)
    async def add_demographic_answers(
        current: Annotated[Call[C], Security(call, scopes=["demographics:write"])],
    ) -> Response:
        return await current.answer(
            implementation.add_demographic_answers, current.path("job_id", UUID), current.body(ADD_DEMOGRAPHIC_ANSWERS)
        )

    @route(router, operations.GET_EEO_REPORT)
    async def get_eeo_report(current: Annotated[Call[C], Security(call, scopes=["demographics:read"])]) -> Response:
        return await current.answer(implementation.get_eeo_report, current.query(requests.GetEeoReportQuery))

    return router
