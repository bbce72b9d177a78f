"""The ledger of merges: which candidate went into which, and every row that went over with it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from impl.lib import clock
from impl.lib.problems import Problem
from impl.models.base import TenantRow, belongs_to


class SameCandidate(Problem):
    status, code, title = 409, "same_candidate", "Both are the same candidate"


class CandidateMerge(TenantRow):
    """One merge. `added_sealed` is the JSON of what it added to the survivor's profile, under the organization's key; it stands until
    the merge is undone."""

    __tablename__ = "candidate_merges"
    __table_args__ = (
        belongs_to("candidates", "survivor_id"),
        belongs_to("candidates", "duplicate_id"),
        Index(
            "uq_candidate_merges_duplicate_id",
            "organization_id",
            "duplicate_id",
            unique=True,
            postgresql_where=text("unmerged_at IS NULL"),
        ),
        Index("ix_candidate_merges_survivor_id", "organization_id", "survivor_id"),
    )

    survivor_id: Mapped[UUID]
    duplicate_id: Mapped[UUID]
    added_sealed: Mapped[bytes | None]
    merged_at: Mapped[datetime] = mapped_column(default=clock.now)
    unmerged_at: Mapped[datetime | None]


class MergedRow(TenantRow):
    """One row that a merge moved: `row_id` of `table_name`."""

    __tablename__ = "merged_rows"
    __table_args__ = (
        belongs_to("candidate_merges", "merge_id", ondelete="CASCADE"),
        Index("ix_merged_rows_merge_id", "organization_id", "merge_id", "table_name"),
    )

    merge_id: Mapped[UUID]
    table_name: Mapped[str]
    row_id: Mapped[UUID]
