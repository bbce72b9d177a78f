# generated from spec/ats.v1.yaml by `make generate`; do not edit
from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, UnsetType, field

from generated.contract import Resource
from generated.enums import (
    ActorType,
    AdverseImpactBasis,
    AdverseImpactTable,
    ApplicationStatus,
    ApprovalDecision,
    ApprovalRequirement,
    ApprovalStatus,
    ApprovalSubject,
    AttachmentKind,
    AttachmentScanStatus,
    AttachmentSource,
    AttributeRating,
    CandidateStatus,
    CheckStatus,
    ConsentPurpose,
    ConsentSource,
    ConsentStatus,
    ContactKind,
    CustomFieldTarget,
    CustomFieldType,
    DemographicAnswer,
    DemographicQuestion,
    DuplicateReason,
    EmploymentType,
    EventType,
    FileRefusal,
    GenderAnswer,
    HealthStatus,
    HireBasis,
    HiringTeamRole,
    IntakeFailure,
    IntakeStatus,
    IntakeSuspicion,
    InterviewCancelReason,
    InterviewKind,
    InterviewStatus,
    JobCloseReason,
    JobStatus,
    LinkKind,
    MatchBasis,
    MessageFailure,
    MessageKind,
    MessageStatus,
    MessageVariable,
    NoteVisibility,
    OfferStatus,
    OpeningStatus,
    PayPeriod,
    PostStatus,
    ProblemCode,
    PublicApplicationStatus,
    QuestionKind,
    RaceEthnicityAnswer,
    Recommendation,
    RejectionReasonKind,
    ResourceType,
    ResumeDegradation,
    ResumeParseFailure,
    ResumeParser,
    ResumeParseStatus,
    ResumeReadingModel,
    RetentionAction,
    RetentionOutcome,
    Scope,
    ScorecardStatus,
    ScreeningBand,
    ScreeningCriterionKind,
    ScreeningDecision,
    ScreeningDegree,
    ScreeningImportance,
    ScreeningLanguageLevel,
    ScreeningOperator,
    ScreeningVerdict,
    ScreeningWithin,
    ScreeningWorkModeKind,
    SearchFacet,
    SourceKind,
    StageKind,
    StayOutcome,
    TaskStatus,
    UserRole,
    Visibility,
    Workplace,
)

Instant: TypeAlias = datetime


CalendarDate: TypeAlias = date


Currency: TypeAlias = str


class Money(Resource, kw_only=True):
    """An amount in the smallest unit of its currency, so EUR 65,000.00 is 6500000."""

    amount_minor: int
    currency: Currency


class PageInfo(Resource, kw_only=True):
    """Where this page of a list ends."""

    next_cursor: str | None
    has_more: bool


class FeedPage(Resource, kw_only=True):
    """Where this page of the feed ends. A feed has no last page, so its cursor is always there to poll with."""

    next_cursor: str
    has_more: bool


class FieldError(Resource, kw_only=True):
    """One wrong field."""

    pointer: str
    code: str
    message: str


class Actor(Resource, kw_only=True):
    """Whoever calls."""

    type: ActorType
    id: UUID | None


class ApiKey(Resource, kw_only=True):
    """A credential for a machine. Its secret is not kept, only a hash of it."""

    id: UUID
    name: str
    public_id: str
    scopes: list[Scope]
    job_ids: list[UUID] | None
    created_by_user_id: UUID | None
    expires_at: Instant | None
    revoked_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class ApiKeyWithSecret(Resource, kw_only=True):
    """A new API key together with its secret."""

    id: UUID
    name: str
    public_id: str
    scopes: list[Scope]
    job_ids: list[UUID] | None
    created_by_user_id: UUID | None
    expires_at: Instant | None
    revoked_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int
    secret: str


class ApiKeyResponse(Resource, kw_only=True):
    data: ApiKey


class ApiKeyWithSecretResponse(Resource, kw_only=True):
    data: ApiKeyWithSecret


class ApiKeyList(Resource, kw_only=True):
    data: list[ApiKey]
    page: PageInfo


class User(Resource, kw_only=True):
    """A member of the staff."""

    id: UUID
    email: str
    name: str
    role: UserRole
    is_active: bool
    job_ids: list[UUID]
    last_signed_in_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class UserResponse(Resource, kw_only=True):
    data: User


class UserList(Resource, kw_only=True):
    data: list[User]
    page: PageInfo


class OrganizationSummary(Resource, kw_only=True):
    """An organization, in brief."""

    id: UUID
    slug: str
    name: str


class ResumeReadingSettings(Resource, kw_only=True):
    """
    How resumes are read. The parser reads every one of them. Where the operator has set up a language model, it may read them, too: of
    its answer only what stands in the resume is kept, and when it fails the parser's profile stands.
    """

    model: ResumeReadingModel
    redact_contacts: bool
    daily_token_budget: int


class ModelUsageDay(Resource, kw_only=True):
    """What one day took."""

    day: CalendarDate
    calls_count: int
    tries_count: int
    failed_count: int
    cache_hits_count: int
    input_tokens: int
    output_tokens: int
    reserved_tokens: int


class ModelUsage(Resource, kw_only=True):
    """What reading by a model has taken, the latest day first."""

    is_available: bool
    daily_token_budget: int
    days: list[ModelUsageDay]


class ModelUsageResponse(Resource, kw_only=True):
    data: ModelUsage


class Department(Resource, kw_only=True):
    """A part of the organization, in a tree."""

    id: UUID
    name: str
    parent_id: UUID | None
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class DepartmentResponse(Resource, kw_only=True):
    data: Department


class DepartmentList(Resource, kw_only=True):
    data: list[Department]
    page: PageInfo


class Office(Resource, kw_only=True):
    """A place of work, in a tree (such as a country with its cities)."""

    id: UUID
    name: str
    parent_id: UUID | None
    city: str | None
    region: str | None
    country_code: str | None
    time_zone: str | None
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class OfficeResponse(Resource, kw_only=True):
    data: Office


class OfficeList(Resource, kw_only=True):
    data: list[Office]
    page: PageInfo


class RejectionReason(Resource, kw_only=True):
    """Why applications end."""

    id: UUID
    name: str
    kind: RejectionReasonKind
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class RejectionReasonResponse(Resource, kw_only=True):
    data: RejectionReason


class RejectionReasonList(Resource, kw_only=True):
    data: list[RejectionReason]
    page: PageInfo


class Source(Resource, kw_only=True):
    """Where candidates come from."""

    id: UUID
    name: str
    kind: SourceKind
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class SourceResponse(Resource, kw_only=True):
    data: Source


class SourceList(Resource, kw_only=True):
    data: list[Source]
    page: PageInfo


class Tag(Resource, kw_only=True):
    """A word that candidates are marked with."""

    id: UUID
    name: str
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class TagResponse(Resource, kw_only=True):
    data: Tag


class TagList(Resource, kw_only=True):
    data: list[Tag]
    page: PageInfo


class CustomFieldOption(Resource, kw_only=True):
    """What a field of the type `single_select` or `multi_select` can be set to."""

    key: str
    name: str
    is_archived: bool


