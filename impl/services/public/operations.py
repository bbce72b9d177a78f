"""The public side: what everybody may see of an organization, without signing in."""

from typing import Any

import msgspec
from pydantic import MISSING
from starlette.responses import Response

from generated import requests, responses
from generated.api.public import PublicOperations
from generated.contract import Uploads
from generated.enums import PublicApplicationStatus
from impl.core.actor import visitor
from impl.core.context import Context
from impl.core.pages import Position
from impl.core.problems import NotFound
from impl.services.intakes import tracking
from impl.services.intakes.receiving import receive
from impl.services.public import queries
from impl.services.public.showing import Site

FEED_MAX = 100


class Public(PublicOperations[Context]):
    """Published posts of open jobs, applications for them, and each candidate's own page."""

    async def list_public_posts(
        self, ctx: Context, org: str, query: requests.ListPublicPostsQuery
    ) -> responses.PublicPostList:
        site = await _enter(ctx, org)
        rows, page = await ctx.page(queries.POSTS, query)
        return responses.PublicPostList(data=[responses.PublicPost(**site.summary(row)) for row in rows], page=page)

    async def get_public_post(self, ctx: Context, org: str, slug: str) -> responses.PublicPostDetail:
        site = await _enter(ctx, org)
        row = await ctx.row(queries.ONE_POST, slug=slug)
        if row is None:
            raise NotFound
        return site.detail(row)

    async def get_json_feed(self, ctx: Context, org: str) -> Response:
        site = await _enter(ctx, org)
        feed = site.json_feed(await _newest(ctx))
        return Response(msgspec.json.encode(feed), media_type="application/feed+json")

    async def get_rss_feed(self, ctx: Context, org: str) -> Response:
        site = await _enter(ctx, org)
        return Response(site.rss(await _newest(ctx)), media_type="application/rss+xml")

    async def create_public_application(
        self,
        ctx: Context,
        org: str,
        slug: str,
        query: requests.CreatePublicApplicationQuery,
        body: requests.PublicApplicationCreate,
        uploads: Uploads,
    ) -> responses.PublicApplicationReceipt:
        site = await _enter(ctx, org)
        post = await ctx.row(queries.ONE_POST, slug=slug)
        if post is None:
            raise NotFound
        source = None if query.source is MISSING else query.source
        intake, token = await receive(ctx, post, body, uploads, source)
        return responses.PublicApplicationReceipt(
            token=token,
            tracking_url=site.tracking_url(token),
            status=PublicApplicationStatus.RECEIVED,
            submitted_at=intake.created_at,
        )

    async def get_public_application(self, ctx: Context, org: str, token: str) -> responses.PublicApplication:
        site = await _enter(ctx, org)
        return await tracking.shown(ctx, site.organization, token)

    async def withdraw_public_application(
        self, ctx: Context, org: str, token: str, query: requests.WithdrawPublicApplicationQuery
    ) -> responses.PublicApplication:
        site = await _enter(ctx, org)
        await tracking.withdraw(ctx, token)
        return await tracking.shown(ctx, site.organization, token)


async def _enter(ctx: Context, slug: str) -> Site:
    """Look at one organization as a visitor; 404 when there is none of this slug, or it is suspended."""
    row = await ctx.connection.row(queries.ORGANIZATION, slug=slug)
    if row is None:
        raise NotFound
    await ctx.sign_in(visitor(row["id"]))
    return Site(ctx.runtime.settings.server.base_url, slug, row["name"])


async def _newest(ctx: Context) -> list[Any]:
    rows, _ = await ctx.rows_at(queries.POSTS, Position({}, "newest", FEED_MAX, None))
    return rows
