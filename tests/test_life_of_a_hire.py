"""The whole life of a hire over HTTP, as each role sees it: from the published post to the closed job, and what the reports say."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

import pytest

from generated.enums import UserRole
from impl.core.runtime import Runtime
from tests.services.public.habits import applying, public_path, tracking
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.documents import pdf
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forms import File, form

DRAFT: Data = {
    "recommendation": "strong_yes",
    "ratings": [{"attribute": "Craft", "rating": "yes", "note": "Knows dough."}],
    "notes": "Hire.",
}


#: Who must agree to an offer, one after the other.
APPROVERS = ("hiring_manager", "admin")
#: What the candidate's timeline holds of it, in this order.
WAY = (
    "candidate.created",
    "application.created",
    "interview.created",
    "interview.completed",
    "offer.created",
    "offer.submitted",
    "offer.approved",
    "offer.sent",
    "offer.accepted",
    "application.hired",
)


@dataclass(frozen=True)
class Company:
    """The organization at work: who does what, and the worker behind them."""

    cast: Cast
    make: Factories
    runtime: Runtime

    def __getitem__(self, role: str) -> ApiClient:
        return self.cast.client(role)

    @property
    def stranger(self) -> ApiClient:
        """Somebody on the public side."""
        return ApiClient(self.cast.app)

    async def get(self, path: str, role: str = "recruiter") -> Any:
        return await self[role].data("GET", f"{V1}/{path}")

    async def post(self, path: str, body: Data | None = None, role: str = "recruiter") -> Any:
        return await self[role].data("POST", f"{V1}/{path}", json=body)

    async def apply(self, post: Data, name: str) -> str:
        """Somebody applies with a resume; the token of the candidate's own page."""
        fields = {
            "full_name": name,
            "email": f"{name.split(maxsplit=1)[0].lower()}@applicants.example.org",
            "answers": [{"key": "motivation", "values": ["Bread."]}],
        }
        sent = form(fields, [File(content=pdf(f"Resume of {name}"))])
        receipt = await self.stranger.data("POST", applying(self.cast, post), form=sent)
        await run_due(self.runtime, self.cast.organization_id)
        token: str = receipt["token"]
        return token

    async def page(self, token: str) -> str:
        """What the candidate's own page says."""
        shown = await self.stranger.data("GET", tracking(self.cast, token))
        status: str = shown["status"]
        return status

    async def sees(self, path: str) -> dict[str, tuple[int, str]]:
        """For each role, how a read is answered."""
        answers = {role: await self[role].get(f"{V1}/{path}") for role in UserRole}
        return {role: (200, "") if answer.status_code == 200 else problem(answer) for role, answer in answers.items()}


@pytest.fixture
def company(cast: Cast, make: Factories, runtime: Runtime) -> Company:
    return Company(cast, make, runtime)


async def test_from_the_post_to_the_signed_offer(company: Company) -> None:
    make = company.make
    source = await make.source(name="Career site")
    people = [[str(company.cast.people[role].id)] for role in APPROVERS]
    await make.approval_policy(*people, subject="offer")
    job = await company.post(
        "jobs", {"title": "Baker", "openings_count": 1, "auto_close": True, "requires_offer": True}
    )
    draft = await company.post("posts", {"job_id": job["id"], "title": "Baker", "questions": [MOTIVATION]})
    assert problem(await company.stranger.get(public_path(company.cast, f"/{draft['slug']}"))) == (404, "not_found")
    job = await company.post(f"jobs/{job['id']}/open")
    post = await company.post(f"posts/{draft['id']}/publish")
    for role in ("hiring_manager", "interviewer"):
        await make.grant(role, job)

    tokens = [await company.apply(post, name) for name in ("Mira Okafor", "Noor Dahl", "Ola Berg")]
    await company.stranger.data("POST", f"{tracking(company.cast, tokens[2])}/withdraw")
    mira, noor, ola = (await company.get(f"applications?job_id={job['id']}&sort=created_at"))[:3]
    assert [await company.page(token) for token in tokens] == ["in_review", "in_review", "withdrawn"]
    assert (ola["id"], ola["status"]) != (mira["id"], "active")
    everybody = dict.fromkeys(UserRole, (200, ""))
    assert await company.sees(f"applications/{mira['id']}") == everybody

    screened = await company.post(f"applications/{mira['id']}/move", {})
    await _rejected_with_a_word(company, noor)
    met = await company.post(f"applications/{mira['id']}/move", {})
    assert (screened["stage_id"], met["stage_id"]) != (mira["stage_id"], screened["stage_id"])
    await _interviewed(company, mira)
    offer = await _agreed(company, mira)

    hired = await company.post(f"applications/{mira['id']}/hire", {"offer_id": offer["id"]})
    assert (hired["status"], hired["hire"]["offer_id"]) == ("hired", offer["id"])
    assert [each["status"] for each in await make.openings(job)] == ["filled"]
    closed = await company.get(f"jobs/{job['id']}")
    assert (closed["status"], closed["close_reason"]) == ("closed", "all_openings_filled")
    gone = await company.stranger.get(public_path(company.cast, f"/{post['slug']}"))
    assert problem(gone) == (404, "not_found")
    assert [await company.page(token) for token in tokens] == ["hired", "closed", "withdrawn"]
    await _reports_agree(company, job, source)
    await _history_is_told(company, mira)


