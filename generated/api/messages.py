# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The operations of `messages`: what to implement, and the routes that call it."""

from abc import ABC, abstractmethod
from typing import Annotated, Generic
from uuid import UUID

from fastapi import APIRouter, Security
from fastapi.routing import APIRoute
from pydantic import TypeAdapter
from starlette.responses import Response

from generated import operations, requests, responses
from generated.contract import C, Call, CallDependency, route

CREATE_MESSAGE_TEMPLATE: TypeAdapter[requests.MessageTemplateCreate] = TypeAdapter(requests.MessageTemplateCreate)
UPDATE_MESSAGE_TEMPLATE: TypeAdapter[requests.MessageTemplateUpdate] = TypeAdapter(requests.MessageTemplateUpdate)
PREVIEW_MESSAGE_TEMPLATE: TypeAdapter[requests.MessagePreviewCreate] = TypeAdapter(requests.MessagePreviewCreate)
CREATE_MESSAGE: TypeAdapter[requests.MessageCreate] = TypeAdapter(requests.MessageCreate)


class MessagesOperations(ABC, Generic[C]):
    """One method for each operation of `messages`."""

    @abstractmethod
    async def list_message_templates(
        self, ctx: C, query: requests.ListMessageTemplatesQuery
    ) -> responses.MessageTemplateList:
        """List message templates.

        The templates of the organization, by name unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_message_template(self, ctx: C, body: requests.MessageTemplateCreate) -> responses.MessageTemplate:
        """Create a message template.

        Makes a template of plain text. `{{ candidate.full_name }}` stands for a variable and `{{ values.when }}` for a value that each
        message brings along; both must be declared, and nothing else may stand between the braces. For a kind other than `general` the
        oldest template in use is the one that `notify` sends.
        """

    @abstractmethod
    async def get_message_template(self, ctx: C, template_id: UUID) -> responses.MessageTemplate:
        """Get a message template.

        One template.
        """

    @abstractmethod
    async def update_message_template(
        self, ctx: C, template_id: UUID, body: requests.MessageTemplateUpdate
    ) -> responses.MessageTemplate:
        """Update a message template.

        Changes or archives a template. The texts are held against the declarations as they are afterwards. An archived template is not
        used any more; messages that were made from it stay.
        """

    @abstractmethod
    async def preview_message_template(
        self,
        ctx: C,
        template_id: UUID,
        query: requests.PreviewMessageTemplateQuery,
        body: requests.MessagePreviewCreate,
    ) -> responses.MessagePreview:
        """Preview a message.

        Shows the subject and the text that a message to this candidate would have. Nothing is written and nothing is sent.
        """

    @abstractmethod
    async def list_messages(self, ctx: C, query: requests.ListMessagesQuery) -> responses.MessageList:
        """List messages.

        The messages that the actor may see, newest first unless `sort` says otherwise.
        """

    @abstractmethod
    async def create_message(self, ctx: C, body: requests.MessageCreate) -> responses.Message:
        """Send a message.

        Puts a message to a candidate into the outbox: from a template, or with a subject and a text of its own; now, or at `send_at`. The
        worker sends it to the candidate's first e-mail address. It is sent at least once: after a crash between the mail server's yes and
        the record of it, it is sent again under the same Message-ID. Who sees single jobs names the application, not the candidate.
        """

    @abstractmethod
    async def get_message(self, ctx: C, message_id: UUID) -> responses.Message:
        """Get a message.

        One message and what became of it.
        """

    @abstractmethod
    async def cancel_message(self, ctx: C, message_id: UUID, query: requests.CancelMessageQuery) -> responses.Message:
        """Cancel a message.

        Takes a queued message back. One that is being sent cannot be stopped any more.
        """


def routes(
    implementation: MessagesOperations[C], call: CallDependency[C], route_class: type[APIRoute] = APIRoute
) -> APIRouter:
    """A router with one route for each operation; `call` is the dependency that makes the request's `Call`."""
    router = APIRouter(route_class=route_class)

    @route(router, operations.LIST_MESSAGE_TEMPLATES)
    async def list_message_templates(current: Annotated[Call[C], Security(call, scopes=["messages:read"])]) -> Response:
        return await current.answer(
            implementation.list_message_templates, current.query(requests.ListMessageTemplatesQuery)
        )

    @route(router, operations.CREATE_MESSAGE_TEMPLATE)
    async def create_message_template(
        current: Annotated[Call[C], Security(call, scopes=["messages:write"])],
    ) -> Response:
        return await current.answer(implementation.create_message_template, current.body(CREATE_MESSAGE_TEMPLATE))

    @route(router, operations.GET_MESSAGE_TEMPLATE)
    async def get_message_template(current: Annotated[Call[C], Security(call, scopes=["messages:read"])]) -> Response:
        return await current.answer(implementation.get_message_template, current.path("template_id", UUID))

    @route(router, operations.UPDATE_MESSAGE_TEMPLATE)
    async def update_message_template(
        current: Annotated[Call[C], Security(call, scopes=["messages:write"])],
    ) -> Response:
        return await current.answer(
            implementation.update_message_template,
            current.path("template_id", UUID),
            current.body(UPDATE_MESSAGE_TEMPLATE),
        )

    @route(router, operations.PREVIEW_MESSAGE_TEMPLATE)
    async def preview_message_template(
        current: Annotated[Call[C], Security(call, scopes=["messages:read"])],
    ) -> Response:
        return await current.answer(
            implementation.preview_message_template,
            current.path("template_id", UUID),
            current.query(requests.PreviewMessageTemplateQuery),
            current.body(PREVIEW_MESSAGE_TEMPLATE),
        )

    @route(router, operations.LIST_MESSAGES)
    async def list_messages(current: Annotated[Call[C], Security(call, scopes=["messages:read"])]) -> Response:
        return await current.answer(implementation.list_messages, current.query(requests.ListMessagesQuery))

    @route(router, operations.CREATE_MESSAGE)
    async def create_message(current: Annotated[Call[C], Security(call, scopes=["messages:write"])]) -> Response:
        return await current.answer(implementation.create_message, current.body(CREATE_MESSAGE))

    @route(router, operations.GET_MESSAGE)
    async def get_message(current: Annotated[Call[C], Security(call, scopes=["messages:read"])]) -> Response:
        return await current.answer(implementation.get_message, current.path("message_id", UUID))

    @route(router, operations.CANCEL_MESSAGE)
    async def cancel_message(current: Annotated[Call[C], Security(call, scopes=["messages:write"])]) -> Response:
        return await current.answer(
            implementation.cancel_message, current.path("message_id", UUID), current.query(requests.CancelMessageQuery)
        )

    return router