class CustomField(Resource, kw_only=True):
    """A field of the organization's own."""

    id: UUID
    key: str
    name: str
    description: str | None
    applies_to: CustomFieldTarget
    type: CustomFieldType
    options: list[CustomFieldOption]
    is_private: bool
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class CustomFieldResponse(Resource, kw_only=True):
    data: CustomField


class CustomFieldList(Resource, kw_only=True):
    data: list[CustomField]
    page: PageInfo


CustomFieldValue: TypeAlias = str | bool | int | list[str] | Money


CustomFieldValues: TypeAlias = dict[str, CustomFieldValue]


class SalaryRange(Resource, kw_only=True):
    """What the job pays. At least one end is given, both are in one currency, and the maximum is not below the minimum."""

    minimum: Money | None
    maximum: Money | None
    period: PayPeriod


class Stage(Resource, kw_only=True):
    """A step of one job's pipeline."""

    id: UUID
    job_id: UUID
    name: str
    kind: StageKind
    position: int
    is_retired: bool


class Pipeline(Resource, kw_only=True):
    """The stages of a job, as one document."""

    job_id: UUID
    stages: list[Stage]
    retired_stages: list[Stage]
    updated_at: Instant
    version: int


class PipelineResponse(Resource, kw_only=True):
    data: Pipeline


class HiringTeamMember(Resource, kw_only=True):
    """One user of a hiring team."""

    user_id: UUID
    role: HiringTeamRole


class HiringTeam(Resource, kw_only=True):
    """
    Who works on a job, as one document. It says who is responsible and grants nothing by itself: what a hiring manager or an
    interviewer sees is decided by the `job_ids` of the user.
    """

    job_id: UUID
    members: list[HiringTeamMember]
    updated_at: Instant
    version: int


class HiringTeamResponse(Resource, kw_only=True):
    data: HiringTeam


class Opening(Resource, kw_only=True):
    """One seat of a job."""

    id: UUID
    job_id: UUID
    status: OpeningStatus
    external_id: str | None
    target_start_on: CalendarDate | None
    application_id: UUID | None
    filled_at: Instant | None
    cancelled_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class OpeningResponse(Resource, kw_only=True):
    data: Opening


class OpeningList(Resource, kw_only=True):
    data: list[Opening]
    page: PageInfo


class Question(Resource, kw_only=True):
    """One question of a form."""

    key: str
    label: str
    kind: QuestionKind
    is_required: bool
    options: list[str]
    flagged_answers: list[str]


class Post(Resource, kw_only=True):
    """An advert of a job."""

    id: UUID
    job_id: UUID
    slug: str
    status: PostStatus
    edition: int
    title: str
    description: str | None
    location: str | None
    employment_type: EmploymentType
    workplace: Workplace
    is_salary_shown: bool
    language: str
    questions: list[Question]
    published_at: Instant | None
    unpublished_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class PostResponse(Resource, kw_only=True):
    data: Post


class PostList(Resource, kw_only=True):
    data: list[Post]
    page: PageInfo


class PublicPost(Resource, kw_only=True):
    """A published post, in brief."""

    id: UUID
    slug: str
    url: str
    title: str
    department: str | None
    office: str | None
    location: str | None
    employment_type: EmploymentType
    workplace: Workplace
    salary: SalaryRange | None
    language: str
    published_at: Instant


class PublicPostList(Resource, kw_only=True):
    data: list[PublicPost]
    page: PageInfo


class PublicQuestion(Resource, kw_only=True):
    """One question of the form of a published post."""

    key: str
    label: str
    kind: QuestionKind
    is_required: bool
    options: list[str]


class PublicOrganization(Resource, kw_only=True):
    """Whose post it is."""

    slug: str
    name: str


class JobPosting(Resource, kw_only=True):
    pass


class PublicPostDetail(Resource, kw_only=True):
    """A published post with its form."""

    id: UUID
    slug: str
    url: str
    title: str
    department: str | None
    office: str | None
    location: str | None
    employment_type: EmploymentType
    workplace: Workplace
    salary: SalaryRange | None
    language: str
    published_at: Instant
    organization: PublicOrganization
    description: str | None
    questions: list[PublicQuestion]
    job_posting: JobPosting


class PublicPostDetailResponse(Resource, kw_only=True):
    data: PublicPostDetail


class PublicApplicationReceipt(Resource, kw_only=True):
    """What a candidate has in hand after applying."""

    token: str
    tracking_url: str
    status: PublicApplicationStatus
    submitted_at: Instant


class PublicApplicationReceiptResponse(Resource, kw_only=True):
    data: PublicApplicationReceipt


class SubmittedAnswer(Resource, kw_only=True):
    """An answer with its question."""

    key: str
    label: str
    values: list[str]


class SubmittedFile(Resource, kw_only=True):
    """
    A file that was sent along. Its name is what its sender said, and until the application has been looked at its media type, too. With
    a `refusal` it cannot be used: send it again as another kind of file.
    """

    field_: str = field(name="field")
    name: str
    media_type: str
    size_bytes: int
    refusal: FileRefusal | None


class PublicApplication(Resource, kw_only=True):
    """A candidate's own application."""

    status: PublicApplicationStatus
    organization: PublicOrganization
    job_title: str
    submitted_at: Instant
    withdrawn_at: Instant | None
    full_name: str
    email: str
    phone: str | None
    answers: list[SubmittedAnswer]
    files: list[SubmittedFile]


class PublicApplicationResponse(Resource, kw_only=True):
    data: PublicApplication


class IntakeSummary(Resource, kw_only=True):
    """An application as it came in."""

    id: UUID
    status: IntakeStatus
    post_id: UUID
    edition: int
    job_id: UUID
    candidate_id: UUID | None
    application_id: UUID | None
    made_application: bool
    source_id: UUID | None
    suspicion: IntakeSuspicion | None
    failure: IntakeFailure | None
    full_name: str
    email: str
    phone: str | None
    flagged_count: int
    processed_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class IntakeList(Resource, kw_only=True):
    data: list[IntakeSummary]
    page: PageInfo


class IntakeAnswer(Resource, kw_only=True):
    """An answer with its question."""

    key: str
    label: str
    kind: QuestionKind
    values: list[str]
    flagged_values: list[str]


class IntakeFile(Resource, kw_only=True):
    """
    A file that was sent along. Its name is what its sender said, and until the intake is processed its media type, too; then that is
    what its content is. A file with a `refusal` stays with the intake and is no attachment, so that nobody opens it.
    """

    id: UUID
    field_: str = field(name="field")
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    refusal: FileRefusal | None


class Intake(Resource, kw_only=True):
    """An application as it came in, with everything that was sent."""

    id: UUID
    status: IntakeStatus
    post_id: UUID
    edition: int
    job_id: UUID
    candidate_id: UUID | None
    application_id: UUID | None
    made_application: bool
    source_id: UUID | None
    suspicion: IntakeSuspicion | None
    failure: IntakeFailure | None
    full_name: str
    email: str
    phone: str | None
    flagged_count: int
    processed_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int
    answers: list[IntakeAnswer]
    files: list[IntakeFile]


