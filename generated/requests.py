# generated from spec/ats.v1.yaml by `make generate`; do not edit
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import MISSING, AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints
from typing_extensions import TypeAliasType

from generated.enums import (
    AdverseImpactBasis,
    ApplicationInclude,
    ApplicationSort,
    ApplicationStatus,
    ApprovalDecision,
    ApprovalRequirement,
    ApprovalStatus,
    ApprovalSubject,
    AttachmentKind,
    AttributeRating,
    CandidateSort,
    CandidateStatus,
    ConsentPurpose,
    ConsentSource,
    ConsentStatus,
    ContactKind,
    CreatedSort,
    CustomFieldTarget,
    CustomFieldType,
    DisabilityStatusAnswer,
    EmploymentType,
    EventType,
    FunnelGrouping,
    GenderAnswer,
    HireBasis,
    HireGrouping,
    HiringTeamRole,
    IntakeStatus,
    InterviewCancelReason,
    InterviewKind,
    InterviewSort,
    InterviewStatus,
    JobCloseReason,
    JobInclude,
    JobSort,
    JobStatus,
    LinkKind,
    MatchApplied,
    MessageKind,
    MessageStatus,
    MessageVariable,
    NameSort,
    NoteVisibility,
    OfferStatus,
    OpeningStatus,
    PayPeriod,
    PostStatus,
    QuestionKind,
    RaceEthnicityAnswer,
    Recommendation,
    RejectionReasonKind,
    ResourceType,
    ResumeParseStatus,
    ResumeReadingModel,
    RetentionAction,
    Scope,
    ScorecardStatus,
    ScreeningDecision,
    ScreeningDegree,
    ScreeningImportance,
    ScreeningLanguageLevel,
    ScreeningOperator,
    ScreeningWithin,
    ScreeningWorkModeKind,
    SearchFacet,
    SourceKind,
    StageHistorySort,
    StageKind,
    StayGrouping,
    TaskStatus,
    UserRole,
    VeteranStatusAnswer,
    Workplace,
)

Instant = TypeAliasType("Instant", AwareDatetime)
"""A point in time, RFC 3339 in UTC."""


CalendarDate = TypeAliasType("CalendarDate", date)
"""A day, without a time zone."""


Currency = TypeAliasType("Currency", Annotated[str, Field(max_length=3, min_length=3, pattern="^[A-Z]{3}$")])
"""An ISO 4217 currency code."""


class Money(BaseModel):
    """An amount in the smallest unit of its currency, so EUR 65,000.00 is 6500000."""

    model_config = ConfigDict(extra="forbid")
    amount_minor: Annotated[int, Field(ge=0, le=9007199254740991)]
    currency: Currency


class SessionCreate(BaseModel):
    """The credentials of a user."""

    model_config = ConfigDict(extra="forbid")
    email: Annotated[str, Field(max_length=254, min_length=3, pattern="^[^@\\x00-\\x20\\x7f]+@[^@\\x00-\\x20\\x7f]+$")]
    password: Annotated[str, Field(max_length=128, min_length=1, pattern="^[^\\x00-\\x1f\\x7f]*$")]
    organization: Annotated[
        str | MISSING, Field(max_length=63, min_length=1, pattern="^[a-z0-9]([a-z0-9-]*[a-z0-9])?$")
    ] = MISSING
    """The slug of the organization. Needed only when the e-mail address belongs to users of several."""


JobId = TypeAliasType("JobId", UUID)


class ApiKeyCreate(BaseModel):
    """A new API key."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    scopes: Annotated[list[Scope], Field(max_length=60, min_length=1)]
    """What the key may do; scopes that you hold yourself."""
    job_ids: Annotated[list[JobId] | None | MISSING, Field(max_length=10000)] = MISSING
    """The jobs whose rows the key sees; null or absent for the whole organization."""
    expires_at: Instant | None | MISSING = MISSING
    """From when on the key is refused, in the future; null or absent for never."""


class UserCreate(BaseModel):
    """A new member of the staff."""

    model_config = ConfigDict(extra="forbid")
    email: Annotated[str, Field(max_length=254, min_length=3, pattern="^[^@\\x00-\\x20\\x7f]+@[^@\\x00-\\x20\\x7f]+$")]
    """The address to sign in with. Upper and lower case are the same."""
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    role: UserRole
    password: Annotated[
        str | None | MISSING, Field(max_length=128, min_length=12, pattern="^[^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Null or absent when the user cannot sign in yet."""
    job_ids: Annotated[list[JobId] | MISSING, Field(max_length=10000)] = MISSING
    """The jobs whose rows the user sees as a hiring manager or an interviewer."""


class UserUpdate(BaseModel):
    """What changes about a user. The e-mail address stays."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    role: UserRole | MISSING = MISSING
    is_active: bool | MISSING = MISSING
    """False ends every session of the user at once and refuses new ones."""
    password: Annotated[
        str | None | MISSING, Field(max_length=128, min_length=12, pattern="^[^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """A new password, which ends every other session of the user; null when the user cannot sign in any more."""
    job_ids: Annotated[list[JobId] | MISSING, Field(max_length=10000)] = MISSING
    """All job grants of the user; they replace the ones before."""


class ResumeReadingSettingsUpdate(BaseModel):
    """What changes about how resumes are read; the rest stays. It holds for resumes that are read from now on."""

    model_config = ConfigDict(extra="forbid")
    model: ResumeReadingModel | MISSING = MISSING
    redact_contacts: bool | MISSING = MISSING
    daily_token_budget: Annotated[int | MISSING, Field(ge=0, le=1000000000)] = MISSING


class DepartmentCreate(BaseModel):
    """A new department."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    parent_id: UUID | None | MISSING = MISSING


