"""The edge: what every HTTP request gets, whatever happens inside."""

import io
import json
import logging
import re
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from impl.core.edge import TRACE_KEY, Edge, client_ip, leave_to_edge
from impl.lib import error_reports, logs
from impl.lib.metrics import Metrics
from impl.lib.problems import FieldError, Problem
from impl.lib.trace import Trace, current_trace
from impl.settings import Settings
from impl.settings_sections import SecuritySettings
from tests.support.asgi import Answer, Headers, call

SECURITY = {
    "x-content-type-options": "nosniff",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Refused(Problem):
    status, code, title = 409, "refused", "Refused"


async def respond(send: Send, status: int = 200, headers: Headers | None = None, body: bytes = b"{}") -> None:
    head: Headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": status, "headers": head + (headers or [])})
    await send({"type": "http.response.body", "body": body})


async def plain(_scope: Scope, _receive: Receive, send: Send) -> None:
    await respond(send)


def settings(**security: Any) -> Settings:
    return Settings(_env_file=None, security=SecuritySettings(**security))


def wrap(app: ASGIApp, **security: Any) -> Edge:
    return Edge(app, settings(**security), Metrics(version="1", environment="dev"))


@pytest.fixture
def logged() -> Iterator[io.BytesIO]:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    stream = io.BytesIO()
    logs.configure("info", stream=stream)
    yield stream
    logs.configure("info")
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    logging.captureWarnings(False)


def lines(stream: io.BytesIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


async def test_a_new_request_gets_an_id_of_its_own(logged: io.BytesIO) -> None:
    first, second = await call(wrap(plain)), await call(wrap(plain))
    ids = [first.one("x-request-id"), second.one("x-request-id")]
    assert len(set(ids)) == 2
    assert all(re.fullmatch(r"[0-9a-f]{32}", value) and UUID(value).version == 7 for value in ids)
    assert [line["request_id"] for line in lines(logged)] == ids


@pytest.mark.parametrize("value", [b"abc", b"A.b_c-9", b"x" * 64])
async def test_a_good_request_id_is_kept(value: bytes) -> None:
    answer = await call(wrap(plain), headers=[(b"x-request-id", value)])
    assert answer.one("x-request-id") == value.decode()


@pytest.mark.promise("J2")
@pytest.mark.parametrize(
    "value", [b"", b"x" * 65, b"a b", b"a\r\nSet-Cookie: x", b"\x1b[31m", b"a\n", "é".encode(), b"<script>", b"a;b"]
)
async def test_a_bad_request_id_is_replaced(value: bytes, logged: io.BytesIO) -> None:
    answer = await call(wrap(plain), headers=[(b"x-request-id", value)])
    assert re.fullmatch(r"[0-9a-f]{32}", answer.one("x-request-id"))
    assert lines(logged)[0]["request_id"] == answer.one("x-request-id")


async def outcome(kind: str, scope: Scope, send: Send) -> None:
    if kind == "problem":
        raise Refused("No.", errors=[FieldError("/name", "too_long", "At most 10.")], headers={"Retry-After": "3"})
    if kind == "crash":
        raise RuntimeError("/etc/secret SELECT 1")
    await respond(
        send, {"ok": 200, "redirect": 307, "client": 404, "server": 503}[kind], [(b"server", b"uvicorn/0.54")]
    )


def app_of(kind: str) -> ASGIApp:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        await outcome(kind, scope, send)

    return app


@pytest.mark.promise("L2")
@pytest.mark.parametrize("kind", ["ok", "redirect", "client", "server", "problem", "crash"])
async def test_every_answer_has_the_security_headers(kind: str, logged: io.BytesIO) -> None:
    answer = await call(wrap(app_of(kind)))
    for name, value in SECURITY.items():
        assert answer.one(name) == value
    assert answer.all("server") == []
    assert answer.one("permissions-policy")
    assert "Origin" in answer.all("vary")


@pytest.mark.promise("L2")
async def test_an_answer_may_set_its_own_policy_and_caching() -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await respond(
            send, headers=[(b"content-security-policy", b"sandbox"), (b"cache-control", b"private, max-age=5")]
        )

    answer = await call(wrap(app))
    assert (answer.one("content-security-policy"), answer.one("cache-control")) == ("sandbox", "private, max-age=5")


async def test_hsts_can_be_left_out_in_dev() -> None:
    assert (await call(wrap(plain, hsts_seconds=0))).all("strict-transport-security") == []


@pytest.mark.promise("J3")
async def test_an_unexpected_exception_says_nothing_but_its_id(
    logged: io.BytesIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(error_reports, "capture", reported.append)
    answer = await call(wrap(app_of("crash")))
    assert (answer.status, answer.one("content-type")) == (500, "application/problem+json")
    assert answer.json() == {
        "type": "/problems/internal_error",
        "title": "Something went wrong on our side",
        "status": 500,
        "detail": "Something went wrong on our side.",
        "code": "internal_error",
        "request_id": answer.one("x-request-id"),
    }
    stack, access = lines(logged)
    assert stack["request_id"] == access["request_id"] == answer.one("x-request-id")
    assert stack["exception"][0]["type"] == "RuntimeError"
    assert stack["exception"][0]["stack"][-1].endswith(" outcome")
    assert (access["event"], access["level"], access["status"]) == ("request", "error", 500)
    assert [type(error) for error in reported] == [RuntimeError]


async def test_a_problem_outside_the_application_is_rendered(monkeypatch: pytest.MonkeyPatch) -> None:
    reported: list[BaseException] = []
    monkeypatch.setattr(error_reports, "capture", reported.append)
    answer = await call(wrap(app_of("problem")))
    assert (answer.status, answer.one("retry-after"), reported) == (409, "3", [])
    assert answer.json()["errors"] == [{"pointer": "/name", "code": "too_long", "message": "At most 10."}]


@pytest.mark.promise("J3")
async def test_fastapi_leaves_unexpected_exceptions_to_the_edge(logged: io.BytesIO) -> None:
    inner = FastAPI(openapi_url=None)
    inner.add_exception_handler(Exception, leave_to_edge)

    @inner.get("/boom")
    async def boom() -> None:
        raise ZeroDivisionError("secret")

    answer = await call(wrap(inner), path="/boom")
    assert (answer.status, answer.json()["code"]) == (500, "internal_error")
    assert [line["event"] for line in lines(logged)] == ["unexpected_exception", "request"]


async def test_a_begun_answer_is_left_incomplete(logged: io.BytesIO) -> None:
    async def app(_scope: Scope, _receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"half", "more_body": True})
        raise RuntimeError("late")

    answer = await call(wrap(app))
    assert (answer.status, answer.body, answer.complete) == (200, b"half", False)
    assert lines(logged)[-1]["complete"] is False


async def test_a_caller_that_went_away_is_not_an_error(logged: io.BytesIO) -> None:
    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        raise ClientDisconnect

    answer = await call(wrap(app))
    assert answer.status == 0
    assert [(line["level"], line["status"]) for line in lines(logged)] == [("info", 499)]


@pytest.mark.promise("J1")
@pytest.mark.promise("J2")
async def test_one_access_line_without_query_values(logged: io.BytesIO) -> None:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        trace: Trace = scope[TRACE_KEY]
        assert current_trace.get() is trace
        trace.operation, trace.organization_id, trace.actor_id = "list_jobs", UUID(int=5), UUID(int=6)
        await respond(send)

    await call(
        wrap(app),
        path="/v1/jobs/CanaryPath",
        query=b"email=canary%40example.com&token=Canary",
        headers=[(b"authorization", b"Bearer Canary")],
    )
    [line] = lines(logged)
    assert "anary" not in logged.getvalue().decode()
    assert {key: line[key] for key in ("event", "method", "operation", "status", "organization_id", "actor_id")} == {
        "event": "request",
        "method": "GET",
        "operation": "list_jobs",
        "status": 200,
        "organization_id": str(UUID(int=5)),
        "actor_id": str(UUID(int=6)),
    }
    assert line["duration_ms"] >= 0
    assert current_trace.get() is None


@pytest.mark.promise("J4")
async def test_random_urls_add_one_series() -> None:
    metrics = Metrics(version="1", environment="dev")
    edge = Edge(app_of("client"), settings(), metrics)
    await call(edge, path="/first")
    before = metrics.render()[0].count(b"\nats_http_requests_total{")
    for number in range(2000):
        await call(edge, path=f"/{number}/x", query=f"id={number}".encode())
    document = metrics.render()[0]
    assert before == document.count(b"\nats_http_requests_total{") == 1
    assert b'ats_http_requests_total{method="GET",operation="unmatched",status_class="4xx"} 2001.0' in document
    assert b"ats_http_requests_in_flight 0.0" in document


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 414)])
async def test_the_url_has_a_longest_length(extra: int, status: int) -> None:
    answer = await call(wrap(plain), path="/" + "a" * 4095, query=b"b" * (4096 + extra))
    assert answer.status == status
    if status == 414:
        assert answer.json()["code"] == "url_too_long"


