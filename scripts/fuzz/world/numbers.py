"""Which rows there are: the ids of the contract's examples, and more of each kind for the commands that use rows up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import yaml

from generated.enums import (
    IntakeFailure,
    IntakeStatus,
    IntakeSuspicion,
    OfferStatus,
    RejectionReasonKind,
    StageKind,
)
from impl.lib import tokens

CREDENTIALS: Final = Path("tests/contract/wfc.yaml")
#: How every id of bob's rows begins.
FOREIGN: Final = "0198c0ff-ee01-"
#: The API key that alice's requests are sent with. The contract's examples name another one.
OWN_KEY: Final = 0xF1
PASSWORD: Final = "correct horse battery staple"  # noqa: S105 - as the contract's example says
SIGNED_IN: Final = 0x04
SESSIONS: Final = 2_000
STRICT_POLICY: Final = 0xF0F
WITHDRAWN: Final = RejectionReasonKind.WITHDRAWN_BY_CANDIDATE
FAR_AWAY: Final = timedelta(days=3650)
PIPELINE: Final = (
    ("Applied", StageKind.APPLIED),
    ("Screen", StageKind.SCREEN),
    ("Interview", StageKind.INTERVIEW),
    ("Offer", StageKind.OFFER),
)


@dataclass(frozen=True)
class Tenant:
    """One organization: `name` is that of its credential, `prefix` that of its ids."""

    name: str
    prefix: str
    slug: str
    domain: str

    def id(self, number: int) -> UUID:
        """The id that the contract's examples give the row `number` (0x10 is the job)."""
        return UUID(f"{self.prefix}7000-8000-{number:012x}")


ALICE: Final = Tenant("alice", "0198c0ff-ee00-", "northwind", "example.org")
BOB: Final = Tenant("bob", FOREIGN, "southwind", "southwind.example.org")
#: The rows that the contract's examples and links name, one of each kind: bob has them too.
NUMBERS: Final = {
    "api_key": 0x0A,
    "user": 0x03,
    "department": 0x20,
    "office": 0x21,
    "rejection_reason": 0x22,
    "source": 0x24,
    "tag": 0x26,
    "custom_field": 0x28,
    "consent": 0x601,
    "job": 0x10,
    "stage": 0x11,
    "opening": 0x18,
    "post": 0x700,
    "candidate": 0x30,
    "application": 0x40,
    "message_template": 0xB00,
    "message": 0xB10,
    "task": 0xC01,
    "note": 0x501,
    "legal_hold": 0xF00,
    "interview": 0x801,
    "scorecard": 0x901,
    "screening_rubric": 0x951,
    "screening_run": 0x952,
    "screening_result": 0x953,
    "intake": 0xD01,
    # The attachment of the examples is the file of the intake that they show.
    "file": 0xD11,
    "attachment": 0xD11,
    "resume_parse": 0xD21,
    "offer": 0xE00,
    "approval_policy": 0xF00,
    "approval": 0xF10,
}
#: An open job on which the spare applications are. Nothing aims at the job itself, so that it stays open.
WORKBENCH: Final = 0x1F
#: The published post whose slug the contract's examples name.
PUBLIC_POST: Final = 0x701
WORKED_STAGES: Final = range(0x1F1, 0x1F5)
#: What every planted file holds.
RESUME: Final = b"A resume."
#: What every post asks.
QUESTION: Final = {
    "key": "motivation",
    "label": "Why this job?",
    "kind": "long_text",
    "is_required": False,
    "options": [],
    "flagged_answers": [],
}
#: How the planted intakes stand.
STANDS: Final[dict[str, dict[str, Any]]] = {
    "quarantined_intake": {"status": IntakeStatus.QUARANTINED, "suspicion": IntakeSuspicion.HONEYPOT},
    "rejected_intake": {"status": IntakeStatus.REJECTED, "failure": IntakeFailure.JOB_NOT_OPEN},
    "tracked_intake": {"status": IntakeStatus.RECEIVED},
}
#: More rows of alice's, for commands that use a row up: one active application is hired only once.
SPARES: Final[dict[str, Sequence[int]]] = {
    "api_key": range(0x10A0, 0x10B0),
    "user": range(0x1030, 0x1034),
    "department": range(0x1200, 0x1204),
    "office": range(0x1210, 0x1214),
    "rejection_reason": range(0x1220, 0x1230),
    "source": range(0x1240, 0x1244),
    "tag": range(0x1260, 0x1268),
    "custom_field": range(0x1280, 0x1288),
    "consent": range(0x6800, 0x6900),
    "job": range(0x1100, 0x1110),
    "stage": WORKED_STAGES,
    "opening": range(0x1800, 0x1880),
    "message_template": range(0xB000, 0xB008),
    "message": range(0xB100, 0xB180),
    "candidate": range(0x3000, 0x3080),
    "application": range(0x4000, 0x4060),
    # Nothing changes these by itself: other rows refer to them.
    "workbench": (WORKBENCH,),
    "steady_job": range(0x1120, 0x1128),
    # Jobs of the applications that offers are made on.
    "offer_job": range(0x1128, 0x1138),
    "steady_candidate": range(0x3200, 0x3240),
    "steady_tag": range(0x1268, 0x1270),
    "why_rejected": range(0x1230, 0x1238, 2),
    "why_withdrawn": range(0x1231, 0x1239, 2),
    # Drafts to open and open jobs to close.
    "draft_job": range(0x1140, 0x1170),
    "open_job": range(0x1170, 0x11A0),
    # Posts to change, to publish and to take down, all of the workbench; the public ones are only read.
    "post": range(0x7000, 0x7008),
    "draft_post": range(0x7100, 0x7200),
    "published_post": range(0x7200, 0x7300),
    "public_post": range(0x7070, 0x7078),
    # What has ended already, for the commands that begin it anew.
    "ended_application": range(0x4100, 0x4140),
    "quarantined_candidate": range(0x3300, 0x3340),
    # The candidate of the examples once more, with its address.
    "duplicate_candidate": range(0x6000, 0x6004),
    # Each is merged once, and unmerged once.
    "mergeable_candidate": range(0x6100, 0x6180),
    "merged_candidate": range(0x6200, 0x6280),
    # To be anonymized or erased, once each.
    "forgettable_candidate": range(0x6300, 0x6400),
    "legal_hold": range(0x6900, 0x6980),
    "note": range(0x5000, 0x5040),
    # Who may hold interviews, and applications that stay active for them.
    "staff": (0x02, SIGNED_IN),
    "interviewee": range(0x3460, 0x3480),
    "steady_application": range(0x4260, 0x4280),
    # Interviews to change, and those to end; each has a scorecard, to write or to submit.
    "interview": range(0x8000, 0x8008),
    "scheduled_interview": range(0x8100, 0x8280),
    "scorecard": range(0x9000, 0x9008),
    "draft_scorecard": range(0x9100, 0x9280),
    # Jobs with a rubric that nothing changes; runs of the workbench, each with one result, to be reviewed.
    "screened_job": range(0x9500, 0x9508),
    "screening_run": range(0x9600, 0x9608),
    "screening_result": range(0x9700, 0x9708),
    "task": range(0xC000, 0xC080),
    "failed_task": range(0xC100, 0xC140),
    # Intakes to look at, to decide on, and those whose candidates withdraw.
    "intake": range(0xD100, 0xD108),
    "quarantined_intake": range(0xD200, 0xD300),
    "rejected_intake": range(0xD300, 0xD380),
    "tracked_intake": range(0xD400, 0xD480),
    # To be read and deleted.
    "attachment": range(0xD500, 0xD5C0),
    # Files that nothing deletes, each read once already: to be read again once, and parses of the same number but one digit.
    "read_attachment": range(0xD600, 0xD700),
    "resume_parse": range(0xD700, 0xD800),
    # Offers to change, and those that a command is waiting for; applications that have none yet.
    "offer": range(0xE000, 0xE020),
    "draft_offer": range(0xE100, 0xE1E0),
    "approved_offer": range(0xE200, 0xE2E0),
    "sent_offer": range(0xE300, 0xE3E0),
    "unoffered_application": range(0xEAC0, 0xEB80),
    # No job is in the first department, so that the policies which the fuzzer makes and changes ask for nothing. In the second are
    # drafts whose approval nobody has asked for yet.
    "quiet_department": (0x1208,),
    "strict_department": (0x1209,),
    "approval_policy": range(0xF000, 0xF008),
    "governed_job": range(0x13100, 0x13140),
    # Each of the approvals is about the draft of the same number but one digit; they are decided on or cancelled.
    "approval": range(0xF100, 0xF108),
    "pending_approval": range(0xF200, 0xF2C0),
    "asked_job": (*range(0x13200, 0x13208), *range(0x13300, 0x133C0)),
}
#: The offers that are planted, by their status. Each is on an application of its own, one of these.
OFFERS: Final = {
    "offer": OfferStatus.DRAFT,
    "draft_offer": OfferStatus.DRAFT,
    "approved_offer": OfferStatus.APPROVED,
    "sent_offer": OfferStatus.SENT,
}
MORE_JOBS: Final = ("steady_job", "screened_job", "offer_job", "draft_job", "open_job", "governed_job", "asked_job")
OFFERED: Final = range(0xE800, 0xEC00)


