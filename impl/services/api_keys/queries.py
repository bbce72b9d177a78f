"""What the reads of API keys select."""

from typing import Any

from sqlalchemy import Select, bindparam, case

from generated.enums import Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.grants import jobs_of
from impl.core.pages import Listing, Sort
from impl.models import ApiKey

COLUMNS = [
    getattr(ApiKey, name)
    for name in (
        [
            "id",
            "name",
            "public_id",
            "scopes",
            "created_by_user_id",
            "expires_at",
            "revoked_at",
            "created_at",
            "updated_at",
            "version",
        ]
    )
]


def _select(visibility: Visibility) -> Select[Any]:
    # Null and empty differ: a key for the whole organization, and a key that sees no job (any more).
    job_ids = case((ApiKey.is_job_granted, jobs_of(ApiKey)))
    return mine(ApiKey, visibility, *COLUMNS, job_ids.label("job_ids"))


ONE_API_KEY = ScopedQuery(lambda visibility: _select(visibility).where(ApiKey.id == bindparam("id")))

API_KEYS = Listing(
    select=_select,
    filters={
        "created_after": lambda: ApiKey.created_at > bindparam("created_after"),
        "updated_after": lambda: ApiKey.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((ApiKey.id,), is_descending=True), "created_at": Sort((ApiKey.id,))},
)
