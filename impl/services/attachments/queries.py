"""What the reads of attachments select: files that belong to a candidate, but for those that are not handed out."""

from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, Text, any_, bindparam, literal_column, or_, select, text, true
from sqlalchemy.dialects.postgresql import BYTEA

from generated.enums import CandidateStatus, Visibility
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.db.query import Query
from impl.models import Candidate, File, Organization, ResumeParse
from impl.models.file import PASSED

COLUMNS = [
    getattr(File, name)
    for name in [
        "id",
        "candidate_id",
        "application_id",
        "job_id",
        "intake_id",
        "kind",
        "name_sealed",
        "media_type",
        "size_bytes",
        "sha256",
        "scan_status",
        "uploaded_by_type",
        "uploaded_by_id",
        "created_at",
        "updated_at",
        "version",
    ]
]
_ACTIVE: ColumnElement[str] = literal_column(f"'{CandidateStatus.ACTIVE}'")
_ANONYMIZED: ColumnElement[str] = literal_column(f"'{CandidateStatus.ANONYMIZED}'")


_newest = (
    select(
        ResumeParse.id.label("parse_id"),
        ResumeParse.revision.label("parse_revision"),
        ResumeParse.status.label("parse_status"),
    )
    .where(ResumeParse.organization_id == File.organization_id, ResumeParse.attachment_id == File.id)
    .order_by(ResumeParse.revision.desc())
    .limit(literal_column("1"))
    .correlate(File)
    .lateral("newest")
)
#: What stands there of a file that was never read.
UNREAD = dict.fromkeys(_newest.c.keys())


def _select(visibility: Visibility) -> Select[Any]:
    statement = mine(File, visibility, *COLUMNS, *_newest.c).outerjoin(_newest, true())
    return statement.where(File.candidate_id.is_not(None), File.refusal.is_(None))


ONE_ATTACHMENT = ScopedQuery(lambda visibility: _select(visibility).where(File.id == bindparam("id")))

ATTACHMENTS = Listing(
    select=_select,
    filters={
        "candidate_id": lambda: File.candidate_id == bindparam("candidate_id"),
        "application_id": lambda: File.application_id == bindparam("application_id"),
        "kind": lambda: File.kind == any_(bindparam("kind", type_=ARRAY(Text))),
        "created_after": lambda: File.created_at > bindparam("created_after"),
        "updated_after": lambda: File.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((File.id,), is_descending=True), "created_at": Sort((File.id,))},
)

# The same bytes on the same application, or on the person.
SAME = ScopedQuery(
    lambda visibility: (
        _select(visibility)
        .where(
            File.candidate_id == bindparam("candidate_id"),
            File.application_id.is_not_distinct_from(bindparam("application_id")),
            File.sha256 == bindparam("sha256", type_=BYTEA),
        )
        .order_by(File.id)
        .limit(1)
    )
)
# One upload of the same bytes after the other.
ALONE = Query(text("SELECT pg_advisory_xact_lock(CAST(:key AS bigint))"))

# What a link may lead to.
DELIVERED = ScopedQuery(
    lambda visibility: (
        mine(File, visibility, File.id, File.name_sealed, File.media_type, File.sha256)
        .join(Candidate, (Candidate.organization_id == File.organization_id) & (Candidate.id == File.candidate_id))
        .where(
            File.id == bindparam("id"),
            File.refusal.is_(None),
            or_(*(File.scan_status == literal_column(f"'{status}'") for status in PASSED)),
            or_(Candidate.status == _ACTIVE, Candidate.status == _ANONYMIZED),
        )
    )
)
OPEN_ORGANIZATION = Query(
    select(Organization.id).where(Organization.id == bindparam("id"), Organization.is_suspended.is_(False))
)
