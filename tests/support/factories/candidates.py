"""Candidates, their applications, and what is kept with them."""

from typing import Any
from uuid import UUID

from generated.enums import ResumeParseFailure
from impl.core.tasks import TaskRun
from impl.services.resumes import parsing
from impl.services.resumes.parsing import Outcome
from tests.support import resumes
from tests.support.application import runtime_of
from tests.support.documents import pdf
from tests.support.factories.base import V1, Data
from tests.support.factories.jobs import OfJobs
from tests.support.forms import File, form


class OfCandidates(OfJobs):
    """What belongs to a candidate."""

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

    async def application(self, job: Data | None = None, candidate: Data | None = None, **fields: Any) -> Data:
        """An active application in the first stage; makes the job and the candidate that it is not given."""
        job = job or await self.job()
        candidate = candidate or await self.candidate()
        return await self._post("applications", {"candidate_id": candidate["id"], "job_id": job["id"]} | fields)

    async def command(self, application: Data, name: str, body: Data | None = None) -> Data:
        """Run `move`, `reject`, `withdraw`, `hire` or `reopen` on an application."""
        return await self._post(f"applications/{application['id']}/{name}", body or {})

    async def rejected(self, **fields: Any) -> Data:
        """An application that was rejected."""
        application = await self.application(**fields)
        reason = await self.rejection_reason()
        return await self.command(application, "reject", {"reason_id": reason["id"]})

    async def ended(self, outcome: str) -> Data:
        """A candidate whose last application was `rejected`, `withdrawn` or `hired`, or who has `no_application`."""
        candidate = await self.candidate()
        if outcome == "rejected":
            await self.rejected(candidate=candidate)
        elif outcome != "no_application":
            application = await self.application(candidate=candidate)
            await self.command(application, {"withdrawn": "withdraw", "hired": "hire"}[outcome])
        return candidate

    async def consent(self, candidate: Data | None = None, **fields: Any) -> Data:
        """A consent to be kept in mind, without an end; of somebody who has applied, unless it is told of whom."""
        candidate_id = candidate["id"] if candidate else (await self.application())["candidate_id"]
        body = {"purpose": "talent_pool", "policy_version": "2026-03", "source": "email"}
        return await self._post(f"candidates/{candidate_id}/consents", body | fields)

    async def legal_hold(self, candidate: Data | None = None) -> Data:
        """A hold on a candidate, which it makes when it is not given."""
        candidate = candidate or await self.reachable()
        body = {"reason": f"A claim {self.cast.canary}".strip()}
        return await self._post(f"candidates/{candidate['id']}/legal_holds", body)

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

    async def identified(self, application: Data, gender: str = "female", race_ethnicity: str = "asian") -> None:
        """Let the candidate of an application have said who they are."""
        body = {"gender": gender, "race_ethnicity": race_ethnicity}
        sent = await self.admin.put(f"{V1}/applications/{application['id']}/self_identification", json=body)
        assert sent.status_code == 204, sent.text
