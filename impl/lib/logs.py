"""Structured logs: one JSON object per line on stderr, cheap enough for a line per request.

`configure` once per process; then `log = logs.get_logger(); log.info("mail_sent", attempt=2)`. Every line carries time (UTC),
level, event and, inside a request or task, its request id, operation, organization and actor; `structlog.contextvars` adds
more. Whatever is logged goes through `impl.lib.masking`, and no value can start a new line or move a terminal's cursor.
"""

import logging
import re
import sys
import time
from collections.abc import Iterable, Mapping, MutableMapping
from datetime import UTC, datetime
from types import TracebackType
from typing import Any, BinaryIO, Final, Literal, cast
from uuid import UUID

import orjson
import structlog
from structlog.contextvars import merge_contextvars
from structlog.dev import ConsoleRenderer
from structlog.processors import NAME_TO_LEVEL
from structlog.tracebacks import extract
from structlog.typing import FilteringBoundLogger

from impl.lib.masking import mask_text, redact, redact_item, register_secrets
from impl.lib.trace import current_trace

Level = Literal["debug", "info", "warning", "error", "critical"]
EventDict = MutableMapping[str, Any]
ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None]

_FRAMES_MAX: Final = 40
_OPTIONS: Final = orjson.OPT_NON_STR_KEYS | orjson.OPT_UTC_Z
# JSON leaves these unescaped: DEL and C1 (an 8-bit escape sequence starts with U+009B), line separators, bidi overrides.
_UNSAFE: Final = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")

#: Libraries that say too much, or say it with arguments: what of theirs is kept starts at this level.
_QUIET: Final[Mapping[str, int]] = {
    "uvicorn.access": logging.CRITICAL + 1,
    "sqlalchemy": logging.WARNING,
    "asyncio": logging.WARNING,
    "httpx": logging.WARNING,
    "httpx2": logging.WARNING,
    "httpcore": logging.WARNING,
    "httpcore2": logging.WARNING,
    "openai": logging.WARNING,
    "procrastinate": logging.WARNING,
    "faker": logging.WARNING,
    "sentry_sdk": logging.WARNING,
    "urllib3": logging.WARNING,
}


class _Sink:
    """Where lines go. One object for the life of the process, so that cached loggers follow a new configuration."""

    def __init__(self) -> None:
        self.stream: BinaryIO | None = None

    def msg(self, line: bytes) -> None:
        """Write one line in one call; a full disk or a closed pipe never fails the request that wanted to log."""
        stream = self.stream if self.stream is not None else sys.stderr.buffer
        try:
            stream.write(line + b"\n")
            stream.flush()
        except (OSError, ValueError):
            return

    log = debug = info = warning = warn = error = critical = fatal = failure = err = exception = msg


