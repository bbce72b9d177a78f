"""The spec world: for every operation of the contract a call that works, made from the spec's own examples.

Paths, query and body are those of the examples; every `x-resource` slot holds the id of a row that was made for this call, in the
state that the operation's transition asks for. A new operation is covered as soon as its resources have a recipe here.
"""

import copy
import itertools
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

import httpx2
import orjson

from impl.lib import clock
from tests.support import contract
from tests.support.cast import PASSWORD, Cast
from tests.support.clients import ApiClient
from tests.support.contract import Documented
from tests.support.documents import pdf
from tests.support.factories import MOTIVATION, V1, Data, Factories
from tests.support.forms import FORM, File, form

Pointer = tuple[str | int, ...]
UNIQUE = ("name", "email", "external_id", "title", "full_name")
_number = itertools.count(1)
_outcomes = itertools.cycle(["rejected", "no_application", "withdrawn", "hired"])


@dataclass(frozen=True)
class Slot:
    """A place of a request that takes an id: `place` is path, query or body, `pointer` where in it."""

    operation_id: str
    place: str
    pointer: Pointer
    resource: str
    example: str | None = None

    def __str__(self) -> str:
        where = "/".join(map(str, self.pointer))
        return f"{self.operation_id}:{self.place}/{where}" + (f":{self.example}" if self.example else "")


@dataclass(frozen=True)
class Call:
    """One request, ready to be sent. `token` replaces the caller's own where the operation uses it up."""

    operation: Documented
    path_values: Mapping[str, str]
    query: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    token: str | None = None
    # What goes with a form.
    files: tuple[File, ...] = ()

    @property
    def path(self) -> str:
        return self.operation.path.format(**self.path_values)

    @property
    def sent(self) -> dict[str, Any]:
        """Its body, as a client takes it."""
        if self.operation.body is None or self.operation.body[0] != FORM:
            return {"json": self.body}
        return {"form": form(self.body, self.files)}

    @property
    def content(self) -> tuple[str, bytes]:
        """Its body's media type and bytes; the operation takes one."""
        assert self.operation.body is not None
        if self.operation.body[0] == FORM:
            made = form(self.body, self.files)
            return made.media_type, made.content
        return self.operation.body[0], orjson.dumps(self.body)

    def with_id(self, slot: Slot, value: str) -> "Call":
        """The same call with another id in one slot."""
        if slot.place == "path":
            return replace(self, path_values={**self.path_values, str(slot.pointer[0]): value})
        if slot.place == "query":
            return replace(self, query={**self.query, str(slot.pointer[0]): value})
        return replace(self, body=_with(self.body, slot.pointer, value))

    async def send(self, client: ApiClient, **more: Any) -> httpx2.Response:
        """Send it as `client`."""
        sender = client if self.token is None else ApiClient(client.app, self.token)
        return await sender.request(
            self.operation.method, self.path, params=dict(self.query) or None, **self.sent, **more
        )


def _with(body: Any, pointer: Pointer, value: Any) -> Any:
    """A copy of `body` with `value` at `pointer`; arrays and objects on the way are made."""
    changed = copy.deepcopy(body) if body is not None else {}
    here = changed
    for part, following in itertools.pairwise(pointer):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(here, list):
            if part == len(here):
                here.append(empty)
        elif here.get(part) is None:
            here[part] = empty
        here = here[part]
    last = pointer[-1]
    if isinstance(here, list) and last == len(here):
        here.append(value)
    else:
        here[last] = value
    return changed


def path_slots(operation: Documented) -> Iterator[Slot]:
    """The ids in path and query."""
    for parameter in operation.parameters:
        resource = contract.resolve(parameter["schema"]).get("x-resource")
        if resource and parameter["in"] in ("path", "query"):
            yield Slot(operation.operation_id, parameter["in"], (parameter["name"],), resource)


def body_slots(operation: Documented) -> Iterator[Slot]:
    """The ids in the body, each with the example that its variant of the body belongs to."""
    seen: set[tuple[str, Pointer]] = set()
    for name, value in examples(operation).items():
        assert operation.body is not None
        variant, schema = _variant(operation.body[1]["schema"], value)
        for pointer, resource in _slots_in(schema, ()):
            if (variant, pointer) not in seen:
                seen.add((variant, pointer))
                yield Slot(operation.operation_id, "body", pointer, resource, name)


