"""Unexpected exceptions to Sentry: only with a DSN, only what a developer needs, nothing of the people in the data.

No integration of the SDK is switched on, because each of them collects by itself (headers, query strings, log records, local
variables). What is sent: the exceptions' types and stacks, the release, the environment, and as tags the request id, operation,
organization and actor. An exception's text can quote a row or a body, so it stays in our own log, under the same request id.
"""

import sys
from typing import TYPE_CHECKING, Any, Final, cast

from impl.lib.masking import redact
from impl.lib.trace import current_trace

if TYPE_CHECKING:
    from types import ModuleType

    from sentry_sdk._types import DataCollectionUserOptions
    from sentry_sdk.types import Event, Hint

#: The only parts of an event that are kept; whatever a later version of the SDK adds is left out until somebody looks at it.
_KEPT: Final = frozenset(
    {
        "contexts",
        "environment",
        "event_id",
        "exception",
        "level",
        "logger",
        "message",
        "modules",
        "platform",
        "release",
        "sdk",
        "spans",
        "start_timestamp",
        "tags",
        "timestamp",
        "transaction",
        "transaction_info",
        "type",
    }
)
_TAGS: Final = frozenset({"request_id", "operation", "organization_id", "actor_id"})
_CONTEXTS: Final = frozenset({"runtime", "os"})
_TRACE: Final = frozenset({"trace_id", "span_id", "parent_span_id", "op", "status"})
_OURS: Final = frozenset({"contexts", "sdk", "modules"})  # made by the SDK and this module, hold no values of a request
# The successor of `send_default_pii=False`, which is deprecated; every kind is named, because what is left out defaults to yes.
_NOTHING: Final["DataCollectionUserOptions"] = {
    "user_info": False,
    "cookies": {"mode": "off"},
    "http_headers": {"request": {"mode": "off"}},
    "http_bodies": [],
    "url_query_params": {"mode": "off"},
    "graphql": {"document": False, "variables": False},
    "gen_ai": {"inputs": False, "outputs": False},
    "database_query_data": False,
    "queues": False,
    "stack_frame_variables": False,
    "frame_context_lines": 0,
}
_TEXT_WITHHELD: Final = "(the text is in the service's log, under the request id)"


def configure(dsn: str | None, *, environment: str, release: str) -> bool:
    """Start reporting when there is a DSN; returns whether it did. Call once per process."""
    if not dsn:
        return False
    # The SDK and what it needs cost every start 50 ms and 3 MB; without a DSN nothing of it is wanted.
    import sentry_sdk  # noqa: PLC0415
    from sentry_sdk.integrations.dedupe import DedupeIntegration  # noqa: PLC0415

    sentry_sdk.init(
        dsn=dsn,
        environment=environment,
        release=release,
        server_name="ats",
        default_integrations=False,
        auto_enabling_integrations=False,
        integrations=[DedupeIntegration()],
        data_collection=_NOTHING,
        include_local_variables=False,
        include_source_context=False,
        max_request_body_size="never",
        max_breadcrumbs=0,
        auto_session_tracking=False,
        send_client_reports=False,
        propagate_traces=False,
        enable_logs=False,
        enable_metrics=False,
        before_send=scrub,
        before_send_transaction=scrub,
    )
    return True


def capture(error: BaseException) -> None:
    """Report one exception with the tags of the running request or task; does nothing without a DSN."""
    sdk = _running()
    if sdk is None:
        return
    with sdk.new_scope() as scope:
        trace = current_trace.get()
        if trace is not None:
            scope.set_tag("request_id", trace.request_id)
            scope.set_tag("operation", trace.operation)
            scope.set_transaction_name(trace.operation)
            for key, value in (("organization_id", trace.organization_id), ("actor_id", trace.actor_id)):
                if value is not None:
                    scope.set_tag(key, str(value))
        scope.capture_exception(error)


def flush(seconds: float = 2.0) -> None:
    """Wait until what was captured is sent, at most `seconds`; for the end of a process."""
    sdk = _running()
    if sdk is not None:
        sdk.flush(timeout=seconds)


def _running() -> "ModuleType | None":
    """The SDK, once it was started."""
    sdk = sys.modules.get("sentry_sdk")
    return sdk if sdk is not None and sdk.is_initialized() else None


def scrub(event: "Event", hint: "Hint") -> "Event | None":
    """Reduce an event or a transaction to what `_KEPT` allows and mask what is left. An error in here drops the event."""
    hint["attachments"] = []
    kept: dict[str, Any] = {key: value for key, value in event.items() if key in _KEPT}
    kept["tags"] = {key: value for key, value in kept.get("tags", {}).items() if key in _TAGS}
    contexts = kept.get("contexts", {})
    kept["contexts"] = {key: value for key, value in contexts.items() if key in _CONTEXTS}
    if "trace" in contexts:
        kept["contexts"]["trace"] = {key: value for key, value in contexts["trace"].items() if key in _TRACE}
    for error in kept.get("exception", {}).get("values", ()):
        error["value"] = _TEXT_WITHHELD
        error.pop("mechanism", None)
        for frame in error.get("stacktrace", {}).get("frames", ()):
            for key in ("vars", "pre_context", "context_line", "post_context"):
                frame.pop(key, None)
    for span in kept.get("spans", ()):
        span.pop("data", None)
        span.pop("description", None)
    return cast("Event", {key: value if key in _OURS else redact(value) for key, value in kept.items()})
