"""Templates, and messages to candidates from the outbox's side; the worker's side stands in `delivery`."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from pydantic import MISSING

from generated import requests, responses
from generated.api.messages import MessagesOperations
from impl import models
from impl.core import patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.core.shape import shaped
from impl.lib import ids
from impl.lib.problems import FieldError, Problem
from impl.models.base import NameTaken
from impl.services.messages import outbox, queries, texts
from impl.services.messages.queries import SEALED
from impl.services.messages.texts import Recipient, Text, Writer

# Long texts are not repeated in events.
TEXTS = ("subject", "body")


class MessageIncomplete(Problem):
    status, code, title = 422, "message_incomplete", "Not one message to one recipient"

    @classmethod
    def at(cls, pointer: str, message: str) -> "MessageIncomplete":
        """What is missing, or too much, at `pointer`."""
        return cls(
            "A message needs a recipient of yours and one text.", errors=[FieldError(pointer, cls.code, message)]
        )


class Messages(MessagesOperations[Context]):
    """E-mails to candidates and the templates that they are made from."""

    async def list_message_templates(
        self, ctx: Context, query: requests.ListMessageTemplatesQuery
    ) -> responses.MessageTemplateList:
        rows, page = await ctx.page(queries.TEMPLATES, query)
        return responses.MessageTemplateList(data=[responses.MessageTemplate(**row) for row in rows], page=page)

    async def create_message_template(
        self, ctx: Context, body: requests.MessageTemplateCreate
    ) -> responses.MessageTemplate:
        values = patch.given(body)
        texts.expect_sound(body.subject, body.body, _declared(values))
        template_id = ids.new_id()
        await _expect_new_name(ctx, template_id, body.name)
        template = await ctx.insert(models.MessageTemplate, id=template_id, **values)
        ctx.record("message_template.created", template, name=(None, template.name), kind=(None, template.kind))
        return shaped(responses.MessageTemplate, template)

    async def get_message_template(self, ctx: Context, template_id: UUID) -> responses.MessageTemplate:
        row = await ctx.row(queries.ONE_TEMPLATE, id=template_id)
        if row is None:
            raise NotFound
        return responses.MessageTemplate(**row)

    async def update_message_template(
        self, ctx: Context, template_id: UUID, body: requests.MessageTemplateUpdate
    ) -> responses.MessageTemplate:
        template = await ctx.load(models.MessageTemplate, template_id, lock=True)
        changes = patch.apply(template, patch.given(body))
        texts.expect_sound(template.subject, template.body, texts.declared(template.variables, template.values))
        if "name" in changes:
            await _expect_new_name(ctx, template.id, template.name)
        if changes:
            told = {name: change for name, change in changes.items() if name in ("name", "is_archived")}
            ctx.record("message_template.updated", template, **told)
        return shaped(responses.MessageTemplate, template)

    async def preview_message_template(
        self,
        ctx: Context,
        template_id: UUID,
        query: requests.PreviewMessageTemplateQuery,
        body: requests.MessagePreviewCreate,
    ) -> responses.MessagePreview:
        template = await ctx.load(models.MessageTemplate, template_id)
        recipient, pointer = await _recipient(ctx, patch.given(body))
        recipient.candidate.expect_active()
        text = await Writer(ctx).write(template, recipient, _values(body), pointer=pointer)
        return responses.MessagePreview(subject=text.subject, body=text.body)

    async def list_messages(self, ctx: Context, query: requests.ListMessagesQuery) -> responses.MessageList:
        rows, page = await ctx.page(queries.MESSAGES, query)
        return responses.MessageList(data=[_shown(ctx, row) for row in rows], page=page)

    async def create_message(self, ctx: Context, body: requests.MessageCreate) -> responses.Message:
        given = patch.given(body)
        _expect_one_text(given)
        recipient, pointer = await _recipient(ctx, given)
        models.Message.expect_send_at(given.get("send_at"))
        outbox.address_of(ctx, recipient.candidate)
        text = Text(given.get("subject", ""), given.get("body", ""))
        if "template_id" in given:
            template = await ctx.refer(models.MessageTemplate, given["template_id"], "/template_id")
            template.expect_usable()
            text = await Writer(ctx).write(template, recipient, _values(body), pointer=pointer)
        message = await outbox.put(
            ctx, recipient, text, template_id=given.get("template_id"), send_at=given.get("send_at")
        )
        return _shown(ctx, vars(message))

    async def get_message(self, ctx: Context, message_id: UUID) -> responses.Message:
        row = await ctx.row(queries.ONE_MESSAGE, id=message_id)
        if row is None:
            raise NotFound
        return _shown(ctx, row)

    async def cancel_message(
        self, ctx: Context, message_id: UUID, query: requests.CancelMessageQuery
    ) -> responses.Message:
        message = await ctx.load(models.Message, message_id, lock=True)
        before = message.status
        message.cancel()
        ctx.record("message.cancelled", message, status=(before, message.status))
        return _shown(ctx, vars(message))


def _declared(values: Mapping[str, Any]) -> set[str]:
    return texts.declared(values.get("variables", []), values.get("values", []))


def _values(body: requests.MessagePreviewCreate | requests.MessageCreate) -> dict[str, str]:
    return {} if body.values is MISSING else texts.values_of(body.values)


def _expect_one_text(given: Mapping[str, Any]) -> None:
    if "template_id" in given:
        surplus = next((name for name in TEXTS if name in given), None)
        if surplus is not None:
            raise MessageIncomplete.at(f"/{surplus}", "A message from a template has no text of its own.")
        return
    for name in TEXTS:
        if name not in given:
            raise MessageIncomplete.at(f"/{name}", "Name a template, or give subject and body.")
    if "values" in given:
        raise MessageIncomplete.at("/values", "Only a template takes values.")


async def _recipient(ctx: Context, given: Mapping[str, Any]) -> tuple[Recipient, str]:
    """Whom the body names, and where it does."""
    if "application_id" in given:
        application = await ctx.refer(models.Application, given["application_id"], "/application_id")
        return Recipient(await ctx.load(models.Candidate, application.candidate_id), application), "/application_id"
    if not ctx.actor.sees_all:
        # The message would belong to no job, and its sender could not see it.
        raise MessageIncomplete.at("/recipient", "You see single jobs: name the application.")
    return Recipient(await ctx.refer(models.Candidate, given["candidate_id"], "/candidate_id"), None), "/candidate_id"


async def _expect_new_name(ctx: Context, template_id: UUID, name: str) -> None:
    taken = await ctx.row(queries.TEMPLATE_OF_NAME, id=template_id, name=name)
    if taken is not None:
        raise NameTaken("Another one has this name.", conflicting_id=taken["id"])


def _shown(ctx: Context, row: Mapping[str, Any]) -> responses.Message:
    values: dict[str, Any] = {name: row[name] for name in responses.Message.__struct_fields__ if name not in SEALED}
    for name in SEALED:
        values[name] = ctx.unseal(models.Message, name, row["id"], row[f"{name}_sealed"]).decode()
    return responses.Message(**values)