def slots(operation: Documented) -> list[Slot]:
    """Every place of the operation that takes an id."""
    return [*path_slots(operation), *body_slots(operation)]


def examples(operation: Documented) -> dict[str, Any]:
    """The examples of its body, by name."""
    if operation.body is None:
        return {}
    return {name: contract.resolve(example)["value"] for name, example in operation.body[1]["examples"].items()}


def _variant(schema: Mapping[str, Any], value: Any) -> tuple[str, Mapping[str, Any]]:
    """The alternative of a `oneOf` that an example is of."""
    resolved = contract.resolve(schema)
    for alternative in resolved.get("oneOf", []):
        if contract.validator(orjson.dumps(alternative)).is_valid(value):
            return str(alternative["$ref"]), contract.resolve(alternative)
    return str(schema.get("$ref")), resolved


def _slots_in(schema: Mapping[str, Any], pointer: Pointer) -> Iterator[tuple[Pointer, str]]:
    node = contract.resolve(schema)
    if "x-resource" in node:
        yield pointer, node["x-resource"]
    for name, inner in node.get("properties", {}).items():
        yield from _slots_in(inner, (*pointer, name))
    if "items" in node:
        yield from _slots_in(node["items"], (*pointer, 0))
    for alternative in node.get("oneOf", []):
        yield from _slots_in(alternative, pointer)


