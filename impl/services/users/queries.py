"""What the reads of users select."""

from typing import Any

from sqlalchemy import ARRAY, Select, Text, any_, bindparam

from generated.enums import UserRole, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.grants import jobs_of
from impl.core.pages import Listing, Sort
from impl.models import User

COLUMNS = [
    getattr(User, name)
    for name in [
        "id",
        "profile_sealed",
        "role",
        "is_active",
        "last_signed_in_at",
        "created_at",
        "updated_at",
        "version",
    ]
]


def _select(visibility: Visibility) -> Select[Any]:
    return mine(User, visibility, *COLUMNS, jobs_of(User).label("job_ids"))


ONE_USER = ScopedQuery(lambda visibility: _select(visibility).where(User.id == bindparam("id")))
BY_EMAIL = ScopedQuery(
    lambda visibility: mine(User, visibility, User.id).where(User.email_hash == bindparam("email_hash"))
)
OTHER_ADMINISTRATOR = ScopedQuery(
    lambda visibility: (
        mine(User, visibility, User.id)
        .where(User.id != bindparam("id"), User.role == UserRole.ADMIN, User.is_active, User.password_hash.is_not(None))
        .limit(1)
    )
)

USERS = Listing(
    select=_select,
    filters={
        "role": lambda: User.role == any_(bindparam("role", type_=ARRAY(Text))),
        "is_active": lambda: User.is_active == bindparam("is_active"),
        "created_after": lambda: User.created_at > bindparam("created_after"),
        "updated_after": lambda: User.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((User.id,), is_descending=True), "created_at": Sort((User.id,))},
)
