"""The two organizations that the fuzzer works in.

The first one, alice's, holds a row for every id that the contract's examples and links name, so that they work as they
stand. The second one, bob's, has the same rows under ids of its own, all beginning with `FOREIGN`, and names that say so: the fuzzer
sends these ids as if they were its own, and an answer to alice that says anything about the rows behind them is a leak.
"""

import functools
import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final, cast
from uuid import UUID

import msgspec
import yaml

from generated.enums import (
    ActorType,
    ApplicationStatus,
    ApprovalStatus,
    ApprovalSubject,
    CandidateStatus,
    ConsentPurpose,
    ConsentSource,
    CustomFieldTarget,
    CustomFieldType,
    EmploymentType,
    IntakeFailure,
    IntakeStatus,
    IntakeSuspicion,
    InterviewKind,
    JobStatus,
    MessageKind,
    NoteVisibility,
    OfferStatus,
    PostStatus,
    Recommendation,
    RejectionReasonKind,
    RetentionAction,
    RetentionOutcome,
    SourceKind,
    StageKind,
    StayOutcome,
    TaskStatus,
    UserRole,
    Workplace,
)
from generated.operations import SCOPES
from impl import models
from impl.core.keys import KeyRegistry
from impl.db.engine import Connection, Database
from impl.lib import clock, normalize, passwords, tokens
from impl.lib.crypto import OrganizationKeys
from impl.models.base import Base
from impl.models.custom_field import CHOICES
from impl.services.candidates import profile
from impl.services.intakes import content
from scripts.fuzz import fields

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
    "intake": 0xD01,
    "file": 0xD11,
    "offer": 0xE00,
    "approval_policy": 0xF00,
    "approval": 0xF10,
}
#: An open job on which the spare applications are. Nothing aims at the job itself, so that it stays open.
WORKBENCH: Final = 0x1F
#: The published post whose slug the contract's examples name.
PUBLIC_POST: Final = 0x701
WORKED_STAGES: Final = range(0x1F1, 0x1F5)
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
    "consent": range(0x6100, 0x6200),
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
    "legal_hold": range(0xF100, 0xF180),
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
    "task": range(0xC000, 0xC080),
    "failed_task": range(0xC100, 0xC140),
    # Intakes to look at, to decide on, and those whose candidates withdraw.
    "intake": range(0xD100, 0xD108),
    "quarantined_intake": range(0xD200, 0xD300),
    "rejected_intake": range(0xD300, 0xD380),
    "tracked_intake": range(0xD400, 0xD480),
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
MORE_JOBS: Final = ("steady_job", "offer_job", "draft_job", "open_job", "governed_job", "asked_job")
OFFERED: Final = range(0xE800, 0xEC00)


def _offered(offer: int) -> int:
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


async def plant(database: Database, keys: KeyRegistry) -> None:
    """Write both organizations into a migrated, empty database."""
    hashed = await passwords.hash_password(PASSWORD)
    for tenant in (ALICE, BOB):
        async with database.transaction(tenant.id(1), timeout_seconds=60) as connection:
            await _plant(connection, keys, tenant, hashed)


async def _plant(connection: Connection, keys: KeyRegistry, tenant: Tenant, password_hash: str) -> None:
    await _add(connection, models.Organization(id=tenant.id(1), slug=tenant.slug, name=tenant.slug.title()))
    rows = Rows(tenant, await keys.create(connection, tenant.id(1)))
    users = rows.users(functools.partial(keys.deployment.blind_index, "users.sign_in"), password_hash)
    for layer in (
        users,
        rows.api_keys(),
        rows.lists(),
        rows.custom_fields(),
        rows.jobs(),
        rows.posts(),
        rows.editions(),
        rows.people(),
        rows.consents(),
        rows.merges(),
        rows.legal_holds(),
        rows.retention_policies(),
        rows.applications(),
        rows.history(),
        rows.offers(),
        rows.approval_policies(),
        rows.approvals(),
        rows.approval_votes(),
        rows.notes(),
        rows.tasks(),
        rows.message_templates(),
        rows.messages(),
        rows.intakes(),
        rows.files(),
        rows.interviews(),
        rows.interviewers(),
        rows.scorecards(),
    ):
        await _add(connection, *layer)
    if tenant is ALICE:
        await _add(connection, *rows.sessions())


