# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `tags`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_TAG: TypeAdapter[requests.TagCreate] = TypeAdapter(requests.TagCreate)
UPDATE_TAG: TypeAdapter[requests.TagUpdate] = TypeAdapter(requests.TagUpdate)


class TagsOperations(ABC, Generic[C]):
    """One method for each operation of `tags`."""

    @abstractmethod
    async def list_tags(self, ctx: C, query: requests.ListTagsQuery) -> responses.TagList:
        """List tags.

        The tags of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_tag(self, ctx: C, body: requests.TagCreate) -> responses.Tag:
        """Create a tag.

        Adds a word that candidates can be marked with. Its name is unique in the organization.
        """

    @abstractmethod
    async def get_tag(self, ctx: C, tag_id: UUID) -> responses.Tag:
        """Get a tag.

        One tag.
        """

    @abstractmethod
    async def update_tag(self, ctx: C, tag_id: UUID, body: requests.TagUpdate) -> responses.Tag:
        """Update a tag.

        Renames or archives a tag. Candidates keep an archived one; none can be given it any more.
        """

    @abstractmethod
    async def add_candidate_tag(self, ctx: C, candidate_id: UUID, tag_id: UUID) -> None:
        """Tag a candidate.

        Gives the candidate the tag; nothing changes when the candidate has it. Two who tag the same candidate at once both keep
        what they meant, which is why this neither takes nor needs `If-Match`: writing the whole `tag_ids` of a candidate replaces
        what somebody else has added since. Read the candidate for its new version.
        """

    @abstractmethod
    async def remove_candidate_tag(self, ctx: C, candidate_id: UUID, tag_id: UUID) -> None:
        """Take a tag from a candidate.

        Takes the tag, which may be archived, from the candidate; nothing changes when the candidate does not have it. It needs no
        `If-Match`, as giving a tag needs none.
        """


def routes(
    implementation: TagsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_TAGS)
    async def list_tags(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.list_tags, current.query(requests.ListTagsQuery))

    @route(router, operations.CREATE_TAG)
    async def create_tag(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(implementation.create_tag, current.body(CREATE_TAG))

    @route(router, operations.GET_TAG)
    async def get_tag(current: Annotated[Call[C], Security(call, scopes=["organization:read"])]) -> Response:
        return await current.answer(implementation.get_tag, current.path("tag_id", UUID))

    @route(router, operations.UPDATE_TAG)
    async def update_tag(current: Annotated[Call[C], Security(call, scopes=["organization:write"])]) -> Response:
        return await current.answer(implementation.update_tag, current.path("tag_id", UUID), current.body(UPDATE_TAG))

    @route(router, operations.ADD_CANDIDATE_TAG)
    async def add_candidate_tag(current: Annotated[Call[C], Security(call, scopes=["candidates:write"])]) -> Response:
        return await current.answer(
            implementation.add_candidate_tag, current.path("candidate_id", UUID), current.path("tag_id", UUID)
        )

    @route(router, operations.REMOVE_CANDIDATE_TAG)
    async def remove_candidate_tag(
        current: Annotated[Call[C], Security(call, scopes=["candidates:write"])],
    ) -> Response:
        return await current.answer(
            implementation.remove_candidate_tag, current.path("candidate_id", UUID), current.path("tag_id", UUID)
        )

    return router
