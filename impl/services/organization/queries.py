"""What the reads of the organization and of its lists select."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, Date, Select, Text, any_, bindparam, literal_column, select, text

from generated.enums import Visibility
from generated.responses import ModelUsageDay
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.db.query import Query
from impl.models import ModelUsage, Organization

COLUMNS = [
    getattr(Organization, name)
    for name in [
        "id",
        "slug",
        "name",
        "time_zone",
        "default_currency",
        "require_if_match",
        "auto_close_jobs",
        "full_text_search",
        "quarantine_days",
        "hide_scorecards_until_submitted",
        "reply_days",
        "resume_model",
        "redact_contacts",
        "daily_token_budget",
        "similar_wording",
        "created_at",
        "updated_at",
        "version",
    ]
]
USAGE_COLUMNS = [getattr(ModelUsage, name) for name in ModelUsageDay.__struct_fields__]


def _model_usage(visibility: Visibility) -> Select[Any]:
    since = ModelUsage.day >= bindparam("since", type_=Date())
    return mine(ModelUsage, visibility, *USAGE_COLUMNS).where(since).order_by(ModelUsage.day.desc())


MODEL_USAGE = ScopedQuery(_model_usage)
ORGANIZATION = ScopedQuery(lambda visibility: mine(Organization, visibility, *COLUMNS))

# Moves in one tree happen one after the other: each alone may be sound and two at once build a circle.
TAKE_TREE = Query(text("SELECT pg_advisory_xact_lock(hashtextextended(CAST(:tree AS text), 0))"))


def one_of(model: Any, columns: Sequence[Any]) -> ScopedQuery:
    """One row of a list (bind `id`)."""
    return ScopedQuery(lambda visibility: mine(model, visibility, *columns).where(model.id == bindparam("id")))


def listing_of(model: Any, columns: Sequence[Any], *, narrows_by: str | None) -> Listing:
    """The pages of a list; `narrows_by` is the filter of its own, a parent or several kinds, if it has one."""
    own = {
        "parent_id": lambda: model.parent_id == bindparam("parent_id"),
        "kind": lambda: model.kind == any_(bindparam("kind", type_=ARRAY(Text))),
    }
    return Listing(
        select=lambda visibility: mine(model, visibility, *columns),
        filters={
            **({narrows_by: own[narrows_by]} if narrows_by else {}),
            "is_archived": lambda: model.is_archived == bindparam("is_archived"),
            "created_after": lambda: model.created_at > bindparam("created_after"),
            "updated_after": lambda: model.updated_at > bindparam("updated_after"),
        },
        sorts={
            "name": Sort((model.name, model.id)),
            "-name": Sort((model.name, model.id), is_descending=True),
            "created_at": Sort((model.id,)),
            "-created_at": Sort((model.id,), is_descending=True),
        },
    )


def namesake_of(model: Any, *within: str) -> ScopedQuery:
    """Another row with the name (bind `id`, `name`, and each column of `within`, among whose equals names are unique)."""

    def statement(visibility: Visibility) -> Select[Any]:
        siblings = [getattr(model, name).is_not_distinct_from(bindparam(name)) for name in within]
        return mine(model, visibility, model.id).where(
            model.name == bindparam("name"), model.id != bindparam("id"), *siblings
        )

    return ScopedQuery(statement)


def is_above(model: Any) -> ScopedQuery:
    """A row when `id` is `parent_id` or stands anywhere above it (binds both)."""

    def statement(visibility: Visibility) -> Select[Any]:
        start = mine(model, visibility, model.id, model.parent_id).where(model.id == bindparam("parent_id"))
        up = start.cte("up", recursive=True)
        step = mine(model, visibility, model.id, model.parent_id).where(model.id == up.c.parent_id)
        # UNION, not UNION ALL: it ends even where there is a circle already.
        path = up.union(step)
        return select(literal_column("1")).select_from(path).where(path.c.id == bindparam("id"))

    return ScopedQuery(statement)
