"""A candidate: a person, whose profile is one sealed document."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, BYTEA, TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import CandidateStatus
from impl.lib import clock
from impl.lib.problems import Moved, Problem
from impl.models.base import ExternalIdTaken, Resource, belongs_to, choice, of_organization
from impl.models.states import TransitionRefused, next_status

_WAYS_BACK = {
    CandidateStatus.QUARANTINED.value: "Restore the candidate first.",
    CandidateStatus.MERGED.value: "Name the survivor.",
}


class CandidateTransitionRefused(TransitionRefused):
    code, title = "candidate_transition_refused", "The candidate's status does not allow this"


class CandidateNotActive(Problem):
    status, code, title = 409, "candidate_not_active", "The candidate is not active"

    @classmethod
    def of(cls, status: str) -> "CandidateNotActive":
        return cls(_WAYS_BACK.get(status, "Nothing can be added any more."), current_status=status)


class CandidateMerged(Moved):
    """What a merged candidate answers: reading leads to the survivor, everything else is refused."""

    status, code, title = 409, "candidate_merged", "The candidate was merged into another one"

    @classmethod
    def into(cls, candidate_id: UUID, survivor_id: UUID) -> "CandidateMerged":
        return cls("Go on with the survivor.", moved=(candidate_id, survivor_id), survivor_id=survivor_id)


class CandidateGone(Problem):
    """What reading a deleted candidate answers; it can still be restored until `purge_at`."""

    status, code, title = 404, "candidate_quarantined", "The candidate was deleted"

    @classmethod
    def until(cls, purge_at: datetime | None) -> "CandidateGone":
        return cls("Restore the candidate to see it again.", purge_at=purge_at)


class Candidate(Resource):
    """A person. `profile_sealed` is the JSON of the profile under the organization's key; `email_hashes` and `phone_hashes` are
    its blind indexes and `words` its keyed full text."""

    __tablename__ = "candidates"
    __table_args__ = (
        of_organization(),
        belongs_to("sources", "source_id"),
        belongs_to("candidates", "merged_into_id"),
        UniqueConstraint("organization_id", "external_id"),
        Index("ix_candidates_updated_at", "organization_id", "updated_at", "id"),
        Index(
            "ix_candidates_merged_into_id",
            "organization_id",
            "merged_into_id",
            postgresql_where=text("merged_into_id IS NOT NULL"),
        ),
        Index("ix_candidates_email_hashes", "email_hashes", postgresql_using="gin"),
        Index("ix_candidates_phone_hashes", "phone_hashes", postgresql_using="gin"),
        Index("ix_candidates_words", "words", postgresql_using="gin"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_candidates_organization_id_external_id": ExternalIdTaken}

    status: Mapped[CandidateStatus] = mapped_column(choice(CandidateStatus, "status"), default=CandidateStatus.ACTIVE)
    profile_sealed: Mapped[bytes]
    email_hashes: Mapped[list[bytes]] = mapped_column(ARRAY(BYTEA), default=list)
    phone_hashes: Mapped[list[bytes]] = mapped_column(ARRAY(BYTEA), default=list)
    words: Mapped[str | None] = mapped_column(TSVECTOR, deferred=True)
    source_id: Mapped[UUID | None]
    external_id: Mapped[str | None]
    purge_at: Mapped[datetime | None]
    merged_into_id: Mapped[UUID | None]

    def quarantine(self, days: int) -> None:
        """Hide the candidate; until `purge_at` that can be undone."""
        self.status = self._next("delete_candidate")
        self.purge_at = clock.now() + timedelta(days=days)

    def restore(self) -> None:
        self.status = self._next("restore_candidate")
        self.purge_at = None

    def merge_into(self, survivor: "Candidate") -> None:
        """Become a sign that leads to the survivor."""
        self.status = self._next("merge_candidates")
        self.merged_into_id = survivor.id

    def unmerge(self, survivor: "Candidate") -> None:
        """Be a candidate of its own again, beside an active survivor; merges are undone in the opposite order."""
        status = self._next("unmerge_candidate")
        if survivor.merged_into_id is not None:
            raise CandidateMerged.into(survivor.id, survivor.merged_into_id)
        survivor.expect_active()
        self.status, self.merged_into_id = status, None

    @property
    def is_present(self) -> bool:
        return self.status == CandidateStatus.ACTIVE

    def expect_present(self) -> None:
        """For reading and changing: a deleted candidate is not there, a merged one goes on as another."""
        if self.status == CandidateStatus.MERGED and self.merged_into_id is not None:
            raise CandidateMerged.into(self.id, self.merged_into_id)
        if not self.is_present:
            raise CandidateGone.until(self.purge_at)

    def expect_active(self) -> None:
        """For referring to: a deleted candidate takes part in nothing, and a merged one no more."""
        if self.status != CandidateStatus.ACTIVE:
            raise CandidateNotActive.of(self.status)

    def _next(self, command: str) -> CandidateStatus:
        return CandidateStatus(next_status("candidate", command, self.status, CandidateTransitionRefused))