def offered(offer: int) -> int:
    """The number of the application that a planted offer is on."""
    before = {0xE0: 0, 0xE1: 0x20, 0xE2: 0x100, 0xE3: 0x1E0}
    return OFFERED.start + before[offer // 0x100] + offer % 0x100


def credential(name: str) -> str:
    """The API key of a peer, from the file that the fuzzer reads too."""
    for entry in yaml.safe_load(CREDENTIALS.read_text())["auth"]:
        if entry["name"] == name:
            return cast("str", entry["fixedHeaders"][0]["value"].removeprefix("Bearer "))
    raise KeyError(name)


def session_tokens() -> list[str]:
    """Sign-ins of alice's administrator, each good for one sign-out; the same in each process."""
    return [_session_token(number) for number in range(SESSIONS)]


def interviewer_token() -> str:
    """A sign-in of the same administrator, who holds the planted interviews; nothing signs it out."""
    return _session_token(SESSIONS)


def slug_of(post: int) -> str:
    """The slug of a planted post."""
    return "baker" if post == PUBLIC_POST else f"post-{post:x}"


def tracking_token(intake: int) -> str:
    """The token of a planted intake's page; that of the examples is the first."""
    number = 1 if intake == NUMBERS["intake"] else intake
    return tokens.assemble("atst", f"{number:016d}", f"{number:032d}")


def stage_of(job: int, position: int) -> int:
    """The number of the stage at `position` (from 1) of the job `job`."""
    return (job if job == NUMBERS["job"] else job * 0x10) + position


def _session_token(number: int) -> str:
    return tokens.assemble("atss", f"{number:016d}", f"{number:032d}")
