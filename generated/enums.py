# generated from spec/ats.v1.yaml by `make generate`; do not edit
from __future__ import annotations

from enum import StrEnum


class ResourceType(StrEnum):
    """The kinds of resource that events are about."""

    ORGANIZATION = "organization"
    USER = "user"
    API_KEY = "api_key"
    SESSION = "session"
    DEPARTMENT = "department"
    OFFICE = "office"
    REJECTION_REASON = "rejection_reason"
    SOURCE = "source"
    TAG = "tag"
    CUSTOM_FIELD = "custom_field"
    CONSENT = "consent"
    JOB = "job"
    OPENING = "opening"
    POST = "post"
    INTAKE = "intake"
    FILE = "file"
    CANDIDATE = "candidate"
    LEGAL_HOLD = "legal_hold"
    RETENTION_POLICY = "retention_policy"
    NOTE = "note"
    ATTACHMENT = "attachment"
    RESUME_PARSE = "resume_parse"
    APPLICATION = "application"
    INTERVIEW = "interview"
    SCORECARD = "scorecard"
    SCREENING_RUBRIC = "screening_rubric"
    SCREENING_RUN = "screening_run"
    SCREENING_RESULT = "screening_result"
    TASK = "task"
    MESSAGE_TEMPLATE = "message_template"
    MESSAGE = "message"
    OFFER = "offer"
    APPROVAL_POLICY = "approval_policy"
    APPROVAL = "approval"


class Scope(StrEnum):
    """A right that an operation asks for. A role or an API key holds a set of them."""

    ORGANIZATION_READ = "organization:read"
    ORGANIZATION_WRITE = "organization:write"
    USERS_READ = "users:read"
    USERS_WRITE = "users:write"
    API_KEYS_READ = "api_keys:read"
    API_KEYS_WRITE = "api_keys:write"
    JOBS_READ = "jobs:read"
    JOBS_WRITE = "jobs:write"
    JOBS_PAY = "jobs:pay"
    POSTS_READ = "posts:read"
    POSTS_WRITE = "posts:write"
    INTAKES_READ = "intakes:read"
    INTAKES_WRITE = "intakes:write"
    CANDIDATES_READ = "candidates:read"
    CANDIDATES_WRITE = "candidates:write"
    PRIVACY_READ = "privacy:read"
    PRIVACY_WRITE = "privacy:write"
    PRIVACY_EXPORT = "privacy:export"
    NOTES_READ = "notes:read"
    NOTES_WRITE = "notes:write"
    NOTES_ADMIN = "notes:admin"
    ATTACHMENTS_READ = "attachments:read"
    ATTACHMENTS_WRITE = "attachments:write"
    CUSTOM_FIELDS_PRIVATE = "custom_fields:private"
    APPLICATIONS_READ = "applications:read"
    APPLICATIONS_WRITE = "applications:write"
    INTERVIEWS_READ = "interviews:read"
    INTERVIEWS_WRITE = "interviews:write"
    SCORECARDS_READ = "scorecards:read"
    SCORECARDS_WRITE = "scorecards:write"
    SCORECARDS_ADMIN = "scorecards:admin"
    SCREENING_READ = "screening:read"
    SCREENING_WRITE = "screening:write"
    SCREENING_AUDIT = "screening:audit"
    OFFERS_READ = "offers:read"
    OFFERS_WRITE = "offers:write"
    APPROVALS_READ = "approvals:read"
    APPROVALS_WRITE = "approvals:write"
    REPORTS_READ = "reports:read"
    MATCHING_READ = "matching:read"
    DEMOGRAPHICS_READ = "demographics:read"
    DEMOGRAPHICS_WRITE = "demographics:write"
    MESSAGES_READ = "messages:read"
    MESSAGES_WRITE = "messages:write"
    EVENTS_READ = "events:read"
    TASKS_READ = "tasks:read"
    TASKS_WRITE = "tasks:write"


class Visibility(StrEnum):
    """Whether an actor sees every row of its organization or only those of the jobs granted to it."""

    ORGANIZATION = "organization"
    GRANTED_JOBS = "granted_jobs"


