"""D3 (third part): applications, their offers with approvals, their interviews and the job's one seat behave as a plain Python
model, alone and when many act at once."""

import asyncio
import threading
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from impl.lib import clock
from tests.support.cast import Cast
from tests.support.factories import V1, Data, Factories
from tests.support.threads import Loop

pytestmark = pytest.mark.promise("D3")

APPLICANTS = 2
LIVE = ("draft", "pending_approval", "approved", "sent", "accepted")
OUT = ("sent", "accepted")
#: What each command on an offer needs, and leads to.
OFFER_EDGES = {
    "submit": (("draft",), "pending_approval"),
    "send": (("approved",), "sent"),
    "accept": (("sent",), "accepted"),
    "decline": (("sent",), "declined"),
    "take_back": (("draft", "pending_approval", "approved", "sent"), "withdrawn"),
    "revise": (("pending_approval", "approved", "sent", "accepted"), "superseded"),
}
#: What becomes of the pending approval, and of the offer that waits for it.
APPROVAL_EDGES = {
    "agree": ("approved", "approved"),
    "refuse": ("rejected", "draft"),
    "ask_no_more": ("cancelled", "draft"),
}
INTERVIEW_EDGES = {
    "complete": (("scheduled",), "completed"),
    "call_off": (("scheduled",), "cancelled"),
    "miss": (("scheduled",), "no_show"),
    "plan_anew": (("scheduled", "cancelled", "no_show"), "scheduled"),
}
APPLICATION_COMMANDS = ("reject", "reject_and_take_back", "withdraw", "hire", "reopen")
COMMANDS = ("offer", *OFFER_EDGES, *APPROVAL_EDGES, *INTERVIEW_EDGES, *APPLICATION_COMMANDS)
#: Ways far into the machine, which single steps seldom find.
OUT_WAY = ("offer", "submit", "agree", "send")
WAYS = (
    (*OUT_WAY, "accept", "hire", "reopen"),
    (*OUT_WAY, "accept", "revise", "take_back"),
    (*OUT_WAY, "reject_and_take_back", "reopen"),
    (*OUT_WAY, "decline"),
    ("offer", "submit", "refuse", "submit", "ask_no_more"),
    ("call_off", "plan_anew", "reject", "reopen"),
)
Step = tuple[str, int]


@dataclass
class Model:
    """What the contract says: a job that demands an offer for its one seat, a policy that asks one person about every offer, and an
    interview planned with each applicant."""

    seat: int | None = None
    status: list[str] = field(default_factory=lambda: ["active"] * APPLICANTS)
    offers: list[list[str]] = field(default_factory=lambda: [[] for _ in range(APPLICANTS)])
    approvals: list[list[str]] = field(default_factory=lambda: [[] for _ in range(APPLICANTS)])
    interview: list[str] = field(default_factory=lambda: ["scheduled"] * APPLICANTS)

    def apply(self, command: str, who: int) -> str:
        """Run a command: `ok` or the problem code; a command on an offer is for the newest one, and `none` when there is none."""
        if command in OFFER_EDGES:
            return self._on_offer(command, who)
        if command in APPROVAL_EDGES:
            return self._on_approval(command, who)
        if command in INTERVIEW_EDGES:
            return self._on_interview(command, who)
        method: Any = getattr(self, command)
        return str(method(who))

    def offer(self, who: int) -> str:
        if self.status[who] != "active":
            return "application_not_active"
        if self._live(who):
            return "offer_live"
        self.offers[who].append("draft")
        return "ok"

    def reject(self, who: int) -> str:
        return self._end(who, "rejected", even_out=False)

    def reject_and_take_back(self, who: int) -> str:
        return self._end(who, "rejected", even_out=True)

    def withdraw(self, who: int) -> str:
        return self._end(who, "withdrawn", even_out=False)

    def hire(self, who: int) -> str:
        if self.status[who] != "active":
            return "application_not_active"
        if self._live(who) == "sent":
            return "offer_outstanding"
        if self._live(who) != "accepted":
            return "offer_required"
        if self.seat is not None:
            return "opening_required"
        self.seat, self.status[who] = who, "hired"
        self._call_off(who)
        return "ok"

    def reopen(self, who: int) -> str:
        """With `reopen_job`."""
        if self.status[who] == "active":
            return "application_already_active"
        if self.seat not in (None, who):
            return "job_has_no_open_opening"
        self.seat, self.status[who] = None, "active"
        return "ok"

    def shown(self) -> Any:
        """Everything that can be compared."""
        return self.seat, self.status, self.offers, self.approvals, self.interview

    def _on_offer(self, command: str, who: int) -> str:
        if not self.offers[who]:
            return "none"
        sources, target = OFFER_EDGES[command]
        if self.offers[who][-1] not in sources:
            return "offer_transition_refused"
        if command == "revise" and self.status[who] != "active":
            return "application_not_active"
        self.offers[who][-1] = target
        if command == "submit":
            self.approvals[who].append("pending")
        else:
            self._ask_no_more(who)
        self.offers[who] += ["draft"] if command == "revise" else []
        return "ok"

    def _on_approval(self, command: str, who: int) -> str:
        if not self.approvals[who]:
            return "none"
        if self.approvals[who][-1] != "pending":
            return "approval_transition_refused"
        self.approvals[who][-1], self.offers[who][-1] = APPROVAL_EDGES[command]
        return "ok"

    def _ask_no_more(self, who: int) -> None:
        self.approvals[who] = ["cancelled" if each == "pending" else each for each in self.approvals[who]]

    def _on_interview(self, command: str, who: int) -> str:
        sources, target = INTERVIEW_EDGES[command]
        if self.interview[who] not in sources:
            return "interview_transition_refused"
        if command == "plan_anew" and self.status[who] != "active":
            return "application_not_active"
        self.interview[who] = target
        return "ok"

    def _live(self, who: int) -> str | None:
        return next((status for status in self.offers[who] if status in LIVE), None)

    def _end(self, who: int, status: str, *, even_out: bool) -> str:
        if self.status[who] != "active":
            return "application_not_active"
        if self._live(who) in OUT and not even_out:
            return "offer_outstanding"
        self.offers[who] = ["withdrawn" if offer in LIVE else offer for offer in self.offers[who]]
        self._ask_no_more(who)
        self.status[who] = status
        self._call_off(who)
        return "ok"

    def _call_off(self, who: int) -> None:
        if self.interview[who] == "scheduled":
            self.interview[who] = "cancelled"


