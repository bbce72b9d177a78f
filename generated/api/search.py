# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `search`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

SEARCH_CANDIDATES: TypeAdapter[requests.CandidateSearchQuery] = TypeAdapter(requests.CandidateSearchQuery)


class SearchOperations(ABC, Generic[C]):
    """One method for each operation of `search`."""

    @abstractmethod
    async def search_candidates(self, ctx: C, body: requests.CandidateSearchQuery) -> responses.CandidateSearch:
        """Search candidates.

        The active candidates that you may see whose profile and resume fit `query`, the best match first. Names weigh more than the headline
        and a resume's titles, courses and skills, those more than the local parts of e-mail addresses, places and schools, and these more than the
        rest of a resume. It changes nothing, and takes no `Idempotency-Key`.

        **The resume** is the reading that was accepted last, or else the newest. Its words are found, never quoted: `highlights` are of the
        profile alone, and `get_resume_parse` shows the text to those who may read attachments. Text that a person does not see on the page is
        not found; `prefix*` finds words of the profile, of titles, courses, skills, places and schools, not those of the long text.

        **The query.** Words are compared by their stem, without case and accents; those that carry nothing (`of`, `the`) are left out.

        - `engineer berlin`: both words, anywhere;
        - `"head of engineering"`: these words next to each other, in this order;
        - `eng*`: words that begin so; from two letters on;
        - `-intern`, `-"working student"`: not this word or phrase;
        - `python OR rust`: what stands on one side or on the other; it binds less than everything else.

        Each side of `OR` needs a word that is wanted, quotation marks come in pairs, and 64 words are the most; otherwise
        `search_query_invalid` says what is wrong.

        **The filters** narrow it: all that are given must fit. Those of applications (`job_id`, `stage_id`, `stage_kinds`,
        `application_statuses`) must fit one and the same application, among those that you may see. An id that names nothing, or nothing
        that you may see, finds nothing.

        **The facets** count the candidates that were found by one property of theirs: at the most 20 values each, the most frequent
        first. A candidate with several values counts in each; jobs, kinds of stages and statuses are those of all applications that you may see.

        Only the newest 5000 candidates that fit are ranked and counted; then `is_complete` is false.
        """


def routes(
    implementation: SearchOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.SEARCH_CANDIDATES)
    async def search_candidates(
        current: Annotated[Call[C], Security(call, scopes=["applications:read", "candidates:read"])],
    ) -> Response:
        return await current.answer(implementation.search_candidates, current.body(SEARCH_CANDIDATES))

    return router