class NameSort(StrEnum):
    """The order of a list of named things."""

    NAME = "name"
    NAME_DESC = "-name"
    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class CreatedSort(StrEnum):
    """The order of a list by the time of creation."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"


class ProblemCode(StrEnum):
    """What went wrong, for programs. A code is never renamed or reused, and each belongs to one HTTP status. New ones may come."""

    MALFORMED_JSON = "malformed_json"
    MALFORMED_FORM = "malformed_form"
    INVALID_CURSOR = "invalid_cursor"
    CURSOR_MISMATCH = "cursor_mismatch"
    UNAUTHENTICATED = "unauthenticated"
    INVALID_TOKEN = "invalid_token"
    INVALID_CREDENTIALS = "invalid_credentials"
    MISSING_SCOPE = "missing_scope"
    MISSING_GRANT = "missing_grant"
    SCOPE_NOT_HELD = "scope_not_held"
    NOT_AN_APPROVER = "not_an_approver"
    LINK_INVALID = "link_invalid"
    NOT_FOUND = "not_found"
    CANDIDATE_QUARANTINED = "candidate_quarantined"
    REFERENCE_NOT_FOUND = "reference_not_found"
    METHOD_NOT_ALLOWED = "method_not_allowed"
    NOT_ACCEPTABLE = "not_acceptable"
    REQUEST_TIMEOUT = "request_timeout"
    IDEMPOTENCY_IN_PROGRESS = "idempotency_in_progress"
    EXTERNAL_ID_TAKEN = "external_id_taken"
    NAME_TAKEN = "name_taken"
    EMAIL_TAKEN = "email_taken"
    PARENT_CYCLE = "parent_cycle"
    LAST_ADMIN = "last_admin"
    ORGANIZATION_REQUIRED = "organization_required"
    NOT_A_SESSION = "not_a_session"
    API_KEY_REVOKED = "api_key_revoked"
    JOB_TRANSITION_REFUSED = "job_transition_refused"
    JOB_HAS_NO_OPEN_OPENING = "job_has_no_open_opening"
    JOB_NOT_OPEN = "job_not_open"
    DUPLICATE_APPLICATION = "duplicate_application"
    STAGE_OF_OTHER_JOB = "stage_of_other_job"
    STAGE_RETIRED = "stage_retired"
    ALREADY_IN_STAGE = "already_in_stage"
    NO_NEXT_STAGE = "no_next_stage"
    OPENING_REQUIRED = "opening_required"
    OPENING_NOT_OPEN = "opening_not_open"
    OPENING_OF_OTHER_JOB = "opening_of_other_job"
    SLUG_TAKEN = "slug_taken"
    POST_TRANSITION_REFUSED = "post_transition_refused"
    INTAKE_TRANSITION_REFUSED = "intake_transition_refused"
    APPLICATION_ENDED = "application_ended"
    APPLICATION_NOT_ACTIVE = "application_not_active"
    APPLICATION_ALREADY_ACTIVE = "application_already_active"
    CANDIDATE_TRANSITION_REFUSED = "candidate_transition_refused"
    CANDIDATE_NOT_ACTIVE = "candidate_not_active"
    CANDIDATE_MERGED = "candidate_merged"
    SAME_CANDIDATE = "same_candidate"
    LEGAL_HOLD = "legal_hold"
    LEGAL_HOLD_RELEASED = "legal_hold_released"
    APPLICATION_OF_OTHER_CANDIDATE = "application_of_other_candidate"
    APPLICATION_REQUIRED = "application_required"
    RESUME_PARSE_PENDING = "resume_parse_pending"
    ATTACHMENT_SCAN_PENDING = "attachment_scan_pending"
    ATTACHMENT_INFECTED = "attachment_infected"
    RESUME_PARSE_NOT_PARSED = "resume_parse_not_parsed"
    NOT_THE_AUTHOR = "not_the_author"
    INTERVIEW_TRANSITION_REFUSED = "interview_transition_refused"
    INTERVIEWER_NOT_ELIGIBLE = "interviewer_not_eligible"
    NOT_THE_INTERVIEWER = "not_the_interviewer"
    ATTRIBUTE_NOT_IN_FORM = "attribute_not_in_form"
    SCORECARD_SUBMITTED = "scorecard_submitted"
    SCORECARD_INCOMPLETE = "scorecard_incomplete"
    SCREENING_OFF = "screening_off"
    RUBRIC_EMPTY = "rubric_empty"
    APPLICATION_OF_OTHER_JOB = "application_of_other_job"
    TASK_TRANSITION_REFUSED = "task_transition_refused"
    REASON_ARCHIVED = "reason_archived"
    REASON_OF_OTHER_KIND = "reason_of_other_kind"
    TAG_ARCHIVED = "tag_archived"
    TOO_MANY_TAGS = "too_many_tags"
    KEY_TAKEN = "key_taken"
    TOO_MANY_CUSTOM_FIELDS = "too_many_custom_fields"
    CONSENT_NOT_GIVEN = "consent_not_given"
    MATCHING_OFF = "matching_off"
    FULL_TEXT_SEARCH_OFF = "full_text_search_off"
    MESSAGE_NOT_QUEUED = "message_not_queued"
    TEMPLATE_MISSING = "template_missing"
    TEMPLATE_ARCHIVED = "template_archived"
    CANDIDATE_HAS_NO_EMAIL = "candidate_has_no_email"
    OFFER_TRANSITION_REFUSED = "offer_transition_refused"
    OFFER_LOCKED = "offer_locked"
    OFFER_LIVE = "offer_live"
    OFFER_OUTSTANDING = "offer_outstanding"
    OFFER_EXPIRED = "offer_expired"
    OFFER_REQUIRED = "offer_required"
    OFFER_NOT_ACCEPTED = "offer_not_accepted"
    OFFER_OF_OTHER_APPLICATION = "offer_of_other_application"
    APPROVAL_TRANSITION_REFUSED = "approval_transition_refused"
    APPROVAL_REQUIRED = "approval_required"
    APPROVAL_NOT_REQUIRED = "approval_not_required"
    APPROVAL_PENDING = "approval_pending"
    NO_APPROVER = "no_approver"
    APPROVER_NOT_ELIGIBLE = "approver_not_eligible"
    ALREADY_DECIDED = "already_decided"
    NOT_YOUR_TURN = "not_your_turn"
    CANDIDATE_ERASED = "candidate_erased"
    PRECONDITION_FAILED = "precondition_failed"
    BODY_TOO_LARGE = "body_too_large"
    UNSUPPORTED_MEDIA_TYPE = "unsupported_media_type"
    VALIDATION_FAILED = "validation_failed"
    IDEMPOTENCY_KEY_REUSED = "idempotency_key_reused"
    SALARY_RANGE_INVALID = "salary_range_invalid"
    FORM_INVALID = "form_invalid"
    RUBRIC_INVALID = "rubric_invalid"
    ANSWERS_INVALID = "answers_invalid"
    CUSTOM_FIELDS_INVALID = "custom_fields_invalid"
    SEARCH_QUERY_INVALID = "search_query_invalid"
    OPTIONS_INVALID = "options_invalid"
    UNKNOWN_TIME_ZONE = "unknown_time_zone"
    DUPLICATE_ITEMS = "duplicate_items"
    INSTANT_OUT_OF_RANGE = "instant_out_of_range"
    DATE_OUT_OF_RANGE = "date_out_of_range"
    PASSWORD_TOO_WEAK = "password_too_weak"
    TEMPLATE_INVALID = "template_invalid"
    VARIABLES_MISSING = "variables_missing"
    MESSAGE_INCOMPLETE = "message_incomplete"
    FILE_TYPE_UNSUPPORTED = "file_type_unsupported"
    FILE_TYPE_MISMATCH = "file_type_mismatch"
    FILE_ENCRYPTED = "file_encrypted"
    FILE_WITH_MACROS = "file_with_macros"
    FILE_UNSAFE = "file_unsafe"
    POINTER_UNKNOWN = "pointer_unknown"
    PRECONDITION_REQUIRED = "precondition_required"
    RATE_LIMITED = "rate_limited"
    INTERNAL_ERROR = "internal_error"
    DATABASE_UNAVAILABLE = "database_unavailable"
    DEADLINE_EXCEEDED = "deadline_exceeded"
    STORAGE_UNAVAILABLE = "storage_unavailable"
    NOT_READY = "not_ready"


class ActorType(StrEnum):
    """Who acts, a user in a session, an API key, or the system itself."""

    USER = "user"
    API_KEY = "api_key"
    SYSTEM = "system"


class UserRole(StrEnum):
    """What a user is in the organization; `x-roles` says which scopes each role holds."""

    ADMIN = "admin"
    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"


class ResumeReadingModel(StrEnum):
    """Whether a language model reads resumes beside the parser."""

    OFF = "off"
    ON = "on"


class RejectionReasonKind(StrEnum):
    """Who ended the application."""

    REJECTED_BY_ORGANIZATION = "rejected_by_organization"
    WITHDRAWN_BY_CANDIDATE = "withdrawn_by_candidate"


class SourceKind(StrEnum):
    """What sort of source it is, so that reports can compare across organizations."""

    CAREER_SITE = "career_site"
    JOB_BOARD = "job_board"
    REFERRAL = "referral"
    AGENCY = "agency"
    SOURCED = "sourced"
    EVENT = "event"
    OTHER = "other"


class CustomFieldTarget(StrEnum):
    """What a custom field belongs to."""

    CANDIDATE = "candidate"
    APPLICATION = "application"
    JOB = "job"


class CustomFieldType(StrEnum):
    """
    What values a custom field takes: a line of text up to 200 characters, a text up to 10,000, a number (a decimal as text, as
    `"12.50"`, so that it is the same everywhere), an integer, true or false, a date (`"2027-01-04"`), an http or https URL, the key
    of one option, the keys of several options, an amount of money, the id of a user.
    """

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    NUMBER = "number"
    INTEGER = "integer"
    BOOLEAN = "boolean"
    DATE = "date"
    URL = "url"
    SINGLE_SELECT = "single_select"
    MULTI_SELECT = "multi_select"
    MONEY = "money"
    USER = "user"


class JobStatus(StrEnum):
    """The life-cycle of a job."""

    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"


class JobSort(StrEnum):
    """The order of a list of jobs."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    TITLE = "title"
    TITLE_DESC = "-title"


