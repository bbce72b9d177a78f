"""What is thought of an application, and what is offered."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from generated.enums import ScreeningBand
from impl import models
from impl.core.tasks import TaskRun
from impl.lib import clock
from impl.services.screening.tasks import screen_applications
from impl.services.wordings import contents
from tests.support.application import runtime_of
from tests.support.clients import ApiClient
from tests.support.factories.base import V1, Data
from tests.support.factories.candidates import OfCandidates

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


class OfAssessments(OfCandidates):
    """What belongs to the assessment of an application."""

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

    async def screening_result(self, application: Data | None = None, **fields: Any) -> Data:
        """The result of such a run, with the word of a person."""
        run = await self.screening_run(application)
        [result] = await self.admin.data("GET", f"{V1}/screening_runs/{run['id']}/results")
        word = {"decision": "confirmed", "reason": f"As it is. {self.cast.canary}".strip()}
        return await self._post(f"screening_results/{result['id']}/review", word | fields)

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