class World:
    """Makes the calls of one organization."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.make = Factories(cast)

    async def call(self, operation_id: str, example: str | None = None, slot: Slot | None = None) -> Call:
        """A call that works, with the named example (the first one by default) as its body, and with `slot` filled."""
        operation = contract.operations()[operation_id]
        named = examples(operation)
        chosen = example or (slot.example if slot else None) or next(iter(named), None)
        body = copy.deepcopy(named[chosen]) if chosen else None
        scene = Scene(self.make, operation, body)
        await scene.set_up()
        await self._make_fields(operation, body)
        path_values = {
            str(own.pointer[0]): await scene.id_of(own) for own in path_slots(operation) if own.place == "path"
        }
        for name, value in _named_in_path(operation):
            if name not in path_values:
                path_values[name] = await NAMED[name](scene) if name in NAMED else value
        body, files = _files_of(operation, body)
        call = Call(operation, path_values, body=_unique(operation, body), files=files)
        for own in body_slots(operation) if chosen else ():
            if own.example == chosen or _holds(body, own.pointer):
                call = await self._filled(call, own, scene, body, is_wanted=slot == own)
        if slot is not None and slot.place == "query":
            call = call.with_id(slot, await scene.id_of(slot))
        return await self._signed_in(call)

    async def _make_fields(self, operation: Documented, body: Any) -> None:
        """The custom fields that an example names, unless they are there."""
        for part in ("custom_fields", "private_custom_fields") if isinstance(body, dict) else ():
            for key, value in body.get(part, {}).items():
                kind = "integer" if isinstance(value, int) else "single_select"
                options = [] if kind == "integer" else [{"key": str(value).lower(), "name": "An option"}]
                field = {
                    "key": key,
                    "name": key,
                    "type": kind,
                    "options": options,
                    "is_private": part != "custom_fields",
                }
                target = operation.operation_id.rpartition("_")[2]
                await self.make.admin.post(f"{V1}/custom_fields", json=field | {"applies_to": target})

    async def _filled(self, call: Call, own: Slot, scene: "Scene", body: Any, *, is_wanted: bool) -> Call:
        """The call with the own id in a slot that the example uses, or that is asked for; every element of an array gets its own."""
        if is_wanted and not _holds(body, own.pointer):
            return call.with_id(own, await scene.id_of(own))
        for pointer in _pointers(body, own.pointer):
            call = call.with_id(replace(own, pointer=pointer), await scene.id_of(own))
        return call

    async def _signed_in(self, call: Call) -> Call:
        """What concerns the credential itself."""
        person = self.cast.people["admin"]
        if call.operation.operation_id == "create_session":
            return replace(call, body={"email": person.email, "password": PASSWORD})
        if call.operation.operation_id == "delete_current_session":
            answer = await ApiClient(self.cast.app).data(
                "POST", f"{V1}/auth/sessions", json={"email": person.email, "password": PASSWORD}
            )
            return replace(call, token=answer["token"])
        return call

    async def one_more(self, call: Call) -> None:
        """One more row in the list that `call` reads."""
        if call.operation.operation_id in LISTED_BELOW:
            await LISTED_BELOW[call.operation.operation_id](self.make, call.path_values)
            return
        content = call.operation.responses[200]["content"]["application/json"]
        item = contract.resolve(contract.resolve(contract.resolve(content["schema"])["properties"]["data"])["items"])
        resource: str = contract.resolve(item["properties"]["id"])["x-resource"]
        await self.row(MADE_BY.get(resource, resource))

    async def row(self, resource: str) -> str:
        """The id of a new row of a resource."""
        scene = Scene(self.make, None, None)
        return await scene.any_row(resource)


def _named_in_path(operation: Documented) -> Iterator[tuple[str, str]]:
    """The examples of path parameters that are no ids."""
    for parameter in operation.parameters:
        if parameter["in"] == "path":
            schema = contract.resolve(parameter["schema"])
            yield parameter["name"], str(parameter.get("example") or schema.get("examples", schema.get("enum"))[0])


def _files_of(operation: Documented, body: Any) -> tuple[Any, tuple[File, ...]]:
    """An example without its files, and those: a document of each name that it gives, or else one in the first place for a file."""
    if operation.body is None or operation.body[0] != FORM:
        return body, ()
    properties = contract.resolve(operation.body[1]["schema"])["properties"]
    places = [name for name, each in properties.items() if each.get("format") == "binary"]
    files = tuple(File(place, body[place], pdf(place)) for place in places if place in body)
    return {name: value for name, value in body.items() if name not in places}, files or (File(places[0]),)


def _unique(operation: Documented, body: Any) -> Any:
    """The example with names of its own, so that it can be sent more than once and is another request each time."""
    if not isinstance(body, dict):
        return body
    number = next(_number)
    changed = {name: _unique(operation, value) for name, value in body.items()}
    for name in UNIQUE:
        if isinstance(body.get(name), str):
            changed[name] = f"{number}.{body[name]}" if name == "email" else f"{body[name]} {number}"
    if isinstance(body.get("key"), str):
        changed["key"] = f"{body['key']}_{number}"
    return changed


def _holds(body: Any, pointer: Pointer) -> bool:
    return next(_pointers(body, pointer), None) is not None


def _pointers(body: Any, pointer: Pointer) -> Iterator[Pointer]:
    """Every place in `body` that `pointer` means, where 0 stands for each element of an array."""
    if not pointer:
        if body is not None:
            yield ()
        return
    first, *rest = pointer
    if isinstance(first, int):
        for index, item in enumerate(body if isinstance(body, list) else []):
            yield from ((index, *more) for more in _pointers(item, tuple(rest)))
    elif isinstance(body, dict) and first in body:
        yield from ((first, *more) for more in _pointers(body[first], tuple(rest)))


class Scene:
    """The rows of one call: its target in the state that the operation starts from, and what fits to it."""

    def __init__(self, make: Factories, operation: Documented | None, body: Any) -> None:
        self.make = make
        self.operation = operation
        self.body = body
        self.job: Data | None = None
        self.application: Data | None = None
        self.target: dict[str, str] = {}
        self._used: dict[str, int] = {}

    async def set_up(self) -> None:
        """Make the row that the path names."""
        assert self.operation is not None
        for slot in path_slots(self.operation):
            if slot.place == "path":
                self.target[slot.resource] = await self._made(slot.resource, self.state_of(slot.resource))

    async def id_of(self, slot: Slot) -> str:
        """The id for one slot: the target in the path; elsewhere another row of that resource that fits to the target."""
        if slot.place == "path":
            return self.target[slot.resource]
        if slot.resource in self.target or slot.resource not in RELATED:
            return await self._made(slot.resource, self.state_of(slot.resource))
        return await RELATED[slot.resource](self)

    async def any_row(self, resource: str) -> str:
        """A new row of a resource, in its usual state."""
        return await (RELATED[resource](self) if resource in RELATED else self._made(resource, None))

    def next(self, resource: str, of: int) -> int:
        """0, 1, 2 … for each use of a resource in this call, so that arrays get distinct rows."""
        self._used[resource] = self._used.get(resource, -1) + 1
        return min(self._used[resource], of - 1)

    async def its_job(self) -> Data:
        """The job of the call."""
        if self.job is None:
            self.job = await self.make.job(openings=2)
        return self.job

    async def its_application(self) -> Data:
        """An application of the call's job, whose candidate can be reached."""
        return await self.make.application(job=await self.its_job(), candidate=await self.make.reachable())

    async def _made(self, resource: str, state: str | None) -> str:
        if resource not in RECIPES:
            raise LookupError(
                f"the spec world has no recipe for x-resource: {resource}; write one in tests/support/world.py"
            )
        return await RECIPES[resource](self, state)

    def state_of(self, resource: str) -> str | None:
        """Where the operation's transition starts from."""
        command = self.operation.operation_id if self.operation else ""
        if isinstance(self.body, dict) and command.startswith("bulk_"):
            command = f"{self.body['action']}_application"
        machine = contract.document()["x-transitions"].get(resource, {"commands": []})
        for edge in machine["commands"]:
            if edge["operation"] == command:
                return next((source for source in edge["from"] if source is not None), None)
        return None

    @property
    def reason_kind(self) -> str:
        action = self.body.get("action", "") if isinstance(self.body, dict) else ""
        name = self.operation.operation_id if self.operation else ""
        is_candidates = "withdraw" in f"{name} {action}" or name == "respond_to_offer"
        return "withdrawn_by_candidate" if is_candidates else "rejected_by_organization"


