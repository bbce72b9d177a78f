"""Who the demo organization is: its people, places and jobs. Everything here is made up."""

from dataclasses import dataclass, field
from uuid import UUID

from generated.enums import (
    CustomFieldTarget,
    CustomFieldType,
    EmploymentType,
    HiringTeamRole,
    JobCloseReason,
    SourceKind,
    StageKind,
    UserRole,
    Workplace,
)

# Fixed, so that the organization is found again whenever it was made.
ID = UUID("01900000-0000-7000-8000-00000000de30")
SLUG = "larkspur"
NAME = "Larkspur Instruments"
TIME_ZONE = "Europe/Berlin"
DOMAIN = "larkspur.example.org"


@dataclass(frozen=True)
class Member:
    """One of the staff."""

    name: str
    role: UserRole
    is_active: bool = True

    @property
    def email(self) -> str:
        return f"{self.name.lower().replace(' ', '.')}@{DOMAIN}"


ADMIN = "Ada Lindqvist"
RECRUITERS = ("Rosa Okafor", "Tomasz Brandt")
MEMBERS = (
    Member(ADMIN, UserRole.ADMIN),
    Member("Rosa Okafor", UserRole.RECRUITER),
    Member("Tomasz Brandt", UserRole.RECRUITER),
    Member("Henrik Sato", UserRole.HIRING_MANAGER),
    Member("Mira Delacroix", UserRole.HIRING_MANAGER),
    Member("Obinna Farrow", UserRole.HIRING_MANAGER),
    Member("Ines Varga", UserRole.INTERVIEWER),
    Member("Jonas Whitlock", UserRole.INTERVIEWER),
    Member("Petra Oldfield", UserRole.RECRUITER, is_active=False),
)

# A name and the one above it.
DEPARTMENTS = (
    ("Engineering", None),
    ("Platform", "Engineering"),
    ("Applications", "Engineering"),
    ("Product", None),
    ("Design", "Product"),
    ("Data", "Product"),
    ("Customers", None),
    ("Sales", "Customers"),
    ("Support", "Customers"),
    ("Operations", None),
    ("Marketing", "Operations"),
    ("Production", "Operations"),
)


@dataclass(frozen=True)
class Place:
    """An office, or a region that holds some."""

    name: str
    parent: str | None = None
    city: str | None = None
    country_code: str | None = None
    time_zone: str | None = None


OFFICES = (
    Place("Europe"),
    Place("Berlin", "Europe", "Berlin", "DE", "Europe/Berlin"),
    Place("Lisbon", "Europe", "Lisboa", "PT", "Europe/Lisbon"),
    Place("North America"),
    Place("Boston", "North America", "Boston", "US", "America/New_York"),
)

SOURCES = (
    ("Career site", SourceKind.CAREER_SITE),
    ("Job board", SourceKind.JOB_BOARD),
    ("Employee referral", SourceKind.REFERRAL),
    ("Recruiting agency", SourceKind.AGENCY),
    ("Sourced by us", SourceKind.SOURCED),
    ("University fair", SourceKind.EVENT),
)
# How many of a hundred come from each.
SOURCE_WEIGHTS = (38, 30, 12, 7, 9, 4)

# How many of a hundred candidates have each.
TAGS = (("Open to relocation", 18), ("Speaks German", 26), ("Silver medalist", 6), ("Former employee", 3))
OLD_TAG = "Fair 2024"

F = CustomFieldType


@dataclass(frozen=True)
class Field:
    """A custom field; a choice has options."""

    key: str
    name: str
    applies_to: CustomFieldTarget
    type: CustomFieldType
    options: tuple[str, ...] = ()
    is_private: bool = False
    is_archived: bool = False


CUSTOM_FIELDS = (
    Field("notice_period_weeks", "Notice period in weeks", CustomFieldTarget.CANDIDATE, F.INTEGER),
    Field("languages", "Languages", CustomFieldTarget.CANDIDATE, F.MULTI_SELECT, ("English", "German", "Portuguese")),
    Field("available_from", "Available from", CustomFieldTarget.CANDIDATE, F.DATE, is_archived=True),
    Field("expected_pay", "Expected yearly pay", CustomFieldTarget.CANDIDATE, F.MONEY, is_private=True),
    Field("referred_by", "Referred by", CustomFieldTarget.APPLICATION, F.USER),
    Field("cost_centre", "Cost centre", CustomFieldTarget.JOB, F.SHORT_TEXT),
    Field("priority", "Priority", CustomFieldTarget.JOB, F.SINGLE_SELECT, ("High", "Usual", "Low")),
)

POSITION_FILLED = "Position filled"
REJECTIONS = (
    "Experience does not match",
    "Missing a required qualification",
    "Stronger candidates",
    "Salary expectation too high",
    "No answer from the candidate",
    POSITION_FILLED,
)
WITHDRAWALS = ("Accepted another offer", "Stays with the current employer", "Personal reasons")

