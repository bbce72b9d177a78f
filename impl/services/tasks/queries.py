"""What the reads of tasks select."""

from sqlalchemy import ARRAY, Text, any_, bindparam

from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Task

COLUMNS = [
    getattr(Task, name)
    for name in [
        "id",
        "name",
        "arguments",
        "status",
        "attempts",
        "attempts_max",
        "run_at",
        "error_code",
        "request_id",
        "started_at",
        "finished_at",
        "created_at",
        "updated_at",
        "version",
    ]
]

ONE_TASK = ScopedQuery(lambda visibility: mine(Task, visibility, *COLUMNS).where(Task.id == bindparam("id")))

TASKS = Listing(
    select=lambda visibility: mine(Task, visibility, *COLUMNS),
    filters={
        "status": lambda: Task.status == any_(bindparam("status", type_=ARRAY(Text))),
        "name": lambda: Task.name == bindparam("name"),
        "created_after": lambda: Task.created_at > bindparam("created_after"),
        "updated_after": lambda: Task.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Task.id,), is_descending=True), "created_at": Sort((Task.id,))},
)