async def _add(connection: Connection, *rows: Base) -> None:
    connection.session.add_all(rows)
    await connection.flush()


class Rows:
    """The rows of one organization, layer by layer: each refers to those before it."""

    def __init__(self, tenant: Tenant, keys: OrganizationKeys) -> None:
        self._tenant = tenant
        self._keys = keys

    def _numbers(self, kind: str, *more: str) -> list[int]:
        """The row of the examples, and alice's spares of these kinds."""
        spares = itertools.chain.from_iterable(SPARES[name] for name in (kind, *more))
        return [NUMBERS[kind], *(spares if self._tenant is ALICE else ())]

    def _of(self, number: int) -> dict[str, Any]:
        return {"organization_id": self._tenant.id(1), "id": self._tenant.id(number)}

    def _name(self, word: str, number: int) -> str:
        """Whose it is can be told from every name."""
        return f"{word} {number:x} of {self._tenant.slug}"

    def users(self, sign_in: Callable[[str], bytes], password_hash: str) -> Iterator[Base]:
        """The administrators of the examples and of the sign-outs, and people of lesser roles."""
        people = [(0x02, "ada", UserRole.ADMIN), (SIGNED_IN, "olu", UserRole.ADMIN)]
        people += [(number, f"hedy{number:x}", UserRole.HIRING_MANAGER) for number in self._numbers("user")]
        for number, name, role in people:
            address = f"{name}@{self._tenant.domain}"
            document = msgspec.json.encode({"email": address, "name": self._name(name.title(), number)})
            yield models.User(
                **self._of(number),
                profile_sealed=self._keys.seal("users", "profile", self._tenant.id(number), document),
                email_hash=self._keys.blind_index("users.email", normalize.email(address)),
                sign_in_hash=sign_in(normalize.email(address)),
                password_hash=password_hash,
                role=role,
            )

    def api_keys(self) -> Iterator[Base]:
        """The key that the fuzzer uses, and keys that nobody knows the secret of."""
        own = tokens.parse(credential(self._tenant.name))
        if own is None:
            raise ValueError(f"{CREDENTIALS} holds something that is not an API key")
        secret_hash = tokens.secret_hash(own.secret)
        keys = [(OWN_KEY, own.public_id, secret_hash)]
        keys += [(number, f"{self._tenant.name}{number:x}", bytes(32)) for number in self._numbers("api_key")]
        for number, public_id, hashed in keys:
            scopes = sorted(SCOPES)
            name = self._name("Key", number)
            yield models.ApiKey(**self._of(number), name=name, public_id=public_id, secret_hash=hashed, scopes=scopes)

    def lists(self) -> Iterator[Base]:
        """Departments, offices, reasons of both kinds, sources, tags."""
        for number in self._numbers("department", "quiet_department", "strict_department"):
            yield models.Department(**self._of(number), name=self._name("Department", number))
        for number in self._numbers("office"):
            yield models.Office(**self._of(number), name=self._name("Office", number))
        for number in (*self._numbers("rejection_reason", "why_rejected", "why_withdrawn"), 0x23):
            kind = RejectionReasonKind.REJECTED_BY_ORGANIZATION if number % 2 == 0 else WITHDRAWN
            yield models.RejectionReason(**self._of(number), name=self._name("Reason", number), kind=kind)
        for number in self._numbers("source"):
            yield models.Source(**self._of(number), name=self._name("Source", number), kind=SourceKind.REFERRAL)
        for number in self._numbers("tag", "steady_tag"):
            yield models.Tag(**self._of(number), name=self._name("Tag", number))

    def consents(self) -> Iterator[Base]:
        """Given by the candidate of the examples, and by candidates whom nothing deletes; each can be withdrawn once."""
        for number in self._numbers("consent"):
            is_example = number == NUMBERS["consent"]
            steady = SPARES["steady_candidate"]
            consent_id = self._tenant.id(number)
            yield models.Consent(
                **self._of(number),
                candidate_id=self._tenant.id(NUMBERS["candidate"] if is_example else steady[number % len(steady)]),
                purpose=ConsentPurpose.TALENT_POOL,
                policy_version="2026-03",
                source=ConsentSource.EMAIL,
                evidence_sealed=self._keys.seal(
                    "consents", "evidence", consent_id, self._name("Letter", number).encode()
                ),
                given_at=clock.now(),
            )

    def custom_fields(self) -> Iterator[Base]:
        """The fields that values are sent for, the same of each resource, and choices that are changed."""
        number = 0x1290
        options = [{"key": option, "name": option, "is_archived": False} for option in fields.OPTIONS]
        for target in CustomFieldTarget:
            for key, kind in (fields.FIELDS | fields.PRIVATE).items():
                is_example = (target, key) == (CustomFieldTarget.CANDIDATE, "notice_period_weeks")
                number += 1
                yield models.CustomField(
                    **self._of(NUMBERS["custom_field"] if is_example else number),
                    key=key,
                    name=self._name("Field", number),
                    applies_to=target,
                    type=kind,
                    options=options if kind in CHOICES else [],
                    is_private=key in fields.PRIVATE,
                )
        for spare in SPARES["custom_field"] if self._tenant is ALICE else ():
            yield models.CustomField(
                **self._of(spare),
                key=f"spare_{spare:x}",
                name=self._name("Field", spare),
                applies_to=CustomFieldTarget.JOB,
                type=CustomFieldType.SINGLE_SELECT,
                options=options,
            )

    def jobs(self) -> Iterator[Base]:
        """Draft jobs, the open one that is worked on, their stages and openings."""
        for number in (*self._numbers("job", *MORE_JOBS), WORKBENCH):
            is_open = number == WORKBENCH or any(
                number in SPARES[kind] for kind in ("steady_job", "offer_job", "open_job")
            )
            status = JobStatus.OPEN if is_open else JobStatus.DRAFT
            [strict] = SPARES["strict_department"]
            department_id = self._tenant.id(strict) if number in SPARES["governed_job"] else None
            name = self._name("Job", number)
            yield models.Job(**self._of(number), title=name, status=status, department_id=department_id)
            for position, (name, kind) in enumerate(PIPELINE, 1):
                stage, job_id = self._of(stage_of(number, position)), self._tenant.id(number)
                yield models.Stage(**stage, job_id=job_id, name=name, kind=kind, position=position)
            yield models.Opening(**self._of(0x30000 + number), job_id=self._tenant.id(number))
        for number in self._numbers("opening"):
            job = NUMBERS["job"] if number == NUMBERS["opening"] else WORKBENCH
            yield models.Opening(**self._of(number), job_id=self._tenant.id(job))

    def _posts(self) -> list[int]:
        return [*self._numbers("post", "draft_post", "published_post", "public_post"), PUBLIC_POST]

    def _advertised(self, number: int) -> UUID:
        return self._tenant.id(NUMBERS["job"] if number == NUMBERS["post"] else WORKBENCH)

    def posts(self) -> Iterator[Base]:
        """Drafts, and published posts of the open job."""
        for number in self._posts():
            post = models.Post(**self._of(number), job_id=self._advertised(number), slug=slug_of(number))
            if number == PUBLIC_POST or number in (*SPARES["published_post"], *SPARES["public_post"]):
                post.status, post.published_at = PostStatus.PUBLISHED, clock.now()
            yield post

    def editions(self) -> Iterator[Base]:
        """Their words."""
        for number in self._posts():
            yield models.PostEdition(
                **self._of(0x40000 + number),
                post_id=self._tenant.id(number),
                job_id=self._advertised(number),
                title=self._name("Post", number),
                employment_type=EmploymentType.FULL_TIME,
                workplace=Workplace.ON_SITE,
                questions=[QUESTION],
            )

    def _candidates(self) -> list[int]:
        more = ("steady_candidate", "quarantined_candidate", "duplicate_candidate", "interviewee")
        return self._numbers("candidate", *more, "mergeable_candidate", "merged_candidate", "forgettable_candidate")

    def people(self) -> Iterator[Base]:
        """Candidates with sealed profiles."""
        text = profile.words_of(self._keys)
        for number in self._candidates():
            is_gone = number in SPARES["quarantined_candidate"]
            survivor = self._survivor(number)
            status = CandidateStatus.QUARANTINED if is_gone else CandidateStatus.ACTIVE
            document: dict[str, Any] = {name: [] for name in sorted(profile.LISTS)}
            document |= dict.fromkeys(("given_name", "family_name", "headline"))
            who = NUMBERS["candidate"] if number in SPARES["duplicate_candidate"] else number
            address = f"mira{who:x}@{self._tenant.domain}"
            document |= {"full_name": self._name("Mira", number), "emails": [{"address": address, "kind": "personal"}]}
            sealed = msgspec.json.encode(document)
            yield models.Candidate(
                **self._of(number),
                status=CandidateStatus.MERGED if survivor else status,
                merged_into_id=survivor,
                purge_at=clock.now() + FAR_AWAY if is_gone else None,
                profile_sealed=self._keys.seal("candidates", "profile", self._tenant.id(number), sealed),
                email_hashes=[self._keys.blind_index("candidates.email", normalize.email(address))],
                words=text.document([(document["full_name"], "A")]),
                source_id=self._tenant.id(NUMBERS["source"]),
            )

    def _survivor(self, number: int) -> UUID | None:
        """Into whom a candidate was merged."""
        pool = SPARES["steady_candidate"]
        return self._tenant.id(pool[number % len(pool)]) if number in SPARES["merged_candidate"] else None

    def merges(self) -> Iterator[Base]:
        """The ledger of those that are merged."""
        for number in self._numbers("candidate", "merged_candidate"):
            if survivor := self._survivor(number):
                pair = {"survivor_id": survivor, "duplicate_id": self._tenant.id(number)}
                yield models.CandidateMerge(**self._of(0x50000 + number), **pair)

    def retention_policies(self) -> Iterator[Base]:
        """One for each outcome, by which nobody is due."""
        for number, outcome in enumerate(RetentionOutcome, 0xF80):
            yield models.RetentionPolicy(
                **self._of(number), outcome=outcome, after_days=7300, action=RetentionAction.ANONYMIZE
            )

    def legal_holds(self) -> Iterator[Base]:
        """Holds that stand, each to be released once."""
        for number in self._numbers("legal_hold"):
            reason = self._name("Claim", number).encode()
            yield models.LegalHold(
                **self._of(number),
                candidate_id=self._tenant.id(NUMBERS["candidate"]),
                reason_sealed=self._keys.seal("legal_holds", "reason", self._tenant.id(number), reason),
                placed_by_type=ActorType.API_KEY,
                placed_by_id=self._tenant.id(OWN_KEY),
            )

    def applications(self) -> Iterator[Base]:
        """Active applications, each of another candidate, in the first stage."""
        for number in self._applications():
            application = models.Application(
                **self._of(number), **self._stay(number), applied_at=clock.now(), stage_entered_at=clock.now()
            )
            if number in SPARES["ended_application"]:
                application.status, application.ended_at = ApplicationStatus.WITHDRAWN, clock.now()
            yield application

    def history(self) -> Iterator[Base]:
        """Their stays."""
        now = clock.now()
        for number in self._applications():
            stay = self._stay(number)
            stay["application_id"] = self._tenant.id(number)
            is_ended = number in SPARES["ended_application"]
            end = {"left_at": now, "outcome": StayOutcome.WITHDRAWN} if is_ended else {}
            yield models.StageHistory(**self._of(0x20000 + number), **stay, entered_at=now, **end)

    def _applications(self) -> list[int]:
        offered = [_offered(number) for kind in OFFERS for number in SPARES[kind]] if self._tenant is ALICE else []
        return [
            *self._numbers("application", "ended_application", "steady_application", "unoffered_application"),
            *offered,
        ]

    def offers(self) -> Iterator[Base]:
        """Offers in each status that a command takes. That of the examples has ended, so that nothing is in its application's way."""
        for number in self._numbers(*OFFERS):
            is_example = number == NUMBERS["offer"]
            application = NUMBERS["application"] if is_example else _offered(number)
            status = next((OFFERS[kind] for kind in OFFERS if number in SPARES[kind]), OfferStatus.WITHDRAWN)
            stay, pay = self._stay(application), {"salary": None, "bonus": self._name("Bonus", number), "equity": None}
            yield models.Offer(
                **self._of(number),
                application_id=self._tenant.id(application),
                candidate_id=stay["candidate_id"],
                job_id=stay["job_id"],
                status=status,
                pay_sealed=self._keys.seal("offers", "pay", self._tenant.id(number), msgspec.json.encode(pay)),
                sent_at=clock.now() if status == OfferStatus.SENT else None,
            )

    def approval_policies(self) -> Iterator[Base]:
        """Policies that ask for nothing, and the one of the strict department."""
        staff = [str(self._tenant.id(number)) for number in SPARES["staff"]]
        strict = (STRICT_POLICY,) if self._tenant is ALICE else ()
        for number in (*self._numbers("approval_policy"), *strict):
            [department] = SPARES["strict_department" if number == STRICT_POLICY else "quiet_department"]
            yield models.ApprovalPolicy(
                **self._of(number),
                name=self._name("Policy", number),
                subject=ApprovalSubject.JOB,
                department_id=self._tenant.id(department if self._tenant is ALICE else NUMBERS["department"]),
                steps=[{"requires": "any", "approver_ids": staff}],
            )

    def approvals(self) -> Iterator[Base]:
        """Pending ones, each of the draft of a job; that of the examples is of theirs, and has ended."""
        for number in self._numbers("approval", "pending_approval"):
            is_example = number == NUMBERS["approval"]
            yield models.Approval(
                **self._of(number),
                subject=ApprovalSubject.JOB,
                job_id=self._asked(number),
                policy_id=self._tenant.id(NUMBERS["approval_policy"]),
                status=ApprovalStatus.CANCELLED if is_example else ApprovalStatus.PENDING,
                requirements=["any"],
                current_step=None if is_example else 1,
                requested_by_type=ActorType.API_KEY,
                requested_by_id=self._tenant.id(OWN_KEY),
                ended_at=clock.now() if is_example else None,
            )

    def approval_votes(self) -> Iterator[Base]:
        """Nobody has voted yet."""
        for number in self._numbers("approval", "pending_approval"):
            for place, user in enumerate(SPARES["staff"]):
                yield models.ApprovalVote(
                    **self._of(0x100000 * (place + 1) + number),
                    approval_id=self._tenant.id(number),
                    job_id=self._asked(number),
                    step=1,
                    user_id=self._tenant.id(user),
                )

    def _asked(self, approval: int) -> UUID:
        """The job that an approval is about."""
        is_example = approval == NUMBERS["approval"]
        return self._tenant.id(NUMBERS["job"] if is_example else 0x13100 + approval - 0xF000)

    def _stay(self, number: int) -> dict[str, Any]:
        if number in OFFERED:
            place = number - OFFERED.start
            job, candidates = SPARES["offer_job"][place // 0x40], SPARES["steady_candidate"]
            ids = {"candidate_id": candidates[place % 0x40], "job_id": job, "stage_id": stage_of(job, 1)}
            return {name: self._tenant.id(value) for name, value in ids.items()}
        is_example = number == NUMBERS["application"]
        job, stage = (0x10, 0x11) if is_example else (WORKBENCH, WORKED_STAGES[0])
        # Ended ones have other candidates than active ones, so that they can be reopened.
        kind = "steady_candidate" if number in SPARES["ended_application"] else "candidate"
        kind = "interviewee" if number in SPARES["steady_application"] else kind
        candidate = NUMBERS["candidate"] if is_example else SPARES[kind][number % 0x100 % len(SPARES[kind])]
        return {
            "candidate_id": self._tenant.id(candidate),
            "job_id": self._tenant.id(job),
            "stage_id": self._tenant.id(stage),
        }

    def notes(self) -> Iterator[Base]:
        """Written by the key that the requests are sent with."""
        for number in self._numbers("note"):
            stay = self._stay(NUMBERS["application"])
            yield models.Note(
                **self._of(number),
                candidate_id=stay["candidate_id"],
                application_id=self._tenant.id(NUMBERS["application"]),
                job_id=stay["job_id"],
                author_type=ActorType.API_KEY,
                author_id=self._tenant.id(OWN_KEY),
                visibility=NoteVisibility.PUBLIC,
                body_sealed=self._keys.seal(
                    "notes", "body", self._tenant.id(number), self._name("Note", number).encode()
                ),
            )

    def tasks(self) -> Iterator[Base]:
        """What waits, and what has failed for good."""
        for number in self._numbers("task", "failed_task"):
            has_failed = number in SPARES["failed_task"] or number == NUMBERS["task"]
            yield models.Task(
                **self._of(number),
                name=f"chore_{self._tenant.name}",
                status=TaskStatus.FAILED if has_failed else TaskStatus.QUEUED,
                attempts_max=8,
                request_id=f"{number:x}",
            )

    def message_templates(self) -> Iterator[Base]:
        """The one of the examples, and others that need nothing; one of them is for rejections."""
        for number in self._numbers("message_template"):
            is_example = number == NUMBERS["message_template"]
            yield models.MessageTemplate(
                **self._of(number),
                name=self._name("Template", number),
                kind=MessageKind.GENERAL if is_example else MessageKind.APPLICATION_REJECTED,
                subject="Interview at {{ organization.name }}",
                body="Dear {{ candidate.full_name }}, {{ values.when }}" if is_example else "Thank you.",
                variables=["organization.name", "candidate.full_name"],
                values=["when"] if is_example else [],
            )

    def messages(self) -> Iterator[Base]:
        """Queued messages about the application of the examples; no worker is there to send them."""
        stay = self._stay(NUMBERS["application"])
        for number in self._numbers("message"):
            texts = {
                "to_address": f"mira@{self._tenant.domain}",
                "subject": "Hello",
                "body": self._name("Body", number),
            }
            yield models.Message(
                **self._of(number),
                candidate_id=stay["candidate_id"],
                job_id=stay["job_id"],
                application_id=self._tenant.id(NUMBERS["application"]),
                due_at=clock.now(),
                **{
                    f"{name}_sealed": self._keys.seal("messages", name, self._tenant.id(number), text.encode())
                    for name, text in texts.items()
                },
            )

    def _interviewed(self, number: int) -> dict[str, Any]:
        """The application of an interview or of its scorecard, with candidate and job."""
        steady = SPARES["steady_application"]
        is_example = number in (NUMBERS["interview"], NUMBERS["scorecard"])
        application = NUMBERS["application"] if is_example else steady[number % len(steady)]
        stay = self._stay(application)
        return {
            "application_id": self._tenant.id(application),
            "candidate_id": stay["candidate_id"],
            "job_id": stay["job_id"],
        }

    def interviews(self) -> Iterator[Base]:
        """Scheduled ones, far enough ahead to be cancelled with their applications."""
        for number in self._numbers("interview", "scheduled_interview"):
            details = msgspec.json.encode({"title": self._name("Talk", number)})
            yield models.Interview(
                **self._of(number),
                **self._interviewed(number),
                kind=InterviewKind.VIDEO,
                starts_at=clock.now() + timedelta(days=30),
                ends_at=clock.now() + timedelta(days=30, hours=1),
                time_zone="Europe/Berlin",
                details_sealed=self._keys.seal("interviews", "details", self._tenant.id(number), details),
            )

    def interviewers(self) -> Iterator[Base]:
        """All are held by the administrator of the sign-outs."""
        for number in self._numbers("interview", "scheduled_interview"):
            yield models.Interviewer(
                **self._of(0x50000 + number), interview_id=self._tenant.id(number), user_id=self._tenant.id(SIGNED_IN)
            )

    def scorecards(self) -> Iterator[Base]:
        """One for each interview, ready to be submitted."""
        for number in self._numbers("scorecard", "draft_scorecard"):
            below = 0x100 if number == NUMBERS["scorecard"] else 0x1000
            yield models.Scorecard(
                **self._of(number),
                **self._interviewed(number),
                interview_id=self._tenant.id(number - below),
                interviewer_id=self._tenant.id(SIGNED_IN),
                recommendation=Recommendation.YES,
            )

    def intakes(self) -> Iterator[Base]:
        """What came in for the public post: done, held back, refused, and waiting."""
        kinds = ("intake", "quarantined_intake", "rejected_intake", "tracked_intake")
        for number in self._numbers(*kinds):
            kind = next((name for name in kinds[1:] if number in SPARES[name]), "quarantined_intake")
            sealed = self._keys.seal("intakes", "content", self._tenant.id(number), self._applied(number))
            token = tokens.parse(tracking_token(number))
            if token is None:
                raise ValueError("a tracking token is not well-formed")
            yield models.Intake(
                **self._of(number),
                post_id=self._tenant.id(PUBLIC_POST),
                edition_id=self._tenant.id(0x40000 + PUBLIC_POST),
                job_id=self._tenant.id(WORKBENCH),
                content_sealed=sealed,
                email_hash=self._keys.blind_index("candidates.email", f"mira{number:x}@{self._tenant.domain}"),
                token_public_id=token.public_id,
                token_hash=tokens.secret_hash(token.secret),
                **STANDS[kind],
            )

    def _applied(self, number: int) -> bytes:
        address = f"mira{number:x}@{self._tenant.domain}"
        sent = content.Content(self._name("Mira", number), address, None, [content.Answer("motivation", ["Bread"])])
        return msgspec.json.encode(sent)

    def files(self) -> Iterator[Base]:
        """A resume of the first of them."""
        number = NUMBERS["file"]
        name = self._name("resume", number).encode()
        yield models.File(
            **self._of(number),
            intake_id=self._tenant.id(NUMBERS["intake"]),
            field="resume",
            name_sealed=self._keys.seal("files", "name", self._tenant.id(number), name),
            media_type="application/pdf",
            size_bytes=1,
            sha256=bytes(32),
        )

    def sessions(self) -> Iterator[Base]:
        """Sign-ins, each good for one sign-out, and the interviewer's."""
        for number, token in enumerate([*session_tokens(), interviewer_token()]):
            parsed = tokens.parse(token)
            if parsed is None:
                raise ValueError("a session token is not well-formed")
            yield models.Session(
                **self._of(0x10000 + number),
                public_id=parsed.public_id,
                secret_hash=tokens.secret_hash(parsed.secret),
                user_id=self._tenant.id(SIGNED_IN),
                expires_at=clock.now() + FAR_AWAY,
            )


def _session_token(number: int) -> str:
    return tokens.assemble("atss", f"{number:016d}", f"{number:032d}")