class Real:
    """The same, in the service."""

    def __init__(self, cast: Cast) -> None:
        self.make = Factories(cast)
        self.client = cast.client("recruiter")
        self.approver = cast.client("admin")
        self.offers: list[list[str]] = [[] for _ in range(APPLICANTS)]
        self.approvals: list[list[str]] = [[] for _ in range(APPLICANTS)]
        self.applications: list[Data]
        self.interviews: list[Data]
        self.job: Data
        self.reason: Data

    async def set_up(self) -> "Real":
        self.job = await self.make.job(openings=1, requires_opening=True, auto_close=True, requires_offer=True)
        self.applications = [await self.make.application(job=self.job) for _ in range(APPLICANTS)]
        self.interviews = [await self.make.interview(application) for application in self.applications]
        self.reason = await self.make.rejection_reason()
        await self.make.approval_policy(subject="offer")
        return self

    async def apply(self, command: str, who: int) -> str:
        request = self._request(command, who)
        if request is None:
            return "none"
        path, body = request
        client = self.approver if command in ("agree", "refuse") else self.client
        answer = await client.post(f"{V1}/{path}", json=body)
        if answer.is_success and command in ("offer", "revise"):
            self.offers[who].append(answer.json()["data"]["id"])
        if answer.is_success and command == "submit":
            path = f"{V1}/approvals?offer_id={self.offers[who][-1]}&status=pending"
            self.approvals[who] += [each["id"] for each in await self.client.data("GET", path)]
        return "ok" if answer.is_success else str(answer.json()["code"])

    def _request(self, command: str, who: int) -> tuple[str, Data | None] | None:
        if command in OFFER_EDGES:
            verbs = {"accept": "respond", "decline": "respond", "take_back": "withdraw"}
            bodies: Data = {"accept": {"decision": "accepted"}, "decline": {"decision": "declined"}}
            if not self.offers[who]:
                return None
            return f"offers/{self.offers[who][-1]}/{verbs.get(command, command)}", bodies.get(command)
        if command in APPROVAL_EDGES:
            decisions = {"agree": "approved", "refuse": "rejected"}
            if not self.approvals[who]:
                return None
            path = f"approvals/{self.approvals[who][-1]}"
            if command == "ask_no_more":
                return f"{path}/cancel", None
            return f"{path}/decide", {"decision": decisions[command]}
        if command in INTERVIEW_EDGES:
            verbs = {"call_off": "cancel", "miss": "no_show", "plan_anew": "reschedule"}
            path = f"interviews/{self.interviews[who]['id']}/{verbs.get(command, command)}"
            return path, {"call_off": {"reason": "other"}, "plan_anew": _times()}.get(command)
        path = f"applications/{self.applications[who]['id']}"
        reason: Data = {"reason_id": self.reason["id"]}
        bodies = {
            "reject": reason,
            "reject_and_take_back": reason | {"withdraw_offer": True},
            "reopen": {"reopen_job": True},
        }
        return f"{path}/{'offers' if command == 'offer' else command.partition('_')[0]}", bodies.get(command, {})

    async def shown(self) -> Any:
        [seat] = await self.make.openings(self.job)
        numbers = {application["id"]: number for number, application in enumerate(self.applications)}
        status, offers, approvals, interview = [], [], [], []
        asked = await self.client.data("GET", f"{V1}/approvals?job_id={self.job['id']}&sort=created_at&limit=200")
        for number, application in enumerate(self.applications):
            path = f"?application_id={application['id']}&sort=created_at"
            now = await self.client.data("GET", f"{V1}/applications/{application['id']}")
            found = await self.client.data("GET", f"{V1}/offers{path}")
            talk = await self.client.data("GET", f"{V1}/interviews/{self.interviews[number]['id']}")
            status.append(now["status"])
            offers.append([offer["status"] for offer in found])
            approvals.append([each["status"] for each in asked if each["application_id"] == application["id"]])
            interview.append(talk["status"])
        taken = seat["application_id"]
        return None if taken is None else numbers[taken], status, offers, approvals, interview