async def _job(scene: Scene, state: str | None) -> str:
    if scene.operation is not None and scene.operation.operation_id == "request_job_approval":
        return str((await scene.make.governed_job())["id"])
    job = await scene.make.job(status=state or "open", openings=2)
    scene.job = scene.job or job
    if scene.operation is not None and scene.operation.operation_id == "create_screening_run":
        await scene.make.screening_rubric(job)
    return str(job["id"])


async def _application(scene: Scene, state: str | None) -> str:
    application = await scene.make.application(job=await scene.its_job(), candidate=await scene.make.reachable())
    if state == "rejected":
        reason = await scene.make.rejection_reason()
        await scene.make.command(application, "reject", {"reason_id": reason["id"]})
    elif state in ("withdrawn", "hired"):
        await scene.make.command(application, {"withdrawn": "withdraw", "hired": "hire"}[state])
    scene.application = scene.application or application
    return str(application["id"])


async def _opening(scene: Scene, state: str | None) -> str:
    job = await scene.its_job()
    opening = (await scene.make.openings(job))[scene.next("opening", 2)]
    if state == "cancelled":
        await scene.make.admin.data("POST", f"{V1}/openings/{opening['id']}/cancel")
    return str(opening["id"])


async def _candidate(scene: Scene, state: str | None) -> str:
    candidate = await scene.make.reachable()
    if state == "merged":
        await scene.make.merged(duplicate=candidate)
    if state == "quarantined":
        await scene.make.admin.data("DELETE", f"{V1}/candidates/{candidate['id']}")
    return str(candidate["id"])


async def _post(scene: Scene, state: str | None) -> str:
    return str((await scene.make.post(await scene.its_job(), status=state or "published"))["id"])


async def _attachment(scene: Scene, state: str | None) -> str:
    """A resume; one that was read, where it is to be read again."""
    if scene.operation is not None and scene.operation.operation_id == "create_resume_parse":
        return str((await scene.make.parse())["attachment_id"])
    return str((await scene.make.attachment())["id"])


async def _resume_parse(scene: Scene, state: str | None) -> str:
    return str((await scene.make.parse(status=state or "parsed"))["id"])


async def _slug(scene: Scene) -> str:
    return str((await scene.make.post(await scene.its_job(), questions=[MOTIVATION]))["slug"])


async def _outcome(scene: Scene) -> str:
    """One that has a policy, and somebody who is due by it; another one each time."""
    outcome = next(_outcomes)
    await scene.make.retention_policy(outcome)
    with clock.frozen(clock.now() - timedelta(days=400)):
        await scene.make.ended(outcome)
    return outcome


