# generated from spec/ats.v1.yaml by `make generate`; do not edit
from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, TypeAlias
from uuid import UUID

from msgspec import UNSET, Meta, UnsetType, field

from generated.contract import Resource
from generated.enums import (
    ActorType,
    ApplicationStatus,
    CandidateStatus,
    CheckStatus,
    ContactKind,
    EmploymentType,
    EventType,
    HealthStatus,
    HiringTeamRole,
    JobCloseReason,
    JobStatus,
    LinkKind,
    OpeningStatus,
    PayPeriod,
    ProblemCode,
    RejectionReasonKind,
    ResourceType,
    Scope,
    SourceKind,
    StageKind,
    UserRole,
    Visibility,
    Workplace,
)

Instant: TypeAlias = Annotated[
    datetime, Meta(description="A point in time, RFC 3339 in UTC.", examples=["2026-11-23T09:30:00Z"])
]
"""A point in time, RFC 3339 in UTC."""


CalendarDate: TypeAlias = Annotated[date, Meta(description="A day, without a time zone.", examples=["2027-01-04"])]
"""A day, without a time zone."""


Currency: TypeAlias = Annotated[
    str,
    Meta(description="An ISO 4217 currency code.", examples=["EUR"], max_length=3, min_length=3, pattern="^[A-Z]{3}$"),
]
"""An ISO 4217 currency code."""


TimeZone: TypeAlias = Annotated[
    str,
    Meta(
        description="The name of an IANA time zone.",
        examples=["Europe/Berlin"],
        max_length=64,
        min_length=1,
        pattern="^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$",
    ),
]
"""The name of an IANA time zone."""


class Money(Resource, kw_only=True):
    """An amount in the smallest unit of its currency, so EUR 65,000.00 is 6500000."""

    amount_minor: Annotated[int, Meta(ge=0, le=9007199254740991)]
    currency: Currency


class PageInfo(Resource, kw_only=True):
    """Where this page of a list ends."""

    next_cursor: (
        Annotated[str, Meta(description="The `cursor` of the next page; null on the last page.", max_length=512)] | None
    )
    """The `cursor` of the next page; null on the last page."""
    has_more: Annotated[bool, Meta(description="Whether there is a next page.")]
    """Whether there is a next page."""


class FeedPage(Resource, kw_only=True):
    """Where this page of the feed ends. A feed has no last page, so its cursor is always there to poll with."""

    next_cursor: Annotated[
        str,
        Meta(
            description="The `after` of the next request. It stands still while nothing new has happened.",
            max_length=512,
            min_length=1,
        ),
    ]
    """The `after` of the next request. It stands still while nothing new has happened."""
    has_more: Annotated[
        bool, Meta(description="Whether more is ready now; if not, ask again later with the same cursor.")
    ]
    """Whether more is ready now; if not, ask again later with the same cursor."""


AllowedItem: TypeAlias = Annotated[str, Meta(max_length=100)]


class FieldError(Resource, kw_only=True):
    """One wrong field."""

    pointer: Annotated[
        str,
        Meta(
            description="A JSON Pointer into the body (`/profile/emails/0/address`), or `query/`, `path/` or `header/` and the parameter's name\n(`query/limit`). Empty when the body as a whole is wrong.\n",
            max_length=500,
        ),
    ]
    """
    A JSON Pointer into the body (`/profile/emails/0/address`), or `query/`, `path/` or `header/` and the parameter's name
    (`query/limit`). Empty when the body as a whole is wrong.

    """
    code: Annotated[
        str,
        Meta(
            description="The rule that the field breaks, a keyword of JSON Schema (`maxLength`, `required`, …) or a problem code.",
            max_length=60,
        ),
    ]
    """The rule that the field breaks, a keyword of JSON Schema (`maxLength`, `required`, …) or a problem code."""
    message: Annotated[str, Meta(description="What is allowed, for people.", max_length=1000)]
    """What is allowed, for people."""


JobId: TypeAlias = UUID


class Actor(Resource, kw_only=True):
    """Whoever calls."""

    type: ActorType
    id: Annotated[UUID, Meta(description="The id of the user or of the API key; null for the system.")] | None
    """The id of the user or of the API key; null for the system."""