async def _rejected_with_a_word(company: Company, application: Data) -> None:
    """The reason stays inside; the candidate gets a message because somebody said so."""
    await company.make.rejection_template()
    reason = await company.make.rejection_reason(name="Too far away")
    body = {"reason_id": reason["id"], "notify": True}
    rejected = await company.post(f"applications/{application['id']}/reject", body, "hiring_manager")
    assert rejected["status"] == "rejected"
    [message] = await company.get(f"messages?application_id={application['id']}")
    await run_due(company.runtime, company.cast.organization_id)
    sent = await company.get(f"messages/{message['id']}")
    assert (sent["status"], "Too far" in sent["body"]) == ("sent", False)


async def _interviewed(company: Company, application: Data) -> None:
    """Two people talk to the candidate; neither reads the other's judgement before giving an own one."""
    people = [str(company.cast.people[role].id) for role in ("interviewer", "hiring_manager")]
    interview = await company.make.interview(application, interviewer_ids=people)
    calendar = await company["interviewer"].get(f"{V1}/interviews/{interview['id']}/calendar")
    assert calendar.text.startswith("BEGIN:VCALENDAR")
    await company.post(f"interviews/{interview['id']}/complete")
    cards = {each["interviewer_id"]: each for each in await company.make.scorecards(interview)}
    own, others = (f"scorecards/{cards[person]['id']}" for person in people)
    await company["interviewer"].data("PUT", f"{V1}/{own}", json=DRAFT)
    await company.post(f"{own}/submit", role="interviewer")
    before = await company["hiring_manager"].get(f"{V1}/{own}")
    await company["hiring_manager"].data("PUT", f"{V1}/{others}", json=DRAFT)
    await company.post(f"{others}/submit", role="hiring_manager")
    after = await company["hiring_manager"].get(f"{V1}/{own}")
    assert "Knows dough." not in before.text
    assert "Knows dough." in after.text


async def _agreed(company: Company, application: Data) -> Data:
    """An offer, as far as the candidate's yes. Interviewers do not see what is paid."""
    terms = {"salary": {"amount": {"amount_minor": 5200000, "currency": "EUR"}, "period": "year"}}
    early = await company["recruiter"].post(f"{V1}/applications/{application['id']}/hire", json={})
    assert problem(early) == (409, "offer_required")
    offer = await company.post(f"applications/{application['id']}/offers", terms)
    path = f"offers/{offer['id']}"
    waiting = await company.post(f"{path}/submit")
    early = await company["recruiter"].post(f"{V1}/{path}/send")
    assert (waiting["status"], problem(early)) == ("pending_approval", (409, "offer_transition_refused"))
    for role in APPROVERS:
        await _approved(company, offer, role)
    await company.post(f"{path}/send")
    seen = await company.sees(path)
    assert (seen["recruiter"], seen["interviewer"]) == ((200, ""), (403, "missing_scope"))
    accepted = await company.post(f"{path}/respond", {"decision": "accepted"})
    assert (accepted["status"], (await company.get(f"applications/{application['id']}"))["status"]) == (
        "accepted",
        "active",
    )
    answer: Data = accepted
    return answer


async def _approved(company: Company, offer: Data, role: str) -> None:
    """One of the approvers says yes; whose turn it is not, may not."""
    [approval] = await company.get(f"approvals?offer_id={offer['id']}")
    path = f"approvals/{approval['id']}/decide"
    for other in {*APPROVERS, "recruiter"} - {role}:
        refused = await company[other].post(f"{V1}/{path}", json={"decision": "approved"})
        assert refused.status_code in (403, 409), refused.text
    await company.post(path, {"decision": "approved", "comment": "Fair."}, role)


async def _reports_agree(company: Company, job: Data, source: Data) -> None:
    """What the reports say is what one counts by hand."""
    applications = await company.get(f"applications?job_id={job['id']}")
    stays = await company.get(f"stage_history?job_id={job['id']}")
    funnel = (await company.get(f"reports/funnel?job_id={job['id']}&group_by=stage"))["rows"]
    entered = Counter(stage for stage, _ in {(stay["stage_id"], stay["application_id"]) for stay in stays})
    assert {row["stage_id"]: row["entered_count"] for row in funnel} == entered
    statuses = Counter(application["status"] for application in applications)
    assert statuses == {"hired": 1, "rejected": 1, "withdrawn": 1}
    for name in statuses:
        assert sum(row[f"{name}_count"] for row in funnel) == statuses[name], name
    hires = (await company.get(f"reports/time_to_hire?job_id={job['id']}"))["rows"]
    assert [row["hires_count"] for row in hires] == [1]
    yields = (await company.get(f"reports/source_yield?job_id={job['id']}"))["rows"]
    assert sum(row["applications_count"] for row in yields) == 3
    assert {row["source_id"] for row in yields} <= {source["id"], None}


async def _history_is_told(company: Company, application: Data) -> None:
    """The candidate's timeline holds the whole way, in its order."""
    timeline = await company.get(f"candidates/{application['candidate_id']}/timeline?limit=100")
    told = [entry["type"] for entry in reversed(timeline)]
    way = [each for each in told if each in WAY]
    assert way == list(WAY), told
