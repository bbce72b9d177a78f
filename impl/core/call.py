"""Everything around an operation, top to bottom: this is the order inside one call.

authenticate, permission, rate limit, size: before a byte of the body is read (`ContractRoute`).
read and check the body; open the transaction; idempotency; the operation; render; keep; commit; respond (`Call.answer`).
"""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import Depends, Request
from fastapi.routing import APIRoute
from fastapi.security import SecurityScopes
from pydantic import BaseModel, TypeAdapter, ValidationError
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import Receive, Scope, Send

from generated.contract import Operation, Uploads
from generated.operations import OPERATIONS
from impl.core import idempotency, limits
from impl.core.actor import Actor
from impl.core.body import Body, expect_small, read_body
from impl.core.context import Context, ObjectsWanted
from impl.core.files import Delivery
from impl.core.idempotency import Answer, Claim
from impl.core.injection import compiled
from impl.core.paths import LITERAL
from impl.core.problems import MissingGrant, MissingScope, NotAcceptable, StorageUnavailable, ValidationFailed
from impl.core.render import expected_versions, is_same, next_link, render, withhold
from impl.core.runtime import Runtime
from impl.core.validation import check_headers, check_path, check_query
from impl.core.violations import problem_of
from impl.db.errors import RETRY_AFTER, Conflict40, ConstraintViolated, DeadlineExceeded
from impl.lib.problems import FieldError, Moved, Problem
from impl.lib.problems import render as render_problem
from impl.lib.storage import Object, StorageFailed

T = TypeVar("T")
Model = TypeVar("Model", bound=BaseModel)

ATTEMPTS = 3
READING = frozenset({"GET", "HEAD"})


class Admission:
    """What is known of a request before its endpoint runs."""

    __slots__ = ("actor", "body", "headers", "operation", "query", "quota")

    def __init__(self, operation: Operation) -> None:
        self.operation = operation
        self.actor: Actor | None = None
        self.quota: limits.Quota | None = None
        self.query: dict[str, Any] = {}
        self.headers: dict[str, str] = {}
        self.body = Body()


class ContractRoute(APIRoute):
    """A route that admits a request, in the order above, before FastAPI reads its body."""

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """As Starlette does, but most routes are ruled out by their number of segments alone, and a path that the contract names
        literally (`/applications/bulk`) never stands for an id."""
        path: str = scope["path"]
        if path.count("/") != self.path_format.count("/") or (path in LITERAL and path != self.path_format):
            return Match.NONE, {}
        return super().matches(scope)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._operation = OPERATIONS[self.operation_id or ""]
        self._endpoint = compiled(self.dependant)
        self.app = self._serve

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        response = await self._handle(Request(scope, receive, send))
        await response(scope, receive, send)

    async def _handle(self, request: Request) -> Response:
        admission = request.scope["ats.admission"] = Admission(self._operation)
        request.scope["ats.trace"].operation = self._operation.operation_id
        try:
            response = await _within_deadline(request, admission, self._endpoint)
        except Problem as problem:
            response = _moved_response(request, problem) or problem_response(request, problem)
        if admission.quota is not None:
            response.raw_headers += [
                (name.encode(), value.encode()) for name, value in admission.quota.headers().items()
            ]
        return response


async def _within_deadline(
    request: Request, admission: Admission, endpoint: Callable[[Request], Awaitable[Response]]
) -> Response:
    deadline = asyncio.timeout(admission.operation.deadline_seconds)
    try:
        async with deadline:
            await admit(request, admission)
            return await endpoint(request)
    except TimeoutError:
        if not deadline.expired():
            raise
        raise DeadlineExceeded(headers=RETRY_AFTER) from None


async def admit(request: Request, admission: Admission) -> None:
    """Authenticate, check the permission, count the call, then look at its parameters and read its body."""
    operation, runtime = admission.operation, request.app.state.runtime
    if not operation.public:
        actor = admission.actor = await runtime.authenticator.actor(request.headers.get("authorization"))
        trace = request.scope["ats.trace"]
        trace.organization_id, trace.actor_id = actor.organization_id, actor.holder_id
        permit(actor, operation)
    caller = str(admission.actor.credential_id) if admission.actor else request.scope["ats.trace"].client_ip
    admission.quota = await runtime.limits.take(operation.rate_class, caller)
    if operation.request_media_type is not None:
        expect_small(request, operation)
    _expect_acceptable(request, operation)
    check_path(operation, request.path_params)
    admission.query = check_query(operation, request.scope["query_string"])
    admission.headers = _sent(request, operation)
    check_headers(operation, admission.headers)
    admission.body = await read_body(request, operation)
    if operation.reserved and admission.actor is not None:
        _expect_unreserved(operation, admission.actor, admission.body.content)