class IntakeResponse(Resource, kw_only=True):
    data: Intake


class FeedItem(Resource, kw_only=True):
    """A published post in a feed."""

    id: str
    url: str
    title: str
    content_html: str
    date_published: Instant
    date_modified: Instant
    tags: list[str]


class JsonFeed(Resource, kw_only=True):
    """A JSON Feed 1.1."""

    version: str
    title: str
    home_page_url: str
    feed_url: str
    items: list[FeedItem]


class CandidateEmail(Resource, kw_only=True):
    """An e-mail address of a candidate."""

    address: str
    kind: ContactKind


class CandidatePhone(Resource, kw_only=True):
    """A phone number of a candidate, as it was given."""

    number: str
    kind: ContactKind


class CandidateAddress(Resource, kw_only=True):
    """A postal address of a candidate."""

    street: str | None
    postal_code: str | None
    city: str | None
    region: str | None
    country_code: str | None
    kind: ContactKind


class CandidateLink(Resource, kw_only=True):
    """A page about a candidate."""

    url: str
    kind: LinkKind


class CandidateProfile(Resource, kw_only=True):
    """Who a candidate is. It is sealed as one document at rest."""

    given_name: str | None
    family_name: str | None
    full_name: str
    headline: str | None
    emails: list[CandidateEmail]
    phones: list[CandidatePhone]
    addresses: list[CandidateAddress]
    links: list[CandidateLink]


class Candidate(Resource, kw_only=True):
    """A person, with any number of applications."""

    id: UUID
    status: CandidateStatus
    profile: CandidateProfile | None
    source_id: UUID | None
    external_id: str | None
    tag_ids: list[UUID]
    purge_at: Instant | None
    merged_into_id: UUID | None
    custom_fields: CustomFieldValues
    erased_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int
    private_custom_fields: CustomFieldValues | UnsetType = UNSET


class CandidateResponse(Resource, kw_only=True):
    data: Candidate


class CandidateList(Resource, kw_only=True):
    data: list[Candidate]
    page: PageInfo


class CandidateSummary(Resource, kw_only=True):
    """A candidate, in brief."""

    id: UUID
    status: CandidateStatus
    full_name: str | None


class Note(Resource, kw_only=True):
    """Something written about a candidate."""

    id: UUID
    candidate_id: UUID
    application_id: UUID | None
    job_id: UUID | None
    author: Actor
    visibility: NoteVisibility
    body: str
    created_at: Instant
    updated_at: Instant
    version: int


class NoteResponse(Resource, kw_only=True):
    data: Note


class NoteList(Resource, kw_only=True):
    data: list[Note]
    page: PageInfo


class AttachmentDownload(Resource, kw_only=True):
    """A link to a file's content."""

    url: str
    token: str
    expires_at: Instant


class AttachmentDownloadResponse(Resource, kw_only=True):
    data: AttachmentDownload


class ResumeParseReason(Resource, kw_only=True):
    """Why an attachment could not be read."""

    code: ResumeParseFailure
    message: str


class ResumeParseReference(Resource, kw_only=True):
    """A parse, in brief."""

    id: UUID
    revision: int
    status: ResumeParseStatus


class ResumeLocation(Resource, kw_only=True):
    """A place, as it is written."""

    address: str | UnsetType = UNSET


class ResumeLink(Resource, kw_only=True):
    """A page about the person."""

    network: str | UnsetType = UNSET
    url: str | UnsetType = UNSET
    username: str | UnsetType = UNSET


class ResumeBasics(Resource, kw_only=True):
    """Who the person is. `email` and `phone` are the first of the lists, which JSON Resume has no field for."""

    emails: list[str]
    phones: list[str]
    profiles: list[ResumeLink]
    name: str | UnsetType = UNSET
    label: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    location: ResumeLocation | UnsetType = UNSET


class ResumeWork(Resource, kw_only=True):
    """A position; `name` is the employer."""

    name: str | UnsetType = UNSET
    position: str | UnsetType = UNSET
    location: str | UnsetType = UNSET
    startDate: str | UnsetType = UNSET
    endDate: str | None | UnsetType = UNSET


class ResumeEducation(Resource, kw_only=True):
    """A course of studies."""

    institution: str | UnsetType = UNSET
    studyType: str | UnsetType = UNSET
    area: str | UnsetType = UNSET
    location: str | UnsetType = UNSET
    startDate: str | UnsetType = UNSET
    endDate: str | None | UnsetType = UNSET


class ResumeSkill(Resource, kw_only=True):
    """Something that the person can do."""

    name: str


class ResumeLanguage(Resource, kw_only=True):
    """A language that the person speaks; `code` is that of ISO 639-1."""

    language: str | UnsetType = UNSET
    code: str | UnsetType = UNSET
    fluency: str | UnsetType = UNSET


class ResumeProfile(Resource, kw_only=True):
    """What a resume says, as JSON Resume has it. A field that nothing was read for is absent."""

    basics: ResumeBasics
    work: list[ResumeWork]
    education: list[ResumeEducation]
    skills: list[ResumeSkill]
    languages: list[ResumeLanguage]


class ResumeSpan(Resource, kw_only=True):
    """Characters of `text`, from `start` up to but without `end`. They count Unicode code points."""

    start: int
    end: int


class ResumeEvidence(Resource, kw_only=True):
    """Why a field has its value."""

    confidence_percent: int
    spans: list[ResumeSpan]


ResumeEvidenceMap: TypeAlias = dict[str, ResumeEvidence]


class ResumeHiddenText(Resource, kw_only=True):
    """Text in the file that a person does not see. Nothing is read out of it."""

    text: str
    reason: str
    page: int | None
    spans: list[ResumeSpan]


class ResumeParseSummary(Resource, kw_only=True):
    """One reading of one attachment, without what was read."""

    id: UUID
    attachment_id: UUID
    candidate_id: UUID
    application_id: UUID | None
    job_id: UUID | None
    revision: int
    status: ResumeParseStatus
    reason: ResumeParseReason | None
    parsed_by: ResumeParser | None
    is_degraded: bool
    degraded_reason: ResumeDegradation | None
    parser_version: str | None
    input_sha256: str
    media_type: str | None
    pages_count: int | None
    language: str | None
    flags: list[str]
    finished_at: Instant | None
    accepted_at: Instant | None
    accepted_by: Actor | None
    created_at: Instant
    updated_at: Instant
    version: int


class ResumeParse(Resource, kw_only=True):
    """One reading of one attachment."""

    id: UUID
    attachment_id: UUID
    candidate_id: UUID
    application_id: UUID | None
    job_id: UUID | None
    revision: int
    status: ResumeParseStatus
    reason: ResumeParseReason | None
    parsed_by: ResumeParser | None
    is_degraded: bool
    degraded_reason: ResumeDegradation | None
    parser_version: str | None
    input_sha256: str
    media_type: str | None
    pages_count: int | None
    language: str | None
    flags: list[str]
    finished_at: Instant | None
    accepted_at: Instant | None
    accepted_by: Actor | None
    text: str | None
    profile: ResumeProfile | None
    evidence: ResumeEvidenceMap
    hidden: list[ResumeHiddenText]
    instructions: list[ResumeSpan]
    accepted_profile: ResumeProfile | None
    corrected: list[str]
    taken_over: list[str]
    created_at: Instant
    updated_at: Instant
    version: int