class JobInclude(StrEnum):
    """What else comes with a job."""

    DEPARTMENT = "department"
    OFFICE = "office"
    PIPELINE = "pipeline"


class EmploymentType(StrEnum):
    """The kind of employment."""

    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    CONTRACT = "contract"
    TEMPORARY = "temporary"
    INTERNSHIP = "internship"
    APPRENTICESHIP = "apprenticeship"
    VOLUNTEER = "volunteer"


class Workplace(StrEnum):
    """Where the work is done."""

    ON_SITE = "on_site"
    HYBRID = "hybrid"
    REMOTE = "remote"


class PayPeriod(StrEnum):
    """The time that a pay is for."""

    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"


class JobCloseReason(StrEnum):
    """Why a job was closed."""

    ALL_OPENINGS_FILLED = "all_openings_filled"
    FILLED_ELSEWHERE = "filled_elsewhere"
    CANCELLED = "cancelled"
    BUDGET = "budget"
    DUPLICATE = "duplicate"
    OTHER = "other"


class StageKind(StrEnum):
    """What sort of step a stage is, so that reports can compare pipelines."""

    APPLIED = "applied"
    SCREEN = "screen"
    INTERVIEW = "interview"
    ASSESSMENT = "assessment"
    OFFER = "offer"
    OTHER = "other"


class HiringTeamRole(StrEnum):
    """What a user does for a job."""

    RECRUITER = "recruiter"
    HIRING_MANAGER = "hiring_manager"
    INTERVIEWER = "interviewer"
    COORDINATOR = "coordinator"


