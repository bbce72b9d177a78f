# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `posts`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_POST: TypeAdapter[requests.PostCreate] = TypeAdapter(requests.PostCreate)
UPDATE_POST: TypeAdapter[requests.PostUpdate] = TypeAdapter(requests.PostUpdate)


class PostsOperations(ABC, Generic[C]):
    """One method for each operation of `posts`."""

    @abstractmethod
    async def list_posts(self, ctx: C, query: requests.ListPostsQuery) -> responses.PostList:
        """List posts.

        The adverts of the organization's jobs, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_post(self, ctx: C, body: requests.PostCreate) -> responses.Post:
        """Create a post.

        Writes the draft of an advert. What is left out comes from the job: its title, its description, its terms. The `slug` is made of the
        title when none is given. The description is HTML; everything but simple formatting and links is taken out of it.
        """

    @abstractmethod
    async def get_post(self, ctx: C, post_id: UUID) -> responses.Post:
        """Get a post.

        One post in its latest edition.
        """

    @abstractmethod
    async def update_post(self, ctx: C, post_id: UUID, body: requests.PostUpdate) -> responses.Post:
        """Update a post.

        Changes the advert or its form. An edition that was ever published stays as it is, so that every application keeps the words it
        answered: the change makes the next `edition`, which a published post shows at once.
        """

    @abstractmethod
    async def publish_post(self, ctx: C, post_id: UUID, query: requests.PublishPostQuery) -> responses.Post:
        """Publish a post.

        Shows the post to everybody. Its job must be open.
        """

    @abstractmethod
    async def unpublish_post(self, ctx: C, post_id: UUID, query: requests.UnpublishPostQuery) -> responses.Post:
        """Unpublish a post.

        Takes the post off the public side. Closing its job does the same.
        """


def routes(
    implementation: PostsOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_POSTS)
    async def list_posts(current: Annotated[Call[C], Security(call, scopes=["posts:read"])]) -> Response:
        return await current.answer(implementation.list_posts, current.query(requests.ListPostsQuery))

    @route(router, operations.CREATE_POST)
    async def create_post(current: Annotated[Call[C], Security(call, scopes=["posts:write"])]) -> Response:
        return await current.answer(implementation.create_post, current.body(CREATE_POST))

    @route(router, operations.GET_POST)
    async def get_post(current: Annotated[Call[C], Security(call, scopes=["posts:read"])]) -> Response:
        return await current.answer(implementation.get_post, current.path("post_id", UUID))

    @route(router, operations.UPDATE_POST)
    async def update_post(current: Annotated[Call[C], Security(call, scopes=["posts:write"])]) -> Response:
        return await current.answer(
            implementation.update_post, current.path("post_id", UUID), current.body(UPDATE_POST)
        )

    @route(router, operations.PUBLISH_POST)
    async def publish_post(current: Annotated[Call[C], Security(call, scopes=["posts:write"])]) -> Response:
        return await current.answer(
            implementation.publish_post, current.path("post_id", UUID), current.query(requests.PublishPostQuery)
        )

    @route(router, operations.UNPUBLISH_POST)
    async def unpublish_post(current: Annotated[Call[C], Security(call, scopes=["posts:write"])]) -> Response:
        return await current.answer(
            implementation.unpublish_post, current.path("post_id", UUID), current.query(requests.UnpublishPostQuery)
        )

    return router