class ApiKey(Resource, kw_only=True):
    """A credential for a machine. Its secret is not kept, only a hash of it."""

    id: UUID
    name: Annotated[str, Meta(max_length=120)]
    public_id: Annotated[
        str,
        Meta(description="The part of the key that is no secret, to recognise it by in a list of keys.", max_length=40),
    ]
    """The part of the key that is no secret, to recognise it by in a list of keys."""
    scopes: Annotated[list[Scope], Meta(max_length=50)]
    job_ids: (
        Annotated[
            list[JobId],
            Meta(description="The jobs whose rows the key sees; null for the whole organization.", max_length=10000),
        ]
        | None
    )
    """The jobs whose rows the key sees; null for the whole organization."""
    created_by_user_id: (
        Annotated[UUID, Meta(description="The user who made it; null when another API key or the command line did.")]
        | None
    )
    """The user who made it; null when another API key or the command line did."""
    expires_at: Instant | None
    revoked_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class ApiKeyWithSecret(Resource, kw_only=True):
    """A new API key together with its secret."""

    id: UUID
    name: Annotated[str, Meta(max_length=120)]
    public_id: Annotated[
        str,
        Meta(description="The part of the key that is no secret, to recognise it by in a list of keys.", max_length=40),
    ]
    """The part of the key that is no secret, to recognise it by in a list of keys."""
    scopes: Annotated[list[Scope], Meta(max_length=50)]
    job_ids: (
        Annotated[
            list[JobId],
            Meta(description="The jobs whose rows the key sees; null for the whole organization.", max_length=10000),
        ]
        | None
    )
    """The jobs whose rows the key sees; null for the whole organization."""
    created_by_user_id: (
        Annotated[UUID, Meta(description="The user who made it; null when another API key or the command line did.")]
        | None
    )
    """The user who made it; null when another API key or the command line did."""
    expires_at: Instant | None
    revoked_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""
    secret: Annotated[
        str,
        Meta(
            description="The whole bearer token, `ats_…`. It is shown this once and cannot be read again.",
            max_length=200,
        ),
    ]
    """The whole bearer token, `ats_…`. It is shown this once and cannot be read again."""


class ApiKeyResponse(Resource, kw_only=True):
    data: ApiKey


class ApiKeyWithSecretResponse(Resource, kw_only=True):
    data: ApiKeyWithSecret


class ApiKeyList(Resource, kw_only=True):
    data: Annotated[list[ApiKey], Meta(max_length=200)]
    page: PageInfo


class User(Resource, kw_only=True):
    """A member of the staff."""

    id: UUID
    email: Annotated[str, Meta(max_length=254)]
    name: Annotated[str, Meta(max_length=120)]
    role: UserRole
    is_active: Annotated[bool, Meta(description="Whether the user can sign in.")]
    """Whether the user can sign in."""
    job_ids: Annotated[
        list[JobId],
        Meta(
            description="The jobs whose rows a hiring manager or an interviewer sees; the other roles see every job.",
            max_length=10000,
        ),
    ]
    """The jobs whose rows a hiring manager or an interviewer sees; the other roles see every job."""
    last_signed_in_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class UserResponse(Resource, kw_only=True):
    data: User


class UserList(Resource, kw_only=True):
    data: Annotated[list[User], Meta(max_length=200)]
    page: PageInfo


class OrganizationSummary(Resource, kw_only=True):
    """An organization, in brief."""

    id: UUID
    slug: Annotated[str, Meta(max_length=63)]
    name: Annotated[str, Meta(max_length=120)]


class OrganizationSettings(Resource, kw_only=True):
    """How the organization works."""

    require_if_match: Annotated[bool, Meta(description="Whether a change without `If-Match` is refused with 428.")]
    """Whether a change without `If-Match` is refused with 428."""
    auto_close_jobs: Annotated[
        bool,
        Meta(description="Whether a job closes when its last open opening is filled, unless the job says otherwise."),
    ]
    """Whether a job closes when its last open opening is filled, unless the job says otherwise."""
    full_text_search: Annotated[
        bool,
        Meta(
            description="Whether the words of profiles are kept as keyed hashes, so that they can be searched. Whoever holds a dump of the\ndatabase without the key learns from it which profiles share words, but no word.\n"
        ),
    ]
    """
    Whether the words of profiles are kept as keyed hashes, so that they can be searched. Whoever holds a dump of the
    database without the key learns from it which profiles share words, but no word.

    """
    quarantine_days: Annotated[
        int, Meta(description="How many days a deleted candidate can be restored.", ge=1, le=365)
    ]
    """How many days a deleted candidate can be restored."""


