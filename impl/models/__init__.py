"""Every table of the system and the rules of one row. No input or output happens here."""

from impl.models.access import ApiKey, JobGrant, Session, User
from impl.models.application import Application, StageHistory
from impl.models.approval import Approval, ApprovalPolicy, ApprovalVote
from impl.models.base import Base, Resource, TenantRow
from impl.models.candidate import Candidate
from impl.models.consent import Consent
from impl.models.custom_field import CustomField, CustomFieldValue
from impl.models.demographics import DemographicAnswer
from impl.models.event import Event, IdempotencyKey
from impl.models.file import File
from impl.models.intake import Intake
from impl.models.interview import Interview, Interviewer, Scorecard, ScorecardAttribute
from impl.models.job import HiringTeamMember, Job, Opening, Stage
from impl.models.legal_hold import LegalHold
from impl.models.merge import CandidateMerge, MergedRow
from impl.models.message import Message, MessageTemplate
from impl.models.model_usage import ModelUsage
from impl.models.note import Note
from impl.models.offer import Offer
from impl.models.organization import (
    Department,
    DeploymentKey,
    Office,
    Organization,
    OrganizationKey,
    RejectionReason,
    Source,
)
from impl.models.post import Post, PostEdition
from impl.models.resume import ResumeParse
from impl.models.retention import RetentionPolicy
from impl.models.screening import (
    RubricWording,
    ScreeningDocument,
    ScreeningResult,
    ScreeningReview,
    ScreeningRubric,
    ScreeningRun,
    SelfIdentification,
)
from impl.models.tag import CandidateTag, Tag
from impl.models.task import Task

__all__ = [
    "ApiKey",
    "Application",
    "Approval",
    "ApprovalPolicy",
    "ApprovalVote",
    "Base",
    "Candidate",
    "CandidateMerge",
    "CandidateTag",
    "Consent",
    "CustomField",
    "CustomFieldValue",
    "DemographicAnswer",
    "Department",
    "DeploymentKey",
    "Event",
    "File",
    "HiringTeamMember",
    "IdempotencyKey",
    "Intake",
    "Interview",
    "Interviewer",
    "Job",
    "JobGrant",
    "LegalHold",
    "MergedRow",
    "Message",
    "MessageTemplate",
    "ModelUsage",
    "Note",
    "Offer",
    "Office",
    "Opening",
    "Organization",
    "OrganizationKey",
    "Post",
    "PostEdition",
    "RejectionReason",
    "Resource",
    "ResumeParse",
    "RetentionPolicy",
    "RubricWording",
    "Scorecard",
    "ScorecardAttribute",
    "ScreeningDocument",
    "ScreeningResult",
    "ScreeningReview",
    "ScreeningRubric",
    "ScreeningRun",
    "SelfIdentification",
    "Session",
    "Source",
    "Stage",
    "StageHistory",
    "Tag",
    "Task",
    "TenantRow",
    "User",
]