class OpeningStatus(StrEnum):
    """The life-cycle of an opening."""

    OPEN = "open"
    FILLED = "filled"
    CANCELLED = "cancelled"


class PostStatus(StrEnum):
    """The life-cycle of a post."""

    DRAFT = "draft"
    PUBLISHED = "published"
    UNPUBLISHED = "unpublished"


class QuestionKind(StrEnum):
    """What kind of answer a question takes."""

    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    SINGLE_SELECT = "single_select"
    MULTI_SELECT = "multi_select"
    NUMBER = "number"
    DATE = "date"
    URL = "url"
    CHECKBOX = "checkbox"
    FILE = "file"


class IntakeStatus(StrEnum):
    """
    How an intake stands: it waits for the worker, is held back as spam, became an application, could not become one, was
    withdrawn by the candidate, or was thrown away by a person.
    """

    RECEIVED = "received"
    QUARANTINED = "quarantined"
    PROCESSED = "processed"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"


class IntakeSuspicion(StrEnum):
    """Why an intake was held back: the field that people do not see was filled in, or its sender has sent more than people do."""

    HONEYPOT = "honeypot"
    TOO_MANY = "too_many"


class IntakeFailure(StrEnum):
    """
    Why an intake could not become an application: its job is not open, its answers do not fit the form that they answer, or a
    file is not what was sent.
    """

    JOB_NOT_OPEN = "job_not_open"
    ANSWERS_INVALID = "answers_invalid"
    FILE_DAMAGED = "file_damaged"


class PublicApplicationStatus(StrEnum):
    """How an application stands, in words for the candidate."""

    RECEIVED = "received"
    IN_REVIEW = "in_review"
    HIRED = "hired"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


class FileRefusal(StrEnum):
    """
    Why a file that was sent along is not handed out: it is none of the kinds that are kept, it cannot be opened without a password, it
    holds macros, or it is damaged or two kinds of file at once. A PDF with a password is no danger and is kept.
    """

    UNSUPPORTED = "unsupported"
    ENCRYPTED = "encrypted"
    MACROS = "macros"
    UNSAFE = "unsafe"


class CandidateStatus(StrEnum):
    """
    The life-cycle of a candidate. A quarantined one is deleted but can be restored until `purge_at`; a merged one was the same person
    as the survivor, to which its id leads. Of an anonymized one the applications stay without the person; of an erased one the id
    alone.
    """

    ACTIVE = "active"
    QUARANTINED = "quarantined"
    MERGED = "merged"
    ANONYMIZED = "anonymized"
    ERASED = "erased"


class CandidateSort(StrEnum):
    """The order of a list of candidates. `relevance` is the best match of `q` first; without `q` it is the newest first."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    UPDATED_AT = "updated_at"
    UPDATED_AT_DESC = "-updated_at"
    RELEVANCE = "relevance"


class ContactKind(StrEnum):
    """What an address, number or link is used for."""

    PERSONAL = "personal"
    WORK = "work"
    OTHER = "other"


class LinkKind(StrEnum):
    """What a link leads to."""

    WEBSITE = "website"
    PORTFOLIO = "portfolio"
    LINKEDIN = "linkedin"
    GITHUB = "github"
    OTHER = "other"


class NoteVisibility(StrEnum):
    """Who may read a note, everybody who may read the candidate, its author alone, or holders of `notes:admin`."""

    PUBLIC = "public"
    PRIVATE = "private"
    ADMIN_ONLY = "admin_only"


class AttachmentKind(StrEnum):
    """What a file is for."""

    RESUME = "resume"
    COVER_LETTER = "cover_letter"
    OTHER = "other"


class AttachmentScanStatus(StrEnum):
    """
    What a virus scanner says of the content. `not_scanned`: there was no scanner when it came. `pending`: the scanner has not looked
    at it yet, or was away; it looks again by itself, and until then nobody gets the content and nothing is read in it. `infected`
    stays so: the content is handed to nobody.
    """

    NOT_SCANNED = "not_scanned"
    PENDING = "pending"
    CLEAN = "clean"
    INFECTED = "infected"


class AttachmentSource(StrEnum):
    """How a file came here, with an application from the public side or by an upload."""

    INTAKE = "intake"
    UPLOAD = "upload"


class ResumeParseStatus(StrEnum):
    """
    How the reading of an attachment stands. `parsed` has a profile; `needs_ocr` holds no text, only pictures of it; `failed` says why
    under `reason`. Whatever comes of it, the attachment stays and can be downloaded.
    """

    QUEUED = "queued"
    PARSED = "parsed"
    NEEDS_OCR = "needs_ocr"
    FAILED = "failed"


class ResumeParser(StrEnum):
    """What understands a text, the parser that needs nobody or a language model."""

    OFFLINE = "offline"
    MODEL = "model"


class ResumeDegradation(StrEnum):
    """
    Why a language model did not read a text that it was to read. Its server: `rate_limited`, `quota_exhausted` (the account is empty),
    `unavailable`, `unreachable`, `timed_out`, `rejected` (key, model or address are wrong), `circuit_open` (it failed so often that it
    is left alone for a while). Its answer: `refused`, `answer_invalid`, `answer_incomplete`, `answer_too_long`, `nothing_found` (nothing
    of it stands in the text). `budget_exhausted`: the organization's tokens of the day are used up.
    """

    RATE_LIMITED = "rate_limited"
    QUOTA_EXHAUSTED = "quota_exhausted"
    UNAVAILABLE = "unavailable"
    UNREACHABLE = "unreachable"
    TIMED_OUT = "timed_out"
    REJECTED = "rejected"
    REFUSED = "refused"
    ANSWER_INVALID = "answer_invalid"
    ANSWER_INCOMPLETE = "answer_incomplete"
    ANSWER_TOO_LONG = "answer_too_long"
    CIRCUIT_OPEN = "circuit_open"
    BUDGET_EXHAUSTED = "budget_exhausted"
    NOTHING_FOUND = "nothing_found"


class ResumeParseFailure(StrEnum):
    """
    Why an attachment could not be read: it opens only with a password, is damaged, is too large, is none of the formats, took too
    long, took too much memory, ended the process that read it, is not what was stored, or has another defect.
    """

    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"
    TOO_LARGE = "too_large"
    UNSUPPORTED_FORMAT = "unsupported_format"
    TIMED_OUT = "timed_out"
    OUT_OF_MEMORY = "out_of_memory"
    CRASHED = "crashed"
    FILE_DAMAGED = "file_damaged"
    UNREADABLE = "unreadable"


class ConsentPurpose(StrEnum):
    """What the person's data may be used for."""

    RECRUITMENT = "recruitment"
    TALENT_POOL = "talent_pool"
    BACKGROUND_CHECK = "background_check"
    MARKETING = "marketing"


