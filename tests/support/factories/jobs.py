"""Jobs, and what comes in through their posts."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from generated.enums import IntakeFailure
from impl.core.tasks import TaskRun
from impl.services.intakes import processing
from tests.support.application import runtime_of
from tests.support.clients import ApiClient
from tests.support.factories.base import V1, Data
from tests.support.factories.organization import OfOrganization
from tests.support.forms import File, form

#: A question that the answers of the contract's example fit.
MOTIVATION: Data = {
    "key": "motivation",
    "label": "Why this job?",
    "kind": "long_text",
    "is_required": False,
    "options": [],
    "flagged_answers": [],
}


class OfJobs(OfOrganization):
    """What belongs to a job."""

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
