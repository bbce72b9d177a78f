# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `resumes`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

ACCEPT_RESUME_PARSE: TypeAdapter[requests.ResumeParseAccept] = TypeAdapter(requests.ResumeParseAccept)


class ResumesOperations(ABC, Generic[C]):
    """One method for each operation of `resumes`."""

    @abstractmethod
    async def list_resume_parses(
        self, ctx: C, candidate_id: UUID, query: requests.ListResumeParsesQuery
    ) -> responses.ResumeParseList:
        """List the parses of a candidate's resumes.

        How often and with what result the resumes of the candidate were read, newest first; what was read is behind
        `get_resume_parse`. Actors with job grants see what was read of files on applications of their jobs.
        """

    @abstractmethod
    async def create_resume_parse(self, ctx: C, attachment_id: UUID) -> responses.ResumeParse:
        """Read an attachment again.

        Has the worker read the attachment once more, as its next revision; those before it stay as they are. Resumes are read by
        themselves when they are uploaded and when they come in with an application, other attachments only when this asks for it.
        """

    @abstractmethod
    async def get_resume_parse(self, ctx: C, resume_parse_id: UUID) -> responses.ResumeParse:
        """Get a parse of a resume.

        What was read out of one attachment: its text, the profile in the shape of JSON Resume, and for each field how sure the reading
        is and which characters of the text say so. Text that a person does not see on the page is no part of `text`; it stands under
        `hidden`.
        """

    @abstractmethod
    async def accept_resume_parse(
        self, ctx: C, resume_parse_id: UUID, query: requests.AcceptResumeParseQuery, body: requests.ResumeParseAccept
    ) -> responses.ResumeParse:
        """Accept what was read.

        Somebody has compared what was read with the resume. The corrections are made first; what results is the candidate's accepted
        profile from now on, in place of the one that was accepted before. What was read stays as it was.

        Of it, the fields that `take_over` names go into the candidate's own profile, and nothing else does: `/basics/name` and
        `/basics/label` replace the full name and the headline; `/basics/emails/0`, `/basics/phones/0`, `/basics/profiles/0/url` and
        `/basics/location/address` are added to the addresses, numbers, links and postal addresses, unless they are there already
        (addresses and numbers are compared as the search for them compares them). Accepting again replaces the corrections.
        """


def routes(
    implementation: ResumesOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_RESUME_PARSES)
    async def list_resume_parses(current: Annotated[Call[C], Security(call, scopes=["attachments:read"])]) -> Response:
        return await current.answer(
            implementation.list_resume_parses,
            current.path("candidate_id", UUID),
            current.query(requests.ListResumeParsesQuery),
        )

    @route(router, operations.CREATE_RESUME_PARSE)
    async def create_resume_parse(
        current: Annotated[Call[C], Security(call, scopes=["attachments:write"])],
    ) -> Response:
        return await current.answer(implementation.create_resume_parse, current.path("attachment_id", UUID))

    @route(router, operations.GET_RESUME_PARSE)
    async def get_resume_parse(current: Annotated[Call[C], Security(call, scopes=["attachments:read"])]) -> Response:
        return await current.answer(implementation.get_resume_parse, current.path("resume_parse_id", UUID))

    @route(router, operations.ACCEPT_RESUME_PARSE)
    async def accept_resume_parse(
        current: Annotated[Call[C], Security(call, scopes=["attachments:read", "candidates:write"])],
    ) -> Response:
        return await current.answer(
            implementation.accept_resume_parse,
            current.path("resume_parse_id", UUID),
            current.query(requests.AcceptResumeParseQuery),
            current.body(ACCEPT_RESUME_PARSE),
        )

    return router