class ConsentStatus(StrEnum):
    """Whether the consent stands; it expires by itself after its last day."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class ConsentSource(StrEnum):
    """How the person has agreed."""

    APPLICATION_FORM = "application_form"
    EMAIL = "email"
    PAPER = "paper"
    VERBAL = "verbal"
    IMPORTED = "imported"


class DuplicateReason(StrEnum):
    """What two candidates have in common."""

    SAME_EMAIL = "same_email"
    SAME_LINK = "same_link"
    SAME_PHONE = "same_phone"
    SIMILAR_NAME = "similar_name"


class RetentionOutcome(StrEnum):
    """How a candidate's last application ended."""

    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"
    NO_APPLICATION = "no_application"


class RetentionAction(StrEnum):
    """What becomes of a candidate who is due."""

    ANONYMIZE = "anonymize"
    ERASE = "erase"


class ApplicationStatus(StrEnum):
    """The life-cycle of an application. Its stage is another axis, which it keeps when the status changes."""

    ACTIVE = "active"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"


class ApplicationSort(StrEnum):
    """The order of a list of applications."""

    CREATED_AT = "created_at"
    CREATED_AT_DESC = "-created_at"
    APPLIED_AT = "applied_at"
    APPLIED_AT_DESC = "-applied_at"
    UPDATED_AT = "updated_at"
    UPDATED_AT_DESC = "-updated_at"


class ApplicationInclude(StrEnum):
    """What else comes with an application, in brief."""

    CANDIDATE = "candidate"
    JOB = "job"
    STAGE = "stage"


class StageHistorySort(StrEnum):
    """The order of the stage history."""

    ENTERED_AT = "entered_at"
    ENTERED_AT_DESC = "-entered_at"


class StayOutcome(StrEnum):
    """How a stay in a stage ended. `moved` is into any other stage, back or forth, of this job or another."""

    MOVED = "moved"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"
    HIRED = "hired"


class InterviewStatus(StrEnum):
    """The life-cycle of an interview."""

    SCHEDULED = "scheduled"
    COMPLETED = "completed"
    CANCELLED = "cancelled"
    NO_SHOW = "no_show"


class InterviewKind(StrEnum):
    """How people meet."""

    PHONE = "phone"
    VIDEO = "video"
    ON_SITE = "on_site"
    OTHER = "other"


class InterviewSort(StrEnum):
    """The order of a list of interviews."""

    STARTS_AT_DESC = "-starts_at"
    STARTS_AT = "starts_at"
    CREATED_AT_DESC = "-created_at"
    CREATED_AT = "created_at"


class InterviewCancelReason(StrEnum):
    """Why an interview was called off; `application_ended` when its application was rejected or withdrawn, or led to a hire."""

    CANDIDATE_REQUEST = "candidate_request"
    ORGANIZATION_REQUEST = "organization_request"
    APPLICATION_ENDED = "application_ended"
    OTHER = "other"


class ScorecardStatus(StrEnum):
    """The life-cycle of a scorecard."""

    DRAFT = "draft"
    SUBMITTED = "submitted"


class Recommendation(StrEnum):
    """Whether to hire the candidate."""

    STRONG_NO = "strong_no"
    NO = "no"
    YES = "yes"
    STRONG_YES = "strong_yes"


class AttributeRating(StrEnum):
    """How the candidate did in one respect."""

    STRONG_NO = "strong_no"
    NO = "no"
    MIXED = "mixed"
    YES = "yes"
    STRONG_YES = "strong_yes"


class ScreeningImportance(StrEnum):
    """Whether a criterion decides the band (`required`) or counts in the score alone."""

    REQUIRED = "required"
    PREFERRED = "preferred"


class ScreeningWithin(StrEnum):
    """Which positions count, those whose title, or whose description, names one of the terms, or all."""

    ANY = "any"
    TITLE = "title"
    SKILL = "skill"


