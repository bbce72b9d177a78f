"""What messages say: whom they go to, what their variables stand for, and the texts that come of it."""

from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from generated import requests
from generated.enums import MessageVariable
from impl import models
from impl.core.context import Context
from impl.lib import placeholders
from impl.lib.normalize import one_line
from impl.lib.problems import FieldError, Problem
from impl.services.candidates import profile
from impl.services.users import profile as users

ERRORS_MAX: Final = 50
#: Where a command says that the candidate is to be told, and where a message gets its own values.
NOTIFY_AT: Final = "/notify"
VALUES_AT: Final = "/values"


class TemplateInvalid(Problem):
    status, code, title = 422, "template_invalid", "The template cannot be used"


class VariablesMissing(Problem):
    status, code, title = 422, "variables_missing", "A variable has no value"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a message goes to, and the application that it is about, if it is about one."""

    candidate: models.Candidate
    application: models.Application | None


@dataclass(frozen=True, slots=True)
class Text:
    """What a message says."""

    subject: str
    body: str


def expect_sound(subject: str, body: str, declared: Collection[str]) -> None:
    """Refuse texts that use anything but the `declared` names, with the place of each."""
    errors = [
        FieldError(f"/{field}", fault.rule, f"Line {fault.line}: {fault.message}")
        for field, text in (("subject", subject), ("body", body))
        for fault in placeholders.faults(text, declared)
    ]
    if errors:
        raise TemplateInvalid("Declare what the texts use in `variables` and `values`.", errors=errors[:ERRORS_MAX])


def declared(variables: Sequence[str], values: Sequence[str]) -> set[str]:
    """The names that a template with these declarations may use."""
    return {*map(str, variables), *(f"values.{name}" for name in values)}


class Writer:
    """Fills templates in for one sender; what recipients share is looked up once."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._shared: dict[object, str] = {}

    async def write(
        self, template: models.MessageTemplate, recipient: Recipient, given: Mapping[str, str], *, pointer: str
    ) -> Text:
        """The texts; `variables_missing` at `pointer` (where the recipient was named) or at `/values` for every hole."""
        wanted = placeholders.names(template.subject) | placeholders.names(template.body)
        found = {name: await self._value(name, recipient, given) for name in sorted(wanted)}
        _expect_values(found, pointer)
        values = {name: value or "" for name, value in found.items()}
        in_subject = {name: one_line(value) for name, value in values.items()}
        return Text(placeholders.render(template.subject, in_subject), placeholders.render(template.body, values))

    async def organization_name(self) -> str:
        """Who the mails come from."""
        return await self._once("organization", self._organization)

    async def _value(self, name: str, recipient: Recipient, given: Mapping[str, str]) -> str | None:
        group, _, field = name.partition(".")
        match group:
            case "values":
                return given.get(field)
            case "candidate":
                candidate = recipient.candidate
                document = profile.opened_plain(self._ctx, candidate.id, candidate.profile_sealed)
                value: Any = document.get(field)
                return None if value is None else str(value)
            case "organization":
                return await self.organization_name()
            case "sender":
                return await self._once("sender", self._sender)
            case _:
                return await self._of_application(MessageVariable(name), recipient.application)

    async def _of_application(self, name: MessageVariable, application: models.Application | None) -> str | None:
        if application is None:
            return None
        if name is MessageVariable.JOB_TITLE:
            return await self._once(application.job_id, lambda: self._job_title(application.job_id))
        return await self._once(application.stage_id, lambda: self._stage_name(application.stage_id))

    async def _job_title(self, job_id: UUID) -> str:
        return (await self._ctx.load(models.Job, job_id)).title

    async def _stage_name(self, stage_id: UUID) -> str:
        return (await self._ctx.load(models.Stage, stage_id)).name

    async def _once(self, key: object, look_up: Callable[[], Awaitable[str]]) -> str:
        if key not in self._shared:
            self._shared[key] = await look_up()
        return self._shared[key]

    async def _organization(self) -> str:
        return (await self._ctx.load(models.Organization, self._ctx.organization_id)).name

    async def _sender(self) -> str:
        """The user who sends; a key and the system speak for the organization."""
        user_id = self._ctx.actor.user_id
        if user_id is None:
            return await self.organization_name()
        user = await self._ctx.load(models.User, user_id)
        return users.opened(self._ctx, user.id, user.profile_sealed).name


def _expect_values(found: Mapping[str, str | None], pointer: str) -> None:
    """Refuse the names without a value; the value of a template's own comes from `/values` where there are any."""
    missing = [name for name, value in found.items() if value is None or not value.strip()]
    if not missing:
        return
    places = {name: VALUES_AT if name.startswith("values.") and pointer != NOTIFY_AT else pointer for name in missing}
    errors = [FieldError(places[name], "variable_missing", f"{name} has no value.") for name in missing]
    raise VariablesMissing("A message never goes out with a hole in it.", errors=errors[:ERRORS_MAX])


def values_of(given: Sequence[requests.MessageValue]) -> dict[str, str]:
    """The values of a request by name."""
    return {each.name: each.value for each in given}
