"""Rows of the organization itself: what others choose from, and who may do what."""

from typing import Any

from generated.enums import TaskStatus
from impl import models
from impl.core.tasks import TaskRun
from tests.support.application import runtime_of
from tests.support.clients import ApiClient
from tests.support.factories.base import V1, Base, Data


class OfOrganization(Base):
    """What belongs to the organization."""

    async def department(self, **fields: Any) -> Data:
        return await self._post("departments", {"name": self._name("Department")} | fields)

    async def office(self, **fields: Any) -> Data:
        return await self._post("offices", {"name": self._name("Office")} | fields)

    async def source(self, **fields: Any) -> Data:
        return await self._post("sources", {"name": self._name("Source"), "kind": "job_board"} | fields)

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

    async def retention_policy(self, outcome: str = "rejected", **fields: Any) -> Data:
        """A policy that is not enabled, unless the fields say otherwise."""
        path = f"{V1}/retention_policies/{outcome}"
        values = {"after_days": 180, "action": "anonymize"} | fields
        policy: Data = await self.admin.data("PUT", path, json=values)
        return policy

    async def user(self, role: str = "interviewer", **fields: Any) -> Data:
        name = self._name("User")
        values = {"email": f"{name.replace(' ', '')}@{self.cast.slug}.example.org", "name": name, "role": role}
        return await self._post("users", values | fields)

    async def grant(self, role: str, *jobs: Data) -> None:
        """Let the cast's user of this role see these jobs, and no others."""
        path = f"{V1}/users/{self.cast.people[role].id}"
        await self.admin.data("PATCH", path, json={"job_ids": [job["id"] for job in jobs]})

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

    async def api_key(self, *scopes: str, **fields: Any) -> Data:
        """An API key with these scopes; its bearer token stands under `secret`."""
        return await self._post("api_keys", {"name": self._name("Key"), "scopes": list(scopes)} | fields)

    async def machine(self, *scopes: str, **fields: Any) -> ApiClient:
        """A client with a new API key."""
        key = await self.api_key(*scopes, **fields)
        return ApiClient(self.cast.app, key["secret"])

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