def permit(actor: Actor, operation: Operation) -> None:
    """Default deny: the actor must hold every scope that the operation names."""
    missing = sorted(operation.scopes - actor.scopes)
    if missing:
        raise MissingScope(f"This needs the scope {', '.join(missing)}.", missing_scopes=missing)
    if not actor.sees_all and "missing_grant" in operation.problem_codes.get(403, ()):
        raise MissingGrant("This needs an actor who sees the whole organization.")


def _expect_unreserved(operation: Operation, actor: Actor, content: Any) -> None:
    """A field that only some see is theirs alone to send."""
    sent = content if isinstance(content, dict) else {}
    missing = sorted(
        {scope for name, scopes in operation.reserved.items() if name in sent for scope in scopes - actor.scopes}
    )
    if missing:
        raise MissingScope(f"The body holds a field that takes the scope {', '.join(missing)}.", missing_scopes=missing)


class Call:
    """One admitted request on its way through its operation."""

    __slots__ = ("_stored", "actor", "admission", "request", "runtime")

    def __init__(self, request: Request, runtime: Runtime, actor: Actor | None) -> None:
        self.request = request
        self.runtime = runtime
        self.actor = actor
        self.admission: Admission = request.scope["ats.admission"]
        # The ids of the uploaded files that lie in the storage.
        self._stored: frozenset[UUID] = frozenset()

    def path(self, name: str, kind: Callable[[str], T]) -> T:
        """A parameter of the path; it has been held against the contract."""
        return kind(self.request.path_params[name])

    def query(self, kind: type[Model]) -> Model:
        """The query string's parameters."""
        return _typed(kind.model_validate, self.admission.query)

    def body(self, kind: TypeAdapter[T]) -> T:
        """The body."""
        return _typed(kind.validate_python, self.admission.body.content)

    def uploads(self) -> Uploads:
        """The files of a form."""
        return self.admission.body.uploads

    async def answer(self, method: Callable[..., Awaitable[Any]], *arguments: object) -> Response:
        """Run the operation in its transaction and answer. A deadlock or serialization failure is tried again, unseen.

        An operation that keeps files runs twice: the first time it says which, and is rolled back; then they are stored, which
        nothing in the database waits for; then it runs for good. What a crash leaves between the two is swept up later."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await self._delivered(await self._attempt(method, arguments))
            except ObjectsWanted as wanted:
                await self._store(wanted.objects)
                return await self.answer(method, *arguments)
            except Conflict40:
                if attempt == ATTEMPTS:
                    raise
                await asyncio.sleep(random.uniform(0.005, 0.05) * attempt)  # noqa: S311  # jitter, not a secret
            except ConstraintViolated as violated:
                raise problem_of(violated) from None
        raise AssertionError("unreachable: the last attempt returns or raises")

    async def _delivered(self, response: Response) -> Response:
        if not isinstance(response, Delivery):
            return response
        try:
            return await response.load(self.runtime.storage)
        except StorageFailed:
            raise StorageUnavailable(headers=RETRY_AFTER) from None

    async def _store(self, objects: list[Object]) -> None:
        try:
            for each in objects:
                await self.runtime.storage.put(each)
        except StorageFailed:
            raise StorageUnavailable(headers=RETRY_AFTER) from None
        self._stored |= {each.id for each in objects}
        objects.clear()  # megabytes

    async def _attempt(self, method: Callable[..., Awaitable[Any]], arguments: tuple[Any, ...]) -> Response:
        operation, actor = self.admission.operation, self.actor
        is_dry = operation.takes_dry_run and self.request.query_params.get("dry_run") == "true"
        organization_id = actor.organization_id if actor else None
        async with self.runtime.database.transaction(
            organization_id, timeout_seconds=operation.deadline_seconds, read_only=not operation.mutates
        ) as connection:
            ctx = Context(
                self.runtime, self.admission.operation, connection, self.request.scope["ats.trace"].request_id
            )
            ctx.target_id = self._target()
            ctx.expected_versions = self._expected_versions()
            ctx.claim = self._claim
            ctx.caller_address = self.request.scope["ats.trace"].client_ip
            ctx.stored = self._stored
            kept = await ctx.enter(actor) if actor is not None else None
            if kept is not None:
                return self._replay(kept)
            try:
                result = await method(ctx, *arguments)
            except idempotency.Replay as replay:
                return self._replay(replay.answer)
            await ctx.flush()
            if ctx.wanted and not is_dry:
                raise ObjectsWanted(ctx.wanted)
            if operation.withheld:
                withhold(operation, ctx.holds, result)
            answer = render(operation, result, ctx.effects() if is_dry else None, self.request.path_params)
            if not is_dry:
                await ctx.keep_answer(answer)
            connection.rollback_only = is_dry
        if not is_dry:
            for hook in ctx.after_commit:
                hook()
        return self._respond(answer, result)

    def _claim(self, actor: Actor) -> Claim | None:
        """The caller's idempotency key on this request, if it sent one."""
        key = self.admission.headers.get("Idempotency-Key")
        if key is None or not self.admission.operation.takes_idempotency_key:
            return None
        scope = self.request.scope
        return idempotency.claim_of(
            actor,
            key,
            self.admission.operation.operation_id.encode(),
            scope["raw_path"],
            scope["query_string"],
            self.admission.body.raw,
        )

    def _target(self) -> UUID | None:
        name = self.admission.operation.target
        return UUID(self.request.path_params[name]) if name else None

    def _expected_versions(self) -> frozenset[int] | None:
        sent = self.admission.headers.get("If-Match")
        return None if sent is None else expected_versions(sent)

    def _respond(self, answer: Answer, result: Any) -> Response:
        if isinstance(result, Delivery):
            return result
        headers = dict(answer.headers)
        wanted = self.admission.headers.get("If-None-Match")
        if wanted is not None and "etag" in headers and is_same(wanted, headers["etag"]):
            return Response(status_code=304, headers={"etag": headers["etag"]})
        page = getattr(result, "page", None)
        if page is not None and page.has_more:
            scope = self.request.scope
            headers["link"] = next_link(
                self.admission.operation, scope["path"], scope["query_string"], page.next_cursor
            )
        return Response(answer.body, answer.status, headers)

    def _replay(self, kept: Answer) -> Response:
        return Response(kept.body, kept.status, {**dict(kept.headers), "idempotency-replayed": "true"})