async def _token(scene: Scene) -> str:
    return str((await scene.make.applied())["token"])


async def _link(scene: Scene) -> str:
    attachment = await scene.make.attachment()
    link = await scene.make.admin.data("GET", f"{V1}/attachments/{attachment['id']}/download")
    return str(link["token"])


async def _intake(scene: Scene, state: str | None) -> str:
    return str((await scene.make.intake(state or "received"))["id"])


async def _org(scene: Scene) -> str:
    return scene.make.cast.slug


async def _its_application(scene: Scene) -> str:
    """Of the candidate that the call is about, if it is about one."""
    candidate_id = scene.target.get("candidate")
    if candidate_id is None:
        return await _application(scene, scene.state_of("application"))
    made = await scene.make.application(job=await scene.its_job(), candidate={"id": candidate_id})
    return str(made["id"])


async def _message(scene: Scene, state: str | None) -> str:
    message = await scene.make.message()
    if state == "cancelled":
        await scene.make.admin.data("POST", f"{V1}/messages/{message['id']}/cancel")
    return str(message["id"])


async def _stage(scene: Scene) -> str:
    """Not the one that the application stands in: stages are places to go to."""
    stages = await scene.make.stages(await scene.its_job())
    if scene.operation is not None and scene.operation.operation_id.startswith(("move_", "bulk_")):
        return str(stages[1]["id"])
    return str(stages[scene.next("stage", len(stages))]["id"])


async def _its_job(scene: Scene) -> str:
    """The call's own job; where the target stands in it already, another one."""
    if scene.application is not None:
        return str((await scene.make.job(openings=2))["id"])
    return str((await scene.its_job())["id"])


async def _reason(scene: Scene, state: str | None) -> str:
    return str((await scene.make.rejection_reason(kind=scene.reason_kind))["id"])


async def _interview(scene: Scene, state: str | None) -> str:
    interview = await scene.make.interview(await scene.its_application())
    if state in ("completed", "cancelled", "no_show"):
        command = {"completed": "complete", "cancelled": "cancel"}.get(state, state)
        body = {"reason": "other"} if state == "cancelled" else None
        await scene.make.admin.data("POST", f"{V1}/interviews/{interview['id']}/{command}", json=body)
    return str(interview["id"])


async def _scorecard(scene: Scene, state: str | None) -> str:
    return str((await scene.make.scorecard(status=state or "draft"))["id"])


async def _fitting_user(scene: Scene) -> str:
    """For an interview somebody who may hold it, for which roles of single jobs would need a grant; for a policy who may decide."""
    name = scene.operation.operation_id if scene.operation is not None else ""
    is_wide = name.endswith(("_interview", "_approval_policy"))
    return str((await scene.make.user("recruiter" if is_wide else "interviewer"))["id"])


async def _task(scene: Scene, state: str | None) -> str:
    return str((await scene.make.task(state or "queued"))["id"])


async def _tag(scene: Scene, state: str | None) -> str:
    """One that the candidate has, where it is to be taken away."""
    tag_id = str((await scene.make.tag())["id"])
    if scene.operation is not None and scene.operation.operation_id == "remove_candidate_tag":
        await scene.make.admin.data("PUT", f"{V1}/candidates/{scene.target['candidate']}/tags/{tag_id}")
    return tag_id


async def _offer(scene: Scene, state: str | None) -> str:
    application = {"id": await _application(scene, None)}
    return str((await scene.make.offer(application, status=state or "draft"))["id"])


async def _approval(scene: Scene, state: str | None) -> str:
    return str((await scene.make.approval(status=state or "pending"))["id"])


async def _accepted_offer(scene: Scene) -> str:
    """Of the application that the call is about, if it is about one."""
    application = scene.application or {"id": await _application(scene, None)}
    return str((await scene.make.offer(application, status="accepted"))["id"])


def _plain(name: str, *arguments: str) -> Callable[[Scene, str | None], Awaitable[str]]:
    async def made(scene: Scene, state: str | None) -> str:
        return str((await getattr(scene.make, name)(*arguments))["id"])

    return made


