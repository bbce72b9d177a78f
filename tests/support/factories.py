"""Rows for a test, made through the API as a recruiter would: each method gives the `data` of the answer."""

import itertools
from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from generated.enums import IntakeFailure, ResumeParseFailure, ScreeningBand, TaskStatus
from impl import models
from impl.core.tasks import TaskRun
from impl.lib import clock
from impl.services.intakes import processing
from impl.services.resumes import parsing
from impl.services.resumes.parsing import Outcome
from impl.services.screening.tasks import screen_applications
from impl.services.wordings import contents
from tests.support import resumes
from tests.support.application import runtime_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.documents import pdf
from tests.support.forms import File, form

V1 = "/api/v1"
Data = dict[str, Any]
#: A question that the answers of the contract's example fit.
MOTIVATION: Data = {
    "key": "motivation",
    "label": "Why this job?",
    "kind": "long_text",
    "is_required": False,
    "options": [],
    "flagged_answers": [],
}

#: The commands that lead an offer from the draft to each status.
_SENT: list[tuple[str, Data | None]] = [("submit", None), ("send", None)]
OFFER_WAYS: dict[str, list[tuple[str, Data | None]]] = {
    "draft": [],
    "approved": _SENT[:1],
    "sent": _SENT,
    "accepted": [*_SENT, ("respond", {"decision": "accepted"})],
    "declined": [*_SENT, ("respond", {"decision": "declined"})],
    "withdrawn": [("withdraw", None)],
    "superseded": [*_SENT, ("revise", None)],
}


