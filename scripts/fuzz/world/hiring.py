"""Applications, and what comes of them: offers with approvals, interviews with scorecards."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import UUID

import msgspec

from generated.enums import (
    ActorType,
    ApplicationStatus,
    ApprovalStatus,
    ApprovalSubject,
    InterviewKind,
    OfferStatus,
    Recommendation,
    StayOutcome,
)
from impl import models
from impl.lib import clock
from impl.models.base import Base
from scripts.fuzz.world.numbers import ALICE, NUMBERS, OFFERS, OWN_KEY, SIGNED_IN, SPARES, STRICT_POLICY, offered
from scripts.fuzz.world.rows import Rows


class Hiring(Rows):
    """Applications, and what comes of them: offers with approvals, interviews with scorecards."""

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
        on_offer = [offered(number) for kind in OFFERS for number in SPARES[kind]] if self._tenant is ALICE else []
        return [
            *self._numbers("application", "ended_application", "steady_application", "unoffered_application"),
            *on_offer,
        ]

    def offers(self) -> Iterator[Base]:
        """Offers in each status that a command takes. That of the examples has ended, so that nothing is in its application's way."""
        for number in self._numbers(*OFFERS):
            is_example = number == NUMBERS["offer"]
            application = NUMBERS["application"] if is_example else offered(number)
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