class ScreeningDegree(StrEnum):
    """Degrees, the lowest first."""

    SECONDARY = "secondary"
    VOCATIONAL = "vocational"
    ASSOCIATE = "associate"
    BACHELOR = "bachelor"
    MASTER = "master"
    DOCTORATE = "doctorate"


class ScreeningLanguageLevel(StrEnum):
    """The levels of the Common European Framework of Reference for Languages."""

    A1 = "A1"
    A2 = "A2"
    B1 = "B1"
    B2 = "B2"
    C1 = "C1"
    C2 = "C2"


class ScreeningWorkModeKind(StrEnum):
    """Where the work is done."""

    REMOTE = "remote"
    HYBRID = "hybrid"
    ONSITE = "onsite"


class ScreeningOperator(StrEnum):
    """
    How a predicate compares: `exists` takes no operand, `count_at_least`, `at_least` and `at_most` an `amount`, `one_of` `texts`, the others a `text`. Of a date,
    its year is compared.
    """

    EXISTS = "exists"
    COUNT_AT_LEAST = "count_at_least"
    EQUALS = "equals"
    CONTAINS = "contains"
    STARTS_WITH = "starts_with"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class ScreeningCriterionKind(StrEnum):
    """What a criterion asks for."""

    SKILL = "skill"
    YEARS = "years"
    EDUCATION = "education"
    LANGUAGE = "language"
    LOCATION = "location"
    WORK_MODE = "work_mode"
    PREDICATE = "predicate"


class ScreeningVerdict(StrEnum):
    """What was found of a criterion. That nothing was found does not say that somebody lacks it."""

    MET = "met"
    PARTLY = "partly"
    NOT_FOUND = "not_found"


class ScreeningBand(StrEnum):
    """What the required criteria say, all met, some partly, some not found; or that there was no resume to read."""

    REQUIRED_MET = "required_met"
    REQUIRED_PARTLY_MET = "required_partly_met"
    REQUIRED_NOT_FOUND = "required_not_found"
    NO_RESUME = "no_resume"


class ScreeningDecision(StrEnum):
    """What a person says to a result."""

    CONFIRMED = "confirmed"
    OVERRIDDEN = "overridden"


class AdverseImpactBasis(StrEnum):
    """What counts as favoured, a score above the median or having moved on."""

    ABOVE_MEDIAN = "above_median"
    MOVED_ON = "moved_on"


class AdverseImpactTable(StrEnum):
    """How people are grouped."""

    EVERYBODY = "everybody"
    GENDER = "gender"
    RACE_ETHNICITY = "race_ethnicity"
    GENDER_AND_RACE_ETHNICITY = "gender_and_race_ethnicity"


class OfferStatus(StrEnum):
    """
    The life of one version of an offer. `superseded` means that there is a next version. A sent offer becomes `expired` by itself
    when its time is over.
    """

    DRAFT = "draft"
    PENDING_APPROVAL = "pending_approval"
    APPROVED = "approved"
    SENT = "sent"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"
    SUPERSEDED = "superseded"


class ApprovalSubject(StrEnum):
    """What is approved."""

    JOB = "job"
    OFFER = "offer"


class ApprovalStatus(StrEnum):
    """The life of an approval."""

    PENDING = "pending"
    APPROVED = "approved"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class ApprovalRequirement(StrEnum):
    """Whether one yes of a step is enough, or all of its approvers must say it."""

    ANY = "any"
    ALL = "all"


class ApprovalDecision(StrEnum):
    """A vote."""

    APPROVED = "approved"
    REJECTED = "rejected"


class MessageKind(StrEnum):
    """What a template is for. `notify` sends the oldest template in use of the kind that its command names; `general` ones are only sent by hand."""

    GENERAL = "general"
    APPLICATION_RECEIVED = "application_received"
    APPLICATION_REJECTED = "application_rejected"
    INTERVIEW_INVITATION = "interview_invitation"
    OFFER = "offer"


class MessageVariable(StrEnum):
    """
    What a text may stand in for. Those of `job` and `stage` need a message about an application. `sender.name` is the user who sends, and
    the organization when an API key does.
    """

    CANDIDATE_FULL_NAME = "candidate.full_name"
    CANDIDATE_GIVEN_NAME = "candidate.given_name"
    CANDIDATE_FAMILY_NAME = "candidate.family_name"
    JOB_TITLE = "job.title"
    STAGE_NAME = "stage.name"
    ORGANIZATION_NAME = "organization.name"
    SENDER_NAME = "sender.name"


class MessageStatus(StrEnum):
    """
    The life of a message: `queued` until the worker takes it, `sending` while it talks to the mail server, then `sent` or `failed`. A mail
    server that cannot be reached, or asks to come again, leaves it `queued`.
    """

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    CANCELLED = "cancelled"


class MessageFailure(StrEnum):
    """Why a message was given up. `expired` means that the mail server did not take it for five days."""

    RECIPIENT_REFUSED = "recipient_refused"
    SENDER_REFUSED = "sender_refused"
    CONTENT_REFUSED = "content_refused"
    SERVER_REFUSED = "server_refused"
    CANDIDATE_NOT_ACTIVE = "candidate_not_active"
    EXPIRED = "expired"


class SearchFacet(StrEnum):
    """A property that the candidates found are counted by."""

    SOURCE = "source"
    JOB = "job"
    STAGE_KIND = "stage_kind"
    APPLICATION_STATUS = "application_status"
    TAG = "tag"


