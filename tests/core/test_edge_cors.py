"""CORS: an allow-list of exact origins and nothing else."""

from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from impl.core.edge import Edge
from impl.lib.metrics import Metrics
from impl.lib.problems import Problem
from impl.settings import Settings
from impl.settings_sections import SecuritySettings
from tests.support.asgi import Headers, call

pytestmark = pytest.mark.promise("L4")

ALLOWED = "https://app.example"
STRANGERS = [
    "null",
    "*",
    "",
    "https://app.example.evil.test",
    "https://evilapp.example",
    "https://sub.app.example",
    "https://app.example:443",
    "https://app.example:8443",
    "http://app.example",
    "https://APP.example",
    "https://app.example/",
    "https://app.example@evil.test",
    "https://app.example, https://evil.test",
    "https://app.examplé",
    "file://",
]


class Refused(Problem):
    status, code, title = 403, "refused", "Refused"


async def app(scope: Scope, _receive: Receive, send: Send) -> None:
    if scope["path"] == "/problem":
        raise Refused
    if scope["path"] == "/crash":
        raise RuntimeError
    status = 405 if scope["method"] == "OPTIONS" else 200
    await send({"type": "http.response.start", "status": status, "headers": [(b"vary", b"Accept")]})
    await send({"type": "http.response.body", "body": b"{}"})


def edge(*origins: str) -> Edge:
    settings = Settings(
        _env_file=None, security=SecuritySettings(cors_origins=origins or (ALLOWED, "http://localhost:5173"))
    )
    return Edge(app, settings, Metrics(version="1", environment="dev"))


def from_origin(origin: str, **more: str) -> Headers:
    return [
        (b"origin", origin.encode("utf-8")),
        *((key.replace("_", "-").encode(), value.encode()) for key, value in more.items()),
    ]


def cors_headers(answer: Any) -> list[str]:
    return [name.decode() for name, _ in answer.headers if name.startswith(b"access-control-")]


@pytest.mark.parametrize("path", ["/", "/problem", "/crash"])
@pytest.mark.parametrize("origin", [ALLOWED, "http://localhost:5173"])
async def test_an_allowed_origin_may_read_every_answer(origin: str, path: str) -> None:
    answer = await call(edge(), path=path, headers=from_origin(origin))
    assert answer.one("access-control-allow-origin") == origin
    assert "X-Request-Id" in answer.one("access-control-expose-headers")
    assert "Origin" in answer.all("vary")
    assert answer.all("access-control-allow-credentials") == []


@pytest.mark.parametrize("path", ["/", "/problem", "/crash"])
@pytest.mark.parametrize("origin", STRANGERS)
async def test_a_stranger_may_read_nothing(origin: str, path: str) -> None:
    answer = await call(edge(), path=path, headers=from_origin(origin))
    assert cors_headers(answer) == []
    assert "Origin" in answer.all("vary")


async def test_two_origins_are_no_origin() -> None:
    answer = await call(edge(), headers=from_origin(ALLOWED) + from_origin(ALLOWED))
    assert cors_headers(answer) == []


async def test_without_an_origin_nothing_is_granted() -> None:
    answer = await call(edge())
    assert cors_headers(answer) == []
    assert answer.all("vary") == ["Accept", "Origin"]


async def test_a_preflight_is_answered_without_the_application() -> None:
    headers = from_origin(
        ALLOWED, access_control_request_method="PATCH", access_control_request_headers="authorization,if-match"
    )
    answer = await call(edge(), "OPTIONS", headers=headers)
    assert (answer.status, answer.body) == (204, b"")
    assert answer.one("access-control-allow-origin") == ALLOWED
    assert "PATCH" in answer.one("access-control-allow-methods").split(", ")
    assert {"Authorization", "If-Match", "Idempotency-Key", "Content-Type"} <= set(
        answer.one("access-control-allow-headers").split(", ")
    )
    assert "*" not in "".join(value.decode() for name, value in answer.headers if name.startswith(b"access-control-"))
    assert answer.all("access-control-allow-credentials") == []
    assert answer.one("x-content-type-options") == "nosniff"


@pytest.mark.parametrize("origin", [origin for origin in STRANGERS if origin])
async def test_a_strangers_preflight_is_refused(origin: str) -> None:
    answer = await call(edge(), "OPTIONS", headers=from_origin(origin, access_control_request_method="GET"))
    assert (answer.status, answer.json()["code"]) == (403, "origin_not_allowed")
    assert cors_headers(answer) == []
    assert any("Origin" in value for value in answer.all("vary"))


async def test_options_without_a_preflight_goes_to_the_application() -> None:
    assert (await call(edge(), "OPTIONS", headers=from_origin(ALLOWED))).status == 405
    assert (await call(edge(), "OPTIONS")).status == 405


async def test_an_empty_list_grants_nobody() -> None:
    settings = Settings(_env_file=None)
    closed = Edge(app, settings, Metrics(version="1", environment="dev"))
    assert cors_headers(await call(closed, headers=from_origin(ALLOWED))) == []
