# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `matching`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class MatchingOperations(ABC, Generic[C]):
    """One method for each operation of `matching`."""

    @abstractmethod
    async def list_job_matches(
        self, ctx: C, job_id: UUID, query: requests.ListJobMatchesQuery
    ) -> responses.JobMatchList:
        """Rank candidates for a job.

        The active candidates that you may see, the best match first; those who have applied to the job stay out unless `applied` says
        otherwise. It changes nothing and is kept nowhere: a person decides whom to ask.

        **Found** is who has any of the words that the job wants: the skills, terms and fields of its screening rubric with all their names, or,
        where no rubric says anything in words, the words of its title and the well-known skills that its description mentions; the other words
        of that count for those who are found. Only words of what somebody does are looked at: headline, titles, courses, skills, and the rest of a resume out of which the person was
        taken. Names, addresses, schools, age and gender count for nothing, and add nothing when they happen to be a word that is wanted.

        **Recalled** are the 200 with the most points: each thing that is wanted counts its weight (twice when it is required, and the more
        the rarer a word is while there is no rubric), in whole where a headline, title, course or skill says it, and by half where
        only the rest of the resume does. How often somebody says it changes nothing but the order of equals (`ts_rank`).

        **Ranked** they are by the rubric, over the blinded resume: first by `band`, then by `score_hundredths`, then by `words_hundredths`. Who has no
        resume comes after all who have one. Without a rubric both are the same. Who is still equal is drawn by lot from the two
        ids, the same way each time: nobody comes first for having been entered first, or last.

        The same rows give the same order. A cursor goes on behind the candidate where its page ended, wherever that is by now.

        Where that is switched on, `similar_wordings` **suggest** places that say in other words what was not found. They are for a person to
        look at, and change nothing of the above.
        """

    @abstractmethod
    async def list_candidate_matches(
        self, ctx: C, candidate_id: UUID, query: requests.ListCandidateMatchesQuery
    ) -> responses.CandidateMatchList:
        """Rank open jobs for a candidate.

        The open jobs that you may see and that want anything of what the candidate does, the best match first; those that the candidate
        has applied to stay out unless `applied` says otherwise, and so do those whose screening is switched off. The newest 200 jobs are
        looked at. They are found, scored and put in order as `list_job_matches` does it, but for `ts_rank`; a job with a rubric and one
        without are compared by their `score_hundredths`.
        """


def routes(
    implementation: MatchingOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_JOB_MATCHES)
    async def list_job_matches(
        current: Annotated[Call[C], Security(call, scopes=["candidates:read", "jobs:read", "matching:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_job_matches, current.path("job_id", UUID), current.query(requests.ListJobMatchesQuery)
        )

    @route(router, operations.LIST_CANDIDATE_MATCHES)
    async def list_candidate_matches(
        current: Annotated[Call[C], Security(call, scopes=["candidates:read", "jobs:read", "matching:read"])],
    ) -> Response:
        return await current.answer(
            implementation.list_candidate_matches,
            current.path("candidate_id", UUID),
            current.query(requests.ListCandidateMatchesQuery),
        )

    return router
