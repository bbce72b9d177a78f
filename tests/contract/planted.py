"""Defects to be planted into a running service, one at a time, to see whether `make fuzz` finds them.

`DEFECTS` says of each what it breaks, which of the gate's rounds meets it, and which checks have to fail. The service process
applies it (`python -m scripts.fuzz.server --defect NAME`); nothing in the service itself knows of them.
"""

import json
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from dataclasses import dataclass
from typing import Any
from unittest import mock

import psycopg
from sqlalchemy import Uuid, bindparam
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from generated.operations import OPERATIONS
from impl.core import access
from impl.models import states
from impl.models.candidate import Candidate
from scripts.fuzz import world

DEPARTMENTS, OPENINGS = "/api/v1/departments", "/api/v1/openings/"
OF_TEXTS = ("create_candidate_note", "create_session", "create_job", "search_candidates")
OF_DEPARTMENTS = ("list_departments", "create_department", "get_department", "update_department")
OF_OPENINGS = (
    "list_jobs",
    "create_job",
    "list_job_openings",
    "create_job_opening",
    "get_opening",
    "update_opening",
    "cancel_opening",
)
OF_CANDIDATES = ("create_candidate", "get_candidate", "update_candidate", "delete_candidate", "restore_candidate")
OF_APPLICATIONS = (
    "list_applications",
    "create_application",
    "get_application",
    "hire_application",
    "reject_application",
    "reopen_application",
)
Wrap = Callable[[ASGIApp], ASGIApp]
Headers = list[tuple[bytes, bytes]]


@dataclass
class Answer:
    """A whole answer, to be spoilt."""

    status: int
    headers: Headers
    body: bytes


Spoil = Callable[[Scope, Answer], None]


@dataclass(frozen=True)
class Defect:
    """What is wrong, which checks must fail (any of them), and where the gate meets it: among which operations, in which of its
    rounds. Without the operations that cannot meet it, a run takes seconds, however large the contract has become."""

    what: str
    checks: frozenset[str]
    apply: Callable[[str], Wrap]
    operations: tuple[str, ...] = OF_DEPARTMENTS
    phases: tuple[str, ...] = ("--phases", "coverage")

    @property
    def arguments(self) -> tuple[str, ...]:
        """What the gate's round is started with."""
        return (*self.phases, *(part for name in self.operations for part in ("--include-operation-id", name)))


def apply(name: str, superuser_url: str) -> Wrap:
    """Plant the defect; gives what to put around the application."""
    return DEFECTS[name].apply(superuser_url)