S = StageKind
ENGINEERS = (
    ("Applied", S.APPLIED),
    ("Recruiter call", S.SCREEN),
    ("Technical interview", S.INTERVIEW),
    ("Work sample", S.ASSESSMENT),
    ("Team day", S.INTERVIEW),
    ("Offer", S.OFFER),
)
SHORT = (("Applied", S.APPLIED), ("Phone call", S.SCREEN), ("Trial shift", S.INTERVIEW), ("Offer", S.OFFER))


@dataclass(frozen=True)
class Opportunity:
    """A job, when it was made and opened (days before the present), and how many people apply for it."""

    title: str
    department: str
    office: str
    manager: str
    crafts: tuple[str, ...]
    days_ago: int
    applicants: int
    openings: int = 1
    is_draft: bool = False
    closes: tuple[int, JobCloseReason] | None = None
    pipeline: tuple[tuple[str, StageKind], ...] | None = None
    employment_type: EmploymentType = EmploymentType.FULL_TIME
    workplace: Workplace = Workplace.HYBRID
    salary: tuple[int, int] | None = None
    interviewers: tuple[str, ...] = field(default=("Ines Varga",))

    @property
    def team(self) -> list[tuple[str, HiringTeamRole]]:
        """Who works on it, and as what."""
        recruiter = RECRUITERS[self.days_ago % len(RECRUITERS)]
        return [
            (recruiter, HiringTeamRole.RECRUITER),
            (self.manager, HiringTeamRole.HIRING_MANAGER),
            *((name, HiringTeamRole.INTERVIEWER) for name in self.interviewers),
        ]


HENRIK, MIRA, OBINNA = "Henrik Sato", "Mira Delacroix", "Obinna Farrow"
BOTH = ("Ines Varga", "Jonas Whitlock")

JOBS = (
    Opportunity(
        "Senior Backend Engineer",
        "Platform",
        "Berlin",
        HENRIK,
        ("Backend engineer", "Python developer", "Payments engineer"),
        150,
        66,
        openings=5,
        pipeline=ENGINEERS,
        salary=(78_000, 96_000),
        interviewers=BOTH,
    ),
    Opportunity(
        "Site Reliability Engineer",
        "Platform",
        "Lisbon",
        HENRIK,
        ("Site reliability engineer", "Systems administrator"),
        90,
        40,
        openings=3,
        pipeline=ENGINEERS,
        workplace=Workplace.REMOTE,
        salary=(62_000, 81_000),
        interviewers=BOTH,
    ),
    Opportunity(
        "Frontend Engineer",
        "Applications",
        "Berlin",
        HENRIK,
        ("Frontend engineer", "Web developer"),
        48,
        40,
        openings=2,
        pipeline=ENGINEERS,
        salary=(60_000, 79_000),
    ),
    Opportunity(
        "Product Designer",
        "Design",
        "Berlin",
        MIRA,
        ("Product designer", "Interaction designer", "Illustrator"),
        110,
        44,
        openings=3,
        salary=(55_000, 72_000),
    ),
    Opportunity(
        "Data Analyst",
        "Data",
        "Boston",
        MIRA,
        ("Data analyst", "Statistician", "Business analyst"),
        265,
        80,
        salary=(70_000, 88_000),
    ),
    Opportunity(
        "Account Executive",
        "Sales",
        "Boston",
        OBINNA,
        ("Account executive", "Sales representative"),
        100,
        46,
        openings=4,
        workplace=Workplace.REMOTE,
        interviewers=("Jonas Whitlock",),
    ),
    Opportunity(
        "Customer Support Specialist",
        "Support",
        "Lisbon",
        OBINNA,
        ("Support specialist", "Call centre agent", "Translator"),
        130,
        62,
        openings=7,
        employment_type=EmploymentType.PART_TIME,
        pipeline=SHORT,
        interviewers=("Jonas Whitlock",),
    ),
    Opportunity(
        "Calibration Technician",
        "Production",
        "Berlin",
        OBINNA,
        ("Calibration technician", "Electrician", "Precision mechanic"),
        75,
        44,
        openings=5,
        pipeline=SHORT,
        workplace=Workplace.ON_SITE,
    ),
    Opportunity(
        "Marketing Intern",
        "Marketing",
        "Berlin",
        MIRA,
        ("Student of communication", "Copywriter"),
        240,
        60,
        openings=2,
        employment_type=EmploymentType.INTERNSHIP,
        pipeline=SHORT,
    ),
    Opportunity(
        "Office Manager",
        "Operations",
        "Lisbon",
        OBINNA,
        ("Office manager", "Executive assistant"),
        170,
        36,
        closes=(118, JobCloseReason.BUDGET),
    ),
    Opportunity("Head of Finance", "Operations", "Berlin", MIRA, ("Controller", "Accountant"), 20, 2, is_draft=True),
    Opportunity("Embedded Engineer", "Engineering", "Boston", HENRIK, ("Firmware engineer",), 9, 0, is_draft=True),
)
