"""Posts: the adverts of jobs, with their forms."""

import itertools
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from generated import requests, responses
from generated.api.posts import PostsOperations
from generated.enums import PostStatus
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import clock, markup, normalize
from impl.models.post import CONTENT, SlugTaken, expect_form
from impl.services.posts import queries

SLUG_MAX = 100
FALLBACK = "post"
# Too long for an event: that they changed is told by the edition's number.
UNTOLD = ("description", "questions")


class Posts(PostsOperations[Context]):
    """Adverts from the draft to the public side and back."""

    async def list_posts(self, ctx: Context, query: requests.ListPostsQuery) -> responses.PostList:
        rows, page = await ctx.page(queries.POSTS, query)
        return responses.PostList(data=[responses.Post(**row) for row in rows], page=page)

    async def create_post(self, ctx: Context, body: requests.PostCreate) -> responses.Post:
        job = await ctx.refer(models.Job, body.job_id, "/job_id")
        values = _fields(body)
        content = _of_job(job) | {name: values[name] for name in CONTENT if name in values}
        if "slug" in values:
            await _expect_free(ctx, values["slug"])
        slug = values.get("slug") or await _free_slug(ctx, content["title"])
        post = await ctx.insert(models.Post, job_id=job.id, slug=slug)
        await ctx.insert(models.PostEdition, post_id=post.id, job_id=job.id, **content)
        ctx.record("post.created", post, status=(None, post.status))
        return await _shown(ctx, post.id)

    async def get_post(self, ctx: Context, post_id: UUID) -> responses.Post:
        return await _shown(ctx, post_id)

    async def update_post(self, ctx: Context, post_id: UUID, body: requests.PostUpdate) -> responses.Post:
        post = await ctx.load(models.Post, post_id, lock=True)
        values = _fields(body)
        slug = values.pop("slug", post.slug)
        if slug != post.slug:
            await _expect_free(ctx, slug)
        changes = patch.apply(post, {"slug": slug}) | await _revise(ctx, post, values)
        if changes:
            told = {name: change for name, change in changes.items() if name not in UNTOLD}
            ctx.record("post.updated", post, **told)
        return await _shown(ctx, post_id)

    async def publish_post(self, ctx: Context, post_id: UUID, query: requests.PublishPostQuery) -> responses.Post:
        row = await ctx.row(queries.ONE_POST, id=post_id)
        if row is None:
            raise NotFound
        # The job first, as closing it does: in the other order the two would wait for each other.
        job = await ctx.load(models.Job, row["job_id"], lock=True)
        post = await ctx.load(models.Post, post_id, lock=True)
        before = post.status
        post.publish(job)
        edition = await _edition(ctx, post)
        edition.published_at = edition.published_at or clock.now()
        ctx.record("post.published", post, status=(before, post.status))
        return await _shown(ctx, post_id)

    async def unpublish_post(self, ctx: Context, post_id: UUID, query: requests.UnpublishPostQuery) -> responses.Post:
        post = await ctx.load(models.Post, post_id, lock=True)
        before = post.status
        post.unpublish()
        ctx.record("post.unpublished", post, status=(before, post.status))
        return await _shown(ctx, post_id)


def _fields(body: BaseModel) -> dict[str, Any]:
    """The fields that the caller sent, as the columns hold them."""
    values = patch.given(body)
    if values.get("description") is not None:
        values["description"] = markup.sanitized(values["description"]) or None
    if "questions" in values:
        values["questions"] = [question.model_dump(mode="json") for question in values["questions"]]
        expect_form(values["questions"])
    return values


def _of_job(job: models.Job) -> dict[str, Any]:
    """What an advert says when nobody says otherwise."""
    return {
        "title": job.title,
        "description": None if job.description is None else markup.from_plain(job.description) or None,
        "employment_type": job.employment_type,
        "workplace": job.workplace,
    }


async def _expect_free(ctx: Context, slug: str) -> None:
    if await ctx.row(queries.SLUGS, pattern=slug) is not None:
        raise SlugTaken("Choose another one.")


async def _free_slug(ctx: Context, title: str) -> str:
    """The title as part of an address, numbered when another post has it already."""
    words = re.sub(r"[^a-z0-9]+", "-", normalize.fold(title)).strip("-")
    stem = words[: SLUG_MAX - 10].strip("-") or FALLBACK
    taken = {row["slug"] for row in await ctx.rows(queries.SLUGS, pattern=f"{stem}%")}
    numbered = (f"{stem}-{number}" for number in itertools.count(2))
    return next(slug for slug in itertools.chain([stem], numbered) if slug not in taken)


async def _revise(ctx: Context, post: models.Post, values: Mapping[str, Any]) -> dict[str, tuple[Any, Any]]:
    """Change the words or the form: in a new edition when the current one was ever published. What really changed."""
    edition = await _edition(ctx, post)
    if edition.published_at is None:
        return patch.apply(edition, dict(values))
    before = edition.content()
    changes = {name: (before[name], value) for name, value in values.items() if before[name] != value}
    if not changes:
        return {}
    published_at = clock.now() if post.status == PostStatus.PUBLISHED else None
    content = {**before, **values, "number": post.edition + 1, "published_at": published_at}
    await ctx.insert(models.PostEdition, post_id=post.id, job_id=post.job_id, **content)
    return changes | patch.apply(post, {"edition": post.edition + 1})


async def _edition(ctx: Context, post: models.Post) -> models.PostEdition:
    """The edition that a locked post shows."""
    of_post = (models.PostEdition.post_id == post.id, models.PostEdition.number == post.edition)
    return (await ctx.all(models.PostEdition, *of_post))[0]


async def _shown(ctx: Context, post_id: UUID) -> responses.Post:
    """The post as it is after the changes of this call."""
    await ctx.connection.flush()
    row = await ctx.row(queries.ONE_POST, id=post_id)
    if row is None:
        raise NotFound
    return responses.Post(**row)
