"""The strict mode of a running service: what the contract does not document is not sent."""

import json

import pytest
from pydantic import SecretStr
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from impl.app import build
from impl.core.strict import Strict
from impl.lib.crypto import MasterKey
from impl.settings import Settings
from impl.settings_sections import SecuritySettings
from tests.support.asgi import call

pytestmark = pytest.mark.promise("L7")


def strict() -> ASGIApp:
    """The service in strict mode; nothing here needs its database."""
    security = SecuritySettings(master_key=SecretStr(MasterKey.generate()))
    return build(
        Settings(_env_file=None, validate_responses=True, security=security), "postgresql://nobody@127.0.0.1:1/none"
    )


def rewritten(app: ASGIApp, change: str) -> ASGIApp:
    """The application with one defect in its answers."""

    async def served(scope: Scope, receive: Receive, send: Send) -> None:
        async def spoilt(message: Message) -> None:
            if message["type"] == "http.response.start" and change == "status":
                message["status"] = 418
            if message["type"] == "http.response.start" and change == "header":
                message["headers"] = [pair for pair in message["headers"] if pair[0] != b"ratelimit"]
            if message["type"] == "http.response.body" and change == "body":
                message["body"] = b'{"data": {"status": "ok", "secret": "canary"}}'
            await send(message)

        await app(scope, receive, spoilt)

    return served


async def test_a_documented_answer_passes() -> None:
    answer = await call(strict(), path="/healthz")
    assert (answer.status, json.loads(answer.body)) == (200, {"data": {"status": "ok"}})


@pytest.mark.parametrize("change", ["status", "header", "body"])
async def test_an_undocumented_answer_becomes_a_500(change: str, capfd: pytest.CaptureFixture[str]) -> None:
    app = strict()
    assert isinstance(app, Strict)
    app._app = rewritten(app._app, change)

    answer = await call(app, path="/healthz")

    assert (answer.status, json.loads(answer.body)["code"]) == (500, "internal_error")
    assert answer.one("content-type") == "application/problem+json"
    assert answer.one("x-content-type-options") == "nosniff"
    assert b"canary" not in answer.body
    logged = capfd.readouterr().err
    assert "undocumented_answer" in logged
    assert "canary" not in logged
