"""The offers of the demo: drafted when a candidate comes so far, approved by four eyes, sent, and answered; and the approval of its jobs."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any
from uuid import UUID

from generated import requests
from generated.api import Implementations
from generated.enums import ApprovalDecision, ApprovalRequirement, ApprovalSubject, PayPeriod
from impl.core.actor import Actor
from impl.core.context import Context
from impl.demo import organization
from impl.demo.organization import Opportunity
from impl.demo.setting import Setting
from impl.lib import clock

Perform = Callable[..., Awaitable[Any]]

# The departments whose jobs need a yes.
GOVERNED = ("Engineering", "Operations")
# How long before the present an offer is still a draft, or waits for its approval.
DRAFTED, ASKED = timedelta(days=1), timedelta(days=4)
# Nobody takes longer than this to answer.
PATIENCE = timedelta(days=70)
BONUSES = ("A tenth of the salary when the year went well.", None, "2,000 after the first half year.", None)
COMMENTS = ("In the range, and worth it.", None, None, "Agreed; please mention the training budget.")
ANSWERS = ("Another offer came first.", "Does not want to move after all.", None)
SALARY = (52_000, 68_000)


@dataclass
class Offers:
    """Makes the offers of applications, which are known by their places in the story."""

    setting: Setting
    services: Implementations[Context]
    do: Perform
    until: datetime
    _sent: dict[int, UUID] = field(default_factory=dict)
    _made: int = 0
    _bonuses: Any = field(default_factory=lambda: cycle(BONUSES))
    _comments: Any = field(default_factory=lambda: cycle(COMMENTS))
    _answers: Any = field(default_factory=lambda: cycle(ANSWERS))

    async def begin(self) -> None:
        """The policies: one yes for each job of some departments, two for each offer."""
        chief = self._step(organization.ADMIN)
        for name in GOVERNED:
            await self._policy(f"New jobs in {name}", ApprovalSubject.JOB, [chief], self.setting.departments[name])
        await self._policy("Offers by four eyes", ApprovalSubject.OFFER, [self._step(*organization.RECRUITERS), chief])

    async def ask(self, job_id: UUID, plan: Opportunity, recruiter: Actor) -> UUID | None:
        """Ask whether a job may be opened; None where nobody must be asked."""
        if plan.department not in GOVERNED:
            return None
        request = self.services.approvals.request_job_approval
        approval = await self.do(recruiter, "request_job_approval", request, job_id)
        return UUID(str(approval.id))

    async def approve(self, approval_id: UUID, *names: str) -> None:
        """Have these say yes, one after the other."""
        decide = self.services.approvals.decide_approval
        for name in names:
            body = requests.ApprovalDecide(decision=ApprovalDecision.APPROVED, comment=next(self._comments))
            query = requests.DecideApprovalQuery()
            await self.do(self.setting.actor(name), "decide_approval", decide, approval_id, query, body)

    async def make(self, number: int, application_id: UUID, plan: Opportunity, recruiter: str) -> None:
        """Draft an offer and bring it as far as the time that is left allows."""
        offers, actor = self.services.offers, self.setting.actor(recruiter)
        offer = await self.do(actor, "create_offer", offers.create_offer, application_id, self._terms(plan))
        left = self.until - clock.now()
        if left < DRAFTED:
            return
        await self.do(actor, "submit_offer", offers.submit_offer, offer.id, requests.SubmitOfferQuery())
        if left < ASKED:
            return
        query = requests.ListApprovalsQuery(offer_id=offer.id)
        asked = await self.do(actor, "list_approvals", self.services.approvals.list_approvals, query)
        other = next(name for name in organization.RECRUITERS if name != recruiter)
        await self.approve(asked.data[0].id, other, organization.ADMIN)
        await self.do(actor, "send_offer", offers.send_offer, offer.id, requests.SendOfferQuery())
        self._sent[number] = offer.id

    async def accept(self, number: int, recruiter: Actor) -> None:
        """The candidate says yes, if there is an offer to answer."""
        await self._respond(number, recruiter, requests.OfferAccept(decision="accepted"))

    async def decline(self, number: int, recruiter: Actor) -> None:
        """The candidate says no."""
        await self._respond(number, recruiter, requests.OfferDecline(decision="declined", note=next(self._answers)))

    def forget(self, number: int) -> None:
        """The application has ended, and its offer with it."""
        self._sent.pop(number, None)

    async def _respond(self, number: int, recruiter: Actor, body: Any) -> None:
        offer_id = self._sent.pop(number, None)
        if offer_id is not None:
            respond = self.services.offers.respond_to_offer
            await self.do(recruiter, "respond_to_offer", respond, offer_id, requests.RespondToOfferQuery(), body)

    def _terms(self, plan: Opportunity) -> requests.OfferCreate:
        self._made += 1
        low, high = plan.salary or SALARY
        amount = (low + (high - low) * (self._made % 5 + 3) // 10) * 100
        currency = "USD" if plan.office == "Boston" else "EUR"
        money = requests.Money(amount_minor=amount, currency=currency)
        return requests.OfferCreate(
            salary=requests.OfferSalary(amount=money, period=PayPeriod.YEAR),
            bonus=next(self._bonuses),
            starts_on=(clock.now() + timedelta(days=60)).date().replace(day=1),
            expires_on=(clock.now() + PATIENCE).date(),
        )

    def _step(self, *names: str) -> requests.ApprovalPolicyStep:
        approvers = [self.setting.users[name] for name in names]
        return requests.ApprovalPolicyStep(requires=ApprovalRequirement.ANY, approver_ids=approvers)

    async def _policy(
        self,
        name: str,
        subject: ApprovalSubject,
        steps: list[requests.ApprovalPolicyStep],
        department_id: UUID | None = None,
    ) -> None:
        body = requests.ApprovalPolicyCreate(name=name, subject=subject, steps=steps, department_id=department_id)
        create = self.services.approvals.create_approval_policy
        await self.do(self.setting.actor(organization.ADMIN), "create_approval_policy", create, body)