# Coroutines although they wait for nothing: FastAPI runs plain functions in a thread, which costs more than a small query.
async def current_runtime(request: Request) -> Runtime:
    """Settings, database, keys and the other adapters of this process."""
    runtime: Runtime = request.app.state.runtime
    return runtime


async def current_actor(request: Request) -> Actor | None:
    """The authenticated caller; None for a public operation."""
    actor: Actor | None = request.scope["ats.admission"].actor
    return actor


async def open_call(
    request: Request,
    scopes: SecurityScopes,
    runtime: Annotated[Runtime, Depends(current_runtime)],
    actor: Annotated[Actor | None, Depends(current_actor)],
) -> Call:
    """The dependency of every generated route. The scopes were held against the actor before the body was read; a route whose
    declared scopes are not those of its operation is a defect and answers nothing."""
    admission: Admission = request.scope["ats.admission"]
    if frozenset(scopes.scopes) != admission.operation.scopes:
        raise RuntimeError(f"{admission.operation.operation_id} was routed with other scopes than the contract names")
    return Call(request, runtime, actor)


def problem_response(request: Request, problem: Problem) -> Response:
    """A problem as a response."""
    status, headers, body = render_problem(problem, request.scope["ats.trace"].request_id)
    response = Response(body, status)
    response.raw_headers[:] = headers
    return response


def _moved_response(request: Request, problem: Problem) -> Response | None:
    """308 to the same reading of what stands for the id in the path now; None for any other problem or request."""
    if not isinstance(problem, Moved) or request.method not in READING:
        return None
    old, new = problem.moved
    values = {name: new if str(value).lower() == str(old) else value for name, value in request.path_params.items()}
    path = request.scope["ats.admission"].operation.path.format(**values)
    query = request.scope["query_string"].decode("ascii")
    return Response(status_code=308, headers={"location": f"{path}?{query}" if query else path})


def _sent(request: Request, operation: Operation) -> dict[str, str]:
    """The headers that the operation names, of those that were sent."""
    return {name: request.headers[name] for name in operation.header_schema["properties"] if name in request.headers}


def _expect_acceptable(request: Request, operation: Operation) -> None:
    accept = request.headers.get("accept")
    if accept is None or "*/*" in accept:
        return
    offered = operation.response_media_types
    if accept in offered:
        return
    ranges = {part.partition(";")[0].strip().lower() for part in accept.split(",")}
    if not any(kind in ranges or f"{kind.partition('/')[0]}/*" in ranges for kind in offered):
        raise NotAcceptable(f"This answers with {', '.join(offered)}.")


def _typed(validate: Callable[[Any], T], value: Any) -> T:
    """`value` as pydantic types it; what pydantic refuses although the contract let it pass is still the caller's."""
    try:
        return validate(value)
    except ValidationError as error:
        raise _as_problem(error) from None


def _as_problem(error: ValidationError) -> ValidationFailed:
    errors = [
        FieldError("".join(f"/{part}" for part in found["loc"]), found["type"], found["msg"])
        for found in error.errors()
    ]
    return ValidationFailed(errors=errors[:50])
