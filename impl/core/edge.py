"""The outermost layer: one pure-ASGI callable that gives every HTTP request what all of them need.

In: a request id, a `Trace`, the caller's address, limits on headers and URL, preflights. Out: security headers, CORS headers, the
request id, one log line, metrics, and for an exception that nobody caught a 500 problem whose stack is only in the log and Sentry.
"""

import re
from typing import Any, Final, Protocol

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impl.core.client_address import ClientAddresses
from impl.core.cors import VARY, Cors, RawHeaders
from impl.lib import error_reports, ids, logs
from impl.lib.problems import InternalError, Problem, render
from impl.lib.trace import Trace, current_trace

TRACE_KEY: Final = "ats.trace"
CLIENT_CLOSED: Final = 499  # the log's and the metrics' word for "nobody waited for the answer"; never sent

# A request id is logged and kept with events: a credential that somebody sends as one is not taken.
_REQUEST_ID: Final = re.compile(rb"(?!ats[st]?_)[A-Za-z0-9._-]{1,64}")
_CSP: Final = (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'")
_NO_STORE: Final = (b"cache-control", b"no-store")
_ALWAYS: Final[RawHeaders] = [
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
    VARY,
]
_HEADER_OVERHEAD: Final = 4  # ": " and the line's end

_log = logs.get_logger()


class UrlTooLong(Problem):
    """Path and query together are longer than allowed."""

    status, code, title = 414, "url_too_long", "The URL is too long"


class HeadersTooLarge(Problem):
    """All header names and values together are larger than allowed."""

    status, code, title = 431, "headers_too_large", "The request headers are too large"


class EdgeMetrics(Protocol):
    """The part of `impl.lib.metrics.Metrics` that the edge calls."""

    def request_started(self) -> None:
        """A request came in."""

    def request_finished(self, operation: str, method: str, status: int, seconds: float) -> None:
        """Its answer is complete, or will never be."""


class EdgeSettings(Protocol):
    """What the edge needs to know of the settings."""

    @property
    def security(self) -> Any:
        """`cors_origins`, `trusted_proxies`, `hsts_seconds`."""

    @property
    def limits(self) -> Any:
        """`header_bytes_max`, `url_bytes_max`."""


class Edge:
    """Wraps the whole application. `scope["ats.trace"]` is a `Trace` that the call seam completes."""

    def __init__(self, app: ASGIApp, settings: EdgeSettings, metrics: EdgeMetrics) -> None:
        self._app = app
        self._metrics = metrics
        self._cors = Cors(settings.security.cors_origins)
        self._addresses = ClientAddresses(settings.security.trusted_proxies)
        self._header_bytes_max: int = settings.limits.header_bytes_max
        self._url_bytes_max: int = settings.limits.url_bytes_max
        self._always = list(_ALWAYS)
        if settings.security.hsts_seconds:
            value = f"max-age={settings.security.hsts_seconds}; includeSubDomains"
            self._always.append((b"strict-transport-security", value.encode()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one HTTP request; other kinds of scope (lifespan) pass through untouched."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        head = _Head(scope["headers"])
        trace = Trace(head.request_id or ids.new_id().hex, client_ip=self._client_ip(scope, head))
        scope[TRACE_KEY] = trace
        token = current_trace.set(trace)
        self._metrics.request_started()
        extra = self._always + self._cors.response_headers(head.origin) if head.origin else self._always
        answer = _Answer(send, trace, extra, bodyless=scope["method"] == "HEAD")
        try:
            await self._serve(scope, receive, answer, head)
        finally:
            self._account(trace, scope["method"], answer)
            current_trace.reset(token)

    async def _serve(self, scope: Scope, receive: Receive, answer: "_Answer", head: "_Head") -> None:
        try:
            self._check_sizes(scope, head)
            if head.preflight and head.origin and scope["method"] == "OPTIONS":
                await answer.preflight(self._cors.preflight_headers(head.origin))
                return
            await self._app(_as_get(scope) if scope["method"] == "HEAD" else scope, receive, answer.send)
        except ClientDisconnect:
            return
        except Problem as problem:
            if problem.status >= 500 or answer.status:
                _log.warning("problem_at_the_edge", code=problem.code, exc_info=problem)
            await answer.problem(problem)
        except Exception as error:
            _log.error("unexpected_exception", exc_info=error)
            error_reports.capture(error)
            # An answer that has begun cannot be taken back: leaving it incomplete makes the server close the connection.
            await answer.problem(InternalError())

    def _check_sizes(self, scope: Scope, head: "_Head") -> None:
        path = scope.get("raw_path") or scope["path"].encode()
        if len(path) + len(scope["query_string"]) > self._url_bytes_max:
            raise UrlTooLong(f"Path and query may have {self._url_bytes_max} bytes together.")
        if head.size > self._header_bytes_max:
            raise HeadersTooLarge(f"All request headers may have {self._header_bytes_max} bytes together.")

    def _client_ip(self, scope: Scope, head: "_Head") -> str:
        client = scope.get("client")
        peer = client[0] if client else ""
        return self._addresses.resolve(peer, head.forwarded_for) if head.forwarded_for else peer

    def _account(self, trace: Trace, method: str, answer: "_Answer") -> None:
        seconds = trace.elapsed_seconds()
        status = answer.status or CLIENT_CLOSED
        self._metrics.request_finished(trace.operation, method, status, seconds)
        level = "error" if status >= 500 else "info"
        duration_ms = round(seconds * 1000, 3)
        logs.access(level, method=method, status=status, duration_ms=duration_ms, complete=answer.complete)


class _Head:
    """What the edge reads from the request's headers, found in one pass."""

    __slots__ = ("forwarded_for", "origin", "preflight", "request_id", "size")

    def __init__(self, headers: RawHeaders) -> None:
        self.request_id = self.forwarded_for = ""
        self.origin = b""
        self.preflight = False
        size = 0
        for name, value in headers:
            size += len(name) + len(value) + _HEADER_OVERHEAD
            if name in _READ:
                self._read(name, value)
        self.size = size

    def _read(self, name: bytes, value: bytes) -> None:
        if name == b"x-request-id":
            if not self.request_id and _REQUEST_ID.fullmatch(value):
                self.request_id = value.decode("ascii")
        elif name == b"origin":
            # Two Origin headers never come from a browser: joined, they match no entry of the list.
            self.origin = value if not self.origin else self.origin + b"," + value
        elif name == b"x-forwarded-for":
            joined = value.decode("latin-1")
            self.forwarded_for = f"{self.forwarded_for},{joined}" if self.forwarded_for else joined
        else:
            self.preflight = True


_READ: Final = frozenset({b"x-request-id", b"origin", b"x-forwarded-for", b"access-control-request-method"})


class _Answer:
    """The response on its way out: adds the headers that every answer has and remembers what was sent."""

    __slots__ = ("_bodyless", "_extra", "_send", "_trace", "complete", "status")

    def __init__(self, send: Send, trace: Trace, extra: RawHeaders, *, bodyless: bool) -> None:
        self._send = send
        self._bodyless = bodyless
        self._trace = trace
        self._extra = extra
        self.status = 0
        self.complete = False

    async def send(self, message: Message) -> None:
        """ASGI's `send` for the application inside."""
        kind = message["type"]
        if kind == "http.response.start":
            self.status = message["status"]
            message["headers"] = self._headers(message.get("headers", ()))
        elif kind == "http.response.body":
            self.complete = not message.get("more_body", False)
            if self._bodyless:
                message = {**message, "body": b""}
        await self._send(message)

    async def problem(self, problem: Problem) -> None:
        """Answer with a problem, unless an answer has already begun."""
        if self.status:
            return
        status, headers, body = render(problem, self._trace.request_id)
        await self._whole(status, headers, body)

    async def preflight(self, headers: RawHeaders) -> None:
        """Answer a preflight: 204 without a body."""
        self._extra = [pair for pair in self._extra if not pair[0].startswith(b"access-control-")]
        await self._whole(204, headers, b"")

    async def _whole(self, status: int, headers: RawHeaders, body: bytes) -> None:
        await self.send({"type": "http.response.start", "status": status, "headers": headers})
        await self.send({"type": "http.response.body", "body": body})

    def _headers(self, sent: Any) -> RawHeaders:
        headers = [pair for pair in sent if pair[0] != b"server"]
        names = [pair[0] for pair in headers]
        if b"content-security-policy" not in names:
            headers.append(_CSP)
        if b"cache-control" not in names:
            headers.append(_NO_STORE)
        headers += self._extra
        headers.append((b"x-request-id", self._trace.request_id.encode("ascii")))
        return headers


def _as_get(scope: Scope) -> Scope:
    # HEAD is GET without the body, for every operation; `_Answer` leaves the body out and keeps its Content-Length.
    return {**scope, "method": "GET"}


def client_ip(scope: Scope) -> str:
    """The caller's address as the edge found it; empty for a Unix socket."""
    trace: Trace = scope[TRACE_KEY]
    return trace.client_ip


async def leave_to_edge(_request: Any, error: Exception) -> Any:
    """Register for `Exception`: keeps Starlette from answering an unexpected error in plain text before the edge sees it."""
    raise error
