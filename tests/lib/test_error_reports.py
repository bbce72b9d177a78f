"""Error reports: what really arrives at a Sentry server, received over a loopback socket."""

import base64
import gzip
import importlib
import json
import threading
import zlib
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
import sentry_sdk

from impl.lib import error_reports
from impl.lib.trace import Trace, current_trace

CANARY = "Canary+4f/9c 51e2"
WORD = "Canary+4f/9c"
TOKEN = "ats_prod_0123456789abcdef_0123456789abcdef0123456789abcdef_0123456"


# The client takes brotli where it is installed, which a library that reads resumes brings along.
DECOMPRESS: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "gzip": gzip.decompress,
    "deflate": zlib.decompress,
    "br": lambda body: bytes(importlib.import_module("brotli").decompress(body)),
}


class FakeSentry:
    """Takes envelopes and keeps their bytes, decompressed."""

    def __init__(self) -> None:
        envelopes: list[bytes] = []
        heads: list[str] = []

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                encoding = self.headers.get("Content-Encoding", "")
                envelopes.append(DECOMPRESS[encoding](body))
                heads.append(f"{self.path}\n{self.headers}")
                self.send_response(200)
                self.send_header("Content-Length", "2")
                self.end_headers()
                self.wfile.write(b"{}")

            def log_message(self, *_: Any) -> None:
                """Quiet."""

        self.envelopes, self.heads = envelopes, heads
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.dsn = f"http://publickey@127.0.0.1:{self.server.server_port}/1"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def items(self, kind: str) -> list[dict[str, Any]]:
        found = []
        for envelope in self.envelopes:
            lines = envelope.split(b"\n")
            for head, payload in zip(lines[1::2], lines[2::2], strict=False):
                if json.loads(head)["type"] == kind:
                    found.append(json.loads(payload))
        return found


@pytest.fixture
def sentry() -> Iterator[FakeSentry]:
    fake = FakeSentry()
    assert error_reports.configure(fake.dsn, environment="prod", release="9.9.9")
    yield fake
    sentry_sdk.get_client().close(timeout=2)
    sentry_sdk.get_global_scope().set_client(None)
    fake.server.shutdown()
    fake.server.server_close()


def fail(secret: str) -> None:
    local = {"password": secret}
    raise ValueError(f"{local['password']} of ada@example.com")


def captured(error_text: str) -> None:
    try:
        fail(error_text)
    except ValueError as error:
        error_reports.capture(error)
    error_reports.flush(5)


def forms(canary: str) -> list[str]:
    raw = canary.encode()
    return [canary, quote(canary, safe=""), raw.hex(), base64.b64encode(raw).decode()[:-2], json.dumps(canary)[1:-1]]


def test_nothing_is_sent_without_a_dsn() -> None:
    assert not error_reports.configure(None, environment="dev", release="1")
    assert not error_reports.configure("", environment="dev", release="1")
    error_reports.capture(ValueError("x"))
    assert not sentry_sdk.is_initialized()


def test_the_request_is_told_as_tags(sentry: FakeSentry) -> None:
    trace = Trace("req-7", operation="move_application")
    trace.organization_id, trace.actor_id = UUID(int=1), UUID(int=2)
    token = current_trace.set(trace)
    captured("x")
    current_trace.reset(token)
    [event] = sentry.items("event")
    assert event["tags"] == {
        "request_id": "req-7",
        "operation": "move_application",
        "organization_id": str(UUID(int=1)),
        "actor_id": str(UUID(int=2)),
    }
    assert (event["environment"], event["release"], event["transaction"]) == ("prod", "9.9.9", "move_application")
    [error] = event["exception"]["values"]
    assert error["type"] == "ValueError"
    assert [frame["function"] for frame in error["stacktrace"]["frames"]] == ["captured", "fail"]
    assert all(frame["lineno"] > 0 and frame["filename"].endswith(".py") for frame in error["stacktrace"]["frames"])


def test_tags_of_one_request_do_not_stick_to_the_next(sentry: FakeSentry) -> None:
    token = current_trace.set(Trace("req-1"))
    captured("x")
    current_trace.reset(token)
    captured("y")
    assert sentry.items("event")[1].get("tags", {}) == {}


@pytest.mark.promise("J1")
def test_no_canary_reaches_the_server(sentry: FakeSentry) -> None:
    with sentry_sdk.isolation_scope() as scope:
        scope.set_user({"email": CANARY, "ip_address": CANARY})
        scope.set_extra("body", CANARY)
        scope.set_context("candidate", {"name": CANARY})
        scope.set_tag("url", f"https://u:{WORD}@host/?token={TOKEN}")
        scope.add_breadcrumb(message=CANARY, category="query")
        scope.add_attachment(bytes=CANARY.encode(), filename="x.txt")
        scope.add_event_processor(
            lambda event, _: event | {"request": {"headers": {"Authorization": CANARY}, "data": CANARY}}
        )
        captured(CANARY)
        captured(TOKEN)
    everything = "\n".join([*sentry.heads, *(envelope.decode("utf-8", "replace") for envelope in sentry.envelopes)])
    assert len(sentry.items("event")) == 2
    for form in [*forms(CANARY), *forms(TOKEN), "ada@example.com", WORD]:
        assert form not in everything


@pytest.mark.promise("J1")
def test_transactions_are_scrubbed_too(sentry: FakeSentry) -> None:
    sentry_sdk.get_client().options["traces_sample_rate"] = 1.0
    with sentry_sdk.start_transaction(name=f"GET /?token={TOKEN}", op="http.server") as transaction:
        transaction.set_data("query", CANARY)
        with sentry_sdk.start_span(op="db", name=f"SELECT '{CANARY}'") as span:
            span.set_data("parameters", CANARY)
    error_reports.flush(5)
    [event] = sentry.items("transaction")
    assert len(event["spans"]) == 1
    everything = "\n".join([*sentry.heads, *(envelope.decode("utf-8", "replace") for envelope in sentry.envelopes)])
    for form in [*forms(CANARY), *forms(TOKEN)]:
        assert form not in everything
