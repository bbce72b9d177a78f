# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `public`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route


class PublicOperations(ABC, Generic[C]):
    """One method for each operation of `public`."""

    @abstractmethod
    async def list_public_posts(
        self, ctx: C, org: str, query: requests.ListPublicPostsQuery
    ) -> responses.PublicPostList:
        """List published posts.

        The published posts of an organization's open jobs, newest first. No sign-in is needed.
        """

    @abstractmethod
    async def get_json_feed(self, ctx: C, org: str) -> Response:
        """The published posts as a JSON Feed 1.1.

        The hundred newest published posts of an organization as a JSON Feed 1.1, for readers and job boards.
        """

    @abstractmethod
    async def get_rss_feed(self, ctx: C, org: str) -> Response:
        """The published posts as RSS 2.0.

        The hundred newest published posts of an organization as RSS 2.0, for readers and job boards.
        """

    @abstractmethod
    async def get_public_post(self, ctx: C, org: str, slug: str) -> responses.PublicPostDetail:
        """Get a published post.

        One published post with its form, and as the JSON-LD `JobPosting` of schema.org that search engines read.
        """


def routes(
    implementation: PublicOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_PUBLIC_POSTS)
    async def list_public_posts(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(
            implementation.list_public_posts, current.path("org", str), current.query(requests.ListPublicPostsQuery)
        )

    @route(router, operations.GET_JSON_FEED)
    async def get_json_feed(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.get_json_feed, current.path("org", str))

    @route(router, operations.GET_RSS_FEED)
    async def get_rss_feed(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.get_rss_feed, current.path("org", str))

    @route(router, operations.GET_PUBLIC_POST)
    async def get_public_post(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(implementation.get_public_post, current.path("org", str), current.path("slug", str))

    return router
