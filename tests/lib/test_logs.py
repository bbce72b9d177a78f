"""Log lines: one JSON object each, with the request's context, without secrets, and never two lines out of one value."""

import io
import json
import logging
import re
import unicodedata
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from structlog.contextvars import bound_contextvars

from impl.lib import logs
from impl.lib.trace import Trace, current_trace

log = logs.get_logger()  # made before the configuration, as modules do

TOKEN = "ats_dev_0123456789abcdef_0123456789abcdef0123456789abcdef_0123456"


@pytest.fixture
def stream() -> Iterator[io.BytesIO]:
    root = logging.getLogger()
    before = (root.level, list(root.handlers))
    buffer = io.BytesIO()
    logs.configure("info", stream=buffer, secrets=["kR7w-own-secret"])
    yield buffer
    root.setLevel(before[0])
    root.handlers[:] = before[1]
    logging.captureWarnings(False)
    logs.configure("info")
    root.handlers[:] = before[1]


def lines(stream: io.BytesIO) -> list[dict[str, Any]]:
    found = [json.loads(line) for line in stream.getvalue().decode().splitlines()]
    stream.seek(0)
    stream.truncate()
    return found


@pytest.mark.promise("J2")
def test_a_line_has_its_fields_in_order(stream: io.BytesIO) -> None:
    trace = Trace("req-1", operation="get_job")
    trace.organization_id = UUID(int=1)
    trace.actor_id = UUID(int=2)
    token = current_trace.set(trace)
    with bound_contextvars(task="t1"):
        log.warning("mail_failed", attempt=2)
    current_trace.reset(token)
    [line] = lines(stream)
    assert list(line)[:7] == ["time", "level", "event", "request_id", "operation", "organization_id", "actor_id"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{1,6}Z", line["time"])
    assert (line["level"], line["event"], line["request_id"], line["operation"]) == (
        "warning",
        "mail_failed",
        "req-1",
        "get_job",
    )
    assert (line["organization_id"], line["task"], line["attempt"]) == (str(UUID(int=1)), "t1", 2)


def test_the_level_can_change_for_loggers_already_in_use(stream: io.BytesIO) -> None:
    log.debug("hidden")
    logs.configure("debug", stream=stream)
    log.debug("shown")
    logs.configure("error", stream=stream)
    log.warning("hidden")
    logging.getLogger("some.library").warning("hidden")
    assert [line["event"] for line in lines(stream)] == ["shown"]


@pytest.mark.promise("J2")
@given(text=st.text(), key=st.text(min_size=1, max_size=20))
def test_no_text_breaks_out_of_its_line(text: str, key: str) -> None:
    stream = io.BytesIO()
    logs._sink.stream = stream
    try:
        log.info(text, value=text, **{"x" + key: text}, nested={"list": [text]})
    finally:
        logs._sink.stream = None
    raw = stream.getvalue()
    assert raw.count(b"\n") == 1
    decoded = raw.decode()
    assert json.loads(decoded)["level"] == "info"
    dangerous = [c for c in decoded[:-1] if unicodedata.category(c) in {"Cc", "Zl", "Zp"} or c in "\u202e\u2066\u200f"]
    assert dangerous == []


@pytest.mark.promise("J2")
def test_terminal_output_has_no_control_characters_of_values(stream: io.BytesIO) -> None:
    logs.configure("info", pretty=True, stream=stream)
    try:
        raise ValueError("bad\x1b[2J\r\nforged")
    except ValueError:
        log.exception("x\x1b]0;title\x07", value="a\x1b[31m\nb\x9b1m", token="t")
    text = stream.getvalue().decode()
    without_colours = re.sub(r"\x1b\[[0-9;]*m", "", text)
    assert "\x1b" not in without_colours
    assert "\x9b" not in without_colours
    assert "\nforged" not in text
    assert "\\u001b[31m\\u000ab" in without_colours


@pytest.mark.parametrize(
    "value", [1 << 80, "\ud800", {"a": {1, 2}}, b"bytes", object(), float("nan"), ValueError("x"), {1: "\udfff"}]
)
def test_any_value_can_be_logged(stream: io.BytesIO, value: Any) -> None:
    log.info("odd", thing=value)
    [line] = lines(stream)
    assert line["event"] == "odd"
    assert "object at 0x" not in json.dumps(line)


@pytest.mark.promise("J1")
def test_secrets_and_personal_data_are_left_out(stream: io.BytesIO) -> None:
    log.info(
        f"signed in with {TOKEN}",
        email="ada@example.com",
        phones=["+49 170 0000000"],
        headers={"authorization": f"Bearer {TOKEN}"},
        nested={"deep": {"password": "Canary-1", "note": "Canary-2"}, "token_count": 12},
        text="mail ada@example.com, dsn postgresql://u:Canary-3@db/x, own kR7w-own-secret, ?signature=Canary-4&a=1",
    )
    raw = stream.getvalue().decode()
    [line] = lines(stream)
    assert line["nested"]["token_count"] == 12
    for canary in (TOKEN, "ada@", "170", "Canary", "kR7w"):
        assert canary not in raw


@pytest.mark.promise("J1")
def test_exceptions_show_types_and_places_but_no_locals(stream: io.BytesIO) -> None:
    def inner() -> None:
        secret_local = "Canary-local"
        raise KeyError(f"{len(secret_local)} for bob@example.com")

    try:
        try:
            inner()
        except KeyError as cause:
            raise RuntimeError("outer") from cause
    except RuntimeError:
        log.exception("failed")
    raw = stream.getvalue().decode()
    [line] = lines(stream)
    assert [part["type"] for part in line["exception"]] == ["RuntimeError", "KeyError"]
    assert line["exception"][1]["stack"][-1].endswith(" inner")
    assert "Canary" not in raw
    assert "bob@" not in raw


def test_the_standard_library_writes_the_same_lines(stream: io.BytesIO) -> None:
    logging.getLogger("uvicorn.error").info("Started server process [%d]", 7, extra={"color_message": "\x1b[36m"})
    logging.getLogger("uvicorn.access").info("GET /?token=x")
    logging.getLogger("sqlalchemy.engine.Engine").info("SELECT secret")
    logging.getLogger("alembic.runtime.migration").info("Running upgrade")
    logging.getLogger("library").log(25, "between levels")
    wrong = logging.LogRecord("library", logging.ERROR, __file__, 1, "wrong %d", ("arguments",), None)
    [bridge] = [handler for handler in logging.getLogger().handlers if type(handler).__module__ == logs.__name__]
    bridge.handle(wrong)
    logging.getLogger("library").error("line\r\nforged %s", TOKEN)
    found = lines(stream)
    assert [(line["logger"], line["level"]) for line in found] == [
        ("uvicorn.error", "info"),
        ("alembic.runtime.migration", "info"),
        ("library", "info"),
        ("library", "error"),
        ("library", "error"),
    ]
    assert found[0]["event"] == "Started server process [7]"
    assert TOKEN not in found[-1]["event"]


def test_a_closed_stream_does_not_fail_the_caller(stream: io.BytesIO) -> None:
    stream.close()
    log.info("nobody reads this")
    logs.configure("info")


def test_structlog_itself_is_configured_the_same(stream: io.BytesIO) -> None:
    structlog.get_logger().info("x", password="Canary")
    assert lines(stream)[0]["password"] == "***"
