"""Approvals: the policies that ask for them, and each question with the votes of its approvers."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import ActorType, ApprovalDecision, ApprovalRequirement, ApprovalStatus, ApprovalSubject
from impl.lib import clock
from impl.lib.problems import Problem
from impl.models.base import NameTaken, Resource, TenantRow, belongs_to, choice, of_organization
from impl.models.states import TransitionRefused, next_status


class ApprovalTransitionRefused(TransitionRefused):
    code, title = "approval_transition_refused", "The approval's status does not allow this"


class ApprovalRequired(Problem):
    status, code, title = 409, "approval_required", "The job must be approved first"


class ApprovalNotRequired(Problem):
    status, code, title = 409, "approval_not_required", "The job needs no approval"


class ApprovalPending(Problem):
    status, code, title = 409, "approval_pending", "The approval is pending"


class NoApprover(Problem):
    status, code, title = 409, "no_approver", "A step of the policy has nobody who can decide"


class ApproverNotEligible(Problem):
    status, code, title = 409, "approver_not_eligible", "An approver cannot decide"


class AlreadyDecided(Problem):
    status, code, title = 409, "already_decided", "You have voted already"


class NotYourTurn(Problem):
    status, code, title = 409, "not_your_turn", "Another step is asked"


class NotAnApprover(Problem):
    status, code, title = 403, "not_an_approver", "You are none of the approvers"


class ApprovalPolicy(Resource):
    """When approval is asked for, and of whom: `steps` are the contract's, one after the other."""

    __tablename__ = "approval_policies"
    __table_args__ = (
        of_organization(),
        belongs_to("departments", "department_id"),
        UniqueConstraint("organization_id", "name"),
        Index("ix_approval_policies_name", "organization_id", "name", "id"),
        Index("ix_approval_policies_subject", "organization_id", "subject", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_approval_policies_organization_id_name": NameTaken}

    name: Mapped[str]
    subject: Mapped[ApprovalSubject] = mapped_column(choice(ApprovalSubject, "subject"))
    department_id: Mapped[UUID | None]
    steps: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    allow_self_approval: Mapped[bool] = mapped_column(default=False)
    is_archived: Mapped[bool] = mapped_column(default=False)


class Approval(Resource):
    """One question: may this job be opened, or this offer go out? `requirements` says of each step what it takes; the step that is
    asked is `current_step`, from 1."""

    __tablename__ = "approvals"
    __table_args__ = (
        belongs_to("jobs", "job_id"),
        belongs_to("offers", "offer_id"),
        belongs_to("applications", "application_id"),
        belongs_to("candidates", "candidate_id"),
        belongs_to("approval_policies", "policy_id"),
        Index(
            "uq_approvals_pending_job",
            "organization_id",
            "job_id",
            unique=True,
            postgresql_where=text("status = 'pending' AND offer_id IS NULL"),
        ),
        Index(
            "uq_approvals_pending_offer",
            "organization_id",
            "offer_id",
            unique=True,
            postgresql_where=text("status = 'pending' AND offer_id IS NOT NULL"),
        ),
        Index("ix_approvals_job_id", "organization_id", "job_id", "id"),
        Index("ix_approvals_offer_id", "organization_id", "offer_id", "id"),
        Index("ix_approvals_candidate_id", "organization_id", "candidate_id", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_approvals_pending_job": ApprovalPending}
    job_column: ClassVar[str | None] = "job_id"

    subject: Mapped[ApprovalSubject] = mapped_column(choice(ApprovalSubject, "subject"))
    job_id: Mapped[UUID]
    offer_id: Mapped[UUID | None]
    application_id: Mapped[UUID | None]
    candidate_id: Mapped[UUID | None]
    policy_id: Mapped[UUID]
    status: Mapped[ApprovalStatus] = mapped_column(choice(ApprovalStatus, "status"), default=ApprovalStatus.PENDING)
    requirements: Mapped[list[str]] = mapped_column(ARRAY(Text))
    current_step: Mapped[int | None] = mapped_column(default=1)
    requested_by_type: Mapped[ActorType] = mapped_column(choice(ActorType, "requested_by_type"))
    requested_by_id: Mapped[UUID | None]
    ended_at: Mapped[datetime | None]

    def vote_of(self, votes: Sequence["ApprovalVote"], user_id: UUID | None) -> "ApprovalVote":
        """The vote that the user may cast now, among all of this approval."""
        own = {vote.step: vote for vote in votes if user_id is not None and vote.user_id == user_id}
        if not own:
            raise NotAnApprover("Only users whom the approval names vote.")
        next_status("approval", "decide_approval", self.status, ApprovalTransitionRefused)
        current = own.get(self.current_step or 0)
        if current is not None and current.decision is None:
            return current
        ahead = [step for step in own if step > (self.current_step or 0)]
        if current is not None or not ahead:
            raise AlreadyDecided("The vote that you gave counts.")
        raise NotYourTurn(f"Step {self.current_step} decides first; yours is step {min(ahead)}.")

    def count(self, votes: Sequence["ApprovalVote"], able: Collection[UUID]) -> None:
        """Go on as far as the votes of the current step allow; who is not among `able` any more is not waited for."""
        step = self.current_step or 0
        said = [vote for vote in votes if vote.step == step and (vote.decision is not None or vote.user_id in able)]
        decisions = [vote.decision for vote in said]
        if ApprovalDecision.REJECTED in decisions:
            self._end("decide_approval", ApprovalStatus.REJECTED)
        elif self.requirements[step - 1] == ApprovalRequirement.ANY or None not in decisions:
            if step < len(self.requirements):
                self.current_step = step + 1
            else:
                self._end("decide_approval", ApprovalStatus.APPROVED)

    def cancel(self, command: str = "cancel_approval") -> None:
        """Be taken back, by its own command or by what becomes of the offer."""
        self._end(command, ApprovalStatus.CANCELLED)

    def _end(self, command: str, to: ApprovalStatus) -> None:
        self.status = ApprovalStatus(next_status("approval", command, self.status, ApprovalTransitionRefused, to=to))
        self.current_step, self.ended_at = None, clock.now()


class ApprovalVote(TenantRow):
    """One approver of one step, and what that approver has said."""

    __tablename__ = "approval_votes"
    __table_args__ = (
        belongs_to("approvals", "approval_id", ondelete="CASCADE"),
        belongs_to("users", "user_id"),
        belongs_to("applications", "application_id"),
        belongs_to("candidates", "candidate_id"),
        UniqueConstraint("organization_id", "approval_id", "step", "user_id"),
        Index("ix_approval_votes_user_id", "organization_id", "user_id", "approval_id"),
        Index("ix_approval_votes_candidate_id", "organization_id", "candidate_id", "id"),
    )
    job_column: ClassVar[str | None] = "job_id"

    approval_id: Mapped[UUID]
    job_id: Mapped[UUID]
    application_id: Mapped[UUID | None]
    candidate_id: Mapped[UUID | None]
    step: Mapped[int]
    user_id: Mapped[UUID]
    decision: Mapped[ApprovalDecision | None] = mapped_column(choice(ApprovalDecision, "decision"))
    comment_sealed: Mapped[bytes | None]
    decided_at: Mapped[datetime | None]

    def cast(self, decision: ApprovalDecision, comment_sealed: bytes | None) -> None:
        self.decision, self.comment_sealed, self.decided_at = decision, comment_sealed, clock.now()
