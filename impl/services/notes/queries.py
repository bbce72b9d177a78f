"""What the reads of notes select: the notes that the caller may read."""

from typing import Any

from sqlalchemy import ARRAY, Boolean, ColumnElement, Select, Text, Uuid, any_, bindparam, or_

from generated.enums import NoteVisibility, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Note

COLUMNS = [
    getattr(Note, name)
    for name in [
        "id",
        "candidate_id",
        "application_id",
        "job_id",
        "author_type",
        "author_id",
        "visibility",
        "body_sealed",
        "created_at",
        "updated_at",
        "version",
    ]
]


def _is_no_secret_of_others() -> ColumnElement[bool]:
    return or_(Note.visibility != NoteVisibility.PRIVATE, Note.author_id == bindparam("reader_id", type_=Uuid()))


def _is_open_to_reader() -> ColumnElement[bool]:
    return or_(Note.visibility != NoteVisibility.ADMIN_ONLY, bindparam("reads_all", type_=Boolean()))


def _select(visibility: Visibility) -> Select[Any]:
    return mine(Note, visibility, *COLUMNS)


ONE_NOTE = ScopedQuery(
    lambda visibility: _select(visibility).where(
        Note.id == bindparam("id"), _is_no_secret_of_others(), _is_open_to_reader()
    )
)

NOTES = Listing(
    select=_select,
    filters={
        # Always given: what the caller may read.
        "reader_id": _is_no_secret_of_others,
        "reads_all": _is_open_to_reader,
        "candidate_id": lambda: Note.candidate_id == bindparam("candidate_id"),
        "application_id": lambda: Note.application_id == bindparam("application_id"),
        "visibility": lambda: Note.visibility == any_(bindparam("visibility", type_=ARRAY(Text))),
        "created_after": lambda: Note.created_at > bindparam("created_after"),
        "updated_after": lambda: Note.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Note.id,), is_descending=True), "created_at": Sort((Note.id,))},
)
