"""The organization's tags, and giving them to candidates."""

from uuid import UUID

from generated import requests, responses
from generated.api.tags import TagsOperations
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.services.candidates import tagging
from impl.services.organization.named import NamedList

TAGS = NamedList(models.Tag, responses.Tag, "tag")


class TagsService(TagsOperations[Context]):
    """Tags, and which candidate has which."""

    async def list_tags(self, ctx: Context, query: requests.ListTagsQuery) -> responses.TagList:
        data, page = await TAGS.page(ctx, query)
        return responses.TagList(data=data, page=page)

    async def create_tag(self, ctx: Context, body: requests.TagCreate) -> responses.Tag:
        return await TAGS.create(ctx, patch.given(body))

    async def get_tag(self, ctx: Context, tag_id: UUID) -> responses.Tag:
        return await TAGS.get(ctx, tag_id)

    async def update_tag(self, ctx: Context, tag_id: UUID, body: requests.TagUpdate) -> responses.Tag:
        return await TAGS.update(ctx, tag_id, patch.given(body))

    async def add_candidate_tag(self, ctx: Context, candidate_id: UUID, tag_id: UUID) -> None:
        candidate, held = await _locked(ctx, candidate_id, tag_id)
        if tag_id not in held:
            changes = await tagging.change(ctx, candidate_id, held, [*held, tag_id])
            ctx.record("candidate.updated", candidate, **changes)

    async def remove_candidate_tag(self, ctx: Context, candidate_id: UUID, tag_id: UUID) -> None:
        candidate, held = await _locked(ctx, candidate_id, tag_id)
        if tag_id in held:
            changes = await tagging.change(ctx, candidate_id, held, [other for other in held if other != tag_id])
            ctx.record("candidate.updated", candidate, **changes)


async def _locked(ctx: Context, candidate_id: UUID, tag_id: UUID) -> tuple[models.Candidate, list[UUID]]:
    """The candidate, which nobody else changes meanwhile, and the ids of its tags."""
    candidate = await ctx.load(models.Candidate, candidate_id, lock=True)
    candidate.expect_open()
    await ctx.load(models.Tag, tag_id)
    return candidate, await tagging.tags(ctx, candidate_id)