class ResumeParseResponse(Resource, kw_only=True):
    data: ResumeParse


class ResumeParseList(Resource, kw_only=True):
    data: list[ResumeParseSummary]
    page: PageInfo


class Consent(Resource, kw_only=True):
    """What a person has agreed to."""

    id: UUID
    candidate_id: UUID
    purpose: ConsentPurpose
    status: ConsentStatus
    is_current: bool
    policy_version: str
    source: ConsentSource
    evidence: str | None
    given_at: Instant
    expires_on: date | None
    withdrawn_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class ConsentResponse(Resource, kw_only=True):
    data: Consent


class ConsentList(Resource, kw_only=True):
    data: list[Consent]
    page: PageInfo


class CandidateDuplicate(Resource, kw_only=True):
    """A candidate who may be the same person as another one."""

    candidate: CandidateSummary
    score: int
    reasons: list[DuplicateReason]


class CandidateDuplicatesResponse(Resource, kw_only=True):
    data: list[CandidateDuplicate]


class MovedRows(Resource, kw_only=True):
    """Rows of one kind."""

    kind: str
    count: int


class RetentionPolicy(Resource, kw_only=True):
    """For how long candidates of one outcome are kept."""

    id: UUID
    outcome: RetentionOutcome
    after_days: int
    action: RetentionAction
    is_enabled: bool
    created_at: Instant
    updated_at: Instant
    version: int


class RetentionPolicyResponse(Resource, kw_only=True):
    data: RetentionPolicy


class RetentionPolicyListResponse(Resource, kw_only=True):
    data: list[RetentionPolicy]


class RetentionRun(Resource, kw_only=True):
    """What a run did."""

    outcome: RetentionOutcome
    action: RetentionAction
    candidate_ids: list[UUID]
    has_more: bool


class ExportSection(Resource, kw_only=True):
    """The rows of one kind, oldest first."""

    kind: str
    rows: list[dict[str, Any]]


class CandidateExport(Resource, kw_only=True):
    """What is kept about a person."""

    exported_at: Instant
    candidate: Candidate
    merged: list[Candidate]
    tags: list[str]
    sections: list[ExportSection]


class CandidateExportResponse(Resource, kw_only=True):
    data: CandidateExport


class LegalHold(Resource, kw_only=True):
    """A reason to keep a candidate's data."""

    id: UUID
    candidate_id: UUID
    reason: str
    placed_by: Actor
    released_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class LegalHoldResponse(Resource, kw_only=True):
    data: LegalHold


class LegalHoldList(Resource, kw_only=True):
    data: list[LegalHold]
    page: PageInfo


class JobSummary(Resource, kw_only=True):
    """A job, in brief."""

    id: UUID
    title: str
    status: JobStatus


class StageSummary(Resource, kw_only=True):
    """A stage, in brief."""

    id: UUID
    name: str
    kind: StageKind


class Rejection(Resource, kw_only=True):
    """How the organization ended an application."""

    reason_id: UUID
    note: str | None
    at: Instant


class Withdrawal(Resource, kw_only=True):
    """How the candidate ended an application."""

    reason_id: UUID | None
    at: Instant


class Hire(Resource, kw_only=True):
    """How an application came to its good end."""

    opening_id: UUID | None
    offer_id: UUID | None
    starts_on: CalendarDate | None
    at: Instant


class Application(Resource, kw_only=True):
    """One candidacy, a candidate on a job."""

    id: UUID
    candidate_id: UUID
    job_id: UUID
    stage_id: UUID
    status: ApplicationStatus
    source_id: UUID | None
    external_id: str | None
    applied_at: Instant
    stage_entered_at: Instant
    rejection: Rejection | None
    withdrawal: Withdrawal | None
    hire: Hire | None
    custom_fields: CustomFieldValues
    created_at: Instant
    updated_at: Instant
    version: int
    private_custom_fields: CustomFieldValues | UnsetType = UNSET
    candidate: CandidateSummary | UnsetType = UNSET
    job: JobSummary | UnsetType = UNSET
    stage: StageSummary | UnsetType = UNSET


class ApplicationResponse(Resource, kw_only=True):
    data: Application


class ApplicationList(Resource, kw_only=True):
    data: list[Application]
    page: PageInfo


class StageHistoryEntry(Resource, kw_only=True):
    """One stay of an application in a stage. The stay of now has no end yet."""

    id: UUID
    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    stage_id: UUID
    entered_at: Instant
    left_at: Instant | None
    outcome: StayOutcome | None
    seconds: int | None


class StageHistoryEntryList(Resource, kw_only=True):
    data: list[StageHistoryEntry]
    page: PageInfo


class BusyTime(Resource, kw_only=True):
    """A time in which somebody holds interviews."""

    starts_at: Instant
    ends_at: Instant


class BusyTimes(Resource, kw_only=True):
    """When a user holds interviews."""

    user_id: UUID
    times: list[BusyTime]


class BusyTimesResponse(Resource, kw_only=True):
    data: BusyTimes


class InterviewCancellation(Resource, kw_only=True):
    """Why an interview was called off."""

    reason: InterviewCancelReason
    note: str | None


class Interview(Resource, kw_only=True):
    """A conversation with the candidate of an application."""

    id: UUID
    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    kind: InterviewKind
    title: str
    status: InterviewStatus
    starts_at: Instant
    ends_at: Instant
    time_zone: str
    location: str | None
    video_url: str | None
    instructions: str | None
    interviewer_ids: list[UUID]
    requires_scorecards: bool
    cancellation: InterviewCancellation | None
    concluded_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class InterviewResponse(Resource, kw_only=True):
    data: Interview


class InterviewList(Resource, kw_only=True):
    data: list[Interview]
    page: PageInfo


class ScorecardAttribute(Resource, kw_only=True):
    """Something that interviewers rate."""

    name: str
    description: str | None
    is_required: bool


class ScorecardForm(Resource, kw_only=True):
    """What interviewers for a job rate."""

    job_id: UUID
    attributes: list[ScorecardAttribute]
    updated_at: Instant
    version: int


class ScorecardFormResponse(Resource, kw_only=True):
    data: ScorecardForm


class ScorecardRating(Resource, kw_only=True):
    """The judgement of one attribute."""

    attribute: str
    rating: AttributeRating
    note: str | None


class Scorecard(Resource, kw_only=True):
    """What one interviewer thinks after an interview."""

    id: UUID
    interview_id: UUID
    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    interviewer_id: UUID
    status: ScorecardStatus
    due_at: Instant | None
    is_hidden: bool
    recommendation: Recommendation | None
    ratings: list[ScorecardRating]
    notes: str | None
    submitted_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class RecommendationCount(Resource, kw_only=True):
    """How often something was recommended."""

    recommendation: Recommendation
    count: int


class AttributeCounts(Resource, kw_only=True):
    """How an attribute was rated."""

    attribute: str
    strong_no: int
    no: int
    mixed: int
    yes: int
    strong_yes: int


