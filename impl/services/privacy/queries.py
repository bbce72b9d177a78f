"""What privacy reads."""

from typing import Any

from sqlalchemy import ARRAY, Uuid, any_, bindparam, delete, exists, func, literal_column, select, text

from generated.enums import CandidateStatus, IntakeStatus
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.db.query import Query
from impl.models import Candidate, File, Intake, LegalHold

HOLD_COLUMNS: list[Any] = [
    getattr(LegalHold, name)
    for name in (
        "id",
        "candidate_id",
        "reason_sealed",
        "placed_by_type",
        "placed_by_id",
        "released_at",
        "created_at",
        "updated_at",
        "version",
    )
]

ONE_HOLD = ScopedQuery(
    lambda visibility: mine(LegalHold, visibility, *HOLD_COLUMNS).where(LegalHold.id == bindparam("id"))
)

HOLDS = Listing(
    select=lambda visibility: mine(LegalHold, visibility, *HOLD_COLUMNS),
    filters={"candidate_id": lambda: LegalHold.candidate_id == bindparam("candidate_id")},
    sorts={
        "-created_at": Sort((LegalHold.id,), is_descending=True),
        "created_at": Sort((LegalHold.id,)),
    },
)

# A candidate and all that was merged into it, however often.
GROUP = Query(
    text(
        """
        WITH RECURSIVE person AS (
            SELECT CAST(:candidate_id AS uuid) AS id
            UNION
            SELECT merged.id FROM candidates merged JOIN person ON merged.merged_into_id = person.id
            WHERE merged.organization_id = CAST(:organization_id AS uuid)
        )
        SELECT id FROM person ORDER BY id
        """
    )
)

FORGET_ANSWERS = Query(
    text(
        """
        DELETE FROM idempotency_keys
        WHERE organization_id = CAST(:organization_id AS uuid) AND candidate_ids && CAST(:ids AS uuid[])
        """
    )
)
_TENANT: Any = bindparam("organization_id")
# What came in under these candidates' addresses and never became an application.
_UNMATCHED = select(Intake.id).where(
    Intake.organization_id == _TENANT,
    Intake.candidate_id.is_(None),
    # What still waits is a new application: nothing that comes in is dropped.
    Intake.status != literal_column(f"'{IntakeStatus.RECEIVED}'"),
    Intake.email_hash.in_(
        select(func.unnest(Candidate.email_hashes)).where(
            Candidate.organization_id == _TENANT, Candidate.id == any_(bindparam("ids", type_=ARRAY(Uuid)))
        )
    ),
)
FORGET_UNMATCHED_FILES = Query(delete(File).where(File.organization_id == _TENANT, File.intake_id.in_(_UNMATCHED)))
FORGET_UNMATCHED_INTAKES = Query(delete(Intake).where(Intake.organization_id == _TENANT, Intake.id.in_(_UNMATCHED)))
# The keyed hashes of custom fields, of the candidates and of their applications.
FORGET_VALUES = Query(
    text(
        """
        DELETE FROM custom_field_values
        WHERE organization_id = CAST(:organization_id AS uuid) AND (
            candidate_id = ANY (CAST(:ids AS uuid[]))
            OR application_id IN (
                SELECT id FROM applications
                WHERE organization_id = CAST(:organization_id AS uuid) AND candidate_id = ANY (CAST(:ids AS uuid[]))
            )
        )
        """
    )
)
FORGET_MERGES = Query(
    text(
        """
        DELETE FROM candidate_merges
        WHERE organization_id = CAST(:organization_id AS uuid) AND survivor_id = ANY (CAST(:ids AS uuid[]))
        """
    )
)

OVERDUE = ScopedQuery(
    lambda visibility: (
        mine(Candidate, visibility, Candidate.id)
        .where(
            Candidate.status == literal_column(f"'{CandidateStatus.QUARANTINED}'"),
            Candidate.purge_at <= bindparam("now"),
            Candidate.id > bindparam("after"),
            ~exists(literal_column("1")).where(
                LegalHold.organization_id == Candidate.organization_id,
                LegalHold.candidate_id == Candidate.id,
                LegalHold.released_at.is_(None),
            ),
        )
        .order_by(Candidate.id)
        .limit(bindparam("batch"))
    )
)