class DepartmentUpdate(BaseModel):
    """What changes about a department."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    parent_id: UUID | None | MISSING = MISSING
    is_archived: bool | MISSING = MISSING


class OfficeCreate(BaseModel):
    """A new office."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    parent_id: UUID | None | MISSING = MISSING
    city: Annotated[
        str | None | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    region: Annotated[
        str | None | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    country_code: Annotated[str | None | MISSING, Field(max_length=2, pattern="^[A-Z]{2}$")] = MISSING
    """An ISO 3166-1 alpha-2 code."""
    time_zone: Annotated[
        str | None | MISSING, Field(max_length=64, min_length=1, pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
    ] = MISSING
    """The name of an IANA time zone, such as `Europe/Berlin`."""


class OfficeUpdate(BaseModel):
    """What changes about an office."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    parent_id: UUID | None | MISSING = MISSING
    city: Annotated[
        str | None | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    region: Annotated[
        str | None | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    country_code: Annotated[str | None | MISSING, Field(max_length=2, pattern="^[A-Z]{2}$")] = MISSING
    """An ISO 3166-1 alpha-2 code."""
    time_zone: Annotated[
        str | None | MISSING, Field(max_length=64, min_length=1, pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
    ] = MISSING
    """The name of an IANA time zone, such as `Europe/Berlin`."""
    is_archived: bool | MISSING = MISSING


class RejectionReasonCreate(BaseModel):
    """A new reason."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    kind: RejectionReasonKind


class RejectionReasonUpdate(BaseModel):
    """What changes about a reason. Its kind stays."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    is_archived: bool | MISSING = MISSING


class SourceCreate(BaseModel):
    """A new source."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    kind: SourceKind


class SourceUpdate(BaseModel):
    """What changes about a source."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    kind: SourceKind | MISSING = MISSING
    is_archived: bool | MISSING = MISSING


class TagCreate(BaseModel):
    """A new tag."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]


class TagUpdate(BaseModel):
    """What changes about a tag."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    is_archived: bool | MISSING = MISSING


class CustomFieldOptionCreate(BaseModel):
    """An option of a new custom field."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]


class CustomFieldOptionUpdate(BaseModel):
    """An option to add, or what changes about one."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """A new option needs a name."""
    is_archived: bool | MISSING = MISSING


class CustomFieldCreate(BaseModel):
    """A new custom field."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    description: Annotated[
        str | None | MISSING, Field(max_length=1000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    applies_to: CustomFieldTarget
    type: CustomFieldType
    options: Annotated[list[CustomFieldOptionCreate] | MISSING, Field(max_length=200)] = MISSING
    """At least one for the types `single_select` and `multi_select`, none for others."""
    is_private: bool = False


class CustomFieldUpdate(BaseModel):
    """What changes about a custom field."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    description: Annotated[
        str | None | MISSING, Field(max_length=1000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    is_archived: bool | MISSING = MISSING
    options: Annotated[list[CustomFieldOptionUpdate] | MISSING, Field(max_length=200)] = MISSING


CustomFieldValue1 = TypeAliasType(
    "CustomFieldValue1",
    Annotated[str, Field(max_length=10000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")],
)
"""A value as the type of its field takes it; see `CustomFieldType`."""


CustomFieldValue2 = TypeAliasType("CustomFieldValue2", Annotated[int, Field(ge=-9007199254740991, le=9007199254740991)])
"""A value as the type of its field takes it; see `CustomFieldType`."""


CustomFieldValue3Item = TypeAliasType(
    "CustomFieldValue3Item", Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
)


CustomFieldValue3 = TypeAliasType(
    "CustomFieldValue3", Annotated[list[CustomFieldValue3Item], Field(max_length=200, min_length=1)]
)
"""A value as the type of its field takes it; see `CustomFieldType`."""


CustomFieldValue = TypeAliasType(
    "CustomFieldValue", CustomFieldValue1 | bool | CustomFieldValue2 | CustomFieldValue3 | Money
)
"""A value as the type of its field takes it; see `CustomFieldType`."""


CustomFieldValueChange1 = TypeAliasType(
    "CustomFieldValueChange1",
    Annotated[str, Field(max_length=10000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")],
)
"""A new value as the type of its field takes it; null takes the value away."""


CustomFieldValueChange2 = TypeAliasType(
    "CustomFieldValueChange2", Annotated[int, Field(ge=-9007199254740991, le=9007199254740991)]
)
"""A new value as the type of its field takes it; null takes the value away."""


CustomFieldValueChange3Item = TypeAliasType(
    "CustomFieldValueChange3Item", Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
)


CustomFieldValueChange3 = TypeAliasType(
    "CustomFieldValueChange3", Annotated[list[CustomFieldValueChange3Item], Field(max_length=200, min_length=1)]
)
"""A new value as the type of its field takes it; null takes the value away."""


CustomFieldValueChange = TypeAliasType(
    "CustomFieldValueChange",
    CustomFieldValueChange1 | bool | CustomFieldValueChange2 | CustomFieldValueChange3 | Money | None,
)
"""A new value as the type of its field takes it; null takes the value away."""


CustomFieldValues = TypeAliasType(
    "CustomFieldValues",
    Annotated[
        dict[
            Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", min_length=1, max_length=40)],
            CustomFieldValue,
        ],
        Field(max_length=100),
    ],
)
"""The values of custom fields by their keys. A field without a value is left out."""


CustomFieldValueChanges = TypeAliasType(
    "CustomFieldValueChanges",
    Annotated[
        dict[
            Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", min_length=1, max_length=40)],
            CustomFieldValueChange,
        ],
        Field(max_length=100),
    ],
)
"""New values of custom fields by their keys. Null takes a value away, a field that is left out keeps its own."""


class SalaryRange(BaseModel):
    """What the job pays. At least one end is given, both are in one currency, and the maximum is not below the minimum."""

    model_config = ConfigDict(extra="forbid")
    minimum: Money | None
    maximum: Money | None
    period: PayPeriod


class JobCreate(BaseModel):
    """A new job. With `copy_from`, what is left out comes from the other job."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    copy_from: UUID | MISSING = MISSING
    """The job to copy the fields, the pipeline and the hiring team of. Its `external_id`, openings and custom fields stay behind."""
    department_id: UUID | None | MISSING = MISSING
    office_id: UUID | None | MISSING = MISSING
    employment_type: EmploymentType | MISSING = MISSING
    """Full time when neither given nor copied."""
    workplace: Workplace | MISSING = MISSING
    """On site when neither given nor copied."""
    description: Annotated[
        str | None | MISSING, Field(max_length=20000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    salary: SalaryRange | None | MISSING = MISSING
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    auto_close: bool | None | MISSING = MISSING
    requires_opening: bool | MISSING = MISSING
    """Whether a hire needs an open opening; true when neither given nor copied."""
    requires_offer: bool | MISSING = MISSING
    """Whether a hire needs an offer that the candidate has accepted; false when neither given nor copied."""
    openings_count: Annotated[int, Field(ge=0, le=100)] = 1
    """How many openings the job starts with."""
    custom_fields: CustomFieldValues | MISSING = MISSING
    private_custom_fields: CustomFieldValues | MISSING = MISSING
    """The values of private custom fields; sending any takes the scope that shows them."""


class JobUpdate(BaseModel):
    """What changes about a job. The status changes by commands only."""

    model_config = ConfigDict(extra="forbid")
    title: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    is_archived: bool | MISSING = MISSING
    department_id: UUID | None | MISSING = MISSING
    office_id: UUID | None | MISSING = MISSING
    employment_type: EmploymentType | MISSING = MISSING
    workplace: Workplace | MISSING = MISSING
    description: Annotated[
        str | None | MISSING, Field(max_length=20000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    salary: SalaryRange | None | MISSING = MISSING
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    auto_close: bool | None | MISSING = MISSING
    requires_opening: bool | MISSING = MISSING
    requires_offer: bool | MISSING = MISSING
    custom_fields: CustomFieldValueChanges | MISSING = MISSING
    private_custom_fields: CustomFieldValueChanges | MISSING = MISSING
    """The values of private custom fields; sending any takes the scope that shows them."""


class JobCloseKeeping(BaseModel):
    """Closes the job and leaves its active applications as they are."""

    model_config = ConfigDict(extra="forbid")
    reason: JobCloseReason
    applications: Literal["keep"]


class JobCloseRejecting(BaseModel):
    """Closes the job and rejects its active applications."""

    model_config = ConfigDict(extra="forbid")
    reason: JobCloseReason
    applications: Literal["reject"]
    reason_id: UUID
    """The reason of each rejection, one of the kind `rejected_by_organization`."""
    note: Annotated[
        str | None | MISSING, Field(max_length=2000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    """A note to each rejection, for the staff."""
    notify: bool = False
    """
    Whether the candidate is told, by the organization's oldest template in use of the kind `application_rejected`. Without it
    nothing is ever sent.
    """
    withdraw_offers: bool = False
    """Whether offers that are out with candidates, or accepted, are withdrawn, too. Without it such an offer is in the way of everything."""


class StagePut(BaseModel):
    """One stage as it shall be. Without an `id` it is a new one."""

    model_config = ConfigDict(extra="forbid")
    id: UUID | MISSING = MISSING
    """A stage of this job, also a retired one, which comes back into use."""
    name: Annotated[str, Field(max_length=80, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    kind: StageKind


class HiringTeamMember(BaseModel):
    """One user of a hiring team."""

    model_config = ConfigDict(extra="forbid")
    user_id: UUID
    role: HiringTeamRole


class HiringTeamPut(BaseModel):
    """The whole hiring team as it shall be; each user once."""

    model_config = ConfigDict(extra="forbid")
    members: Annotated[list[HiringTeamMember], Field(max_length=100)]


class OpeningCreate(BaseModel):
    """A new opening."""

    model_config = ConfigDict(extra="forbid")
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    target_start_on: CalendarDate | None | MISSING = MISSING


class OpeningUpdate(BaseModel):
    """What changes about an opening. The status changes by commands only."""

    model_config = ConfigDict(extra="forbid")
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    target_start_on: CalendarDate | None | MISSING = MISSING


Option = TypeAliasType(
    "Option", Annotated[str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
)


FlaggedAnswer = TypeAliasType(
    "FlaggedAnswer",
    Annotated[str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")],
)


class Question(BaseModel):
    """One question of a form."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """The name of the question in answers, unique in its form."""
    label: Annotated[str, Field(max_length=300, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    kind: QuestionKind
    is_required: bool
    options: Annotated[list[Option], Field(max_length=100)]
    """What can be chosen, for `single_select` and `multi_select` alone."""
    flagged_answers: Annotated[list[FlaggedAnswer], Field(max_length=100)]
    """Answers that are marked for whoever reads the application, some of `options`, or `true` or `false` of a checkbox. They only flag; nobody is rejected by them."""


class PostCreate(BaseModel):
    """A new post."""

    model_config = ConfigDict(extra="forbid")
    job_id: UUID
    slug: Annotated[str | MISSING, Field(max_length=100, min_length=1, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")] = MISSING
    title: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    description: Annotated[
        str | None | MISSING,
        Field(max_length=20000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    location: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    employment_type: EmploymentType | MISSING = MISSING
    workplace: Workplace | MISSING = MISSING
    is_salary_shown: bool | MISSING = MISSING
    language: Annotated[str | MISSING, Field(max_length=5, min_length=2, pattern="^[a-z]{2}(-[A-Z]{2})?$")] = MISSING
    questions: Annotated[list[Question] | MISSING, Field(max_length=50)] = MISSING


class PostUpdate(BaseModel):
    """What changes about a post."""

    model_config = ConfigDict(extra="forbid")
    slug: Annotated[str | MISSING, Field(max_length=100, min_length=1, pattern="^[a-z0-9]+(-[a-z0-9]+)*$")] = MISSING
    title: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    description: Annotated[
        str | None | MISSING,
        Field(max_length=20000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    location: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    employment_type: EmploymentType | MISSING = MISSING
    workplace: Workplace | MISSING = MISSING
    is_salary_shown: bool | MISSING = MISSING
    language: Annotated[str | MISSING, Field(max_length=5, min_length=2, pattern="^[a-z]{2}(-[A-Z]{2})?$")] = MISSING
    questions: Annotated[list[Question] | MISSING, Field(max_length=50)] = MISSING


Value = TypeAliasType("Value", Annotated[str, Field(max_length=10000, min_length=1, pattern="^[^\\x00]+$")])


class FormAnswer(BaseModel):
    """The answer to one question of a form."""

    model_config = ConfigDict(extra="forbid")
    key: Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """The question's key."""
    values: Annotated[list[Value], Field(max_length=100, min_length=1)]
    """
    One value, or several where the question allows it: text, a number, a date, a URL, options, `true` or `false`, or the name
    of an attachment.
    """


class PublicApplicationCreate(BaseModel):
    """An application from the public side, as a form with files."""

    model_config = ConfigDict(extra="forbid")
    full_name: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    email: Annotated[str, Field(max_length=254, min_length=3, pattern="^[^@\\x00-\\x20\\x7f]+@[^@\\x00-\\x20\\x7f]+$")]
    phone: Annotated[str | MISSING, Field(max_length=40, min_length=3, pattern="^[+]?[0-9(][0-9 ()./x-]*$")] = MISSING
    answers: Annotated[list[FormAnswer] | MISSING, Field(max_length=50)] = MISSING
    """The answers to the form's questions, each a part of its own, or all of them as one JSON array."""
    website: Annotated[str | MISSING, Field(max_length=200, pattern="^[^\\x00]*$")] = MISSING
    """A trap for machines. Hide it from people and leave it empty."""


class CandidateEmail(BaseModel):
    """An e-mail address of a candidate."""

    model_config = ConfigDict(extra="forbid")
    address: Annotated[
        str, Field(max_length=254, min_length=3, pattern="^[^@\\x00-\\x20\\x7f]+@[^@\\x00-\\x20\\x7f]+$")
    ]
    kind: ContactKind


class CandidatePhone(BaseModel):
    """A phone number of a candidate, as it was given."""

    model_config = ConfigDict(extra="forbid")
    number: Annotated[str, Field(max_length=40, min_length=3, pattern="^[+]?[0-9(][0-9 ()./x-]*$")]
    kind: ContactKind


class CandidateAddress(BaseModel):
    """A postal address of a candidate."""

    model_config = ConfigDict(extra="forbid")
    street: Annotated[
        str | None, Field(max_length=300, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ]
    postal_code: Annotated[
        str | None, Field(max_length=20, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    city: Annotated[
        str | None, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    region: Annotated[
        str | None, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    country_code: Annotated[str | None, Field(max_length=2, pattern="^[A-Z]{2}$")]
    """An ISO 3166-1 alpha-2 code."""
    kind: ContactKind


class CandidateLink(BaseModel):
    """A page about a candidate."""

    model_config = ConfigDict(extra="forbid")
    url: Annotated[str, Field(max_length=2048, min_length=8, pattern="^https?://[^\\x00-\\x20\\x7f]+$")]
    kind: LinkKind


class CandidateProfileCreate(BaseModel):
    """Who a new candidate is."""

    model_config = ConfigDict(extra="forbid")
    given_name: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    family_name: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    full_name: Annotated[
        str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    headline: Annotated[
        str | None | MISSING, Field(max_length=300, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    emails: Annotated[list[CandidateEmail] | MISSING, Field(max_length=10)] = MISSING
    phones: Annotated[list[CandidatePhone] | MISSING, Field(max_length=10)] = MISSING
    addresses: Annotated[list[CandidateAddress] | MISSING, Field(max_length=5)] = MISSING
    links: Annotated[list[CandidateLink] | MISSING, Field(max_length=20)] = MISSING


class CandidateProfileUpdate(BaseModel):
    """The parts of the profile that change. A list is replaced as a whole."""

    model_config = ConfigDict(extra="forbid")
    given_name: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    family_name: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    full_name: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    headline: Annotated[
        str | None | MISSING, Field(max_length=300, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    emails: Annotated[list[CandidateEmail] | MISSING, Field(max_length=10)] = MISSING
    phones: Annotated[list[CandidatePhone] | MISSING, Field(max_length=10)] = MISSING
    addresses: Annotated[list[CandidateAddress] | MISSING, Field(max_length=5)] = MISSING
    links: Annotated[list[CandidateLink] | MISSING, Field(max_length=20)] = MISSING


TagId = TypeAliasType("TagId", UUID)


class CandidateCreate(BaseModel):
    """A new candidate."""

    model_config = ConfigDict(extra="forbid")
    profile: CandidateProfileCreate
    source_id: UUID | None | MISSING = MISSING
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    tag_ids: Annotated[list[TagId] | MISSING, Field(max_length=50)] = MISSING
    """The tags of the candidate. One that is listed twice counts once."""
    custom_fields: CustomFieldValues | MISSING = MISSING
    private_custom_fields: CustomFieldValues | MISSING = MISSING
    """The values of private custom fields; sending any takes the scope that shows them."""


class CandidateUpdate(BaseModel):
    """What changes about a candidate."""

    model_config = ConfigDict(extra="forbid")
    profile: CandidateProfileUpdate | MISSING = MISSING
    source_id: UUID | None | MISSING = MISSING
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    tag_ids: Annotated[list[TagId] | MISSING, Field(max_length=50)] = MISSING
    """Replaces all tags of the candidate; `add_candidate_tag` gives one more. One that is listed twice counts once."""
    custom_fields: CustomFieldValueChanges | MISSING = MISSING
    private_custom_fields: CustomFieldValueChanges | MISSING = MISSING
    """The values of private custom fields; sending any takes the scope that shows them."""


class NoteCreate(BaseModel):
    """A new note."""

    model_config = ConfigDict(extra="forbid")
    application_id: UUID | None | MISSING = MISSING
    """The application of this candidate that it is about."""
    visibility: NoteVisibility = NoteVisibility.PUBLIC
    body: Annotated[str, Field(max_length=10000, min_length=1, pattern="^[^\\x00]*$")]


class NoteUpdate(BaseModel):
    """What changes about a note."""

    model_config = ConfigDict(extra="forbid")
    visibility: NoteVisibility | MISSING = MISSING
    body: Annotated[str | MISSING, Field(max_length=10000, min_length=1, pattern="^[^\\x00]*$")] = MISSING


class AttachmentCreate(BaseModel):
    """A file of a candidate, as a form."""

    model_config = ConfigDict(extra="forbid")
    kind: AttachmentKind
    application_id: UUID | MISSING = MISSING
    """The application of this candidate that it belongs to."""


class ResumeCorrection(BaseModel):
    """What a field says in truth."""

    model_config = ConfigDict(extra="forbid")
    pointer: Annotated[str, Field(max_length=100, min_length=2, pattern="^(/[A-Za-z0-9]{1,20}){1,6}$")]
    """The JSON pointer of a field of `profile` that holds text or a date (`/work/0/name`)."""
    value: Annotated[
        str | None, Field(max_length=300, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    """The value. Null says that a position or a course goes on, of its `endDate`; of any other field, that there is none."""


TakeOverItem = TypeAliasType(
    "TakeOverItem", Annotated[str, Field(max_length=100, min_length=2, pattern="^(/[A-Za-z0-9]{1,20}){1,6}$")]
)


class ResumeParseAccept(BaseModel):
    """The result of a review."""

    model_config = ConfigDict(extra="forbid")
    take_over: Annotated[list[TakeOverItem], Field(max_length=50)]
    """The fields that go into the candidate's profile, by JSON pointer; the description of the operation names them."""
    corrections: Annotated[list[ResumeCorrection] | MISSING, Field(max_length=100)] = MISSING
    """The fields that say something else. Of two corrections of one field the later one counts."""


class ConsentCreate(BaseModel):
    """A consent to record."""

    model_config = ConfigDict(extra="forbid")
    purpose: ConsentPurpose
    policy_version: Annotated[
        str, Field(max_length=100, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    source: ConsentSource
    evidence: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    given_at: Instant | MISSING = MISSING
    """When the person agreed, not in the future; now when absent."""
    expires_on: date | None | MISSING = MISSING
    """The last day on which it stands (UTC), not in the past."""


class CandidateMergeCreate(BaseModel):
    """Which candidate goes, and how."""

    model_config = ConfigDict(extra="forbid")
    duplicate_id: UUID
    """The candidate that is merged into the one of the path."""
    withdraw_duplicates: bool = False
    """Withdraw the duplicate's active applications on jobs where the survivor has an active one, too."""


class RetentionPolicyPut(BaseModel):
    """The whole policy."""

    model_config = ConfigDict(extra="forbid")
    after_days: Annotated[int, Field(ge=1, le=7300)]
    """After how many days without activity a candidate is due."""
    action: RetentionAction
    is_enabled: bool = False
    """Let the worker run it."""


class LegalHoldCreate(BaseModel):
    """A new hold."""

    model_config = ConfigDict(extra="forbid")
    reason: Annotated[str, Field(max_length=2000, min_length=1, pattern="^[^\\x00]*[^\\x00-\\x20\\x7f][^\\x00]*$")]


class ApplicationCreate(BaseModel):
    """A new application."""

    model_config = ConfigDict(extra="forbid")
    candidate_id: UUID
    job_id: UUID
    stage_id: UUID | MISSING = MISSING
    """A stage in use of this job; its first one when absent."""
    source_id: UUID | None | MISSING = MISSING
    """The source of the candidate when absent."""
    applied_at: Instant | MISSING = MISSING
    """When the person applied, not in the future; now when absent. The stay in the first stage counts from then."""
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    custom_fields: CustomFieldValues | MISSING = MISSING
    private_custom_fields: CustomFieldValues | MISSING = MISSING
    """The values of private custom fields; sending any takes the scope that shows them."""


class ApplicationUpdate(BaseModel):
    """What changes about an application. Stage and status change by commands only."""

    model_config = ConfigDict(extra="forbid")
    source_id: UUID | None | MISSING = MISSING
    external_id: Annotated[
        str | None | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    custom_fields: CustomFieldValueChanges | MISSING = MISSING
    private_custom_fields: CustomFieldValueChanges | MISSING = MISSING
    """The values of private custom fields; sending any takes the scope that shows them."""


class ApplicationMove(BaseModel):
    """Where an application goes. Empty means the next stage of its job."""

    model_config = ConfigDict(extra="forbid")
    to_stage_id: UUID | MISSING = MISSING
    """A stage in use of the job; absent for the next stage, or for the first one of `to_job_id`."""
    to_job_id: UUID | MISSING = MISSING
    """Another job, which takes the application over."""
    occurred_at: Instant | MISSING = MISSING
    """When it happened, between the entry into the current stage and now; now when absent."""


class ApplicationReject(BaseModel):
    """Why an application is rejected."""

    model_config = ConfigDict(extra="forbid")
    reason_id: UUID
    """A reason of the kind `rejected_by_organization`."""
    note: Annotated[
        str | None | MISSING, Field(max_length=2000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    notify: bool = False
    """
    Whether the candidate is told, by the organization's oldest template in use of the kind `application_rejected`. Without it
    nothing is ever sent.
    """
    withdraw_offer: bool = False
    """Whether an offer that is out with the candidate, or accepted, is withdrawn, too. Without it such an offer is in the way."""


class ApplicationWithdraw(BaseModel):
    """Why a candidate withdrew, as far as it is known."""

    model_config = ConfigDict(extra="forbid")
    reason_id: UUID | None | MISSING = MISSING
    """A reason of the kind `withdrawn_by_candidate`."""
    withdraw_offer: bool = False
    """Whether an offer that is out with the candidate, or accepted, is withdrawn, too. Without it such an offer is in the way."""


class ApplicationHire(BaseModel):
    """Which seat the candidate takes, and when."""

    model_config = ConfigDict(extra="forbid")
    opening_id: UUID | None | MISSING = MISSING
    """An open opening of the job; when absent, the one of the offer, else the oldest open one."""
    offer_id: UUID | None | MISSING = MISSING
    """The offer that the candidate has accepted; when absent, the accepted one of the application, if there is one."""
    starts_on: CalendarDate | None | MISSING = MISSING
    """The first day at work; that of the offer when absent."""


class ApplicationReopen(BaseModel):
    """How an application comes back."""

    model_config = ConfigDict(extra="forbid")
    to_stage_id: UUID | MISSING = MISSING
    """A stage in use of the job; absent for the stage that it was last in, or the first one if that is retired."""
    reopen_job: bool = False
    """Open a closed job again, too, which also needs the scope `jobs:write`."""


ApplicationId = TypeAliasType("ApplicationId", UUID)


class BulkMove(BaseModel):
    """Moves applications of one job to one of its stages, as `move_application` does."""

    model_config = ConfigDict(extra="forbid")
    action: Literal["move"]
    application_ids: Annotated[list[ApplicationId], Field(max_length=200, min_length=1)]
    to_stage_id: UUID


class BulkReject(BaseModel):
    """Rejects applications for one reason, as `reject_application` does."""

    model_config = ConfigDict(extra="forbid")
    action: Literal["reject"]
    application_ids: Annotated[list[ApplicationId], Field(max_length=200, min_length=1)]
    reason_id: UUID
    note: Annotated[
        str | None | MISSING, Field(max_length=2000, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    notify: bool = False
    """
    Whether the candidate is told, by the organization's oldest template in use of the kind `application_rejected`. Without it
    nothing is ever sent.
    """
    withdraw_offer: bool = False
    """Whether an offer that is out with the candidate, or accepted, is withdrawn, too. Without it such an offer is in the way."""


class BulkWithdraw(BaseModel):
    """Withdraws applications, as `withdraw_application` does."""

    model_config = ConfigDict(extra="forbid")
    action: Literal["withdraw"]
    application_ids: Annotated[list[ApplicationId], Field(max_length=200, min_length=1)]
    reason_id: UUID | None | MISSING = MISSING
    withdraw_offer: bool = False
    """Whether an offer that is out with the candidate, or accepted, is withdrawn, too. Without it such an offer is in the way."""


class BulkReopen(BaseModel):
    """Reopens applications in the stages that they were last in, as `reopen_application` does."""

    model_config = ConfigDict(extra="forbid")
    action: Literal["reopen"]
    application_ids: Annotated[list[ApplicationId], Field(max_length=200, min_length=1)]
    reopen_job: bool = False
    """Open closed jobs again, too, which also needs the scope `jobs:write`."""


InterviewerId = TypeAliasType("InterviewerId", UUID)


class InterviewCreate(BaseModel):
    """A new interview."""

    model_config = ConfigDict(extra="forbid")
    kind: InterviewKind
    title: Annotated[str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    starts_at: Instant
    ends_at: Instant
    """After `starts_at`, at the most 24 hours."""
    time_zone: Annotated[
        str | MISSING, Field(max_length=64, min_length=1, pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
    ] = MISSING
    """The IANA time zone that calendars show it in; the organization's when none is given."""
    location: Annotated[
        str | None | MISSING, Field(max_length=300, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    video_url: Annotated[str | None | MISSING, Field(max_length=2000, pattern='^https://[^\\x00-\\x20\\x7f"<>]+$')] = (
        MISSING
    )
    """Where to meet by video; an `https` address."""
    instructions: Annotated[
        str | None | MISSING,
        Field(max_length=5000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    """What the interviewers should know beforehand."""
    interviewer_ids: Annotated[list[InterviewerId], Field(max_length=20, min_length=1)]
    """Who holds it, active users who may see the job. Each is asked once, however often the list names them."""
    requires_scorecards: bool = True


class InterviewUpdate(BaseModel):
    """What changes about an interview."""

    model_config = ConfigDict(extra="forbid")
    kind: InterviewKind | MISSING = MISSING
    title: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    location: Annotated[
        str | None | MISSING, Field(max_length=300, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    video_url: Annotated[str | None | MISSING, Field(max_length=2000, pattern='^https://[^\\x00-\\x20\\x7f"<>]+$')] = (
        MISSING
    )
    """Where to meet by video; an `https` address."""
    instructions: Annotated[
        str | None | MISSING,
        Field(max_length=5000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    """What the interviewers should know beforehand."""
    interviewer_ids: Annotated[list[InterviewerId] | MISSING, Field(max_length=20, min_length=1)] = MISSING
    """Who holds it, active users who may see the job. Each is asked once, however often the list names them."""
    requires_scorecards: bool | MISSING = MISSING
    """False deletes the drafts of its scorecards; true makes those that are lacking."""


class InterviewReschedule(BaseModel):
    """The new time of an interview."""

    model_config = ConfigDict(extra="forbid")
    starts_at: Instant
    ends_at: Instant
    """After `starts_at`, at the most 24 hours."""
    time_zone: Annotated[
        str | MISSING, Field(max_length=64, min_length=1, pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
    ] = MISSING
    """Another IANA time zone to show it in."""


class InterviewCancel(BaseModel):
    """Why an interview is called off."""

    model_config = ConfigDict(extra="forbid")
    reason: InterviewCancelReason
    note: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING


class ScorecardAttribute(BaseModel):
    """Something that interviewers rate."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=100, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    description: Annotated[
        str | None, Field(max_length=1000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ]
    """What to look for."""
    is_required: bool
    """Whether a scorecard without it cannot be submitted."""


class ScorecardFormPut(BaseModel):
    """The whole form."""

    model_config = ConfigDict(extra="forbid")
    attributes: Annotated[list[ScorecardAttribute], Field(max_length=30)]


class ScorecardRating(BaseModel):
    """The judgement of one attribute."""

    model_config = ConfigDict(extra="forbid")
    attribute: Annotated[
        str, Field(max_length=100, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ]
    rating: AttributeRating
    note: Annotated[
        str | None, Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ]


class ScorecardPut(BaseModel):
    """The whole of a draft."""

    model_config = ConfigDict(extra="forbid")
    recommendation: Recommendation | None
    ratings: Annotated[list[ScorecardRating], Field(max_length=30)]
    """Each attribute once."""
    notes: Annotated[
        str | None, Field(max_length=20000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ]


ScreeningWeight = TypeAliasType("ScreeningWeight", Annotated[int, Field(ge=1, le=10)])
"""How much the criterion counts in the score."""


ScreeningWord = TypeAliasType(
    "ScreeningWord",
    Annotated[str, Field(max_length=100, min_length=1, pattern="^[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")],
)
"""A word or a few, as resumes have them; case, accents and grammatical gender do not matter."""


class ScreeningSkill(BaseModel):
    """A skill, found by its names. One of `related` counts as partly, and so does the hope to learn it."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["skill"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    name: ScreeningWord
    synonyms: Annotated[list[ScreeningWord], Field(max_length=50, min_length=0)]
    """Other names of it."""
    related: Annotated[list[ScreeningWord], Field(max_length=50, min_length=0)]
    """What counts as partly."""


class ScreeningYears(BaseModel):
    """Years of work, each month once; half of them count as partly."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["years"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    minimum_years: Annotated[int, Field(ge=1, le=40)]
    within: ScreeningWithin
    terms: Annotated[list[ScreeningWord], Field(max_length=50, min_length=0)]
    """What the title or the description names; empty with `any`."""


class ScreeningEducation(BaseModel):
    """A degree or a higher one, in one of the fields if there are any. Another field, or one degree less, counts as partly."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["education"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    minimum_degree: ScreeningDegree
    fields: Annotated[list[ScreeningWord], Field(max_length=50, min_length=0)]
    """Fields of study."""


class ScreeningLanguage(BaseModel):
    """A language at a level or better. One level less, or none said, counts as partly."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["language"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    language: Annotated[str, Field(max_length=2, min_length=2, pattern="^[a-z]{2}$")]
    minimum_level: ScreeningLanguageLevel


class ScreeningLocation(BaseModel):
    """Where somebody lives; unknown of everybody while the job is screened blind."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["location"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    places: Annotated[list[ScreeningWord], Field(max_length=50, min_length=1)]
    """Places, any of which will do."""


class ScreeningWorkMode(BaseModel):
    """A way of working that the resume names."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["work_mode"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    modes: Annotated[list[ScreeningWorkModeKind], Field(max_length=3, min_length=1)]
    """Any of which will do."""


class ScreeningPredicate(BaseModel):
    """Something else of the profile (JSON Resume). Nobody can ask for what is hidden."""

    model_config = ConfigDict(extra="forbid")
    kind: Literal["predicate"]
    key: Annotated[str, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    """What results call the criterion; unique within the rubric."""
    importance: ScreeningImportance
    weight: ScreeningWeight
    pointer: Annotated[str, Field(max_length=100, min_length=2, pattern="^/[A-Za-z0-9*/]+$")]
    """A JSON pointer into the profile; `*` stands for each element of an array."""
    operator: ScreeningOperator
    text: ScreeningWord | MISSING = MISSING
    amount: Annotated[int | MISSING, Field(ge=-1000000, le=1000000)] = MISSING
    texts: Annotated[list[ScreeningWord] | MISSING, Field(max_length=50, min_length=1)] = MISSING


class ScreeningRunCreate(BaseModel):
    """Which applications to screen."""

    model_config = ConfigDict(extra="forbid")
    application_ids: Annotated[list[ApplicationId] | MISSING, Field(max_length=200, min_length=1)] = MISSING
    """These applications for the job, whatever their status; all active ones when absent."""


class ScreeningReviewCreate(BaseModel):
    """What you say to a result."""

    model_config = ConfigDict(extra="forbid")
    decision: ScreeningDecision
    reason: Annotated[str, Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")]


class OfferSalary(BaseModel):
    """What the candidate is to be paid."""

    model_config = ConfigDict(extra="forbid")
    amount: Money
    period: PayPeriod


ExpiryDate = TypeAliasType("ExpiryDate", date)
"""The last day of this century on which something counts, in the time zone of the organization."""


class OfferCreate(BaseModel):
    """The terms of a new offer, as far as they are known."""

    model_config = ConfigDict(extra="forbid")
    opening_id: UUID | None | MISSING = MISSING
    """An open opening of the application's job."""
    salary: OfferSalary | None | MISSING = MISSING
    bonus: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    equity: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    starts_on: CalendarDate | None | MISSING = MISSING
    expires_on: ExpiryDate | None | MISSING = MISSING


class OfferUpdate(BaseModel):
    """What changes about a draft."""

    model_config = ConfigDict(extra="forbid")
    opening_id: UUID | None | MISSING = MISSING
    """An open opening of the application's job."""
    salary: OfferSalary | None | MISSING = MISSING
    bonus: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    equity: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING
    starts_on: CalendarDate | None | MISSING = MISSING
    expires_on: ExpiryDate | None | MISSING = MISSING


class OfferAccept(BaseModel):
    """The candidate accepts."""

    model_config = ConfigDict(extra="forbid")
    decision: Literal["accepted"]
    responded_on: CalendarDate | MISSING = MISSING
    """The day of the answer, between the sending and today; today when absent. Days are those of the organization's time zone."""
    note: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING


class OfferDecline(BaseModel):
    """The candidate declines."""

    model_config = ConfigDict(extra="forbid")
    decision: Literal["declined"]
    responded_on: CalendarDate | MISSING = MISSING
    """The day of the answer, between the sending and today; today when absent. Days are those of the organization's time zone."""
    reason_id: UUID | None | MISSING = MISSING
    """Why, as far as it is known; a reason of the kind `withdrawn_by_candidate`."""
    note: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING


ApproverId = TypeAliasType("ApproverId", UUID)


class ApprovalPolicyStep(BaseModel):
    """Who is asked at the same time. The steps are asked one after the other."""

    model_config = ConfigDict(extra="forbid")
    requires: ApprovalRequirement
    approver_ids: Annotated[list[ApproverId], Field(max_length=20, min_length=1)]


class ApprovalPolicyCreate(BaseModel):
    """A new policy."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    subject: ApprovalSubject
    department_id: UUID | None | MISSING = MISSING
    steps: Annotated[list[ApprovalPolicyStep], Field(max_length=10, min_length=1)]
    allow_self_approval: bool = False
    """Whether who asks may be among those who decide."""


class ApprovalPolicyUpdate(BaseModel):
    """What changes about a policy. Its subject stays."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    department_id: UUID | None | MISSING = MISSING
    steps: Annotated[list[ApprovalPolicyStep] | MISSING, Field(max_length=10, min_length=1)] = MISSING
    allow_self_approval: bool | MISSING = MISSING
    is_archived: bool | MISSING = MISSING


class ApprovalDecide(BaseModel):
    """A vote."""

    model_config = ConfigDict(extra="forbid")
    decision: ApprovalDecision
    comment: Annotated[
        str | None | MISSING,
        Field(max_length=2000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$"),
    ] = MISSING


Value1 = TypeAliasType("Value1", Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")])


class MessageTemplateCreate(BaseModel):
    """A new template."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    kind: MessageKind
    subject: Annotated[str, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")]
    body: Annotated[str, Field(max_length=10000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")]
    variables: Annotated[list[MessageVariable] | MISSING, Field(max_length=7)] = MISSING
    """The variables of the catalogue that the texts use."""
    values: Annotated[list[Value1] | MISSING, Field(max_length=20)] = MISSING
    """The names of the values that each message brings along; the texts use them as `{{ values.name }}`."""


class MessageTemplateUpdate(BaseModel):
    """What changes about a template. Its kind stays."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    subject: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    body: Annotated[
        str | MISSING, Field(max_length=10000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    variables: Annotated[list[MessageVariable] | MISSING, Field(max_length=7)] = MISSING
    """The variables of the catalogue that the texts use."""
    values: Annotated[list[Value1] | MISSING, Field(max_length=20)] = MISSING
    """The names of the values that each message brings along; the texts use them as `{{ values.name }}`."""
    is_archived: bool | MISSING = MISSING


class MessageValue(BaseModel):
    """One value of a message."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[str, Field(max_length=40, min_length=1, pattern="^[a-z][a-z0-9_]*$")]
    value: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")]


class PreviewForApplication(BaseModel):
    """To the candidate of an application."""

    model_config = ConfigDict(extra="forbid")
    recipient: Literal["application"]
    application_id: UUID
    values: Annotated[list[MessageValue] | MISSING, Field(max_length=20)] = MISSING
    """What stands for the `values` of the template. A name given twice counts as given last; one that the template does not declare is left alone."""


class PreviewForCandidate(BaseModel):
    """To a candidate, about no application."""

    model_config = ConfigDict(extra="forbid")
    recipient: Literal["candidate"]
    candidate_id: UUID
    values: Annotated[list[MessageValue] | MISSING, Field(max_length=20)] = MISSING
    """What stands for the `values` of the template. A name given twice counts as given last; one that the template does not declare is left alone."""


class MessageAboutApplication(BaseModel):
    """To the candidate of an application."""

    model_config = ConfigDict(extra="forbid")
    recipient: Literal["application"]
    application_id: UUID
    template_id: UUID | MISSING = MISSING
    values: Annotated[list[MessageValue] | MISSING, Field(max_length=20)] = MISSING
    """What stands for the `values` of the template. A name given twice counts as given last; one that the template does not declare is left alone."""
    subject: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    body: Annotated[
        str | MISSING, Field(max_length=10000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    send_at: Instant | MISSING = MISSING
    """When to send it, in the future and within a year; at once when absent."""


class MessageToCandidate(BaseModel):
    """To a candidate, about no application."""

    model_config = ConfigDict(extra="forbid")
    recipient: Literal["candidate"]
    candidate_id: UUID
    template_id: UUID | MISSING = MISSING
    values: Annotated[list[MessageValue] | MISSING, Field(max_length=20)] = MISSING
    """What stands for the `values` of the template. A name given twice counts as given last; one that the template does not declare is left alone."""
    subject: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    body: Annotated[
        str | MISSING, Field(max_length=10000, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")
    ] = MISSING
    send_at: Instant | MISSING = MISSING
    """When to send it, in the future and within a year; at once when absent."""


CustomField = TypeAliasType(
    "CustomField",
    Annotated[str, Field(max_length=105, min_length=3, pattern="^[a-z][a-z0-9_]{0,39}:[A-Za-z0-9_.-]{1,64}$")],
)


class CandidateSearchFilters(BaseModel):
    """What else must fit."""

    model_config = ConfigDict(extra="forbid")
    job_id: UUID | MISSING = MISSING
    stage_id: UUID | MISSING = MISSING
    stage_kinds: Annotated[list[StageKind] | MISSING, Field(max_length=6, min_length=1)] = MISSING
    application_statuses: Annotated[list[ApplicationStatus] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    source_id: UUID | MISSING = MISSING
    tag_ids: Annotated[list[TagId] | MISSING, Field(max_length=20, min_length=1)] = MISSING
    """All of these tags."""
    custom_fields: Annotated[list[CustomField] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """All of these values of candidates, as `custom_field` of the lists takes them."""
    created_after: Instant | MISSING = MISSING
    created_before: Instant | MISSING = MISSING
    updated_after: Instant | MISSING = MISSING
    updated_before: Instant | MISSING = MISSING


class CandidateSearchQuery(BaseModel):
    """What to search for."""

    model_config = ConfigDict(extra="forbid")
    query: Annotated[str, Field(max_length=500, min_length=1, pattern="^[^\\x00]*$")]
    filters: CandidateSearchFilters | MISSING = MISSING
    facets: Annotated[list[SearchFacet] | MISSING, Field(max_length=5)] = MISSING
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to the rest of the body but `limit`."""


class DemographicAnswers(BaseModel):
    """What one person answers; what is not there was not answered. Declining is an answer."""

    model_config = ConfigDict(extra="forbid")
    gender: GenderAnswer | MISSING = MISSING
    race_ethnicity: RaceEthnicityAnswer | MISSING = MISSING
    veteran_status: VeteranStatusAnswer | MISSING = MISSING
    disability_status: DisabilityStatusAnswer | MISSING = MISSING


class ListApiKeysQuery(BaseModel):
    """The query parameters of `list_api_keys`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class RevokeApiKeyQuery(BaseModel):
    """The query parameters of `revoke_api_key`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListUsersQuery(BaseModel):
    """The query parameters of `list_users`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    role: Annotated[list[UserRole] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only users in one of these roles."""
    is_active: bool | MISSING = MISSING
    """Only users who can, or cannot, sign in."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class GetModelUsageQuery(BaseModel):
    """The query parameters of `get_model_usage`."""

    model_config = ConfigDict(extra="forbid")
    days: Annotated[int, Field(ge=1, le=366)] = 31
    """How many days back, today included."""


class ListDepartmentsQuery(BaseModel):
    """The query parameters of `list_departments`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    parent_id: UUID | MISSING = MISSING
    """Only departments right below this one."""
    is_archived: bool | MISSING = MISSING
    """Only departments that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListOfficesQuery(BaseModel):
    """The query parameters of `list_offices`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    parent_id: UUID | MISSING = MISSING
    """Only offices right below this one."""
    is_archived: bool | MISSING = MISSING
    """Only offices that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListRejectionReasonsQuery(BaseModel):
    """The query parameters of `list_rejection_reasons`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    kind: Annotated[list[RejectionReasonKind] | MISSING, Field(max_length=2, min_length=1)] = MISSING
    """Only rejection reasons of these kinds."""
    is_archived: bool | MISSING = MISSING
    """Only rejection reasons that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListSourcesQuery(BaseModel):
    """The query parameters of `list_sources`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    kind: Annotated[list[SourceKind] | MISSING, Field(max_length=7, min_length=1)] = MISSING
    """Only sources of these kinds."""
    is_archived: bool | MISSING = MISSING
    """Only sources that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListTagsQuery(BaseModel):
    """The query parameters of `list_tags`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    is_archived: bool | MISSING = MISSING
    """Only tags that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListCustomFieldsQuery(BaseModel):
    """The query parameters of `list_custom_fields`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    applies_to: Annotated[list[CustomFieldTarget] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only custom fields of these resources."""
    is_archived: bool | MISSING = MISSING
    """Only custom fields that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


CustomFieldItem = TypeAliasType(
    "CustomFieldItem",
    Annotated[str, Field(max_length=105, min_length=3, pattern="^[a-z][a-z0-9_]{0,39}:[A-Za-z0-9_.-]{1,64}$")],
)


class ListJobsQuery(BaseModel):
    """The query parameters of `list_jobs`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    status: Annotated[list[JobStatus] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only jobs in one of these statuses."""
    department_id: UUID | MISSING = MISSING
    """Only jobs of this department, not of those below it."""
    office_id: UUID | MISSING = MISSING
    """Only jobs of this office, not of those below it."""
    external_id: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Only the job with this external id."""
    is_archived: bool | MISSING = MISSING
    """Only jobs that are, or are not, archived."""
    custom_field: Annotated[list[CustomFieldItem] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """
    Only what has each of these values, as `key:value`: `true` or `false`; an integer or a number as it is written; a date as
    `2027-01-04`; the key of an option (of several: one that is among them); the id of a user; an amount of money as `6500000.EUR`.
    Texts and URLs are sealed and cannot be filtered by; a field that is private only with the scope that shows it.
    """
    sort: JobSort = JobSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class GetJobQuery(BaseModel):
    """The query parameters of `get_job`."""

    model_config = ConfigDict(extra="forbid")
    include: Annotated[list[JobInclude] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """What else comes along."""


class OpenJobQuery(BaseModel):
    """The query parameters of `open_job`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class CloseJobQuery(BaseModel):
    """The query parameters of `close_job`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListJobOpeningsQuery(BaseModel):
    """The query parameters of `list_job_openings`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    status: Annotated[list[OpeningStatus] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only openings in one of these statuses."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class CancelOpeningQuery(BaseModel):
    """The query parameters of `cancel_opening`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListPostsQuery(BaseModel):
    """The query parameters of `list_posts`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    status: Annotated[list[PostStatus] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only posts in one of these statuses."""
    job_id: UUID | MISSING = MISSING
    """Only posts of this job."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class PublishPostQuery(BaseModel):
    """The query parameters of `publish_post`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class UnpublishPostQuery(BaseModel):
    """The query parameters of `unpublish_post`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListPublicPostsQuery(BaseModel):
    """The query parameters of `list_public_posts`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    department: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Only posts of the department of this name."""
    office: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Only posts of the office of this name."""
    workplace: Annotated[list[Workplace] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only posts with one of these workplaces."""
    q: Annotated[
        str | MISSING, Field(max_length=100, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Only posts whose title or location holds this text, in upper or lower case."""


class CreatePublicApplicationQuery(BaseModel):
    """The query parameters of `create_public_application`."""

    model_config = ConfigDict(extra="forbid")
    source: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Where the candidate comes from, as the name of one of the organization's sources; others are passed over."""


class WithdrawPublicApplicationQuery(BaseModel):
    """The query parameters of `withdraw_public_application`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListIntakesQuery(BaseModel):
    """The query parameters of `list_intakes`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    status: Annotated[list[IntakeStatus] | MISSING, Field(max_length=6, min_length=1)] = MISSING
    """Only intakes in these statuses."""
    job_id: UUID | MISSING = MISSING
    """Only intakes for this job."""
    post_id: UUID | MISSING = MISSING
    """Only intakes that came by this post."""
    candidate_id: UUID | MISSING = MISSING
    """Only intakes that became applications of this candidate."""
    application_id: UUID | MISSING = MISSING
    """Only the intakes behind this application."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class ReprocessIntakeQuery(BaseModel):
    """The query parameters of `reprocess_intake`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ReleaseIntakeQuery(BaseModel):
    """The query parameters of `release_intake`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class DiscardIntakeQuery(BaseModel):
    """The query parameters of `discard_intake`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListCandidatesQuery(BaseModel):
    """The query parameters of `list_candidates`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    status: Annotated[list[CandidateStatus] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """
    Only candidates in one of these statuses; the active ones when absent. All but active and
    anonymized ones show only to actors who see the whole organization.
    """
    source_id: UUID | MISSING = MISSING
    """Only candidates of this source."""
    tag_id: UUID | MISSING = MISSING
    """Only candidates with this tag."""
    external_id: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Only the candidate with this external id."""
    email: Annotated[
        str | MISSING, Field(max_length=254, min_length=3, pattern="^[^@\\x00-\\x20\\x7f]+@[^@\\x00-\\x20\\x7f]+$")
    ] = MISSING
    """Only candidates with exactly this e-mail address; upper and lower case are the same."""
    phone: Annotated[str | MISSING, Field(max_length=40, min_length=3, pattern="^[+]?[0-9(][0-9 ()./x-]*$")] = MISSING
    """Only candidates with exactly this phone number, however its digits are grouped."""
    q: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """
    Words of the name and the profile, all of which must occur: `payments engineer`, a phrase in quotes (`"backend
    engineer"`), the beginning of a word (`pay*`).
    """
    custom_field: Annotated[list[CustomFieldItem] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """
    Only what has each of these values, as `key:value`: `true` or `false`; an integer or a number as it is written; a date as
    `2027-01-04`; the key of an option (of several: one that is among them); the id of a user; an amount of money as `6500000.EUR`.
    Texts and URLs are sealed and cannot be filtered by; a field that is private only with the scope that shows it.
    """
    sort: CandidateSort = CandidateSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListCandidateTimelineQuery(BaseModel):
    """The query parameters of `list_candidate_timeline`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    type: Annotated[list[EventType] | MISSING, Field(max_length=60, min_length=1)] = MISSING
    """Only events of these types."""


class RestoreCandidateQuery(BaseModel):
    """The query parameters of `restore_candidate`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListCandidateNotesQuery(BaseModel):
    """The query parameters of `list_candidate_notes`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    application_id: UUID | MISSING = MISSING
    """Only notes on this application."""
    visibility: Annotated[list[NoteVisibility] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only notes of these visibilities."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class ListAttachmentsQuery(BaseModel):
    """The query parameters of `list_attachments`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    application_id: UUID | MISSING = MISSING
    """Only files on this application."""
    kind: Annotated[list[AttachmentKind] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only files of these kinds."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class ListResumeParsesQuery(BaseModel):
    """The query parameters of `list_resume_parses`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    attachment_id: UUID | MISSING = MISSING
    """Only parses of this attachment."""
    status: Annotated[list[ResumeParseStatus] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only parses with these statuses."""
    is_accepted: bool | MISSING = MISSING
    """Only parses that somebody has accepted, or only others."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class AcceptResumeParseQuery(BaseModel):
    """The query parameters of `accept_resume_parse`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListCandidateConsentsQuery(BaseModel):
    """The query parameters of `list_candidate_consents`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    purpose: Annotated[list[ConsentPurpose] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only consents for these purposes."""
    status: Annotated[list[ConsentStatus] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """Only consents in these statuses."""
    is_current: bool | MISSING = MISSING
    """Only consents that are, or are not, the newest of their purpose."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class WithdrawConsentQuery(BaseModel):
    """The query parameters of `withdraw_consent`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class MergeCandidatesQuery(BaseModel):
    """The query parameters of `merge_candidates`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class UnmergeCandidateQuery(BaseModel):
    """The query parameters of `unmerge_candidate`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class AnonymizeCandidateQuery(BaseModel):
    """The query parameters of `anonymize_candidate`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class EraseCandidateQuery(BaseModel):
    """The query parameters of `erase_candidate`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class RunRetentionPolicyQuery(BaseModel):
    """The query parameters of `run_retention_policy`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListLegalHoldsQuery(BaseModel):
    """The query parameters of `list_legal_holds`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class ReleaseLegalHoldQuery(BaseModel):
    """The query parameters of `release_legal_hold`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListApplicationsQuery(BaseModel):
    """The query parameters of `list_applications`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    job_id: UUID | MISSING = MISSING
    """Only applications on this job."""
    candidate_id: UUID | MISSING = MISSING
    """Only applications of this candidate."""
    stage_id: UUID | MISSING = MISSING
    """Only applications that stand in this stage."""
    status: Annotated[list[ApplicationStatus] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only applications in one of these statuses."""
    source_id: UUID | MISSING = MISSING
    """Only applications of this source."""
    external_id: Annotated[
        str | MISSING, Field(max_length=200, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    """Only the application with this external id."""
    include: Annotated[list[ApplicationInclude] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """What else comes along."""
    custom_field: Annotated[list[CustomFieldItem] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """
    Only what has each of these values, as `key:value`: `true` or `false`; an integer or a number as it is written; a date as
    `2027-01-04`; the key of an option (of several: one that is among them); the id of a user; an amount of money as `6500000.EUR`.
    Texts and URLs are sealed and cannot be filtered by; a field that is private only with the scope that shows it.
    """
    sort: ApplicationSort = ApplicationSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class GetApplicationQuery(BaseModel):
    """The query parameters of `get_application`."""

    model_config = ConfigDict(extra="forbid")
    include: Annotated[list[ApplicationInclude] | MISSING, Field(max_length=3, min_length=1)] = MISSING
    """What else comes along."""


class MoveApplicationQuery(BaseModel):
    """The query parameters of `move_application`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class RejectApplicationQuery(BaseModel):
    """The query parameters of `reject_application`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class WithdrawApplicationQuery(BaseModel):
    """The query parameters of `withdraw_application`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class HireApplicationQuery(BaseModel):
    """The query parameters of `hire_application`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ReopenApplicationQuery(BaseModel):
    """The query parameters of `reopen_application`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class BulkApplicationsQuery(BaseModel):
    """The query parameters of `bulk_applications`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListStageHistoryQuery(BaseModel):
    """The query parameters of `list_stage_history`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    job_id: UUID | MISSING = MISSING
    """Only stays in stages of this job."""
    application_id: UUID | MISSING = MISSING
    """Only stays of this application."""
    candidate_id: UUID | MISSING = MISSING
    """Only stays of this candidate's applications."""
    stage_id: UUID | MISSING = MISSING
    """Only stays in this stage."""
    entered_after: Instant | MISSING = MISSING
    """Only stays that began after this instant."""
    entered_before: Instant | MISSING = MISSING
    """Only stays that began before this instant."""
    sort: StageHistorySort = StageHistorySort.ENTERED_AT_DESC
    """The order of the list; a leading minus means descending."""


class GetUserBusyTimesQuery(BaseModel):
    """The query parameters of `get_user_busy_times`."""

    model_config = ConfigDict(extra="forbid")
    ends_after: Instant | MISSING = MISSING
    """Only what ends after this instant; now, when none is given."""
    starts_before: Instant | MISSING = MISSING
    """Only what starts before this instant."""


class ListInterviewsQuery(BaseModel):
    """The query parameters of `list_interviews`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: InterviewSort = InterviewSort.STARTS_AT_DESC
    """The order of the list; a leading minus means descending."""
    application_id: UUID | MISSING = MISSING
    """Only interviews of this application."""
    job_id: UUID | MISSING = MISSING
    """Only interviews for this job."""
    candidate_id: UUID | MISSING = MISSING
    """Only interviews of this candidate."""
    interviewer_id: UUID | MISSING = MISSING
    """Only interviews that this user holds."""
    status: Annotated[list[InterviewStatus] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only interviews in one of these statuses."""
    starts_after: Instant | MISSING = MISSING
    """Only interviews that start after this instant."""
    starts_before: Instant | MISSING = MISSING
    """Only interviews that start before this instant."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListInterviewsCalendarQuery(BaseModel):
    """The query parameters of `list_interviews_calendar`."""

    model_config = ConfigDict(extra="forbid")
    application_id: UUID | MISSING = MISSING
    """Only interviews of this application."""
    job_id: UUID | MISSING = MISSING
    """Only interviews for this job."""
    candidate_id: UUID | MISSING = MISSING
    """Only interviews of this candidate."""
    interviewer_id: UUID | MISSING = MISSING
    """Only interviews that this user holds."""
    status: Annotated[list[InterviewStatus] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only interviews in one of these statuses."""
    starts_after: Instant | MISSING = MISSING
    """Only interviews that start after this instant."""
    starts_before: Instant | MISSING = MISSING
    """Only interviews that start before this instant."""


class RescheduleInterviewQuery(BaseModel):
    """The query parameters of `reschedule_interview`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class CancelInterviewQuery(BaseModel):
    """The query parameters of `cancel_interview`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class CompleteInterviewQuery(BaseModel):
    """The query parameters of `complete_interview`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class MarkInterviewNoShowQuery(BaseModel):
    """The query parameters of `mark_interview_no_show`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListScorecardsQuery(BaseModel):
    """The query parameters of `list_scorecards`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    application_id: UUID | MISSING = MISSING
    """Only scorecards on this application."""
    interview_id: UUID | MISSING = MISSING
    """Only scorecards of this interview."""
    job_id: UUID | MISSING = MISSING
    """Only scorecards for this job."""
    candidate_id: UUID | MISSING = MISSING
    """Only scorecards on this candidate."""
    interviewer_id: UUID | MISSING = MISSING
    """Only scorecards of this interviewer; name yourself to see what you still have to write."""
    status: Annotated[list[ScorecardStatus] | MISSING, Field(max_length=2, min_length=1)] = MISSING
    """Only scorecards in one of these statuses."""
    due_before: Instant | MISSING = MISSING
    """Only scorecards that were due before this instant: with `status=draft`, those that are missing."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class SubmitScorecardQuery(BaseModel):
    """The query parameters of `submit_scorecard`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class PutJobScreeningRubricQuery(BaseModel):
    """The query parameters of `put_job_screening_rubric`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListJobScreeningRubricsQuery(BaseModel):
    """The query parameters of `list_job_screening_rubrics`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""


class ListScreeningRunsQuery(BaseModel):
    """The query parameters of `list_screening_runs`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""


class ListScreeningRunResultsQuery(BaseModel):
    """The query parameters of `list_screening_run_results`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""


class ListApplicationScreeningResultsQuery(BaseModel):
    """The query parameters of `list_application_screening_results`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""


class ReviewScreeningResultQuery(BaseModel):
    """The query parameters of `review_screening_result`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class GetAdverseImpactReportQuery(BaseModel):
    """The query parameters of `get_adverse_impact_report`."""

    model_config = ConfigDict(extra="forbid")
    quarter: Annotated[str | MISSING, Field(max_length=7, min_length=7, pattern="^20[0-9]{2}-Q[1-4]$")] = MISSING
    """The quarter of a year, in UTC; the last one that is over when absent."""
    basis: AdverseImpactBasis = AdverseImpactBasis.ABOVE_MEDIAN
    """What counts as favoured."""


class ListOffersQuery(BaseModel):
    """The query parameters of `list_offers`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    status: Annotated[list[OfferStatus] | MISSING, Field(max_length=9, min_length=1)] = MISSING
    """Only offers in one of these statuses."""
    application_id: UUID | MISSING = MISSING
    """Only offers on this application."""
    job_id: UUID | MISSING = MISSING
    """Only offers for this job."""
    candidate_id: UUID | MISSING = MISSING
    """Only offers to this candidate."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class SubmitOfferQuery(BaseModel):
    """The query parameters of `submit_offer`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class SendOfferQuery(BaseModel):
    """The query parameters of `send_offer`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class RespondToOfferQuery(BaseModel):
    """The query parameters of `respond_to_offer`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class WithdrawOfferQuery(BaseModel):
    """The query parameters of `withdraw_offer`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ReviseOfferQuery(BaseModel):
    """The query parameters of `revise_offer`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListApprovalPoliciesQuery(BaseModel):
    """The query parameters of `list_approval_policies`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    subject: ApprovalSubject | MISSING = MISSING
    """Only policies for jobs, or for offers."""
    department_id: UUID | MISSING = MISSING
    """Only policies for this department."""
    is_archived: bool | MISSING = MISSING
    """Only policies that are, or are not, archived."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class ListApprovalsQuery(BaseModel):
    """The query parameters of `list_approvals`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    status: Annotated[list[ApprovalStatus] | MISSING, Field(max_length=4, min_length=1)] = MISSING
    """Only approvals in one of these statuses."""
    subject: ApprovalSubject | MISSING = MISSING
    """Only approvals of jobs, or of offers."""
    job_id: UUID | MISSING = MISSING
    """Only approvals of this job and of offers for it."""
    offer_id: UUID | MISSING = MISSING
    """Only approvals of this offer."""
    awaits_me: bool | MISSING = MISSING
    """Only pending approvals whose current step waits for your decision; false for all others."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class DecideApprovalQuery(BaseModel):
    """The query parameters of `decide_approval`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class CancelApprovalQuery(BaseModel):
    """The query parameters of `cancel_approval`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListMessageTemplatesQuery(BaseModel):
    """The query parameters of `list_message_templates`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    kind: Annotated[list[MessageKind] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """Only templates of these kinds."""
    is_archived: bool | MISSING = MISSING
    """Only templates that are, or are not, archived."""
    sort: NameSort = NameSort.NAME
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class PreviewMessageTemplateQuery(BaseModel):
    """The query parameters of `preview_message_template`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListMessagesQuery(BaseModel):
    """The query parameters of `list_messages`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    candidate_id: UUID | MISSING = MISSING
    """Only messages to this candidate."""
    application_id: UUID | MISSING = MISSING
    """Only messages about this application."""
    job_id: UUID | MISSING = MISSING
    """Only messages about this job."""
    status: Annotated[list[MessageStatus] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """Only messages in one of these statuses."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""


class CancelMessageQuery(BaseModel):
    """The query parameters of `cancel_message`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class ListJobMatchesQuery(BaseModel):
    """The query parameters of `list_job_matches`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    applied: MatchApplied = MatchApplied.EXCLUDE
    """Whether those who have applied to the job are left out, in, or alone."""
    tag_ids: Annotated[list[TagId] | MISSING, Field(max_length=20, min_length=1)] = MISSING
    """Only candidates with all of these tags."""
    location: Annotated[str | MISSING, Field(max_length=100, min_length=1, pattern="^[^\\x00]*$")] = MISSING
    """Only candidates in whose profile or resume these words stand next to each other as a place or school."""


class ListCandidateMatchesQuery(BaseModel):
    """The query parameters of `list_candidate_matches`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    applied: MatchApplied = MatchApplied.EXCLUDE
    """Whether the jobs that the candidate has applied to are left out, in, or alone."""


class GetTimeInStageReportQuery(BaseModel):
    """The query parameters of `get_time_in_stage_report`."""

    model_config = ConfigDict(extra="forbid")
    as_of: Instant | MISSING = MISSING
    """The instant whose knowledge the report shows; now when absent."""
    entered_from: Instant | MISSING = MISSING
    """Only stays that began at this instant or later."""
    entered_before: Instant | MISSING = MISSING
    """Only stays that began before this instant."""
    job_id: UUID | MISSING = MISSING
    """Only stays in stages of this job."""
    department_id: UUID | MISSING = MISSING
    """Only stays on jobs of exactly this department."""
    office_id: UUID | MISSING = MISSING
    """Only stays on jobs of exactly this office."""
    source_id: UUID | MISSING = MISSING
    """Only stays of applications that have this source now."""
    group_by: StayGrouping = StayGrouping.STAGE
    """What the stays are counted by."""


class GetFunnelReportQuery(BaseModel):
    """The query parameters of `get_funnel_report`."""

    model_config = ConfigDict(extra="forbid")
    as_of: Instant | MISSING = MISSING
    """The instant whose knowledge the report shows; now when absent."""
    applied_from: Instant | MISSING = MISSING
    """Only applications that came in at this instant or later."""
    applied_before: Instant | MISSING = MISSING
    """Only applications that came in before this instant."""
    job_id: UUID | MISSING = MISSING
    """Only what was in stages of this job."""
    department_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this department."""
    office_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this office."""
    source_id: UUID | MISSING = MISSING
    """Only applications that have this source now."""
    group_by: FunnelGrouping = FunnelGrouping.STAGE
    """What the applications are counted by."""


class GetSourceYieldReportQuery(BaseModel):
    """The query parameters of `get_source_yield_report`."""

    model_config = ConfigDict(extra="forbid")
    as_of: Instant | MISSING = MISSING
    """The instant whose knowledge the report shows; now when absent."""
    applied_from: Instant | MISSING = MISSING
    """Only applications that came in at this instant or later."""
    applied_before: Instant | MISSING = MISSING
    """Only applications that came in before this instant."""
    job_id: UUID | MISSING = MISSING
    """Only what was in stages of this job."""
    department_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this department."""
    office_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this office."""
    source_id: UUID | MISSING = MISSING
    """Only applications that have this source now."""


class GetTimeToHireReportQuery(BaseModel):
    """The query parameters of `get_time_to_hire_report`."""

    model_config = ConfigDict(extra="forbid")
    as_of: Instant | MISSING = MISSING
    """The instant whose knowledge the report shows; now when absent."""
    hired_from: Instant | MISSING = MISSING
    """Only hires at this instant or later."""
    hired_before: Instant | MISSING = MISSING
    """Only hires before this instant."""
    job_id: UUID | MISSING = MISSING
    """Only what was in stages of this job."""
    department_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this department."""
    office_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this office."""
    source_id: UUID | MISSING = MISSING
    """Only applications that have this source now."""
    basis: HireBasis = HireBasis.APPLIED
    """What the time begins with."""
    group_by: HireGrouping = HireGrouping.JOB
    """What the hires are counted by."""


class GetOverdueRepliesReportQuery(BaseModel):
    """The query parameters of `get_overdue_replies_report`."""

    model_config = ConfigDict(extra="forbid")
    as_of: Instant | MISSING = MISSING
    """The instant whose knowledge the report shows; now when absent."""
    days: Annotated[int | MISSING, Field(ge=1, le=365)] = MISSING
    """After how many quiet days a reply is overdue; the organization's `reply_days` when absent."""
    job_id: UUID | MISSING = MISSING
    """Only what was in stages of this job."""
    department_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this department."""
    office_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this office."""
    source_id: UUID | MISSING = MISSING
    """Only applications that have this source now."""


class GetMissingScorecardsReportQuery(BaseModel):
    """The query parameters of `get_missing_scorecards_report`."""

    model_config = ConfigDict(extra="forbid")
    as_of: Instant | MISSING = MISSING
    """The instant whose knowledge the report shows; now when absent."""
    job_id: UUID | MISSING = MISSING
    """Only what was in stages of this job."""
    department_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this department."""
    office_id: UUID | MISSING = MISSING
    """Only what was on jobs of exactly this office."""
    source_id: UUID | MISSING = MISSING
    """Only applications that have this source now."""


class GetEeoReportQuery(BaseModel):
    """The query parameters of `get_eeo_report`."""

    model_config = ConfigDict(extra="forbid")
    quarter: Annotated[str | MISSING, Field(max_length=7, min_length=7, pattern="^20[0-9]{2}-Q[1-4]$")] = MISSING
    """The quarter of a year, in UTC; the last one that is over when absent."""


class ListEventsQuery(BaseModel):
    """The query parameters of `list_events`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    after: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """
    Where to go on, as `page.next_cursor` of an earlier answer gave it. It belongs to its filters; the beginning when
    absent.
    """
    type: Annotated[list[EventType] | MISSING, Field(max_length=60, min_length=1)] = MISSING
    """Only events of these types."""
    resource_type: Annotated[list[ResourceType] | MISSING, Field(max_length=40, min_length=1)] = MISSING
    """Only events about these kinds of resource."""
    resource_id: UUID | MISSING = MISSING
    """Only events about this resource."""
    job_id: UUID | MISSING = MISSING
    """Only events that concern this job."""
    candidate_id: UUID | MISSING = MISSING
    """Only events that concern this candidate."""
    application_id: UUID | MISSING = MISSING
    """Only events that concern this application."""


class ListTasksQuery(BaseModel):
    """The query parameters of `list_tasks`."""

    model_config = ConfigDict(extra="forbid")
    limit: Annotated[int, Field(ge=1, le=200)] = 50
    """How many items a page holds at the most."""
    cursor: Annotated[str | MISSING, Field(max_length=2048, min_length=1, pattern="^[A-Za-z0-9_-]+$")] = MISSING
    """Where the page starts, as the `next_cursor` of the page before it gave it. It belongs to its filters and sort."""
    status: Annotated[list[TaskStatus] | MISSING, Field(max_length=5, min_length=1)] = MISSING
    """Only tasks in these statuses."""
    name: Annotated[str | MISSING, Field(max_length=60, min_length=1, pattern="^[a-z][a-z0-9_]*$")] = MISSING
    """Only tasks of this name."""
    created_after: Instant | MISSING = MISSING
    """Only what was created after this instant."""
    updated_after: Instant | MISSING = MISSING
    """Only what was changed after this instant."""
    sort: CreatedSort = CreatedSort.CREATED_AT_DESC
    """The order of the list; a leading minus means descending."""


class RetryTaskQuery(BaseModel):
    """The query parameters of `retry_task`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class CancelTaskQuery(BaseModel):
    """The query parameters of `cancel_task`."""

    model_config = ConfigDict(extra="forbid")
    dry_run: bool = False
    """Run the command, roll it back, and answer with the `effects` that it would have had."""


class OrganizationSettingsUpdate(BaseModel):
    """The settings that change; the others stay."""

    model_config = ConfigDict(extra="forbid")
    require_if_match: bool | MISSING = MISSING
    auto_close_jobs: bool | MISSING = MISSING
    full_text_search: bool | MISSING = MISSING
    """
    False removes the search index of every profile; true builds it again. A task does the work, so that a search finds
    everybody only once that task has ended (`GET /api/v1/tasks?name=index_profiles`).
    """
    quarantine_days: Annotated[int | MISSING, Field(ge=1, le=365)] = MISSING
    reply_days: Annotated[int | MISSING, Field(ge=1, le=365)] = MISSING
    hide_scorecards_until_submitted: bool | MISSING = MISSING
    resume_reading: ResumeReadingSettingsUpdate | MISSING = MISSING
    similar_wording: bool | MISSING = MISSING
    """False removes every vector; true makes them. A task does the work (`GET /api/v1/tasks?name=embed_missing`)."""


JobClose = TypeAliasType(
    "JobClose", Annotated[JobCloseKeeping | JobCloseRejecting, Field(discriminator="applications")]
)
"""How a job is closed, and what becomes of its active applications."""


class PipelinePut(BaseModel):
    """The whole pipeline as it shall be, in order."""

    model_config = ConfigDict(extra="forbid")
    stages: Annotated[list[StagePut], Field(max_length=50, min_length=1)]


BulkApplications = TypeAliasType(
    "BulkApplications", Annotated[BulkMove | BulkReject | BulkWithdraw | BulkReopen, Field(discriminator="action")]
)
"""One command for many applications."""


ScreeningCriterion = TypeAliasType(
    "ScreeningCriterion",
    Annotated[
        ScreeningSkill
        | ScreeningYears
        | ScreeningEducation
        | ScreeningLanguage
        | ScreeningLocation
        | ScreeningWorkMode
        | ScreeningPredicate,
        Field(discriminator="kind"),
    ],
)
"""One thing that a job asks for."""


class ScreeningRubricPut(BaseModel):
    """The whole rubric."""

    model_config = ConfigDict(extra="forbid")
    is_enabled: bool
    is_blind: bool
    criteria: Annotated[list[ScreeningCriterion], Field(max_length=50)]


class SelfIdentification(BaseModel):
    """What a candidate says about themselves. Declining is an answer."""

    model_config = ConfigDict(extra="forbid")
    gender: GenderAnswer
    race_ethnicity: RaceEthnicityAnswer


OfferRespond = TypeAliasType("OfferRespond", Annotated[OfferAccept | OfferDecline, Field(discriminator="decision")])
"""What the candidate has answered."""


MessagePreviewCreate = TypeAliasType(
    "MessagePreviewCreate", Annotated[PreviewForApplication | PreviewForCandidate, Field(discriminator="recipient")]
)
"""Whom the message would go to, and its values."""


MessageCreate = TypeAliasType(
    "MessageCreate", Annotated[MessageAboutApplication | MessageToCandidate, Field(discriminator="recipient")]
)
"""A message to the candidate of an application, or to a candidate. Either `template_id` with its `values`, or `subject` and `body`."""


class OrganizationUpdate(BaseModel):
    """What changes about the organization."""

    model_config = ConfigDict(extra="forbid")
    name: Annotated[
        str | MISSING, Field(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")
    ] = MISSING
    time_zone: Annotated[
        str | MISSING, Field(max_length=64, min_length=1, pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$")
    ] = MISSING
    """The name of an IANA time zone, such as `Europe/Berlin`."""
    default_currency: Currency | MISSING = MISSING
    settings: OrganizationSettingsUpdate | MISSING = MISSING
