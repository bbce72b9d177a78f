# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `notes`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_CANDIDATE_NOTE: TypeAdapter[requests.NoteCreate] = TypeAdapter(requests.NoteCreate)
UPDATE_NOTE: TypeAdapter[requests.NoteUpdate] = TypeAdapter(requests.NoteUpdate)


class NotesOperations(ABC, Generic[C]):
    """One method for each operation of `notes`."""

    @abstractmethod
    async def list_candidate_notes(
        self, ctx: C, candidate_id: UUID, query: requests.ListCandidateNotesQuery
    ) -> responses.NoteList:
        """List the notes on a candidate.

        What was written about the candidate that you may read: public notes, your own private ones, and with the scope `notes:admin`
        those for administrators. Actors with job grants read the notes on applications of their jobs.
        """

    @abstractmethod
    async def create_candidate_note(self, ctx: C, candidate_id: UUID, body: requests.NoteCreate) -> responses.Note:
        """Write a note on a candidate.

        Adds a note on the person, or on one of the person's applications. Who has job grants names an application of a granted job.
        """

    @abstractmethod
    async def get_note(self, ctx: C, note_id: UUID) -> responses.Note:
        """Get a note.

        One note that you may read.
        """

    @abstractmethod
    async def update_note(self, ctx: C, note_id: UUID, body: requests.NoteUpdate) -> responses.Note:
        """Change a note.

        Changes a note of your own. Nobody changes what somebody else wrote.
        """

    @abstractmethod
    async def delete_note(self, ctx: C, note_id: UUID) -> None:
        """Delete a note.

        Removes a note of your own for good; with the scope `notes:admin` any note that you may read.
        """


def routes(
    implementation: NotesOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_CANDIDATE_NOTES)
    async def list_candidate_notes(current: Annotated[Call[C], Security(call, scopes=["notes:read"])]) -> Response:
        return await current.answer(
            implementation.list_candidate_notes,
            current.path("candidate_id", UUID),
            current.query(requests.ListCandidateNotesQuery),
        )

    @route(router, operations.CREATE_CANDIDATE_NOTE)
    async def create_candidate_note(current: Annotated[Call[C], Security(call, scopes=["notes:write"])]) -> Response:
        return await current.answer(
            implementation.create_candidate_note,
            current.path("candidate_id", UUID),
            current.body(CREATE_CANDIDATE_NOTE),
        )

    @route(router, operations.GET_NOTE)
    async def get_note(current: Annotated[Call[C], Security(call, scopes=["notes:read"])]) -> Response:
        return await current.answer(implementation.get_note, current.path("note_id", UUID))

    @route(router, operations.UPDATE_NOTE)
    async def update_note(current: Annotated[Call[C], Security(call, scopes=["notes:write"])]) -> Response:
        return await current.answer(
            implementation.update_note, current.path("note_id", UUID), current.body(UPDATE_NOTE)
        )

    @route(router, operations.DELETE_NOTE)
    async def delete_note(current: Annotated[Call[C], Security(call, scopes=["notes:write"])]) -> Response:
        return await current.answer(implementation.delete_note, current.path("note_id", UUID))

    return router