class Department(Resource, kw_only=True):
    """A part of the organization, in a tree."""

    id: UUID
    name: Annotated[str, Meta(max_length=120)]
    parent_id: Annotated[UUID, Meta(description="The department above; null at the top.")] | None
    """The department above; null at the top."""
    is_archived: Annotated[
        bool, Meta(description="Whether lists to choose from leave it out. What refers to it keeps doing so.")
    ]
    """Whether lists to choose from leave it out. What refers to it keeps doing so."""
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class DepartmentResponse(Resource, kw_only=True):
    data: Department


class DepartmentList(Resource, kw_only=True):
    data: Annotated[list[Department], Meta(max_length=200)]
    page: PageInfo


class Office(Resource, kw_only=True):
    """A place of work, in a tree (such as a country with its cities)."""

    id: UUID
    name: Annotated[str, Meta(max_length=120)]
    parent_id: Annotated[UUID, Meta(description="The office above; null at the top.")] | None
    """The office above; null at the top."""
    city: Annotated[str, Meta(max_length=120)] | None
    region: Annotated[str, Meta(max_length=120)] | None
    country_code: Annotated[str, Meta(max_length=2)] | None
    time_zone: TimeZone | None
    is_archived: Annotated[
        bool, Meta(description="Whether lists to choose from leave it out. What refers to it keeps doing so.")
    ]
    """Whether lists to choose from leave it out. What refers to it keeps doing so."""
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class OfficeResponse(Resource, kw_only=True):
    data: Office


class OfficeList(Resource, kw_only=True):
    data: Annotated[list[Office], Meta(max_length=200)]
    page: PageInfo


class RejectionReason(Resource, kw_only=True):
    """Why applications end."""

    id: UUID
    name: Annotated[str, Meta(max_length=120)]
    kind: RejectionReasonKind
    is_archived: Annotated[
        bool, Meta(description="Whether the reason can no longer be given. Applications that have it keep it.")
    ]
    """Whether the reason can no longer be given. Applications that have it keep it."""
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class RejectionReasonResponse(Resource, kw_only=True):
    data: RejectionReason


class RejectionReasonList(Resource, kw_only=True):
    data: Annotated[list[RejectionReason], Meta(max_length=200)]
    page: PageInfo


class Source(Resource, kw_only=True):
    """Where candidates come from."""

    id: UUID
    name: Annotated[str, Meta(max_length=120)]
    kind: SourceKind
    is_archived: Annotated[
        bool, Meta(description="Whether lists to choose from leave it out. What refers to it keeps doing so.")
    ]
    """Whether lists to choose from leave it out. What refers to it keeps doing so."""
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class SourceResponse(Resource, kw_only=True):
    data: Source


class SourceList(Resource, kw_only=True):
    data: Annotated[list[Source], Meta(max_length=200)]
    page: PageInfo


class SalaryRange(Resource, kw_only=True):
    """What the job pays. At least one end is given, both are in one currency, and the maximum is not below the minimum."""

    minimum: Money | None
    maximum: Money | None
    period: PayPeriod


class Stage(Resource, kw_only=True):
    """A step of one job's pipeline."""

    id: UUID
    job_id: UUID
    name: Annotated[str, Meta(max_length=80)]
    kind: StageKind
    position: Annotated[
        int, Meta(description="The place in the pipeline, from 1. A retired stage keeps its last one.", ge=1, le=50)
    ]
    """The place in the pipeline, from 1. A retired stage keeps its last one."""
    is_retired: Annotated[
        bool, Meta(description="Whether the stage takes no more applications; it stays for the sake of the history.")
    ]
    """Whether the stage takes no more applications; it stays for the sake of the history."""