def _times() -> Data:
    starts_at = clock.now() + timedelta(days=3)
    return {
        "starts_at": f"{starts_at:%Y-%m-%dT%H:%M:%SZ}",
        "ends_at": f"{starts_at + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
    }


def new(threaded: Loop) -> Real:
    """A new organization with its job, applications and interviews."""

    async def made() -> Real:
        return await Real(await threaded.new_cast()).set_up()

    return threaded.run(made())


def machine_on(threaded: Loop, succeeded: set[str]) -> type[RuleBasedStateMachine]:
    class Offering(RuleBasedStateMachine):
        real: Real
        model: Model

        @initialize()
        def start(self) -> None:
            self.real, self.model = new(threaded), Model()

        @rule(step=st.tuples(st.sampled_from(COMMANDS), st.integers(0, APPLICANTS - 1)))
        def command(self, step: Step) -> None:
            told = self.model.apply(*step)
            assert threaded.run(self.real.apply(*step)) == told, step
            succeeded.update([step[0]] if told == "ok" else [])

        @rule(who=st.integers(0, APPLICANTS - 1), way=st.sampled_from(WAYS))
        def way(self, who: int, way: tuple[str, ...]) -> None:
            for command in way:
                self.command((command, who))

        @invariant()
        def agree(self) -> None:
            if hasattr(self, "model"):
                assert threaded.run(self.real.shown()) == self.model.shown()

    return Offering


async def test_the_service_behaves_as_the_model(threaded: Loop) -> None:
    chosen = settings(
        max_examples=15,
        stateful_step_count=14,
        deadline=None,
        derandomize=True,
        database=None,
        # Shrinking would repeat hundreds of walks through a real service; the failing walk is short enough to read.
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    succeeded: set[str] = set()
    await asyncio.to_thread(run_state_machine_as_test, machine_on(threaded, succeeded), settings=chosen)
    assert succeeded == set(COMMANDS), "vacuous: some command never did anything"


ASKED: list[Step] = [("offer", 0), ("submit", 0)]
SENT: list[Step] = [*ASKED, ("agree", 0), ("send", 0)]
BOTH_ACCEPTED: list[Step] = [
    (command, who) for who in range(APPLICANTS) for command in ("offer", "submit", "agree", "send", "accept")
]
#: What happened before, and what comes at the same moment.
TRACES: list[tuple[list[Step], list[Step]]] = [
    (SENT, [("accept", 0), ("decline", 0), ("take_back", 0)]),
    (SENT, [("accept", 0), ("reject", 0), ("hire", 0)]),
    (SENT, [("accept", 0), ("reject_and_take_back", 0), ("revise", 0)]),
    (SENT[:3], [("send", 0), ("reject", 0), ("take_back", 0)]),
    (ASKED, [("agree", 0), ("refuse", 0), ("take_back", 0)]),
    (ASKED, [("agree", 0), ("reject", 0), ("ask_no_more", 0)]),
    (ASKED, [("agree", 0), ("revise", 0), ("withdraw", 0)]),
    ([], [("offer", 0), ("offer", 0), ("reject", 0)]),
    (BOTH_ACCEPTED, [("hire", 0), ("hire", 1), ("reject_and_take_back", 0)]),
    (BOTH_ACCEPTED, [("hire", 0), ("revise", 0), ("withdraw", 0)]),
    ([], [("complete", 0), ("reject", 0), ("plan_anew", 0)]),
    ([("call_off", 0)], [("plan_anew", 0), ("reject", 0), ("miss", 0)]),
]


@pytest.mark.parametrize("trace", TRACES, ids=str)
async def test_what_happens_at_once_could_have_happened_in_some_order(
    threaded: Loop, trace: tuple[list[Step], list[Step]]
) -> None:
    """Each command comes from a thread of its own, all at the same moment."""
    before, at_once = trace
    real = await asyncio.to_thread(new, threaded)
    for step in before:
        assert await asyncio.to_thread(threaded.run, real.apply(*step)) == "ok"
    barrier = threading.Barrier(len(at_once))

    def act(step: Step) -> str:
        barrier.wait(20)
        return threaded.run(real.apply(*step))

    told = await asyncio.gather(*(asyncio.to_thread(act, step) for step in at_once))
    ended = (told, await asyncio.to_thread(threaded.run, real.shown()))
    orders = permutations(range(len(at_once)))
    assert any(ended == _serially(order, before, at_once) for order in orders), ended


def _serially(order: tuple[int, ...], before: list[Step], at_once: list[Step]) -> tuple[list[str], Any]:
    model, told = Model(), [""] * len(at_once)
    for step in before:
        model.apply(*step)
    for number in order:
        told[number] = model.apply(*at_once[number])
    return told, model.shown()
