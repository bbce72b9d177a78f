"""An event as the API shows it, for the feed and for a candidate's timeline."""

from typing import Any

from generated import responses
from generated.enums import ActorType
from impl.models import Event

COLUMNS = [
    getattr(Event, name)
    for name in [
        "id",
        "type",
        "resource_type",
        "resource_id",
        "job_id",
        "candidate_id",
        "application_id",
        "actor_type",
        "actor_id",
        "request_id",
        "changes",
        "occurred_at",
        "transaction_id",
        "sequence",
    ]
]


def event(row: Any) -> responses.Event:
    """An event as every reader shows it."""
    values = dict(row)
    del values["transaction_id"], values["sequence"]
    actor = responses.Actor(type=ActorType(values.pop("actor_type")), id=values.pop("actor_id"))
    changes = [
        responses.EventChange(field_=change["field"], before=change["before"], after=change["after"])
        for change in values.pop("changes")
    ]
    return responses.Event(**values, actor=actor, changes=changes)