class Pipeline(Resource, kw_only=True):
    """The stages of a job, as one document."""

    job_id: UUID
    stages: Annotated[list[Stage], Meta(description="The stages in use, in their order.", max_length=50, min_length=1)]
    """The stages in use, in their order."""
    retired_stages: Annotated[
        list[Stage],
        Meta(description="The stages that were taken out after applications had been in them.", max_length=10000),
    ]
    """The stages that were taken out after applications had been in them."""
    updated_at: Instant
    version: Annotated[
        int, Meta(description="The version of the job, of which the pipeline is a part.", ge=1, le=2147483647)
    ]
    """The version of the job, of which the pipeline is a part."""


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
    members: Annotated[list[HiringTeamMember], Meta(max_length=100)]
    updated_at: Instant
    version: Annotated[
        int, Meta(description="The version of the job, of which the team is a part.", ge=1, le=2147483647)
    ]
    """The version of the job, of which the team is a part."""


class HiringTeamResponse(Resource, kw_only=True):
    data: HiringTeam


class Opening(Resource, kw_only=True):
    """One seat of a job."""

    id: UUID
    job_id: UUID
    status: OpeningStatus
    external_id: (
        Annotated[
            str,
            Meta(
                description="The id of this opening in a system of yours, unique among the openings of the organization.",
                max_length=200,
            ),
        ]
        | None
    )
    """The id of this opening in a system of yours, unique among the openings of the organization."""
    target_start_on: Annotated[CalendarDate, Meta(description="When somebody should start.")] | None
    """When somebody should start."""
    application_id: Annotated[UUID, Meta(description="The hired application that fills it.")] | None
    """The hired application that fills it."""
    filled_at: Instant | None
    cancelled_at: Instant | None
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class OpeningResponse(Resource, kw_only=True):
    data: Opening


class OpeningList(Resource, kw_only=True):
    data: Annotated[list[Opening], Meta(max_length=200)]
    page: PageInfo


class CandidateEmail(Resource, kw_only=True):
    """An e-mail address of a candidate."""

    address: Annotated[str, Meta(max_length=254, min_length=3, pattern="^[^@\\x00-\\x20\\x7f]+@[^@\\x00-\\x20\\x7f]+$")]
    kind: ContactKind


class CandidatePhone(Resource, kw_only=True):
    """A phone number of a candidate, as it was given."""

    number: Annotated[str, Meta(max_length=40, min_length=3, pattern="^[+]?[0-9(][0-9 ()./x-]*$")]
    kind: ContactKind