class ScorecardSummary(Resource, kw_only=True):
    """The scorecards on one application, counted."""

    application_id: UUID
    total_count: int
    submitted_count: int
    missing_count: int
    hidden_count: int
    recommendations: list[RecommendationCount]
    attributes: list[AttributeCounts]


class ScorecardSummaryResponse(Resource, kw_only=True):
    data: ScorecardSummary


class ScorecardResponse(Resource, kw_only=True):
    data: Scorecard


class ScorecardList(Resource, kw_only=True):
    data: list[Scorecard]
    page: PageInfo


ScreeningWeight: TypeAlias = int


ScreeningWord: TypeAlias = str


class ScreeningSkill(Resource, kw_only=True, tag_field="kind", tag="skill"):
    """A skill, found by its names. One of `related` counts as partly, and so does the hope to learn it."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    name: ScreeningWord
    synonyms: list[ScreeningWord]
    related: list[ScreeningWord]


class ScreeningYears(Resource, kw_only=True, tag_field="kind", tag="years"):
    """Years of work, each month once; half of them count as partly."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    minimum_years: int
    within: ScreeningWithin
    terms: list[ScreeningWord]


class ScreeningEducation(Resource, kw_only=True, tag_field="kind", tag="education"):
    """A degree or a higher one, in one of the fields if there are any. Another field, or one degree less, counts as partly."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    minimum_degree: ScreeningDegree
    fields: list[ScreeningWord]


class ScreeningLanguage(Resource, kw_only=True, tag_field="kind", tag="language"):
    """A language at a level or better. One level less, or none said, counts as partly."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    language: str
    minimum_level: ScreeningLanguageLevel


class ScreeningLocation(Resource, kw_only=True, tag_field="kind", tag="location"):
    """Where somebody lives; unknown of everybody while the job is screened blind."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    places: list[ScreeningWord]


class ScreeningWorkMode(Resource, kw_only=True, tag_field="kind", tag="work_mode"):
    """A way of working that the resume names."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    modes: list[ScreeningWorkModeKind]


class ScreeningPredicate(Resource, kw_only=True, tag_field="kind", tag="predicate"):
    """Something else of the profile (JSON Resume). Nobody can ask for what is hidden."""

    key: str
    importance: ScreeningImportance
    weight: ScreeningWeight
    pointer: str
    operator: ScreeningOperator
    text: ScreeningWord | UnsetType = UNSET
    amount: int | UnsetType = UNSET
    texts: list[ScreeningWord] | UnsetType = UNSET


Sha256Hex: TypeAlias = str


class ScreeningRun(Resource, kw_only=True):
    """One screening of applications."""

    id: UUID
    job_id: UUID
    rubric_revision: int
    rubric_sha256: Sha256Hex
    is_blind: bool
    scorer_version: str
    as_of: date
    started_by: Actor
    applications_count: int
    results_count: int
    is_finished: bool
    created_at: Instant
    updated_at: Instant
    version: int


class ScreeningRunResponse(Resource, kw_only=True):
    data: ScreeningRun


class ScreeningRunList(Resource, kw_only=True):
    data: list[ScreeningRun]
    page: PageInfo


class ScreeningSpan(Resource, kw_only=True):
    """A place in the blind profile."""

    pointer: str
    start: int
    end: int
    text: str


class ScreeningAnswer(Resource, kw_only=True):
    """What was found of one criterion."""

    key: str
    kind: ScreeningCriterionKind
    importance: ScreeningImportance
    weight: ScreeningWeight
    verdict: ScreeningVerdict
    rule: str
    months: int | None
    is_unknown: bool
    evidence: list[ScreeningSpan]


class ScreeningInputs(Resource, kw_only=True):
    """What went in, by its hashes; null without a resume."""

    rubric_sha256: Sha256Hex
    resume_parse_id: UUID | None
    file_sha256: Sha256Hex | None
    reading_sha256: Sha256Hex | None


class ScreeningReview(Resource, kw_only=True):
    """What a person said to a result."""

    decision: ScreeningDecision
    reason: str | None
    author: Actor
    created_at: Instant


class ScreeningResult(Resource, kw_only=True):
    """What a run found of one application."""

    id: UUID
    run_id: UUID
    job_id: UUID
    application_id: UUID
    rubric_revision: int
    scorer_version: str
    score_hundredths: int | None
    band: ScreeningBand
    answers: list[ScreeningAnswer]
    unknown_keys: list[str]
    flags: list[str]
    inputs: ScreeningInputs
    result_sha256: Sha256Hex
    reviews: list[ScreeningReview]
    created_at: Instant
    updated_at: Instant
    version: int


class ScreeningResultResponse(Resource, kw_only=True):
    data: ScreeningResult


class ScreeningResultList(Resource, kw_only=True):
    data: list[ScreeningResult]
    page: PageInfo


class BlindPosition(Resource, kw_only=True):
    """A position, without its dates."""

    position: str
    organization: str
    months: int | None
    summary: str
    highlights: list[str]


class BlindStudies(Resource, kw_only=True):
    """A degree, without its school and its dates."""

    study_type: str
    area: str


class BlindLanguage(Resource, kw_only=True):
    """A language and how well it is spoken, as the resume says."""

    language: str
    fluency: str


class BlindProfile(Resource, kw_only=True):
    """A resume without its person."""

    application_id: UUID
    resume_parse_id: UUID | None
    is_location_hidden: bool
    places: list[str]
    work: list[BlindPosition]
    education: list[BlindStudies]
    skills: list[str]
    languages: list[BlindLanguage]
    text: str
    flags: list[str]


class BlindProfileResponse(Resource, kw_only=True):
    data: BlindProfile


class OfferSalary(Resource, kw_only=True):
    """What the candidate is to be paid."""

    amount: Money
    period: PayPeriod


ExpiryDate: TypeAlias = date


class OfferAnswer(Resource, kw_only=True):
    """What the candidate has said."""

    responded_on: CalendarDate
    reason_id: UUID | None
    note: str | None
    at: Instant


class Offer(Resource, kw_only=True):
    """
    One version of an offer to the candidate of an application. Its pay is sealed at rest. Only a draft changes; what is past draft is
    replaced by the next version.
    """

    id: UUID
    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    opening_id: UUID | None
    status: OfferStatus
    version_number: int
    revises_id: UUID | None
    salary: OfferSalary | None
    bonus: str | None
    equity: str | None
    starts_on: CalendarDate | None
    expires_on: ExpiryDate | None
    expires_at: Instant | None
    sent_at: Instant | None
    answer: OfferAnswer | None
    created_at: Instant
    updated_at: Instant
    version: int


class OfferResponse(Resource, kw_only=True):
    data: Offer


class OfferList(Resource, kw_only=True):
    data: list[Offer]
    page: PageInfo


class ApprovalPolicyStep(Resource, kw_only=True):
    """Who is asked at the same time. The steps are asked one after the other."""

    requires: ApprovalRequirement
    approver_ids: list[UUID]