class MatchApplied(StrEnum):
    """What is done with pairs of which there is an application, however that ended."""

    EXCLUDE = "exclude"
    INCLUDE = "include"
    ONLY = "only"


class MatchBasis(StrEnum):
    """What the score comes from, the job's screening rubric or the words of its title and description."""

    RUBRIC = "rubric"
    WORDS = "words"


class StayGrouping(StrEnum):
    """What stays in stages are counted by."""

    STAGE = "stage"
    STAGE_KIND = "stage_kind"
    JOB = "job"


class FunnelGrouping(StrEnum):
    """What the applications of a funnel are counted by."""

    STAGE = "stage"
    STAGE_KIND = "stage_kind"


class HireBasis(StrEnum):
    """What the time to hire begins with, the application or the opening of its job."""

    APPLIED = "applied"
    OPENED = "opened"


class HireGrouping(StrEnum):
    """What hires are counted by; `all` makes one row of all of them."""

    JOB = "job"
    DEPARTMENT = "department"
    MONTH = "month"
    ALL = "all"


class DemographicQuestion(StrEnum):
    """What applicants are asked."""

    GENDER = "gender"
    RACE_ETHNICITY = "race_ethnicity"
    VETERAN_STATUS = "veteran_status"
    DISABILITY_STATUS = "disability_status"


class GenderAnswer(StrEnum):
    FEMALE = "female"
    MALE = "male"
    NON_BINARY = "non_binary"
    DECLINED = "declined"


class RaceEthnicityAnswer(StrEnum):
    HISPANIC_OR_LATINO = "hispanic_or_latino"
    WHITE = "white"
    BLACK_OR_AFRICAN_AMERICAN = "black_or_african_american"
    ASIAN = "asian"
    NATIVE_HAWAIIAN_OR_PACIFIC_ISLANDER = "native_hawaiian_or_pacific_islander"
    AMERICAN_INDIAN_OR_ALASKA_NATIVE = "american_indian_or_alaska_native"
    TWO_OR_MORE = "two_or_more"
    DECLINED = "declined"


class VeteranStatusAnswer(StrEnum):
    PROTECTED_VETERAN = "protected_veteran"
    NOT_PROTECTED_VETERAN = "not_protected_veteran"
    DECLINED = "declined"


class DisabilityStatusAnswer(StrEnum):
    DISABILITY = "disability"
    NO_DISABILITY = "no_disability"
    DECLINED = "declined"


class DemographicAnswer(StrEnum):
    """One of the answers to one of the questions."""

    FEMALE = "female"
    MALE = "male"
    NON_BINARY = "non_binary"
    HISPANIC_OR_LATINO = "hispanic_or_latino"
    WHITE = "white"
    BLACK_OR_AFRICAN_AMERICAN = "black_or_african_american"
    ASIAN = "asian"
    NATIVE_HAWAIIAN_OR_PACIFIC_ISLANDER = "native_hawaiian_or_pacific_islander"
    AMERICAN_INDIAN_OR_ALASKA_NATIVE = "american_indian_or_alaska_native"
    TWO_OR_MORE = "two_or_more"
    PROTECTED_VETERAN = "protected_veteran"
    NOT_PROTECTED_VETERAN = "not_protected_veteran"
    DISABILITY = "disability"
    NO_DISABILITY = "no_disability"
    DECLINED = "declined"