class CandidateAddress(Resource, kw_only=True):
    """A postal address of a candidate."""

    street: (
        Annotated[str, Meta(max_length=300, min_length=1, pattern="^[^\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f]*$")] | None
    )
    postal_code: (
        Annotated[str, Meta(max_length=20, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")] | None
    )
    city: (
        Annotated[str, Meta(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")] | None
    )
    region: (
        Annotated[str, Meta(max_length=120, min_length=1, pattern="^ *[^\\x00-\\x20\\x7f][^\\x00-\\x1f\\x7f]*$")] | None
    )
    country_code: (
        Annotated[str, Meta(description="An ISO 3166-1 alpha-2 code.", max_length=2, pattern="^[A-Z]{2}$")] | None
    )
    """An ISO 3166-1 alpha-2 code."""
    kind: ContactKind


class CandidateLink(Resource, kw_only=True):
    """A page about a candidate."""

    url: Annotated[str, Meta(max_length=2048, min_length=8, pattern="^https?://[^\\x00-\\x20\\x7f]+$")]
    kind: LinkKind


class CandidateProfile(Resource, kw_only=True):
    """Who a candidate is. It is sealed as one document at rest."""

    given_name: Annotated[str, Meta(max_length=200)] | None
    family_name: Annotated[str, Meta(max_length=200)] | None
    full_name: Annotated[str, Meta(max_length=200)]
    headline: Annotated[str, Meta(max_length=300)] | None
    emails: Annotated[list[CandidateEmail], Meta(max_length=10)]
    phones: Annotated[list[CandidatePhone], Meta(max_length=10)]
    addresses: Annotated[list[CandidateAddress], Meta(max_length=5)]
    links: Annotated[list[CandidateLink], Meta(max_length=20)]


class Candidate(Resource, kw_only=True):
    """A person, with any number of applications."""

    id: UUID
    status: CandidateStatus
    profile: CandidateProfile
    source_id: Annotated[UUID, Meta(description="Where the person first came from.")] | None
    """Where the person first came from."""
    external_id: (
        Annotated[
            str,
            Meta(
                description="The id of this person in a system of yours, unique among the candidates of the organization.",
                max_length=200,
            ),
        ]
        | None
    )
    """The id of this person in a system of yours, unique among the candidates of the organization."""
    purge_at: (
        Annotated[Instant, Meta(description="Until when a deleted candidate can be restored; null while it is active.")]
        | None
    )
    """Until when a deleted candidate can be restored; null while it is active."""
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class CandidateResponse(Resource, kw_only=True):
    data: Candidate


class CandidateList(Resource, kw_only=True):
    data: Annotated[list[Candidate], Meta(max_length=200)]
    page: PageInfo


class CandidateSummary(Resource, kw_only=True):
    """A candidate, in brief."""

    id: UUID
    status: CandidateStatus
    full_name: Annotated[str, Meta(description="Null while the candidate is quarantined.", max_length=200)] | None
    """Null while the candidate is quarantined."""


class JobSummary(Resource, kw_only=True):
    """A job, in brief."""

    id: UUID
    title: Annotated[str, Meta(max_length=200)]
    status: JobStatus


class StageSummary(Resource, kw_only=True):
    """A stage, in brief."""

    id: UUID
    name: Annotated[str, Meta(max_length=80)]
    kind: StageKind


class Rejection(Resource, kw_only=True):
    """How the organization ended an application."""

    reason_id: UUID
    note: Annotated[str, Meta(max_length=2000)] | None
    at: Instant


class Withdrawal(Resource, kw_only=True):
    """How the candidate ended an application."""

    reason_id: UUID | None
    at: Instant


class Hire(Resource, kw_only=True):
    """How an application came to its good end."""

    opening_id: (
        Annotated[UUID, Meta(description="The opening that it fills; null when the job had none and needs none.")]
        | None
    )
    """The opening that it fills; null when the job had none and needs none."""
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
    external_id: (
        Annotated[
            str,
            Meta(
                description="The id of this application in a system of yours, unique among the applications of the organization.",
                max_length=200,
            ),
        ]
        | None
    )
    """The id of this application in a system of yours, unique among the applications of the organization."""
    applied_at: Instant
    stage_entered_at: Instant
    rejection: Annotated[Rejection, Meta(description="Null unless the status is `rejected`.")] | None
    """Null unless the status is `rejected`."""
    withdrawal: Annotated[Withdrawal, Meta(description="Null unless the status is `withdrawn`.")] | None
    """Null unless the status is `withdrawn`."""
    hire: Annotated[Hire, Meta(description="Null unless the status is `hired`.")] | None
    """Null unless the status is `hired`."""
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""
    candidate: Annotated[CandidateSummary, Meta(description="With `include=candidate`.")] | UnsetType = UNSET
    """With `include=candidate`."""
    job: Annotated[JobSummary, Meta(description="With `include=job`.")] | UnsetType = UNSET
    """With `include=job`."""
    stage: Annotated[StageSummary, Meta(description="With `include=stage`.")] | UnsetType = UNSET
    """With `include=stage`."""


class ApplicationResponse(Resource, kw_only=True):
    data: Application


class ApplicationList(Resource, kw_only=True):
    data: Annotated[list[Application], Meta(max_length=200)]
    page: PageInfo


class StageHistoryEntry(Resource, kw_only=True):
    """One stay of an application in a stage. The stay of now has no end yet."""

    id: UUID
    application_id: UUID
    candidate_id: UUID
    job_id: UUID
    stage_id: UUID
    entered_at: Instant
    left_at: Annotated[Instant, Meta(description="When it moved on or ended; null while it stands there.")] | None
    """When it moved on or ended; null while it stands there."""
    seconds: (
        Annotated[
            int,
            Meta(
                description="How long it stood there, in whole seconds; null while it stands there.",
                ge=0,
                le=9999999999,
            ),
        ]
        | None
    )
    """How long it stood there, in whole seconds; null while it stands there."""


class StageHistoryEntryList(Resource, kw_only=True):
    data: Annotated[list[StageHistoryEntry], Meta(max_length=200)]
    page: PageInfo


class EventChange(Resource, kw_only=True):
    """One field that changed. Fields with personal data are named without their values."""

    field_: Annotated[
        str, Meta(description="The field, with dots into nested ones (`settings.quarantine_days`).", max_length=100)
    ] = field(name="field")
    """The field, with dots into nested ones (`settings.quarantine_days`)."""
    before: (
        Annotated[
            str,
            Meta(description="The value before, as text; null when there was none or it is not shown.", max_length=500),
        ]
        | None
    )
    """The value before, as text; null when there was none or it is not shown."""
    after: (
        Annotated[
            str,
            Meta(description="The value after, as text; null when there is none or it is not shown.", max_length=500),
        ]
        | None
    )
    """The value after, as text; null when there is none or it is not shown."""


class Event(Resource, kw_only=True):
    """Something that happened. It holds ids and no personal data, so it never has to be rewritten."""

    id: UUID
    type: EventType
    resource_type: ResourceType
    resource_id: UUID
    job_id: Annotated[UUID, Meta(description="The job that it concerns, if any.")] | None
    """The job that it concerns, if any."""
    candidate_id: Annotated[UUID, Meta(description="The candidate that it concerns, if any.")] | None
    """The candidate that it concerns, if any."""
    application_id: Annotated[UUID, Meta(description="The application that it concerns, if any.")] | None
    """The application that it concerns, if any."""
    actor: Actor
    request_id: (
        Annotated[
            str,
            Meta(description="The request that caused it, as in the logs; null when no request did.", max_length=64),
        ]
        | None
    )
    """The request that caused it, as in the logs; null when no request did."""
    changes: Annotated[list[EventChange], Meta(max_length=50)]
    occurred_at: Instant


class EventList(Resource, kw_only=True):
    data: Annotated[list[Event], Meta(max_length=200)]
    page: FeedPage


class Health(Resource, kw_only=True):
    """Whether the process is alive. It looks at nothing else."""

    status: HealthStatus


class HealthResponse(Resource, kw_only=True):
    data: Health


class ReadinessCheck(Resource, kw_only=True):
    """One thing that the service needs."""

    name: Annotated[str, Meta(description="What was looked at, such as `database` or `migrations`.", max_length=60)]
    """What was looked at, such as `database` or `migrations`."""
    status: CheckStatus
    detail: (
        Annotated[str, Meta(description="What is wrong, for operators; null when all is well.", max_length=300)] | None
    )
    """What is wrong, for operators; null when all is well."""


class Readiness(Resource, kw_only=True):
    """Whether the service can do its work."""

    checks: Annotated[list[ReadinessCheck], Meta(max_length=20)]


class ReadinessResponse(Resource, kw_only=True):
    data: Readiness


class OpenapiDocument(Resource, kw_only=True):
    """This document."""

    openapi: Annotated[str, Meta(max_length=20)]
    info: dict[str, Any]
    paths: dict[str, Any]


class Effect(Resource, kw_only=True):
    """One event that a command with `dry_run=true` would have recorded."""

    type: EventType
    resource_type: ResourceType
    resource_id: Annotated[
        UUID,
        Meta(
            description="The resource that would have changed. The id of a resource that would have been made is not kept."
        ),
    ]
    """The resource that would have changed. The id of a resource that would have been made is not kept."""


class Problem(Resource, kw_only=True):
    """What went wrong, as RFC 9457 says. `code` is stable; `detail` is for people and may change."""

    type: Annotated[
        str, Meta(description="The identifier of this kind of problem, `/problems/` and the code.", max_length=200)
    ]
    """The identifier of this kind of problem, `/problems/` and the code."""
    title: Annotated[str, Meta(description="What this kind of problem is, the same each time.", max_length=200)]
    """What this kind of problem is, the same each time."""
    status: Annotated[
        int, Meta(description="The HTTP status, repeated for those who only keep the body.", ge=400, le=599)
    ]
    """The HTTP status, repeated for those who only keep the body."""
    detail: Annotated[
        str,
        Meta(
            description="What happened this time. It may be empty, and it never repeats personal data.", max_length=2000
        ),
    ]
    """What happened this time. It may be empty, and it never repeats personal data."""
    code: ProblemCode
    request_id: Annotated[
        str, Meta(description="The id of the request, as in the header `X-Request-Id` and in the logs.", max_length=64)
    ]
    """The id of the request, as in the header `X-Request-Id` and in the logs."""
    errors: (
        Annotated[list[FieldError], Meta(description="The fields that are wrong, for 422.", max_length=100)] | UnsetType
    ) = UNSET
    """The fields that are wrong, for 422."""
    current_status: (
        Annotated[str, Meta(description="The status of the resource that refused the command.", max_length=40)]
        | UnsetType
    ) = UNSET
    """The status of the resource that refused the command."""
    allowed: (
        Annotated[
            list[AllowedItem],
            Meta(
                description="What is possible instead, such as the commands that the current status takes, or the methods of a path.",
                max_length=50,
            ),
        ]
        | UnsetType
    ) = UNSET
    """What is possible instead, such as the commands that the current status takes, or the methods of a path."""
    conflicting_id: (
        Annotated[UUID, Meta(description="The resource that is in the way, if the actor may see it.")] | UnsetType
    ) = UNSET
    """The resource that is in the way, if the actor may see it."""
    missing_scopes: (
        Annotated[list[Scope], Meta(description="The scopes that the actor lacks.", max_length=50)] | UnsetType
    ) = UNSET
    """The scopes that the actor lacks."""
    purge_at: Annotated[Instant, Meta(description="Until when the deletion can be undone.")] | UnsetType = UNSET
    """Until when the deletion can be undone."""
    checks: (
        Annotated[list[ReadinessCheck], Meta(description="What was checked, for `not_ready`.", max_length=20)]
        | UnsetType
    ) = UNSET
    """What was checked, for `not_ready`."""


class Session(Resource, kw_only=True):
    """A signed-in user. The token is shown this once."""

    id: UUID
    token: Annotated[str, Meta(description="The bearer token of the session, `atss_…`.", max_length=200)]
    """The bearer token of the session, `atss_…`."""
    user: User
    organization_id: UUID
    expires_at: Instant
    created_at: Instant


class SessionResponse(Resource, kw_only=True):
    data: Session


class Me(Resource, kw_only=True):
    """Who is calling, and what they may do."""

    actor: Actor
    user: Annotated[User, Meta(description="The user whose session this is; null for an API key.")] | None
    """The user whose session this is; null for an API key."""
    api_key: Annotated[ApiKey, Meta(description="The API key; null for a session.")] | None
    """The API key; null for a session."""
    organization: OrganizationSummary
    role: Annotated[UserRole, Meta(description="The role of the user; null for an API key.")] | None
    """The role of the user; null for an API key."""
    scopes: Annotated[list[Scope], Meta(description="The scopes that the actor holds.", max_length=50)]
    """The scopes that the actor holds."""
    visibility: Visibility
    job_ids: Annotated[
        list[JobId],
        Meta(
            description="The jobs whose rows the actor sees; empty and without meaning when `visibility` is `organization`.",
            max_length=10000,
        ),
    ]
    """The jobs whose rows the actor sees; empty and without meaning when `visibility` is `organization`."""


class MeResponse(Resource, kw_only=True):
    data: Me


class ApiKeyCommandResponse(Resource, kw_only=True):
    data: ApiKey
    effects: (
        Annotated[list[Effect], Meta(description="With `dry_run=true`, what would have happened.", max_length=10000)]
        | UnsetType
    ) = UNSET
    """With `dry_run=true`, what would have happened."""


class Organization(Resource, kw_only=True):
    """The tenant. Nothing is ever shared between two of them."""

    id: UUID
    slug: Annotated[str, Meta(description="The short name for signing in; it never changes.", max_length=63)]
    """The short name for signing in; it never changes."""
    name: Annotated[str, Meta(max_length=120)]
    time_zone: TimeZone
    default_currency: Currency
    settings: OrganizationSettings
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""


class OrganizationResponse(Resource, kw_only=True):
    data: Organization


class Job(Resource, kw_only=True):
    """A requisition, the need for one or more people in a role."""

    id: UUID
    title: Annotated[str, Meta(max_length=200)]
    status: JobStatus
    is_archived: Annotated[
        bool, Meta(description="Whether the job is put away. A mark of its own, independent of the status.")
    ]
    """Whether the job is put away. A mark of its own, independent of the status."""
    department_id: UUID | None
    office_id: UUID | None
    employment_type: EmploymentType
    workplace: Workplace
    description: Annotated[str, Meta(max_length=20000)] | None
    salary: SalaryRange | None
    external_id: (
        Annotated[
            str,
            Meta(
                description="The id of this job in a system of yours, unique among the jobs of the organization.",
                max_length=200,
            ),
        ]
        | None
    )
    """The id of this job in a system of yours, unique among the jobs of the organization."""
    auto_close: (
        Annotated[
            bool,
            Meta(
                description="Whether the job closes when its last open opening is filled; null to do as the organization does."
            ),
        ]
        | None
    )
    """Whether the job closes when its last open opening is filled; null to do as the organization does."""
    requires_opening: Annotated[bool, Meta(description="Whether a hire needs an open opening.")]
    """Whether a hire needs an open opening."""
    opened_at: Annotated[Instant, Meta(description="When it was last opened.")] | None
    """When it was last opened."""
    closed_at: Annotated[Instant, Meta(description="When it was last closed; null unless it is closed.")] | None
    """When it was last closed; null unless it is closed."""
    close_reason: (
        Annotated[JobCloseReason, Meta(description="Why it was last closed; null unless it is closed.")] | None
    )
    """Why it was last closed; null unless it is closed."""
    open_openings_count: Annotated[int, Meta(ge=0, le=100000)]
    filled_openings_count: Annotated[int, Meta(ge=0, le=100000)]
    created_at: Instant
    updated_at: Instant
    version: Annotated[int, Meta(description="Counts the changes; the first part of the `ETag`.", ge=1, le=2147483647)]
    """Counts the changes; the first part of the `ETag`."""
    department: (
        Annotated[Department, Meta(description="With `include=department`; null when the job has none.")]
        | None
        | UnsetType
    ) = UNSET
    """With `include=department`; null when the job has none."""
    office: (
        Annotated[Office, Meta(description="With `include=office`; null when the job has none.")] | None | UnsetType
    ) = UNSET
    """With `include=office`; null when the job has none."""
    pipeline: Annotated[Pipeline, Meta(description="With `include=pipeline`.")] | UnsetType = UNSET
    """With `include=pipeline`."""


class JobResponse(Resource, kw_only=True):
    data: Job


class JobCommandResponse(Resource, kw_only=True):
    data: Job
    effects: (
        Annotated[list[Effect], Meta(description="With `dry_run=true`, what would have happened.", max_length=10000)]
        | UnsetType
    ) = UNSET
    """With `dry_run=true`, what would have happened."""


class JobList(Resource, kw_only=True):
    data: Annotated[list[Job], Meta(max_length=200)]
    page: PageInfo


class OpeningCommandResponse(Resource, kw_only=True):
    data: Opening
    effects: (
        Annotated[list[Effect], Meta(description="With `dry_run=true`, what would have happened.", max_length=10000)]
        | UnsetType
    ) = UNSET
    """With `dry_run=true`, what would have happened."""


class CandidateCommandResponse(Resource, kw_only=True):
    data: Candidate
    effects: (
        Annotated[list[Effect], Meta(description="With `dry_run=true`, what would have happened.", max_length=10000)]
        | UnsetType
    ) = UNSET
    """With `dry_run=true`, what would have happened."""


class ApplicationCommandResponse(Resource, kw_only=True):
    data: Application
    effects: (
        Annotated[list[Effect], Meta(description="With `dry_run=true`, what would have happened.", max_length=10000)]
        | UnsetType
    ) = UNSET
    """With `dry_run=true`, what would have happened."""


class BulkItem(Resource, kw_only=True):
    """What became of one application, as if its command had been called alone."""

    application_id: UUID
    status: Annotated[
        int, Meta(description="The HTTP status that the command alone would have answered.", ge=200, le=599)
    ]
    """The HTTP status that the command alone would have answered."""
    application: (
        Annotated[Application, Meta(description="The application after the command; null when there is a problem.")]
        | None
    )
    """The application after the command; null when there is a problem."""
    problem: Annotated[Problem, Meta(description="Why nothing was changed; null when it worked.")] | None
    """Why nothing was changed; null when it worked."""


class BulkApplicationsResponse(Resource, kw_only=True):
    data: Annotated[
        list[BulkItem], Meta(description="One item per application, in the order of the request.", max_length=200)
    ]
    """One item per application, in the order of the request."""
    effects: (
        Annotated[list[Effect], Meta(description="With `dry_run=true`, what would have happened.", max_length=10000)]
        | UnsetType
    ) = UNSET
    """With `dry_run=true`, what would have happened."""