class Factories:
    """Makes resources of one organization as its administrator. What a test does not name has a plain value of its own."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.admin: ApiClient = cast.client("admin")
        self._number = itertools.count(1)

    async def department(self, **fields: Any) -> Data:
        return await self._post("departments", {"name": self._name("Department")} | fields)

    async def office(self, **fields: Any) -> Data:
        return await self._post("offices", {"name": self._name("Office")} | fields)

    async def source(self, **fields: Any) -> Data:
        return await self._post("sources", {"name": self._name("Source"), "kind": "job_board"} | fields)

    async def consent(self, candidate: Data | None = None, **fields: Any) -> Data:
        """A consent to be kept in mind, without an end; of somebody who has applied, unless it is told of whom."""
        candidate_id = candidate["id"] if candidate else (await self.application())["candidate_id"]
        body = {"purpose": "talent_pool", "policy_version": "2026-03", "source": "email"}
        return await self._post(f"candidates/{candidate_id}/consents", body | fields)

    async def tag(self, **fields: Any) -> Data:
        return await self._post("tags", {"name": self._name("Tag")} | fields)

    async def custom_field(self, key: str | None = None, *, kind: str = "short_text", **fields: Any) -> Data:
        """A custom field of candidates, unless `applies_to` says otherwise; choices have the options `one`, `two` and `three`."""
        values: Data = {"key": key or f"field_{next(self._number)}", "name": self._name("Field"), "type": kind}
        if kind in ("single_select", "multi_select"):
            values["options"] = [{"key": option, "name": option.title()} for option in ("one", "two", "three")]
        return await self._post("custom_fields", {"applies_to": "candidate"} | values | fields)

    async def rejection_reason(self, **fields: Any) -> Data:
        """A reason of the organization's side, unless `kind` says otherwise."""
        values = {"name": self._name("Reason"), "kind": "rejected_by_organization"}
        return await self._post("rejection_reasons", values | fields)

    async def job(self, *, status: str = "open", openings: int = 1, **fields: Any) -> Data:
        """A job with the default pipeline: `status` draft, open or closed; `openings` open seats."""
        job = await self._post("jobs", {"title": self._name("Job"), "openings_count": openings} | fields)
        if status in ("open", "closed"):
            job = await self._post(f"jobs/{job['id']}/open")
        if status == "closed":
            job = await self._post(f"jobs/{job['id']}/close", {"reason": "other", "applications": "keep"})
        return job

    async def stages(self, job: Data) -> list[Data]:
        """The stages in use of a job, in order."""
        pipeline: Data = await self.admin.data("GET", f"{V1}/jobs/{job['id']}/pipeline")
        stages: list[Data] = pipeline["stages"]
        return stages

    async def opening(self, job: Data, **fields: Any) -> Data:
        return await self._post(f"jobs/{job['id']}/openings", fields)

    async def openings(self, job: Data) -> list[Data]:
        """The openings of a job, oldest first."""
        found: list[Data] = await self.admin.data("GET", f"{V1}/jobs/{job['id']}/openings?sort=created_at")
        return found

    async def candidate(self, *, full_name: str | None = None, email: str | None = None, **fields: Any) -> Data:
        """A candidate; `profile=` replaces the whole profile."""
        profile: Data = {"full_name": full_name or self._name("Candidate")}
        if email is not None:
            profile["emails"] = [{"address": email, "kind": "personal"}]
        return await self._post("candidates", {"profile": profile} | fields)

    async def reachable(self, **fields: Any) -> Data:
        """A candidate with every name and an e-mail address."""
        number = next(self._number)
        profile = {
            "full_name": f"Mira Okafor {number} {self.cast.canary}".strip(),
            "given_name": f"Mira {self.cast.canary}".strip(),
            "family_name": "Okafor",
            "emails": [{"address": f"mira{number}@{self.cast.slug}.example.org", "kind": "personal"}],
        }
        return await self.candidate(profile=profile | fields)

    async def merged(self, survivor: Data | None = None, duplicate: Data | None = None) -> Data:
        """A candidate that was merged into `survivor`, as it was before."""
        survivor, duplicate = survivor or await self.reachable(), duplicate or await self.reachable()
        await self._post(f"candidates/{survivor['id']}/merge", {"duplicate_id": duplicate["id"]})
        return duplicate

    async def retention_policy(self, outcome: str = "rejected", **fields: Any) -> Data:
        """A policy that is not enabled, unless the fields say otherwise."""
        path = f"{V1}/retention_policies/{outcome}"
        values = {"after_days": 180, "action": "anonymize"} | fields
        policy: Data = await self.admin.data("PUT", path, json=values)
        return policy

    async def ended(self, outcome: str) -> Data:
        """A candidate whose last application was `rejected`, `withdrawn` or `hired`, or who has `no_application`."""
        candidate = await self.candidate()
        if outcome == "rejected":
            await self.rejected(candidate=candidate)
        elif outcome != "no_application":
            application = await self.application(candidate=candidate)
            await self.command(application, {"withdrawn": "withdraw", "hired": "hire"}[outcome])
        return candidate

    async def legal_hold(self, candidate: Data | None = None) -> Data:
        """A hold on a candidate, which it makes when it is not given."""
        candidate = candidate or await self.reachable()
        body = {"reason": f"A claim {self.cast.canary}".strip()}
        return await self._post(f"candidates/{candidate['id']}/legal_holds", body)

    async def message_template(self, **fields: Any) -> Data:
        """A general template with variables of each group and the value `when`."""
        values = {
            "name": self._name("Template"),
            "kind": "general",
            "subject": "{{ organization.name }}: {{ values.when }}",
            "body": "Dear {{ candidate.given_name }},\n\nsee you {{ values.when }}.\n\n{{ sender.name }}",
            "variables": ["organization.name", "candidate.given_name", "sender.name"],
            "values": ["when"],
        }
        return await self._post("message_templates", values | fields)

    async def rejection_template(self, **fields: Any) -> Data:
        """A template that `notify` can use for rejections."""
        values = {
            "kind": "application_rejected",
            "subject": "Your application",
            "body": "Dear {{ candidate.full_name }}, not {{ job.title }}. {{ organization.name }}",
            "variables": ["candidate.full_name", "job.title", "organization.name"],
            "values": [],
        }
        return await self.message_template(**values | fields)

    async def message(self, application: Data | None = None, **fields: Any) -> Data:
        """A queued message about an application whose candidate can be reached."""
        application = application or await self.application(candidate=await self.reachable())
        values = {
            "recipient": "application",
            "application_id": application["id"],
            "subject": "Hello",
            "body": f"Good day. {self.cast.canary}",
        } | fields
        if "template_id" in fields:
            values = {name: value for name, value in values.items() if name not in ("subject", "body")}
        return await self._post("messages", values)

    async def application(self, job: Data | None = None, candidate: Data | None = None, **fields: Any) -> Data:
        """An active application in the first stage; makes the job and the candidate that it is not given."""
        job = job or await self.job()
        candidate = candidate or await self.candidate()
        return await self._post("applications", {"candidate_id": candidate["id"], "job_id": job["id"]} | fields)

    async def post(self, job: Data | None = None, *, status: str = "published", **fields: Any) -> Data:
        """A post of an open job: `status` draft, published or unpublished."""
        job = job or await self.job()
        post = await self._post("posts", {"job_id": job["id"]} | fields)
        if status != "draft":
            post = await self._post(f"posts/{post['id']}/publish")
        if status == "unpublished":
            post = await self._post(f"posts/{post['id']}/unpublish")
        return post

    async def applied(self, post: Data | None = None, *files: File, **fields: Any) -> Data:
        """The receipt of an application from the public side; without a post, for a new one."""
        post = post or await self.post(questions=[MOTIVATION])
        name = self._name("Applicant")
        values = {"full_name": name, "email": f"{name.split()[1]}@{self.cast.slug}.example.org"} | fields
        path = f"{V1}/public/{self.cast.slug}/posts/{post['slug']}/applications"
        receipt: Data = await ApiClient(self.cast.app).data("POST", path, form=form(values, files or (File(),)))
        return receipt

    async def intake(
        self, status: str = "received", post: Data | None = None, *, files: Sequence[File] = (), **fields: Any
    ) -> Data:
        """An intake in a state of its machine."""
        post = post or await self.post(questions=[MOTIVATION])
        trap = {"website": "spam"} if status in ("quarantined", "discarded") else {}
        await self.applied(post, *files, **trap | fields)
        [intake] = await self.admin.data("GET", f"{V1}/intakes?post_id={post['id']}&limit=1")
        run = TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1)
        if status == "processed":
            await processing.process(run, UUID(intake["id"]))
        elif status == "rejected":
            async with run.step() as ctx:
                await processing.reject(ctx, UUID(intake["id"]), IntakeFailure.JOB_NOT_OPEN)
        elif status == "discarded":
            await self._post(f"intakes/{intake['id']}/discard")
        shown: Data = await self.admin.data("GET", f"{V1}/intakes/{intake['id']}")
        return shown

    async def command(self, application: Data, name: str, body: Data | None = None) -> Data:
        """Run `move`, `reject`, `withdraw`, `hire` or `reopen` on an application."""
        return await self._post(f"applications/{application['id']}/{name}", body or {})

    async def rejected(self, **fields: Any) -> Data:
        """An application that was rejected."""
        application = await self.application(**fields)
        reason = await self.rejection_reason()
        return await self.command(application, "reject", {"reason_id": reason["id"]})

    async def user(self, role: str = "interviewer", **fields: Any) -> Data:
        name = self._name("User")
        values = {"email": f"{name.replace(' ', '')}@{self.cast.slug}.example.org", "name": name, "role": role}
        return await self._post("users", values | fields)

    async def grant(self, role: str, *jobs: Data) -> None:
        """Let the cast's user of this role see these jobs, and no others."""
        path = f"{V1}/users/{self.cast.people[role].id}"
        await self.admin.data("PATCH", path, json={"job_ids": [job["id"] for job in jobs]})

    async def interview(
        self,
        application: Data | None = None,
        *,
        by: str = "admin",
        starts_in: timedelta = timedelta(days=2),
        **fields: Any,
    ) -> Data:
        """A scheduled interview of an hour, held by the cast's user of the role `by` unless `interviewer_ids` says otherwise."""
        application = application or await self.application(candidate=await self.reachable())
        starts_at = clock.now() + starts_in
        body = {
            "kind": "video",
            "title": self._name("Talk"),
            "starts_at": f"{starts_at:%Y-%m-%dT%H:%M:%SZ}",
            "ends_at": f"{starts_at + timedelta(hours=1):%Y-%m-%dT%H:%M:%SZ}",
            "interviewer_ids": [str(self.cast.people[by].id)],
        }
        return await self._post(f"applications/{application['id']}/interviews", body | fields)

    async def scorecards(self, interview: Data) -> list[Data]:
        """The scorecards of an interview, oldest first, as its administrator sees them."""
        path = f"{V1}/scorecards?interview_id={interview['id']}&sort=created_at"
        found: list[Data] = await self.admin.data("GET", path)
        return found

    async def scorecard(self, interview: Data | None = None, *, status: str = "draft") -> Data:
        """A scorecard of the administrator's with something in it; makes the interview that it is not given."""
        interview = interview or await self.interview()
        [scorecard] = [
            each for each in await self.scorecards(interview) if each["interviewer_id"] == str(self.admin.id)
        ]
        scorecard = await self.write(self.admin, scorecard)
        if status == "submitted":
            scorecard = await self._post(f"scorecards/{scorecard['id']}/submit")
        return scorecard

    async def write(self, interviewer: ApiClient, scorecard: Data, **fields: Any) -> Data:
        """Fill in a draft as its interviewer."""
        body = {
            "recommendation": "yes",
            "ratings": [{"attribute": "Craft", "rating": "mixed", "note": f"Noted {self.cast.canary}".strip()}],
            "notes": f"Thoughts {self.cast.canary}".strip(),
        }
        written: Data = await interviewer.data("PUT", f"{V1}/scorecards/{scorecard['id']}", json=body | fields)
        return written

    async def screening_rubric(self, job: Data, **fields: Any) -> Data:
        """A new version of a job's rubric, which asks for bread unless `criteria` say otherwise."""
        number = next(self._number)
        skill = {"name": f"Sourdough {number}", "synonyms": [], "related": []}
        criterion = {"kind": "skill", "key": f"bread_{number}", "importance": "required", "weight": 3} | skill
        body = {"is_enabled": True, "is_blind": False, "criteria": [criterion]} | fields
        rubric: Data = await self.admin.data("PUT", f"{V1}/jobs/{job['id']}/screening_rubric", json=body)
        return rubric

    async def screening_run(self, application: Data | None = None) -> Data:
        """A run over one application, which it makes when it is not given, that is over; by the worker's own code."""
        application = application or await self.application(candidate=await self.reachable())
        job = {"id": application["job_id"]}
        rubric: Data = await self.admin.data("GET", f"{V1}/jobs/{job['id']}/screening_rubric")
        if not rubric["criteria"]:
            await self.screening_rubric(job)
        run = await self._post(f"jobs/{job['id']}/screening_runs", {"application_ids": [application["id"]]})
        task = TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1)
        await screen_applications.work(task, UUID(run["id"]))
        return run

    async def found_in(self, run_id: str, score: int | None = None) -> Data:
        """One more result of a run; the application that it is of, without a resume unless it has a score."""
        run = await self.admin.data("GET", f"{V1}/screening_runs/{run_id}")
        application = await self.application({"id": run["job_id"]})
        async with TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1).step() as ctx:
            await ctx.insert(
                models.ScreeningResult,
                run_id=UUID(run_id),
                application_id=UUID(application["id"]),
                job_id=UUID(run["job_id"]),
                scorer_version=run["scorer_version"],
                score_hundredths=score,
                rank_points=0 if score is None else score + 1,
                band=ScreeningBand.NO_RESUME if score is None else ScreeningBand.REQUIRED_MET,
                answers=[],
                flags=[],
                result_sha256=run["rubric_sha256"],
            )
        return application

    async def identified(self, application: Data, gender: str = "female", race_ethnicity: str = "asian") -> None:
        """Let the candidate of an application have said who they are."""
        body = {"gender": gender, "race_ethnicity": race_ethnicity}
        sent = await self.admin.put(f"{V1}/applications/{application['id']}/self_identification", json=body)
        assert sent.status_code == 204, sent.text

    async def screening_result(self, application: Data | None = None, **fields: Any) -> Data:
        """The result of such a run, with the word of a person."""
        run = await self.screening_run(application)
        [result] = await self.admin.data("GET", f"{V1}/screening_runs/{run['id']}/results")
        word = {"decision": "confirmed", "reason": f"As it is. {self.cast.canary}".strip()}
        return await self._post(f"screening_results/{result['id']}/review", word | fields)

    async def note(self, application: Data | None = None, **fields: Any) -> Data:
        """A public note on an application, which it makes when it is not given."""
        application = application or await self.application()
        body = {"application_id": application["id"], "body": f"Words {self.cast.canary}".strip()}
        return await self._post(f"candidates/{application['candidate_id']}/notes", body | fields)

    async def attachment(
        self, application: Data | None = None, file: File | None = None, *, candidate: Data | None = None, **fields: Any
    ) -> Data:
        """A resume on an application, which it makes when it is given neither that nor a `candidate`."""
        if candidate is None:
            application = application or await self.application()
            candidate, fields = {"id": application["candidate_id"]}, {"application_id": application["id"]} | fields
        name = self._name("Resume")
        sent = file or File("file", f"{name}.pdf", pdf(name))
        path = f"{V1}/candidates/{candidate['id']}/attachments"
        stored: Data = await self.admin.data("POST", path, form=form({"kind": "resume"} | fields, [sent]))
        return stored

    async def parse(
        self, application: Data | None = None, outcome: Outcome | None = None, *, status: str = "parsed", **fields: Any
    ) -> Data:
        """A parse of a new resume: `queued`, or with this outcome, by default a profile, no text, or a failure by its status. With
        `take_over` in the fields it is accepted."""
        attachment = await self.attachment(application)
        parse_id = UUID(attachment["newest_parse"]["id"])
        made: dict[str, Outcome] = {
            "parsed": parsing.Reading(resumes.understood(f"Mira Okafor {self.cast.canary}".strip())),
            "needs_ocr": parsing.Reading(resumes.understood(text="", profile={}, evidence={}, flags=("no_text",))),
            "failed": ResumeParseFailure.DAMAGED,
        }
        if status != "queued":
            run = TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1)
            async with run.step() as ctx:
                await parsing.settle(ctx, parse_id, outcome or made[status])
        if "take_over" in fields:
            await self._post(f"resume_parses/{parse_id}/accept", fields)
        shown: Data = await self.admin.data("GET", f"{V1}/resume_parses/{parse_id}")
        return shown

    async def wordings(self, parse: Data, text: str = "Baked bread") -> None:
        """One place with a vector, kept of a parse as the worker keeps it."""
        parse_id = UUID(parse["id"])
        async with TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1).step() as ctx:
            row = await ctx.load(models.ResumeParse, parse_id, lock=True)
            row.wordings_sealed = contents.sealed(ctx, parse_id, [contents.Place(0, len(text), text, b"12345678")])
            row.wordings_model, row.wordings_length = "a model", 8

    async def offer(self, application: Data | None = None, *, status: str = "draft", **fields: Any) -> Data:
        """An offer with a salary: `status` is any that commands lead to; of a superseded one, the version before the draft."""
        application = application or await self.application()
        salary = {"amount": {"amount_minor": 6500000, "currency": "EUR"}, "period": "year"}
        values = {"salary": salary, "bonus": f"A bonus {self.cast.canary}".strip()}
        offer = await self._post(f"applications/{application['id']}/offers", values | fields)
        for command, body in OFFER_WAYS[status]:
            path = f"offers/{offer['id']}"
            done = await self._post(f"{path}/{command}", body)
            offer = done if done["id"] == offer["id"] else await self.admin.data("GET", f"{V1}/{path}")
        return offer

    async def approval_policy(self, *steps: list[str], requires: str = "any", **fields: Any) -> Data:
        """A policy for jobs; each step is asked of these users, by default one of the administrator alone."""
        asked = steps or ([str(self.admin.id)],)
        values = {
            "name": self._name("Policy"),
            "subject": "job",
            "steps": [{"requires": requires, "approver_ids": step} for step in asked],
        }
        return await self._post("approval_policies", values | fields)

    async def unused_policy(self) -> Data:
        """A policy of a department without jobs, so that it asks for nothing."""
        return await self.approval_policy(department_id=(await self.department())["id"])

    async def governed_job(self, **fields: Any) -> Data:
        """A draft of a department for whose jobs the administrator's own yes is needed."""
        department = await self.department()
        await self.approval_policy(department_id=department["id"], allow_self_approval=True)
        return await self.job(status="draft", department_id=department["id"], **fields)

    async def approval(self, *, status: str = "pending") -> Data:
        """The approval of such a job, asked for by the administrator, who may decide: `status` is any."""
        job = await self.governed_job()
        approval = await self._post(f"jobs/{job['id']}/approvals")
        if status == "cancelled":
            return await self._post(f"approvals/{approval['id']}/cancel")
        if status != "pending":
            body = {"decision": status, "comment": f"As said. {self.cast.canary}".strip()}
            return await self._post(f"approvals/{approval['id']}/decide", body)
        return approval

    async def task(self, status: str = "queued") -> Data:
        """A task of the organization, of a name that no worker knows; the API makes none by itself."""
        async with TaskRun(runtime_of(self.cast.app), self.cast.organization_id, "a-request", 1).step() as ctx:
            stored = await ctx.insert(
                models.Task,
                name="unknown",
                status=TaskStatus(status),
                attempts_max=3,
                request_id=self._name("request").replace(" ", "-"),
            )
        task: Data = await self.admin.data("GET", f"{V1}/tasks/{stored.id}")
        return task

    async def api_key(self, *scopes: str, **fields: Any) -> Data:
        """An API key with these scopes; its bearer token stands under `secret`."""
        return await self._post("api_keys", {"name": self._name("Key"), "scopes": list(scopes)} | fields)

    async def machine(self, *scopes: str, **fields: Any) -> ApiClient:
        """A client with a new API key."""
        key = await self.api_key(*scopes, **fields)
        return ApiClient(self.cast.app, key["secret"])

    def _name(self, kind: str) -> str:
        return f"{kind} {next(self._number)} {self.cast.canary}".strip()

    async def _post(self, path: str, body: Data | None = None) -> Data:
        answer: Data = await self.admin.data("POST", f"{V1}/{path}", json=body)
        return answer


@pytest.fixture
def make(cast: Cast) -> Factories:
    """Makes rows in this test's organization."""
    return Factories(cast)


@pytest.fixture
def make_elsewhere(other_cast: Cast) -> Factories:
    """Makes rows in the organization next door (the outsider's)."""
    return Factories(other_cast)