class ApprovalPolicy(Resource, kw_only=True):
    """When approval is asked for, and of whom."""

    id: UUID
    name: str
    subject: ApprovalSubject
    department_id: UUID | None
    steps: list[ApprovalPolicyStep]
    allow_self_approval: bool
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class ApprovalPolicyResponse(Resource, kw_only=True):
    data: ApprovalPolicy


class ApprovalPolicyList(Resource, kw_only=True):
    data: list[ApprovalPolicy]
    page: PageInfo


class ApprovalVote(Resource, kw_only=True):
    """One approver of a step, and what that approver has said."""

    user_id: UUID
    decision: ApprovalDecision | None
    comment: str | None
    decided_at: Instant | None


class ApprovalStep(Resource, kw_only=True):
    """One step of an approval with those who were asked, as they were when approval was asked for."""

    position: int
    requires: ApprovalRequirement
    votes: list[ApprovalVote]


class Approval(Resource, kw_only=True):
    """One question whether a job may be opened, or an offer may go out."""

    id: UUID
    subject: ApprovalSubject
    job_id: UUID
    offer_id: UUID | None
    application_id: UUID | None
    candidate_id: UUID | None
    policy_id: UUID
    status: ApprovalStatus
    current_step: int | None
    steps: list[ApprovalStep]
    requested_by: Actor
    ended_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class ApprovalResponse(Resource, kw_only=True):
    data: Approval


class ApprovalList(Resource, kw_only=True):
    data: list[Approval]
    page: PageInfo


class MessageTemplate(Resource, kw_only=True):
    """A text that messages are made from."""

    id: UUID
    name: str
    kind: MessageKind
    subject: str
    body: str
    variables: list[MessageVariable]
    values: list[str]
    is_archived: bool
    created_at: Instant
    updated_at: Instant
    version: int


class MessageTemplateResponse(Resource, kw_only=True):
    data: MessageTemplate


class MessageTemplateList(Resource, kw_only=True):
    data: list[MessageTemplate]
    page: PageInfo


class MessagePreview(Resource, kw_only=True):
    """What a message would say."""

    subject: str
    body: str


class Message(Resource, kw_only=True):
    """An e-mail to a candidate."""

    id: UUID
    candidate_id: UUID
    application_id: UUID | None
    job_id: UUID | None
    template_id: UUID | None
    status: MessageStatus
    to_address: str
    subject: str
    body: str
    send_at: Instant | None
    attempts_count: int
    failure: MessageFailure | None
    sent_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class MessageResponse(Resource, kw_only=True):
    data: Message


class MessageList(Resource, kw_only=True):
    data: list[Message]
    page: PageInfo


class HighlightRange(Resource, kw_only=True):
    """Characters (Unicode code points) of a text, from `start` up to and without `end`."""

    start: int
    end: int


class Highlight(Resource, kw_only=True):
    """A part of a profile in which something was found. It is plain text, never HTML."""

    pointer: str
    text: str
    ranges: list[HighlightRange]


class CandidateHit(Resource, kw_only=True):
    """A candidate that was found, and where."""

    candidate: Candidate
    highlights: list[Highlight]


class FacetValue(Resource, kw_only=True):
    """How many of the candidates have a value; the id or the word of an enum."""

    value: str
    candidates_count: int


class FacetCounts(Resource, kw_only=True):
    """The most frequent values of one property."""

    facet: SearchFacet
    values: list[FacetValue]


class CandidateSearch(Resource, kw_only=True):
    """One page of what was found."""

    matches_count: int
    is_complete: bool
    hits: list[CandidateHit]
    facets: list[FacetCounts]
    page: PageInfo


class CandidateSearchResponse(Resource, kw_only=True):
    data: CandidateSearch


MatchHundredths: TypeAlias = int


class MatchedWord(Resource, kw_only=True):
    """Something that is wanted and was found. `is_in_front` is whether the headline, a title, a course or a skill says it."""

    text: str
    is_in_front: bool


class SimilarWording(Resource, kw_only=True):
    """
    A suggestion: a place of the resume that may say in other words what no word of the resume says. A model has found it, a person
    has to judge it. It is not an answer: the criterion stays `not_found`, and neither score, band nor place knows of it.
    """

    criterion_key: str
    similarity_percent: int
    place: ScreeningSpan


class MatchReasons(Resource, kw_only=True):
    """Why something stands where it does."""

    basis: MatchBasis
    rubric_revision: int | None
    score_hundredths: MatchHundredths
    band: ScreeningBand | None
    words_hundredths: MatchHundredths
    words: list[MatchedWord]
    answers: list[ScreeningAnswer]
    similar_wordings: list[SimilarWording]
    resume_parse_id: UUID | None


class MatchedCandidate(Resource, kw_only=True):
    """A candidate for a job."""

    id: UUID
    place: int
    full_name: str | None
    reasons: MatchReasons


class MatchedJob(Resource, kw_only=True):
    """A job for a candidate."""

    id: UUID
    place: int
    title: str
    reasons: MatchReasons


class MatchRanking(Resource, kw_only=True):
    """How it was ranked. Two answers of equal versions and `found_count`s come from the same rules."""

    ranking_version: str
    scorer_version: str
    as_of: date
    found_count: int
    is_complete: bool


class JobMatchList(Resource, kw_only=True):
    data: list[MatchedCandidate]
    page: PageInfo
    ranking: MatchRanking


class CandidateMatchList(Resource, kw_only=True):
    data: list[MatchedJob]
    page: PageInfo
    ranking: MatchRanking


class TimeInStageRow(Resource, kw_only=True):
    """One group of stays. What it is not grouped by is null; a stage comes with its job and its kind."""

    job_id: UUID | None
    stage_id: UUID | None
    stage_kind: StageKind | None
    entered_count: int
    applications_count: int
    left_count: int
    current_count: int
    p50_seconds: int | None
    p90_seconds: int | None


class TimeInStageReport(Resource, kw_only=True):
    """The groups with the most stays first."""

    as_of: Instant
    is_complete: bool
    rows: list[TimeInStageRow]


class TimeInStageReportResponse(Resource, kw_only=True):
    data: TimeInStageReport


class FunnelRow(Resource, kw_only=True):
    """One step of the funnel. What it is not grouped by is null; a stage comes with its job and its kind."""

    job_id: UUID | None
    stage_id: UUID | None
    stage_kind: StageKind | None
    entered_count: int
    current_count: int
    passed_count: int
    rejected_count: int
    withdrawn_count: int
    hired_count: int
    conversion_basis_points: int


class FunnelReport(Resource, kw_only=True):
    """The steps of each job in the order of its pipeline, or the kinds of stages in theirs."""

    as_of: Instant
    is_complete: bool
    rows: list[FunnelRow]


class FunnelReportResponse(Resource, kw_only=True):
    data: FunnelReport


class StageKindCount(Resource, kw_only=True):
    """How many applications reached a kind of stage."""

    stage_kind: StageKind
    applications_count: int


class SourceYieldRow(Resource, kw_only=True):
    """The applications of one source, or those without any."""

    source_id: UUID | None
    applications_count: int
    share_basis_points: int
    reached: list[StageKindCount]
    offers_count: int
    hires_count: int
    hired_basis_points: int