# How a row of each resource comes to be, in a state of its machine.
RECIPES: dict[str, Callable[[Scene, str | None], Awaitable[str]]] = {
    "any": _job,
    "api_key": _plain("api_key", "jobs:read"),
    "application": _application,
    "approval": _approval,
    "attachment": _attachment,
    "approval_policy": _plain("unused_policy"),
    "candidate": _candidate,
    "consent": _plain("consent"),
    "custom_field": _plain("custom_field"),
    "department": _plain("department"),
    "interview": _interview,
    "intake": _intake,
    "job": _job,
    "note": _plain("note"),
    "legal_hold": _plain("legal_hold"),
    "retention_policy": _plain("retention_policy"),
    "message": _message,
    "message_template": _plain("message_template"),
    "offer": _offer,
    "office": _plain("office"),
    "opening": _opening,
    "post": _post,
    "rejection_reason": _reason,
    "resume_parse": _resume_parse,
    "scorecard": _scorecard,
    "screening_run": _plain("screening_run"),
    "screening_result": _plain("screening_result"),
    "source": _plain("source"),
    "tag": _tag,
    "task": _task,
    "user": _plain("user"),
}
# Where a slot beside the target needs a row that belongs to it.
RELATED: dict[str, Callable[[Scene], Awaitable[str]]] = {
    "application": _its_application,
    "job": _its_job,
    "offer": _accepted_offer,
    "stage": _stage,
    "user": _fitting_user,
}


async def _opening_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.opening({"id": path["job_id"]})


async def _rubric_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.screening_rubric({"id": path["job_id"]})


async def _run_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.screening_run(await make.application({"id": path["job_id"]}))


async def _result_of(make: Factories, path: Mapping[str, str]) -> None:
    """Another result of the application."""
    await make.screening_run(await make.admin.data("GET", f"{V1}/applications/{path['application_id']}"))


async def _found_in(make: Factories, path: Mapping[str, str]) -> None:
    await make.found_in(path["screening_run_id"])


async def _consent_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.consent({"id": path["candidate_id"]})


async def _note_on(make: Factories, path: Mapping[str, str]) -> None:
    await make.note(await make.application(candidate={"id": path["candidate_id"]}))


async def _file_on(make: Factories, path: Mapping[str, str]) -> None:
    await make.attachment(await make.application(candidate={"id": path["candidate_id"]}))


async def _hold_on(make: Factories, path: Mapping[str, str]) -> None:
    await make.legal_hold({"id": path["candidate_id"]})


async def _change_of(make: Factories, path: Mapping[str, str]) -> None:
    external_id = f"changed {next(_number)}"
    await make.admin.data("PATCH", f"{V1}/candidates/{path['candidate_id']}", json={"external_id": external_id})


# What a row of a list comes from, where it is not made by itself …
MADE_BY = {"stage_history_entry": "application", "event": "department"}


# … and how it is made where the list belongs to the row that its path names.
async def _match_of(make: Factories, path: Mapping[str, str]) -> None:
    """Somebody who does what the job is called."""
    job = await make.admin.data("GET", f"{V1}/jobs/{path['job_id']}")
    await make.candidate(profile={"full_name": "Mira Okafor", "headline": job["title"]})


async def _job_for(make: Factories, path: Mapping[str, str]) -> None:
    """A job that is called what the candidate does."""
    change = {"profile": {"headline": "Sourdough baker"}}
    await make.admin.data("PATCH", f"{V1}/candidates/{path['candidate_id']}", json=change)
    await make.job(title="Sourdough baker")


LISTED_BELOW: dict[str, Callable[[Factories, Mapping[str, str]], Awaitable[None]]] = {
    "list_attachments": _file_on,
    "list_candidate_matches": _job_for,
    "list_job_matches": _match_of,
    "list_candidate_consents": _consent_of,
    "list_candidate_notes": _note_on,
    "list_candidate_timeline": _change_of,
    "list_legal_holds": _hold_on,
    "list_resume_parses": _file_on,
    "list_job_openings": _opening_of,
    "list_screening_runs": _run_of,
    "list_screening_run_results": _found_in,
    "list_application_screening_results": _result_of,
    "list_job_screening_rubrics": _rubric_of,
}
# What a path names otherwise than by an id.
NAMED: dict[str, Callable[[Scene], Awaitable[str]]] = {
    "org": _org,
    "outcome": _outcome,
    "slug": _slug,
    "token": _token,
    "link_token": _link,
}
