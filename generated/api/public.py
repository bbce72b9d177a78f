# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `public`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, Uploads, route

CREATE_PUBLIC_APPLICATION: TypeAdapter[requests.PublicApplicationCreate] = TypeAdapter(requests.PublicApplicationCreate)


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

    @abstractmethod
    async def create_public_application(
        self,
        ctx: C,
        org: str,
        slug: str,
        query: requests.CreatePublicApplicationQuery,
        body: requests.PublicApplicationCreate,
        uploads: Uploads,
    ) -> responses.PublicApplicationReceipt:
        """Apply.

        Takes an application for a published post: a form with its files. What was sent is kept, together with the edition of the post
        whose form it answers, before this answers; what is done with it comes after. The answer has the address of a page where the
        candidate sees what became of it and can withdraw, and it is the same whether the person is known here or not.

        A file may have 10 MiB, the whole form 11 MiB. What a file is shows only when the application is looked at: one that is none of the
        kinds that `upload_attachment` takes is not used, with a `refusal` on the candidate's page; the application stands all the same. Answers that the post's form does not allow are refused at once; the answer to
        a question of the kind `file` is the name of one of the `attachments`. `website` is a trap for machines: leave it empty.

        A retry with the same `Idempotency-Key` and the same parts answers with the first result, from whatever address it comes; keys
        of all visitors of an organization are in one room, so take a random one, such as a UUID.
        """

    @abstractmethod
    async def get_public_application(self, ctx: C, org: str, token: str) -> responses.PublicApplication:
        """Get one's own application.

        What a candidate sent, and how it stands in words that are meant for candidates. Who has the token sees it; it tells nothing
        of stages, reasons or people.
        """

    @abstractmethod
    async def withdraw_public_application(
        self, ctx: C, org: str, token: str, query: requests.WithdrawPublicApplicationQuery
    ) -> responses.PublicApplication:
        """Withdraw one's own application.

        Ends the application from the candidate's side. What this answers does not depend on whether the organization has looked at it
        yet.
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

    @route(router, operations.CREATE_PUBLIC_APPLICATION)
    async def create_public_application(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(
            implementation.create_public_application,
            current.path("org", str),
            current.path("slug", str),
            current.query(requests.CreatePublicApplicationQuery),
            current.body(CREATE_PUBLIC_APPLICATION),
            current.uploads(),
        )

    @route(router, operations.GET_PUBLIC_APPLICATION)
    async def get_public_application(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(
            implementation.get_public_application, current.path("org", str), current.path("token", str)
        )

    @route(router, operations.WITHDRAW_PUBLIC_APPLICATION)
    async def withdraw_public_application(current: Annotated[Call[C], Security(call, scopes=[])]) -> Response:
        return await current.answer(
            implementation.withdraw_public_application,
            current.path("org", str),
            current.path("token", str),
            current.query(requests.WithdrawPublicApplicationQuery),
        )

    return router