class SourceYieldReport(Resource, kw_only=True):
    """The sources with the most applications first."""

    as_of: Instant
    is_complete: bool
    rows: list[SourceYieldRow]


class SourceYieldReportResponse(Resource, kw_only=True):
    data: SourceYieldReport


class TimeToHireRow(Resource, kw_only=True):
    """One group of hires. What it is not grouped by is null; so is the department of jobs that have none."""

    job_id: UUID | None
    department_id: UUID | None
    month: str | None
    hires_count: int
    measured_count: int
    p50_seconds: int | None
    p90_seconds: int | None
    mean_seconds: int | None


class TimeToHireReport(Resource, kw_only=True):
    """The months from the first to the last; other groups with the most hires first."""

    as_of: Instant
    basis: HireBasis
    is_complete: bool
    rows: list[TimeToHireRow]


class TimeToHireReportResponse(Resource, kw_only=True):
    data: TimeToHireReport


class JobCount(Resource, kw_only=True):
    """How many applications a job has in a report."""

    job_id: UUID
    applications_count: int


class OverdueReply(Resource, kw_only=True):
    """An application that nothing has happened to for too long."""

    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    stage_id: UUID
    stage_entered_at: Instant
    quiet_since: Instant


class OverdueRepliesReport(Resource, kw_only=True):
    """The applications by job, and one by one."""

    as_of: Instant
    days: int
    is_complete: bool
    jobs: list[JobCount]
    rows: list[OverdueReply]


class OverdueRepliesReportResponse(Resource, kw_only=True):
    data: OverdueRepliesReport


class InterviewerCount(Resource, kw_only=True):
    """How many scorecards an interviewer owes."""

    interviewer_id: UUID
    scorecards_count: int


class MissingScorecard(Resource, kw_only=True):
    """A scorecard that is overdue since `due_at`."""

    scorecard_id: UUID
    interview_id: UUID
    application_id: UUID
    job_id: UUID
    interviewer_id: UUID
    due_at: Instant


class MissingScorecardsReport(Resource, kw_only=True):
    """The scorecards by interviewer, and one by one."""

    as_of: Instant
    is_complete: bool
    interviewers: list[InterviewerCount]
    rows: list[MissingScorecard]


class MissingScorecardsReportResponse(Resource, kw_only=True):
    data: MissingScorecardsReport


class EeoCount(Resource, kw_only=True):
    """How many people gave an answer; null where that is hidden."""

    answer: DemographicAnswer
    people_count: int | None


class EeoRow(Resource, kw_only=True):
    """The answers to one question of one department, of jobs without one (`department_id` is null), or of all."""

    question: DemographicQuestion
    is_total: bool
    department_id: UUID | None
    people_count: int | None
    answers: list[EeoCount]


class EeoReport(Resource, kw_only=True):
    """Question by question, all departments first."""

    quarter: str
    published_at: Instant
    is_published: bool
    cell_min: int
    is_complete: bool
    rows: list[EeoRow]


class EeoReportResponse(Resource, kw_only=True):
    data: EeoReport


class EventChange(Resource, kw_only=True):
    """One field that changed. Fields with personal data are named without their values."""

    field_: str = field(name="field")
    before: str | None
    after: str | None


class Event(Resource, kw_only=True):
    """Something that happened. It holds ids and no personal data, so it never has to be rewritten."""

    id: UUID
    type: EventType
    resource_type: ResourceType
    resource_id: UUID
    job_id: UUID | None
    candidate_id: UUID | None
    application_id: UUID | None
    actor: Actor
    request_id: str | None
    changes: list[EventChange]
    occurred_at: Instant


class EventList(Resource, kw_only=True):
    data: list[Event]
    page: FeedPage


class TimelineEventList(Resource, kw_only=True):
    data: list[Event]
    page: PageInfo


class TaskArgument(Resource, kw_only=True):
    """What a task works on."""

    name: str
    value: UUID


class Task(Resource, kw_only=True):
    """One piece of background work. It names ids and no personal data."""

    id: UUID
    name: str
    arguments: list[TaskArgument]
    status: TaskStatus
    attempts: int
    attempts_max: int
    run_at: Instant
    error_code: str | None
    request_id: str
    started_at: Instant | None
    finished_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: int


class TaskResponse(Resource, kw_only=True):
    data: Task


class TaskList(Resource, kw_only=True):
    data: list[Task]
    page: PageInfo


class Health(Resource, kw_only=True):
    """Whether the process is alive. It looks at nothing else."""

    status: HealthStatus


class HealthResponse(Resource, kw_only=True):
    data: Health


class ReadinessCheck(Resource, kw_only=True):
    """One thing that the service needs."""

    name: str
    status: CheckStatus
    detail: str | None


class Readiness(Resource, kw_only=True):
    """Whether the service can do its work."""

    checks: list[ReadinessCheck]


class ReadinessResponse(Resource, kw_only=True):
    data: Readiness


class OpenapiDocument(Resource, kw_only=True):
    """This document."""

    openapi: str
    info: dict[str, Any]
    paths: dict[str, Any]


class Effect(Resource, kw_only=True):
    """One event that a command with `dry_run=true` would have recorded."""

    type: EventType
    resource_type: ResourceType
    resource_id: UUID


class Problem(Resource, kw_only=True):
    """What went wrong, as RFC 9457 says. `code` is stable; `detail` is for people and may change."""

    type: str
    title: str
    status: int
    detail: str
    code: ProblemCode
    request_id: str
    errors: list[FieldError] | UnsetType = UNSET
    current_status: str | UnsetType = UNSET
    allowed: list[str] | UnsetType = UNSET
    conflicting_id: UUID | UnsetType = UNSET
    survivor_id: UUID | UnsetType = UNSET
    missing_scopes: list[Scope] | UnsetType = UNSET
    purge_at: Instant | UnsetType = UNSET
    checks: list[ReadinessCheck] | UnsetType = UNSET


class Session(Resource, kw_only=True):
    """A signed-in user. The token is shown this once."""

    id: UUID
    token: str
    user: User
    organization_id: UUID
    expires_at: Instant
    created_at: Instant


class SessionResponse(Resource, kw_only=True):
    data: Session


class Me(Resource, kw_only=True):
    """Who is calling, and what they may do."""

    actor: Actor
    user: User | None
    api_key: ApiKey | None
    organization: OrganizationSummary
    role: UserRole | None
    scopes: list[Scope]
    visibility: Visibility
    job_ids: list[UUID]


class MeResponse(Resource, kw_only=True):
    data: Me


class ApiKeyCommandResponse(Resource, kw_only=True):
    data: ApiKey
    effects: list[Effect] | UnsetType = UNSET


class OrganizationSettings(Resource, kw_only=True):
    """How the organization works."""

    require_if_match: bool
    auto_close_jobs: bool
    full_text_search: bool
    quarantine_days: int
    reply_days: int
    hide_scorecards_until_submitted: bool
    resume_reading: ResumeReadingSettings
    similar_wording: bool