def _spoiling(spoil: Spoil) -> Callable[[str], Wrap]:
    """A defect in the answers: `spoil` may change any of them before it is sent."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def spoilt(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] != "http":
                await app(scope, receive, send)
                return
            sent: list[Message] = []

            async def keep(message: Message) -> None:
                sent.append(message)

            await app(scope, receive, keep)
            body = b"".join(message.get("body", b"") for message in sent[1:])
            answer = Answer(sent[0]["status"], list(sent[0]["headers"]), body)
            spoil(scope, answer)
            await _send(answer, send)

        return spoilt

    return lambda superuser_url: wrap


async def _send(answer: Answer, send: Callable[[MutableMapping[str, Any]], Awaitable[None]]) -> None:
    headers = [pair for pair in answer.headers if pair[0] != b"content-length"]
    headers.append((b"content-length", str(len(answer.body)).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})


def _is(scope: Scope, method: str, path: str) -> bool:
    return bool(scope["method"] == method and scope["path"] == path)


def _without(headers: Headers, name: bytes) -> Headers:
    return [pair for pair in headers if pair[0].lower() != name]


def _problem(answer: Answer, status: int, code: str) -> None:
    request_id = dict(answer.headers)[b"x-request-id"].decode()
    problem = {"type": f"/problems/{code}", "title": code, "status": status, "detail": "", "code": code}
    answer.status = status
    answer.body = json.dumps({**problem, "request_id": request_id}).encode()
    answer.headers = [*_without(answer.headers, b"content-type"), (b"content-type", b"application/problem+json")]


def _plain_problem(scope: Scope, answer: Answer) -> None:
    if 400 <= answer.status < 500:
        answer.headers = [*_without(answer.headers, b"content-type"), (b"content-type", b"application/json")]


def _wrong_status(scope: Scope, answer: Answer) -> None:
    if _is(scope, "POST", DEPARTMENTS) and answer.status == 201:
        answer.status = 200


def _no_location(scope: Scope, answer: Answer) -> None:
    if answer.status == 201:
        answer.headers = _without(answer.headers, b"location")


def _no_allow(scope: Scope, answer: Answer) -> None:
    if answer.status == 405:
        answer.headers = _without(answer.headers, b"allow")


def _edit(answer: Answer, change: Callable[[dict[str, Any]], object]) -> None:
    body = json.loads(answer.body)
    change(body["data"])
    answer.body = json.dumps(body).encode()


def _missing_property(scope: Scope, answer: Answer) -> None:
    if answer.status == 200 and scope["method"] == "GET" and scope["path"].startswith(f"{DEPARTMENTS}/"):
        _edit(answer, lambda data: data.pop("version"))


def _extra_property(scope: Scope, answer: Answer) -> None:
    if answer.status == 200 and scope["method"] == "GET" and scope["path"].startswith(f"{DEPARTMENTS}/"):
        _edit(answer, lambda data: data.update(internal_note="not for you"))


def _lost_row(scope: Scope, answer: Answer) -> None:
    is_own = world.ALICE.prefix in scope["path"]
    if scope["method"] == "GET" and scope["path"].startswith(OPENINGS) and answer.status == 200 and not is_own:
        _problem(answer, 404, "not_found")


def _stricter_than_documented(scope: Scope, answer: Answer) -> None:
    if _is(scope, "POST", DEPARTMENTS) and answer.status == 201 and len(json.loads(answer.body)["data"]["name"]) > 50:
        _problem(answer, 422, "validation_failed")


def _no_auth(superuser_url: str) -> Wrap:
    """Whoever sends no credential is taken for alice."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def trusting(scope: Scope, receive: Receive, send: Send) -> None:
            if scope["type"] == "http" and _is(scope, "GET", DEPARTMENTS):
                own = (b"authorization", f"Bearer {world.credential('alice')}".encode())
                scope = {**scope, "headers": [*_without(scope["headers"], b"authorization"), own]}
            await app(scope, receive, send)

        return trusting

    return wrap


def _crash_on_nul(superuser_url: str) -> Wrap:
    """A NUL in a body brings the service down to a 500, as PostgreSQL's refusal of it would."""

    def wrap(app: ASGIApp) -> ASGIApp:
        async def crashing(scope: Scope, receive: Receive, send: Send) -> None:
            seen = bytearray()

            async def watch() -> Message:
                message = await receive()
                seen.extend(message.get("body", b""))
                return message

            async def answer(message: Message) -> None:
                if message["type"] == "http.response.start" and b"\\u0000" in seen:
                    message = {**message, "status": 500}
                await send(message)

            await app(scope, watch, answer)

        return crashing

    return wrap


def _dropped_bound(superuser_url: str) -> Wrap:
    """The longest page of jobs is not limited any more."""
    properties: Any = OPERATIONS["list_jobs"].query_schema["properties"]
    limit = {name: value for name, value in properties["limit"].items() if name != "maximum"}
    _keep(mock.patch.dict(properties, limit=limit))
    _keep(mock.patch("generated.requests.ListJobsQuery.model_validate", _unchecked))
    return _as_it_is


def _unchecked(values: Mapping[str, Any], **more: Any) -> Any:
    from generated.requests import ListJobsQuery  # noqa: PLC0415 - patched just now

    given = dict(values)
    given["limit"] = min(int(given.get("limit", 50)), 200)
    return ListJobsQuery.__pydantic_validator__.validate_python(given)


