"""What the reads of messages and templates select."""

from typing import Any

from sqlalchemy import ARRAY, Text, any_, bindparam

from generated import responses
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Message, MessageTemplate

TEMPLATE_COLUMNS: list[Any] = [getattr(MessageTemplate, name) for name in responses.MessageTemplate.__struct_fields__]
SEALED = ("to_address", "subject", "body")
MESSAGE_COLUMNS: list[Any] = [
    getattr(Message, f"{name}_sealed" if name in SEALED else name) for name in responses.Message.__struct_fields__
]

ONE_TEMPLATE = ScopedQuery(
    lambda visibility: mine(MessageTemplate, visibility, *TEMPLATE_COLUMNS).where(MessageTemplate.id == bindparam("id"))
)

TEMPLATE_OF_NAME = ScopedQuery(
    lambda visibility: mine(MessageTemplate, visibility, MessageTemplate.id).where(
        MessageTemplate.name == bindparam("name"), MessageTemplate.id != bindparam("id")
    )
)

TEMPLATES = Listing(
    select=lambda visibility: mine(MessageTemplate, visibility, *TEMPLATE_COLUMNS),
    filters={
        "kind": lambda: MessageTemplate.kind == any_(bindparam("kind", type_=ARRAY(Text))),
        "is_archived": lambda: MessageTemplate.is_archived == bindparam("is_archived"),
        "created_after": lambda: MessageTemplate.created_at > bindparam("created_after"),
        "updated_after": lambda: MessageTemplate.updated_at > bindparam("updated_after"),
    },
    sorts={
        "name": Sort((MessageTemplate.name, MessageTemplate.id)),
        "-name": Sort((MessageTemplate.name, MessageTemplate.id), is_descending=True),
        "created_at": Sort((MessageTemplate.id,)),
        "-created_at": Sort((MessageTemplate.id,), is_descending=True),
    },
)

ONE_MESSAGE = ScopedQuery(
    lambda visibility: mine(Message, visibility, *MESSAGE_COLUMNS).where(Message.id == bindparam("id"))
)

MESSAGES = Listing(
    select=lambda visibility: mine(Message, visibility, *MESSAGE_COLUMNS),
    filters={
        "candidate_id": lambda: Message.candidate_id == bindparam("candidate_id"),
        "application_id": lambda: Message.application_id == bindparam("application_id"),
        "job_id": lambda: Message.job_id == bindparam("job_id"),
        "status": lambda: Message.status == any_(bindparam("status", type_=ARRAY(Text))),
        "created_after": lambda: Message.created_at > bindparam("created_after"),
        "updated_after": lambda: Message.updated_at > bindparam("updated_after"),
    },
    sorts={
        "-created_at": Sort((Message.id,), is_descending=True),
        "created_at": Sort((Message.id,)),
    },
)
