# generated from spec/ats.v1.yaml by `make generate`; do not edit
"""The contract's state machines: which command leads from which states to which. A leaf, like the enums."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Transition:
    """What one command does to the state; a source of None is creation."""

    operation: str
    sources: tuple[str | None, ...]
    target: str
    refused_with: str
    """The problem code of the command in any other state."""
    alternatives: tuple[str, ...] = ()
    """Where it can lead instead, as the request or the circumstances decide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """The states of one kind of row, and the commands between them."""

    name: str
    states: tuple[str, ...]
    commands: tuple[Transition, ...]
    caused: tuple[Transition, ...] = ()
    """What commands of another resource do to this one."""


TRANSITIONS: Final[Mapping[str, Machine]] = {
    "application": Machine(
        name="application",
        states=("active", "rejected", "withdrawn", "hired"),
        commands=(
            Transition(
                operation="create_application", sources=(None,), target="active", refused_with="application_not_active"
            ),
            Transition(
                operation="move_application",
                sources=("active",),
                target="active",
                refused_with="application_not_active",
            ),
            Transition(
                operation="reject_application",
                sources=("active",),
                target="rejected",
                refused_with="application_not_active",
            ),
            Transition(
                operation="withdraw_application",
                sources=("active",),
                target="withdrawn",
                refused_with="application_not_active",
            ),
            Transition(
                operation="hire_application", sources=("active",), target="hired", refused_with="application_not_active"
            ),
            Transition(
                operation="reopen_application",
                sources=("rejected", "withdrawn", "hired"),
                target="active",
                refused_with="application_already_active",
            ),
        ),
    ),
    "job": Machine(
        name="job",
        states=("draft", "open", "closed"),
        commands=(
            Transition(operation="create_job", sources=(None,), target="draft", refused_with="job_transition_refused"),
            Transition(
                operation="open_job", sources=("draft", "closed"), target="open", refused_with="job_transition_refused"
            ),
            Transition(
                operation="close_job", sources=("open",), target="closed", refused_with="job_transition_refused"
            ),
        ),
        caused=(
            Transition(
                operation="hire_application", sources=("open",), target="closed", refused_with="job_transition_refused"
            ),
            Transition(
                operation="reopen_application",
                sources=("closed",),
                target="open",
                refused_with="job_transition_refused",
            ),
        ),
    ),
    "opening": Machine(
        name="opening",
        states=("open", "filled", "cancelled"),
        commands=(
            Transition(operation="create_job_opening", sources=(None,), target="open", refused_with="opening_not_open"),
            Transition(
                operation="cancel_opening", sources=("open",), target="cancelled", refused_with="opening_not_open"
            ),
        ),
        caused=(
            Transition(operation="create_job", sources=(None,), target="open", refused_with="opening_not_open"),
            Transition(
                operation="hire_application", sources=("open",), target="filled", refused_with="opening_not_open"
            ),
            Transition(
                operation="reopen_application", sources=("filled",), target="open", refused_with="opening_not_open"
            ),
            Transition(operation="close_job", sources=("open",), target="cancelled", refused_with="opening_not_open"),
        ),
    ),
    "post": Machine(
        name="post",
        states=("draft", "published", "unpublished"),
        commands=(
            Transition(
                operation="create_post", sources=(None,), target="draft", refused_with="post_transition_refused"
            ),
            Transition(
                operation="publish_post",
                sources=("draft", "unpublished"),
                target="published",
                refused_with="post_transition_refused",
            ),
            Transition(
                operation="unpublish_post",
                sources=("published",),
                target="unpublished",
                refused_with="post_transition_refused",
            ),
        ),
        caused=(
            Transition(
                operation="close_job",
                sources=("published",),
                target="unpublished",
                refused_with="post_transition_refused",
            ),
            Transition(
                operation="hire_application",
                sources=("published",),
                target="unpublished",
                refused_with="post_transition_refused",
            ),
        ),
    ),
    "interview": Machine(
        name="interview",
        states=("scheduled", "completed", "cancelled", "no_show"),
        commands=(
            Transition(
                operation="create_interview",
                sources=(None,),
                target="scheduled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="reschedule_interview",
                sources=("scheduled", "cancelled", "no_show"),
                target="scheduled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="complete_interview",
                sources=("scheduled",),
                target="completed",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="cancel_interview",
                sources=("scheduled",),
                target="cancelled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="mark_interview_no_show",
                sources=("scheduled",),
                target="no_show",
                refused_with="interview_transition_refused",
            ),
        ),
        caused=(
            Transition(
                operation="reject_application",
                sources=("scheduled",),
                target="cancelled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="withdraw_application",
                sources=("scheduled",),
                target="cancelled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="hire_application",
                sources=("scheduled",),
                target="cancelled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="bulk_applications",
                sources=("scheduled",),
                target="cancelled",
                refused_with="interview_transition_refused",
            ),
            Transition(
                operation="close_job",
                sources=("scheduled",),
                target="cancelled",
                refused_with="interview_transition_refused",
            ),
        ),
    ),
    "scorecard": Machine(
        name="scorecard",
        states=("draft", "submitted"),
        commands=(
            Transition(
                operation="submit_scorecard", sources=("draft",), target="submitted", refused_with="scorecard_submitted"
            ),
        ),
        caused=(
            Transition(
                operation="create_interview", sources=(None,), target="draft", refused_with="scorecard_submitted"
            ),
            Transition(
                operation="update_interview", sources=(None,), target="draft", refused_with="scorecard_submitted"
            ),
        ),
    ),
    "candidate": Machine(
        name="candidate",
        states=("active", "quarantined", "merged", "anonymized", "erased"),
        commands=(
            Transition(
                operation="create_candidate",
                sources=(None,),
                target="active",
                refused_with="candidate_transition_refused",
            ),
            Transition(
                operation="delete_candidate",
                sources=("active",),
                target="quarantined",
                refused_with="candidate_quarantined",
            ),
            Transition(
                operation="restore_candidate",
                sources=("quarantined",),
                target="active",
                refused_with="candidate_transition_refused",
            ),
            Transition(
                operation="merge_candidates",
                sources=("active",),
                target="merged",
                refused_with="candidate_transition_refused",
            ),
            Transition(
                operation="unmerge_candidate",
                sources=("merged",),
                target="active",
                refused_with="candidate_transition_refused",
            ),
            Transition(
                operation="anonymize_candidate",
                sources=("active",),
                target="anonymized",
                refused_with="candidate_transition_refused",
            ),
            Transition(
                operation="erase_candidate",
                sources=("active", "quarantined", "anonymized"),
                target="erased",
                refused_with="candidate_merged",
            ),
        ),
    ),
    "offer": Machine(
        name="offer",
        states=(
            "draft",
            "pending_approval",
            "approved",
            "sent",
            "accepted",
            "declined",
            "expired",
            "withdrawn",
            "superseded",
        ),
        commands=(
            Transition(
                operation="create_offer", sources=(None,), target="draft", refused_with="offer_transition_refused"
            ),
            Transition(
                operation="submit_offer",
                sources=("draft",),
                target="approved",
                refused_with="offer_transition_refused",
                alternatives=("pending_approval",),
            ),
            Transition(
                operation="send_offer", sources=("approved",), target="sent", refused_with="offer_transition_refused"
            ),
            Transition(
                operation="respond_to_offer",
                sources=("sent",),
                target="accepted",
                refused_with="offer_transition_refused",
                alternatives=("declined",),
            ),
            Transition(
                operation="withdraw_offer",
                sources=("draft", "pending_approval", "approved", "sent"),
                target="withdrawn",
                refused_with="offer_transition_refused",
            ),
            Transition(
                operation="revise_offer",
                sources=("approved", "pending_approval", "sent", "accepted"),
                target="superseded",
                refused_with="offer_transition_refused",
            ),
        ),
        caused=(
            Transition(
                operation="revise_offer", sources=(None,), target="draft", refused_with="offer_transition_refused"
            ),
            Transition(
                operation="reject_application",
                sources=("draft", "pending_approval", "approved", "sent", "accepted"),
                target="withdrawn",
                refused_with="offer_transition_refused",
            ),
            Transition(
                operation="withdraw_application",
                sources=("draft", "pending_approval", "approved", "sent", "accepted"),
                target="withdrawn",
                refused_with="offer_transition_refused",
            ),
            Transition(
                operation="close_job",
                sources=("draft", "pending_approval", "approved", "sent", "accepted"),
                target="withdrawn",
                refused_with="offer_transition_refused",
            ),
            Transition(
                operation="hire_application",
                sources=("draft", "pending_approval", "approved"),
                target="withdrawn",
                refused_with="offer_transition_refused",
            ),
            Transition(
                operation="decide_approval",
                sources=("pending_approval",),
                target="approved",
                refused_with="offer_transition_refused",
                alternatives=("draft",),
            ),
            Transition(
                operation="cancel_approval",
                sources=("pending_approval",),
                target="draft",
                refused_with="offer_transition_refused",
            ),
        ),
    ),
    "approval": Machine(
        name="approval",
        states=("pending", "approved", "rejected", "cancelled"),
        commands=(
            Transition(
                operation="request_job_approval",
                sources=(None,),
                target="pending",
                refused_with="approval_transition_refused",
            ),
            Transition(
                operation="decide_approval",
                sources=("pending",),
                target="pending",
                refused_with="approval_transition_refused",
                alternatives=("approved", "rejected"),
            ),
            Transition(
                operation="cancel_approval",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
        ),
        caused=(
            Transition(
                operation="submit_offer", sources=(None,), target="pending", refused_with="approval_transition_refused"
            ),
            Transition(
                operation="withdraw_offer",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
            Transition(
                operation="revise_offer",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
            Transition(
                operation="reject_application",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
            Transition(
                operation="withdraw_application",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
            Transition(
                operation="hire_application",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
            Transition(
                operation="close_job",
                sources=("pending",),
                target="cancelled",
                refused_with="approval_transition_refused",
            ),
        ),
    ),
    "consent": Machine(
        name="consent",
        states=("given", "withdrawn", "expired"),
        commands=(
            Transition(
                operation="create_candidate_consent", sources=(None,), target="given", refused_with="consent_not_given"
            ),
            Transition(
                operation="withdraw_consent", sources=("given",), target="withdrawn", refused_with="consent_not_given"
            ),
        ),
    ),
    "task": Machine(
        name="task",
        states=("queued", "running", "succeeded", "failed", "cancelled"),
        commands=(
            Transition(
                operation="retry_task", sources=("failed",), target="queued", refused_with="task_transition_refused"
            ),
            Transition(
                operation="cancel_task", sources=("queued",), target="cancelled", refused_with="task_transition_refused"
            ),
        ),
    ),
    "message": Machine(
        name="message",
        states=("queued", "sending", "sent", "failed", "cancelled"),
        commands=(
            Transition(operation="create_message", sources=(None,), target="queued", refused_with="message_not_queued"),
            Transition(
                operation="cancel_message", sources=("queued",), target="cancelled", refused_with="message_not_queued"
            ),
        ),
        caused=(
            Transition(
                operation="reject_application", sources=(None,), target="queued", refused_with="message_not_queued"
            ),
            Transition(
                operation="bulk_applications", sources=(None,), target="queued", refused_with="message_not_queued"
            ),
            Transition(operation="close_job", sources=(None,), target="queued", refused_with="message_not_queued"),
        ),
    ),
    "intake": Machine(
        name="intake",
        states=("received", "quarantined", "processed", "rejected", "withdrawn", "discarded"),
        commands=(
            Transition(
                operation="reprocess_intake",
                sources=("rejected",),
                target="received",
                refused_with="intake_transition_refused",
            ),
            Transition(
                operation="release_intake",
                sources=("quarantined",),
                target="received",
                refused_with="intake_transition_refused",
            ),
            Transition(
                operation="discard_intake",
                sources=("quarantined", "rejected"),
                target="discarded",
                refused_with="intake_transition_refused",
            ),
        ),
        caused=(
            Transition(
                operation="create_public_application",
                sources=(None,),
                target="received",
                refused_with="intake_transition_refused",
            ),
            Transition(
                operation="create_public_application",
                sources=(None,),
                target="quarantined",
                refused_with="intake_transition_refused",
            ),
            Transition(
                operation="withdraw_public_application",
                sources=("received", "quarantined", "processed", "rejected"),
                target="withdrawn",
                refused_with="intake_transition_refused",
            ),
        ),
    ),
    "resume_parse": Machine(
        name="resume_parse",
        states=("queued", "parsed", "needs_ocr", "failed"),
        commands=(
            Transition(
                operation="create_resume_parse",
                sources=(None,),
                target="queued",
                refused_with="resume_parse_not_parsed",
            ),
            Transition(
                operation="accept_resume_parse",
                sources=("parsed",),
                target="parsed",
                refused_with="resume_parse_not_parsed",
            ),
        ),
        caused=(
            Transition(
                operation="upload_attachment", sources=(None,), target="queued", refused_with="resume_parse_not_parsed"
            ),
        ),
    ),
}