def _foreign_rows(superuser_url: str) -> Wrap:
    """Both walls between organizations are gone: the predicate and row-level security."""
    anyone = bindparam("organization_id", type_=Uuid()).is_not(None)
    _keep(mock.patch.object(access, "of_tenant", return_value=anyone))
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        connection.execute("ALTER TABLE departments DISABLE ROW LEVEL SECURITY")
        connection.execute("ALTER TABLE departments NO FORCE ROW LEVEL SECURITY")
    return _as_it_is


def _resurrection(superuser_url: str) -> Wrap:
    """Deleting a candidate answers 204 and leaves it where it is."""
    _keep(mock.patch.object(Candidate, "quarantine", return_value=None))
    return _as_it_is


def _any_transition(superuser_url: str) -> Wrap:
    """An application that has ended can be rejected once more."""

    original = states.next_status

    def lenient(machine: str, command: str, current: str, refusal: type[states.TransitionRefused]) -> str:
        return "rejected" if command == "reject_application" else original(machine, command, current, refusal)

    _keep(mock.patch("impl.models.application.next_status", lenient))
    return _as_it_is


def _keep(patch: Any) -> None:
    """A patch for the rest of the process."""
    patch.start()


def _as_it_is(app: ASGIApp) -> ASGIApp:
    return app


FUZZED = ("--phases", "coverage,fuzzing", "--max-examples", "20")
# A rare character is met by chance, and in texts without a pattern alone.
RANDOM = ("--phases", "coverage,fuzzing", "--max-examples", "100")
STATEFUL = ("--phases", "stateful", "--seed", "1")

DEFECTS: dict[str, Defect] = {
    "plain_problem": Defect(
        "Problems are sent as application/json",
        frozenset({"content_type_conformance"}),
        _spoiling(_plain_problem),
    ),
    "wrong_status": Defect(
        "A new department is answered with 200", frozenset({"status_code_conformance"}), _spoiling(_wrong_status)
    ),
    "no_location": Defect(
        "A 201 has no Location", frozenset({"response_headers_conformance"}), _spoiling(_no_location)
    ),
    "no_allow": Defect("A 405 has no Allow", frozenset({"unsupported_method"}), _spoiling(_no_allow)),
    "missing_property": Defect(
        "A department has no version", frozenset({"response_schema_conformance"}), _spoiling(_missing_property)
    ),
    "extra_property": Defect(
        "A department has a property that is not documented",
        frozenset({"answered_as_documented"}),
        _spoiling(_extra_property),
    ),
    "stricter_than_documented": Defect(
        "Names of departments longer than 50 characters are refused",
        frozenset({"refused_by_meaning"}),
        _spoiling(_stricter_than_documented),
    ),
    "no_auth": Defect("Departments are listed without a credential", frozenset({"ignored_auth"}), _no_auth),
    "crash_on_nul": Defect(
        "A NUL in a body is answered with 500", frozenset({"not_a_server_error"}), _crash_on_nul, OF_TEXTS, RANDOM
    ),
    "dropped_bound": Defect(
        "The page size of jobs is not limited", frozenset({"negative_data_rejection"}), _dropped_bound, ("list_jobs",)
    ),
    "foreign_rows": Defect(
        "Predicate and row-level security of departments are off",
        frozenset({"object_level_authorization", "no_foreign_rows"}),
        _foreign_rows,
        phases=FUZZED,
    ),
    "lost_row": Defect(
        "A new opening cannot be read", frozenset({"created_is_there"}), _spoiling(_lost_row), OF_OPENINGS, STATEFUL
    ),
    "resurrection": Defect(
        "A deleted candidate can still be read", frozenset({"use_after_free"}), _resurrection, OF_CANDIDATES, STATEFUL
    ),
    "any_transition": Defect(
        "An application that has ended can be rejected once more",
        frozenset({"transitions_hold"}),
        _any_transition,
        OF_APPLICATIONS,
        FUZZED,
    ),
}