class EventType(StrEnum):
    """What happened, as the resource and a verb in the past tense."""

    ORGANIZATION_UPDATED = "organization.updated"
    DEPARTMENT_CREATED = "department.created"
    DEPARTMENT_UPDATED = "department.updated"
    OFFICE_CREATED = "office.created"
    OFFICE_UPDATED = "office.updated"
    REJECTION_REASON_CREATED = "rejection_reason.created"
    REJECTION_REASON_UPDATED = "rejection_reason.updated"
    SOURCE_CREATED = "source.created"
    SOURCE_UPDATED = "source.updated"
    TAG_CREATED = "tag.created"
    TAG_UPDATED = "tag.updated"
    CUSTOM_FIELD_CREATED = "custom_field.created"
    CUSTOM_FIELD_UPDATED = "custom_field.updated"
    CONSENT_GIVEN = "consent.given"
    CONSENT_WITHDRAWN = "consent.withdrawn"
    USER_CREATED = "user.created"
    USER_UPDATED = "user.updated"
    SESSION_CREATED = "session.created"
    SESSION_ENDED = "session.ended"
    API_KEY_CREATED = "api_key.created"
    API_KEY_REVOKED = "api_key.revoked"
    JOB_CREATED = "job.created"
    JOB_UPDATED = "job.updated"
    JOB_OPENED = "job.opened"
    JOB_CLOSED = "job.closed"
    JOB_PIPELINE_CHANGED = "job.pipeline_changed"
    JOB_HIRING_TEAM_CHANGED = "job.hiring_team_changed"
    JOB_DEMOGRAPHICS_ANSWERED = "job.demographics_answered"
    JOB_SCORECARD_FORM_CHANGED = "job.scorecard_form_changed"
    JOB_SCREENING_RUBRIC_CHANGED = "job.screening_rubric_changed"
    OPENING_CREATED = "opening.created"
    OPENING_UPDATED = "opening.updated"
    OPENING_FILLED = "opening.filled"
    OPENING_REOPENED = "opening.reopened"
    OPENING_CANCELLED = "opening.cancelled"
    POST_CREATED = "post.created"
    POST_UPDATED = "post.updated"
    POST_PUBLISHED = "post.published"
    POST_UNPUBLISHED = "post.unpublished"
    INTAKE_RECEIVED = "intake.received"
    INTAKE_QUARANTINED = "intake.quarantined"
    INTAKE_PROCESSED = "intake.processed"
    INTAKE_REJECTED = "intake.rejected"
    INTAKE_WITHDRAWN = "intake.withdrawn"
    INTAKE_REPROCESSED = "intake.reprocessed"
    INTAKE_RELEASED = "intake.released"
    INTAKE_DISCARDED = "intake.discarded"
    CANDIDATE_CREATED = "candidate.created"
    CANDIDATE_UPDATED = "candidate.updated"
    CANDIDATE_DELETED = "candidate.deleted"
    CANDIDATE_RESTORED = "candidate.restored"
    CANDIDATE_MERGED = "candidate.merged"
    CANDIDATE_UNMERGED = "candidate.unmerged"
    CANDIDATE_ANONYMIZED = "candidate.anonymized"
    CANDIDATE_ERASED = "candidate.erased"
    LEGAL_HOLD_PLACED = "legal_hold.placed"
    LEGAL_HOLD_RELEASED = "legal_hold.released"
    RETENTION_POLICY_CREATED = "retention_policy.created"
    RETENTION_POLICY_UPDATED = "retention_policy.updated"
    NOTE_CREATED = "note.created"
    NOTE_UPDATED = "note.updated"
    NOTE_DELETED = "note.deleted"
    ATTACHMENT_CREATED = "attachment.created"
    ATTACHMENT_SCANNED = "attachment.scanned"
    ATTACHMENT_DELETED = "attachment.deleted"
    RESUME_PARSE_QUEUED = "resume_parse.queued"
    RESUME_PARSE_PARSED = "resume_parse.parsed"
    RESUME_PARSE_NEEDS_OCR = "resume_parse.needs_ocr"
    RESUME_PARSE_FAILED = "resume_parse.failed"
    RESUME_PARSE_ACCEPTED = "resume_parse.accepted"
    APPLICATION_CREATED = "application.created"
    APPLICATION_UPDATED = "application.updated"
    APPLICATION_MOVED = "application.moved"
    APPLICATION_REJECTED = "application.rejected"
    APPLICATION_WITHDRAWN = "application.withdrawn"
    APPLICATION_HIRED = "application.hired"
    APPLICATION_REOPENED = "application.reopened"
    INTERVIEW_CREATED = "interview.created"
    INTERVIEW_UPDATED = "interview.updated"
    INTERVIEW_RESCHEDULED = "interview.rescheduled"
    INTERVIEW_CANCELLED = "interview.cancelled"
    INTERVIEW_COMPLETED = "interview.completed"
    INTERVIEW_MARKED_NO_SHOW = "interview.marked_no_show"
    SCORECARD_CREATED = "scorecard.created"
    SCORECARD_UPDATED = "scorecard.updated"
    SCORECARD_SUBMITTED = "scorecard.submitted"
    SCORECARD_DELETED = "scorecard.deleted"
    APPLICATION_REASSIGNED = "application.reassigned"
    APPLICATION_SELF_IDENTIFIED = "application.self_identified"
    SCREENING_RUN_CREATED = "screening_run.created"
    SCREENING_RUN_FINISHED = "screening_run.finished"
    SCREENING_RESULT_REVIEWED = "screening_result.reviewed"
    OFFER_CREATED = "offer.created"
    OFFER_UPDATED = "offer.updated"
    OFFER_SUBMITTED = "offer.submitted"
    OFFER_APPROVED = "offer.approved"
    OFFER_RETURNED = "offer.returned"
    OFFER_SENT = "offer.sent"
    OFFER_ACCEPTED = "offer.accepted"
    OFFER_DECLINED = "offer.declined"
    OFFER_EXPIRED = "offer.expired"
    OFFER_WITHDRAWN = "offer.withdrawn"
    OFFER_SUPERSEDED = "offer.superseded"
    APPROVAL_POLICY_CREATED = "approval_policy.created"
    APPROVAL_POLICY_UPDATED = "approval_policy.updated"
    APPROVAL_REQUESTED = "approval.requested"
    APPROVAL_DECIDED = "approval.decided"
    APPROVAL_CANCELLED = "approval.cancelled"
    TASK_RETRIED = "task.retried"
    TASK_CANCELLED = "task.cancelled"
    MESSAGE_TEMPLATE_CREATED = "message_template.created"
    MESSAGE_TEMPLATE_UPDATED = "message_template.updated"
    MESSAGE_QUEUED = "message.queued"
    MESSAGE_DEFERRED = "message.deferred"
    MESSAGE_SENT = "message.sent"
    MESSAGE_FAILED = "message.failed"
    MESSAGE_CANCELLED = "message.cancelled"


class TaskStatus(StrEnum):
    """How a task stands; `failed` means for good, after all of its attempts."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


class HealthStatus(StrEnum):
    """That the process is alive."""

    OK = "ok"


class CheckStatus(StrEnum):
    """The outcome of a check."""

    OK = "ok"
    FAILED = "failed"
