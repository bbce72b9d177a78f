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


class CandidateErased(Problem):
    status, code, title = 410, "candidate_erased", "The candidate was erased"


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
    """A person. `profile_sealed` is the JSON of the profile under the organization's key, empty once the person is forgotten;
    `email_hashes` and `phone_hashes` are its blind indexes and `words` its keyed full text."""

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
        Index("ix_candidates_purge_at", "organization_id", "purge_at", postgresql_where=text("purge_at IS NOT NULL")),
        Index("ix_candidates_email_hashes", "email_hashes", postgresql_using="gin"),
        Index("ix_candidates_phone_hashes", "phone_hashes", postgresql_using="gin"),
        Index("ix_candidates_words", "words", postgresql_using="gin"),
    )
    unsaid: ClassVar[frozenset[str]] = frozenset({"external_id"})
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
    erased_at: Mapped[datetime | None]

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

    def anonymize(self) -> None:
        """Take the person out; the row stays for its applications."""
        self.status = self._next("anonymize_candidate")
        self._forget()

    def erase(self) -> None:
        """Leave nothing but the id and the moment."""
        self.status = self._next("erase_candidate")
        self._vanish()

    def follow(self, survivor: "Candidate") -> None:
        """A merged one shares the end of the person it was."""
        self.status = survivor.status
        self._forget()
        if survivor.status == CandidateStatus.ERASED:
            self._vanish()

    def _forget(self) -> None:
        self.profile_sealed, self.words, self.external_id = b"", None, None
        self.email_hashes, self.phone_hashes = [], []

    def _vanish(self) -> None:
        self._forget()
        self.source_id = self.purge_at = self.merged_into_id = None
        self.erased_at = clock.now()

    def unmerge(self, survivor: "Candidate") -> None:
        """Be a candidate of its own again, beside an active survivor; merges are undone in the opposite order."""
        status = self._next("unmerge_candidate")
        if survivor.merged_into_id is not None:
            raise CandidateMerged.into(survivor.id, survivor.merged_into_id)
        survivor.expect_active()
        self.status, self.merged_into_id = status, None

    @property
    def is_overdue(self) -> bool:
        """The quarantine is over."""
        return self.status == CandidateStatus.QUARANTINED and self.purge_at is not None and self.purge_at <= clock.now()

    def expect_kept(self) -> None:
        """For keeping: of who is anonymized nothing is there to keep."""
        if self.is_forgotten:
            raise CandidateNotActive.of(self.status)

    @property
    def is_forgotten(self) -> bool:
        return self.status in (CandidateStatus.ANONYMIZED, CandidateStatus.ERASED)

    @property
    def is_present(self) -> bool:
        return self.status in (CandidateStatus.ACTIVE, CandidateStatus.ANONYMIZED)

    def expect_not_erased(self) -> None:
        """For every id of a candidate: an erased one is gone for good."""
        if self.status == CandidateStatus.ERASED:
            raise CandidateErased("Nothing about the person is kept.")

    def expect_known(self) -> None:
        """For whatever can be done to a deleted candidate, too: an erased one is gone, a merged one goes on as another."""
        self.expect_not_erased()
        if self.status == CandidateStatus.MERGED and self.merged_into_id is not None:
            raise CandidateMerged.into(self.id, self.merged_into_id)

    def expect_present(self) -> None:
        """For reading: a deleted candidate is not there, either."""
        self.expect_known()
        if not self.is_present:
            raise CandidateGone.until(self.purge_at)

    def expect_open(self) -> None:
        """For changing what the candidate is: an anonymized one stays as it is."""
        self.expect_present()
        self.expect_active()

    def expect_active(self) -> None:
        """For referring to: a deleted candidate takes part in nothing, and a merged one no more."""
        if self.status != CandidateStatus.ACTIVE:
            raise CandidateNotActive.of(self.status)

    def _next(self, command: str) -> CandidateStatus:
        return CandidateStatus(next_status("candidate", command, self.status, CandidateTransitionRefused))
