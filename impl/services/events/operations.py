"""The feed of everything that happened."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam, text

from generated import requests, responses
from generated.api.events import EventsOperations
from generated.enums import Visibility
from impl.core import pages
from impl.core.access import mine
from impl.core.context import Context
from impl.models import Event
from impl.services.events.shape import COLUMNS, event

# Every transaction below it has ended, and none will ever get a lower number: what is read here is complete.
IS_SETTLED = text("events.transaction_id < pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
BEGINNING = [0, 0]


def _select(visibility: Visibility) -> Select[Any]:
    return mine(Event, visibility, *COLUMNS).where(IS_SETTLED)


FEED = pages.Listing(
    select=_select,
    filters={
        "type": lambda: Event.type == any_(bindparam("type", type_=ARRAY(Text))),
        "resource_type": lambda: Event.resource_type == any_(bindparam("resource_type", type_=ARRAY(Text))),
        "resource_id": lambda: Event.resource_id == bindparam("resource_id"),
        "job_id": lambda: Event.job_id == bindparam("job_id"),
        "candidate_id": lambda: Event.candidate_id == bindparam("candidate_id"),
        "application_id": lambda: Event.application_id == bindparam("application_id"),
    },
    sorts={"feed": pages.Sort((Event.transaction_id, Event.sequence))},
)


class Events(EventsOperations[Context]):
    """Readers of the one table of changes."""

    async def list_events(self, ctx: Context, query: requests.ListEventsQuery) -> responses.EventList:
        position = pages.position_of(query, FEED)
        rows, has_more = await ctx.rows_at(FEED, position)
        cursor = position.cursor
        if rows or cursor is None:
            mark = pages.fingerprint(ctx.operation.operation_id, position)
            last = pages.sort_values(rows[-1], FEED.sorts["feed"]) if rows else BEGINNING
            cursor = pages.encode_cursor(mark, last)
        return responses.EventList(
            data=[event(row) for row in rows], page=responses.FeedPage(next_cursor=cursor, has_more=has_more)
        )