class _Bridge(logging.Handler):
    """Sends the records of the standard library's logging (uvicorn, SQLAlchemy, Alembic) through the same processors."""

    def __init__(self) -> None:
        super().__init__()
        self.logger = get_logger()

    def emit(self, record: logging.LogRecord) -> None:
        """Log one record; its message is formatted here, its unknown attributes are left out."""
        try:
            message = record.getMessage()
        except Exception:
            message = str(record.msg)
        level = min(max(record.levelno // 10 * 10, logging.DEBUG), logging.CRITICAL)  # libraries invent levels
        # uvicorn repeats its message with colours in an extra attribute: only the plain one is taken.
        self.logger.log(level, message, logger=record.name, exc_info=record.exc_info)


class _Threshold:
    """Drops what is below the configured level; looked up per line, because structlog's own filter is fixed once used."""

    def __init__(self) -> None:
        self.number = logging.INFO

    def __call__(self, _logger: Any, method: str, event: EventDict) -> EventDict:
        if NAME_TO_LEVEL.get(method, logging.CRITICAL) < self.number:
            raise structlog.DropEvent
        return event


_sink = _Sink()
_threshold = _Threshold()
_processors: list[Any] = []


def configure(
    level: Level = "info", *, pretty: bool = False, secrets: Iterable[str] = (), stream: BinaryIO | None = None
) -> None:
    """Set up logging for this process; calling it again replaces the configuration.

    `pretty` writes coloured text for a developer's terminal instead of JSON. `secrets` are this process's own credentials,
    masked wherever they turn up. `stream` takes bytes (default: stderr, so that commands keep stdout for their results).
    """
    register_secrets(secrets)
    _sink.stream = stream
    _threshold.number = logging.getLevelNamesMapping()[level.upper()]
    _set_up(pretty)
    _bridge_standard_library(_threshold.number)


def _set_up(pretty: bool) -> None:
    _processors[:] = [_threshold, merge_contextvars, _head, _describe_exception, _redact, *_renderers(pretty)]
    structlog.configure(
        processors=_processors,
        wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG),
        logger_factory=lambda *_: _sink,
        cache_logger_on_first_use=True,
    )


def get_logger() -> FilteringBoundLogger:
    """A logger that follows `configure`, also when it was made at import time, before it."""
    return cast(FilteringBoundLogger, structlog.get_logger())


def access(level: str, **fields: Any) -> None:
    """The one line of each request. Its fields are the edge's own and hold nothing to mask, so that JSON takes the short way."""
    if _processors[-1] is not _to_json or _threshold.number > NAME_TO_LEVEL[level]:
        getattr(get_logger(), level)("request", **fields)
        return
    _sink.msg(_to_json(None, level, _head(None, level, {"event": "request", **fields})))


def _bridge_standard_library(number: int) -> None:
    root = logging.getLogger()
    for handler in [handler for handler in root.handlers if isinstance(handler, _Bridge)]:
        root.removeHandler(handler)
    root.addHandler(_Bridge())
    root.setLevel(number)
    for name, floor in _QUIET.items():
        logging.getLogger(name).setLevel(max(floor, number))
    for name in ("uvicorn", "uvicorn.error"):
        library = logging.getLogger(name)
        library.handlers.clear()
        library.propagate = True
    logging.captureWarnings(True)


def _head(_logger: Any, method: str, event: EventDict) -> EventDict:
    # The clock port may stand still or jump in a test; a log tells when something really happened.
    line: dict[str, Any] = {
        "time": datetime.fromtimestamp(time.time(), UTC),
        "level": method,
        "event": event.pop("event", ""),
    }
    trace = current_trace.get()
    if trace is not None:
        line["request_id"] = trace.request_id
        line["operation"] = trace.operation
        if trace.organization_id is not None:
            line["organization_id"] = trace.organization_id
        if trace.actor_id is not None:
            line["actor_id"] = trace.actor_id
    for key, value in event.items():
        line.setdefault(key, value)
    return line


def _describe_exception(_logger: Any, _method: str, event: EventDict) -> EventDict:
    found = event.pop("exc_info", None)
    if not found:
        return event
    if isinstance(found, BaseException):
        found = (type(found), found, found.__traceback__)
    elif found is True:
        found = sys.exc_info()
    if isinstance(found, tuple) and found[0] is not None:
        event["exception"] = describe_exception(cast(ExcInfo, found))
    return event


def describe_exception(exc_info: ExcInfo) -> list[dict[str, Any]]:
    """An exception and its causes, the raised one first: `type`, masked `message`, `stack` as "file:line function".

    No local variables and no source lines: both hold values.
    """
    return [
        {
            "type": stack.exc_type,
            "message": mask_text(stack.exc_value),
            "stack": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in stack.frames[-_FRAMES_MAX:]],
        }
        for stack in extract(*exc_info, show_locals=False).stacks
    ]


_PLAIN: Final = frozenset({"time", "level", "request_id", "operation", "organization_id", "actor_id", "exception"})


def _redact(_logger: Any, _method: str, event: EventDict) -> EventDict:
    for key, value in event.items():
        if key not in _PLAIN and value is not None:
            event[key] = mask_text(value) if key == "event" and isinstance(value, str) else redact_item(key, value)
    return event


def _renderers(pretty: bool) -> list[Any]:
    if not pretty:
        return [_to_json]
    console = ConsoleRenderer(colors=True, timestamp_key="time", exception_formatter=lambda *_: None)

    def to_console(logger: Any, method: str, event: EventDict) -> bytes:
        exception = event.pop("exception", ())
        event["time"] = f"{event['time']:%H:%M:%S.%f}"[:-3]
        line = str(console(logger, method, {key: _harmless(value) for key, value in event.items()}))
        for part in exception:
            stack = "".join(f"\n    {_harmless(frame)}" for frame in part["stack"])
            line += f"\n  {_harmless(part['type'])}: {_harmless(part['message'])}{stack}"
        return line.encode("utf-8", "backslashreplace")

    return [to_console]


def _harmless(value: Any) -> Any:
    if isinstance(value, UUID):
        return str(value)
    return _CONTROL.sub(_escape, value) if isinstance(value, str) else value


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _to_json(_logger: Any, _method: str, event: EventDict) -> bytes:
    try:
        line = orjson.dumps(event, default=_fallback, option=_OPTIONS)
    except TypeError:
        # Lone surrogates, integers beyond 64 bits, cycles: rare enough to pay for a second walk.
        line = orjson.dumps(_plain(event), default=_fallback, option=_OPTIONS)
    if line.isascii() and b"\x7f" not in line:
        return line
    return _UNSAFE.sub(_escape, line.decode()).encode()


def _plain(value: Any) -> Any:
    value = redact(value)
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode()
    if isinstance(value, dict):
        return {key.encode("utf-8", "backslashreplace").decode(): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, float | bool | datetime | UUID | None):
        return value
    return str(value) if isinstance(value, int) else _fallback(value)


def _fallback(value: Any) -> str:
    # An object's repr may hold anything, so only its kind is told.
    if isinstance(value, BaseException):
        return mask_text(f"{type(value).__name__}: {value}")
    if isinstance(value, UUID):
        return str(value)  # the database driver's own kind of UUID
    return f"<{type(value).__name__}>"


# A line that is written before `configure` (an import that fails, a test) already has the right form and is masked.
_set_up(pretty=False)