class Job(Resource, kw_only=True):
    """A requisition, the need for one or more people in a role."""

    id: UUID
    title: str
    status: JobStatus
    is_archived: bool
    department_id: UUID | None
    office_id: UUID | None
    employment_type: EmploymentType
    workplace: Workplace
    description: str | None
    external_id: str | None
    auto_close: bool | None
    requires_opening: bool
    requires_offer: bool
    opened_at: Instant | None
    closed_at: Instant | None
    close_reason: JobCloseReason | None
    open_openings_count: int
    filled_openings_count: int
    custom_fields: CustomFieldValues
    created_at: Instant
    updated_at: Instant
    version: int
    salary: SalaryRange | None | UnsetType = UNSET
    private_custom_fields: CustomFieldValues | UnsetType = UNSET
    department: Department | None | UnsetType = UNSET
    office: Office | None | UnsetType = UNSET
    pipeline: Pipeline | UnsetType = UNSET


class JobResponse(Resource, kw_only=True):
    data: Job


class JobCommandResponse(Resource, kw_only=True):
    data: Job
    effects: list[Effect] | UnsetType = UNSET


class JobList(Resource, kw_only=True):
    data: list[Job]
    page: PageInfo


class OpeningCommandResponse(Resource, kw_only=True):
    data: Opening
    effects: list[Effect] | UnsetType = UNSET


class PostCommandResponse(Resource, kw_only=True):
    data: Post
    effects: list[Effect] | UnsetType = UNSET


class PublicApplicationCommandResponse(Resource, kw_only=True):
    data: PublicApplication
    effects: list[Effect] | UnsetType = UNSET


class IntakeCommandResponse(Resource, kw_only=True):
    data: Intake
    effects: list[Effect] | UnsetType = UNSET


class CandidateCommandResponse(Resource, kw_only=True):
    data: Candidate
    effects: list[Effect] | UnsetType = UNSET


class Attachment(Resource, kw_only=True):
    """A file of a candidate."""

    id: UUID
    candidate_id: UUID
    application_id: UUID | None
    job_id: UUID | None
    kind: AttachmentKind
    source: AttachmentSource
    intake_id: UUID | None
    name: str
    media_type: str
    size_bytes: int
    sha256: str
    scan_status: AttachmentScanStatus
    newest_parse: ResumeParseReference | None
    created_by: Actor | None
    created_at: Instant
    updated_at: Instant
    version: int


class AttachmentResponse(Resource, kw_only=True):
    data: Attachment


class AttachmentList(Resource, kw_only=True):
    data: list[Attachment]
    page: PageInfo


class ResumeParseCommandResponse(Resource, kw_only=True):
    data: ResumeParse
    effects: list[Effect] | UnsetType = UNSET


class ConsentCommandResponse(Resource, kw_only=True):
    data: Consent
    effects: list[Effect] | UnsetType = UNSET


class CandidateMerge(Resource, kw_only=True):
    """What a merge did."""

    survivor: Candidate
    duplicate_id: UUID
    withdrawn_application_ids: list[UUID]
    moved: list[MovedRows]
    merged_at: Instant


class CandidateMergeCommandResponse(Resource, kw_only=True):
    data: CandidateMerge
    effects: list[Effect] | UnsetType = UNSET


class RetentionRunCommandResponse(Resource, kw_only=True):
    data: RetentionRun
    effects: list[Effect] | UnsetType = UNSET


class LegalHoldCommandResponse(Resource, kw_only=True):
    data: LegalHold
    effects: list[Effect] | UnsetType = UNSET


class ApplicationCommandResponse(Resource, kw_only=True):
    data: Application
    effects: list[Effect] | UnsetType = UNSET


class BulkItem(Resource, kw_only=True):
    """What became of one application, as if its command had been called alone."""

    application_id: UUID
    status: int
    application: Application | None
    problem: Problem | None


class BulkApplicationsResponse(Resource, kw_only=True):
    data: list[BulkItem]
    effects: list[Effect] | UnsetType = UNSET


class InterviewCommandResponse(Resource, kw_only=True):
    data: Interview
    effects: list[Effect] | UnsetType = UNSET


class ScorecardCommandResponse(Resource, kw_only=True):
    data: Scorecard
    effects: list[Effect] | UnsetType = UNSET


ScreeningCriterion: TypeAlias = (
    ScreeningSkill
    | ScreeningYears
    | ScreeningEducation
    | ScreeningLanguage
    | ScreeningLocation
    | ScreeningWorkMode
    | ScreeningPredicate
)


class ScreeningRubric(Resource, kw_only=True):
    """What resumes are held against. `revision` counts the versions, 0 while there is none."""

    job_id: UUID
    revision: int
    is_enabled: bool
    is_blind: bool
    criteria: list[ScreeningCriterion]
    updated_at: Instant
    version: int


class ScreeningRubricResponse(Resource, kw_only=True):
    data: ScreeningRubric
    effects: list[Effect] | UnsetType = UNSET


class ScreeningRubricVersion(Resource, kw_only=True):
    """A version of a rubric, which never changes."""

    id: UUID
    job_id: UUID
    revision: int
    is_enabled: bool
    is_blind: bool
    criteria: list[ScreeningCriterion]
    sha256: Sha256Hex
    made_by: Actor
    created_at: Instant


class ScreeningRubricVersionList(Resource, kw_only=True):
    data: list[ScreeningRubricVersion]
    page: PageInfo


class ScreeningResultCommandResponse(Resource, kw_only=True):
    data: ScreeningResult
    effects: list[Effect] | UnsetType = UNSET


class AdverseImpactRow(Resource, kw_only=True):
    """A group; null where a count would say too much."""

    table: AdverseImpactTable
    gender: GenderAnswer | None
    race_ethnicity: RaceEthnicityAnswer | None
    people_count: int | None
    favoured_count: int | None
    rate_basis_points: int | None
    impact_basis_points: int | None


class AdverseImpactReport(Resource, kw_only=True):
    """Table by table."""

    quarter: str
    published_at: Instant
    is_published: bool
    basis: AdverseImpactBasis
    cell_min: int
    is_complete: bool
    rows: list[AdverseImpactRow]


class AdverseImpactReportResponse(Resource, kw_only=True):
    data: AdverseImpactReport


class OfferCommandResponse(Resource, kw_only=True):
    data: Offer
    effects: list[Effect] | UnsetType = UNSET


class ApprovalCommandResponse(Resource, kw_only=True):
    data: Approval
    effects: list[Effect] | UnsetType = UNSET


class MessagePreviewResponse(Resource, kw_only=True):
    data: MessagePreview
    effects: list[Effect] | UnsetType = UNSET


class MessageCommandResponse(Resource, kw_only=True):
    data: Message
    effects: list[Effect] | UnsetType = UNSET


class TaskCommandResponse(Resource, kw_only=True):
    data: Task
    effects: list[Effect] | UnsetType = UNSET


class Organization(Resource, kw_only=True):
    """The tenant. Nothing is ever shared between two of them."""

    id: UUID
    slug: str
    name: str
    time_zone: str
    default_currency: Currency
    settings: OrganizationSettings
    created_at: Instant
    updated_at: Instant
    version: int


class OrganizationResponse(Resource, kw_only=True):
    data: Organization