@pytest.mark.parametrize(("extra", "status"), [(0, 200), (1, 431)])
async def test_headers_have_a_largest_size(extra: int, status: int) -> None:
    headers = [(b"x-a", b"v" * (32_768 - 7 - 1007 + extra)), (b"x-b", b"v" * 1000)]
    assert sum(len(name) + len(value) + 4 for name, value in headers) == 32_768 + extra
    answer = await call(wrap(plain), headers=headers)
    assert answer.status == status
    if status == 431:
        assert answer.json()["code"] == "headers_too_large"


@pytest.mark.promise("L1")
async def test_head_is_get_without_the_body(logged: io.BytesIO) -> None:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        assert scope["method"] == "GET"
        await respond(send, body=b'{"data":1}')

    answer = await call(wrap(app), "HEAD")
    assert (answer.status, answer.body, answer.one("content-length")) == (200, b"", "10")
    assert lines(logged)[0]["method"] == "HEAD"


async def test_other_scopes_pass_untouched() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        seen.append(scope)

    async def nothing(*_: Any) -> Any:
        return None

    await wrap(app)({"type": "lifespan"}, nothing, nothing)
    assert seen == [{"type": "lifespan"}]


@pytest.mark.promise("L5")
@pytest.mark.parametrize(
    ("peer", "forwarded", "expected"),
    [
        ("203.0.113.9", ["1.1.1.1"], "203.0.113.9"),
        ("10.0.0.1", [], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1, 198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", ["1.1.1.1", "198.51.100.7, 10.9.9.9"], "198.51.100.7"),
        ("10.0.0.1", ["198.51.100.7, evil, 10.9.9.9"], "10.9.9.9"),
        ("10.0.0.1", ["not-an-address"], "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.7:4711"], "198.51.100.7"),
        ("10.0.0.1", ["[2001:db8::1]:4711"], "2001:db8::1"),
        ("::ffff:10.0.0.1", ["198.51.100.7"], "198.51.100.7"),
        ("10.0.0.1", [",".join(["10.0.0.2"] * 2000)], "10.0.0.2"),
    ],
)
async def test_forwarded_addresses_count_only_from_trusted_proxies(
    peer: str, forwarded: list[str], expected: str
) -> None:
    found: list[str] = []

    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        found.append(client_ip(scope))
        await respond(send)

    headers = [(b"x-forwarded-for", value.encode()) for value in forwarded]
    await call(wrap(app, trusted_proxies=("10.0.0.0/8",)), headers=headers, client=(peer, 1))
    assert found == [expected]


async def test_without_trusted_proxies_the_header_is_ignored() -> None:
    async def app(scope: Scope, _receive: Receive, send: Send) -> None:
        await respond(send, body=client_ip(scope).encode())

    answer: Answer = await call(wrap(app), headers=[(b"x-forwarded-for", b"1.1.1.1")], client=("192.0.2.1", 1))
    assert answer.body == b"192.0.2.1"
    assert (await call(wrap(app), client=None)).body == b""


async def test_starlette_requests_see_the_trace() -> None:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        await respond(send, body=Request(scope, receive).scope[TRACE_KEY].request_id.encode())

    answer = await call(wrap(app), headers=[(b"x-request-id", b"mine")])
    assert answer.body == b"mine"
