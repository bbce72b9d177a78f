"""The data that every server holds: computed from its size alone, so that each run and each server has the same."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import Any
from uuid import UUID, uuid5

EVERYDAY, LARGE = 20_000, 500_000

BEGINNING = datetime(2024, 1, 8, 9, 0, tzinfo=UTC)
STAGES = (
    ("Applied", "applied"),
    ("Screening", "screen"),
    ("Interview", "interview"),
    ("Offer", "offer"),
)
SPREAD = 13  # coprime with JOBS: the jobs that one candidate applies for
JOBS = 200
PER_CANDIDATE = 2.5
ACTIVE, REJECTED, WITHDRAWN, HIRED = "active", "rejected", "withdrawn", "hired"
_OUTCOMES = (ACTIVE, REJECTED, ACTIVE, HIRED, ACTIVE, REJECTED, WITHDRAWN, ACTIVE, REJECTED, ACTIVE)
_GIVEN = ("Ada", "Björn", "Chloé", "Dmitri", "Esi", "Fatima", "Grace", "Hiro", "Inês", "Jamal", "Kofi", "Lin", "Maya")
_FAMILY = (
    "Lovelace",
    "Sørensen",
    "Dupont",
    "Ivanov",
    "Mensah",
    "Rahman",
    "Hopper",
    "Tanaka",
    "Costa",
    "Wright",
    "Novak",
)
_CRAFTS = ("Engineer", "Designer", "Analyst", "Nurse", "Teacher", "Electrician", "Writer")


@dataclass(frozen=True, slots=True)
class Job:
    id: UUID
    title: str
    stage_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    id: UUID
    profile: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Application:
    id: UUID
    candidate: int
    job: int
    stage: int
    status: str
    source: int
    external_id: str
    created_at: datetime
    ended_at: datetime | None
    starts_on: date | None

    @property
    def note(self) -> str | None:
        """Why it was rejected."""
        return f"Not this time: see the notes of {self.created_at:%d %B %Y}." if self.status == REJECTED else None


@dataclass(frozen=True)
class World:
    """An organization with `size` applications."""

    size: int

    @property
    def candidates_count(self) -> int:
        return int(self.size / PER_CANDIDATE)

    @cached_property
    def organization_id(self) -> UUID:
        return _id(BEGINNING, "organization", 0)

    @cached_property
    def source_ids(self) -> list[UUID]:
        return [_id(BEGINNING, "source", number) for number in range(5)]

    @cached_property
    def reason_ids(self) -> list[UUID]:
        return [_id(BEGINNING, "reason", number) for number in range(8)]

    @cached_property
    def jobs(self) -> list[Job]:
        return [
            Job(
                _id(BEGINNING, "job", number),
                f"{_CRAFTS[number % len(_CRAFTS)]} {number}",
                tuple(_id(BEGINNING, f"stage {place}", number) for place in range(len(STAGES))),
            )
            for number in range(JOBS)
        ]

    def candidate(self, number: int) -> Candidate:
        given, family = _GIVEN[number % len(_GIVEN)], _FAMILY[number // 7 % len(_FAMILY)]
        return Candidate(self.candidate_id(number), _profile(number, given, family))

    def application(self, number: int) -> Application:
        """The application `number`, in the order of time."""
        created_at = BEGINNING + timedelta(days=30, seconds=number * 7, microseconds=number % 999_983)
        status = _OUTCOMES[number * 7 % len(_OUTCOMES)]
        return Application(
            id=_id(created_at, "application", number),
            candidate=number % self.candidates_count,
            job=self.job_of(number % self.candidates_count, number // self.candidates_count),
            stage=number * 3 % len(STAGES),
            status=status,
            source=number % len(self.source_ids),
            external_id=f"partner-{number:07d}",
            created_at=created_at,
            ended_at=None if status == ACTIVE else created_at + timedelta(days=9, seconds=1),
            starts_on=(created_at + timedelta(days=60)).date() if status == HIRED else None,
        )

    @property
    def beginning(self) -> datetime:
        """When everything but the applications was made."""
        return BEGINNING

    def reason_of(self, application: Application) -> UUID | None:
        """Why an application ended: the first reasons are the organization's, the last one the candidate's."""
        if application.status == REJECTED:
            return self.reason_ids[application.source]
        return self.reason_ids[-1] if application.status == WITHDRAWN else None

    def unused_pairs(self) -> Iterator[tuple[UUID, UUID]]:
        """Ids of a candidate and a job that it has not applied for; many, but not endless."""
        for nth in range(int(PER_CANDIDATE) + 1, JOBS):
            for number in range(self.candidates_count):
                yield self.candidate_id(number), self.jobs[self.job_of(number, nth)].id

    def candidate_id(self, number: int) -> UUID:
        return _id(BEGINNING + timedelta(seconds=number), "candidate", number)

    @staticmethod
    def job_of(candidate: int, nth: int) -> int:
        """The `nth` job that a candidate applies for."""
        return (candidate * 7 + nth * SPREAD) % JOBS


def opening_id(application: Application) -> UUID:
    """The opening that a hired application fills."""
    return uuid5(application.id, "opening")


def _profile(number: int, given: str, family: str) -> dict[str, Any]:
    full_name = f"{given} {family}"
    return {
        "given_name": given,
        "family_name": family,
        "full_name": full_name,
        "headline": f"{_CRAFTS[number % len(_CRAFTS)]} with {number % 30} years of practice",
        "emails": [{"address": f"{given}.{family}.{number}@example.org".lower(), "kind": "personal"}],
        "phones": [{"number": f"+49301{number:08d}", "kind": "personal"}],
        "addresses": [],
        "links": [{"url": f"https://example.org/people/{number}", "kind": "website"}],
    }


def _id(created_at: datetime, kind: str, number: int) -> UUID:
    """A UUIDv7 of its moment; what is random in it comes from kind and number."""
    noise = uuid5(UUID(int=number), kind).int
    milliseconds = int(created_at.timestamp() * 1000)
    return UUID(int=milliseconds << 80 | 0x7 << 76 | (noise >> 64 & 0xFFF) << 64 | 0b10 << 62 | noise & (1 << 62) - 1)
