"""Who and what the running request or task is: a few slots that logs, metrics and error reports read.

The edge creates one `Trace` per request and puts it into `scope["ats.trace"]`; the call seam fills in the rest as it learns it.
"""

import time
from contextvars import ContextVar
from uuid import UUID

UNMATCHED = "unmatched"


class Trace:
    """Mutable on purpose: the seam fills `operation`, `organization_id` and `actor_id` after the request has started."""

    __slots__ = ("actor_id", "client_ip", "operation", "organization_id", "request_id", "started_ns")

    def __init__(self, request_id: str, *, operation: str = UNMATCHED, client_ip: str = "") -> None:
        self.request_id = request_id
        self.operation = operation
        self.organization_id: UUID | None = None
        self.actor_id: UUID | None = None
        self.client_ip = client_ip
        self.started_ns = time.perf_counter_ns()

    def elapsed_seconds(self) -> float:
        """Wall-clock seconds since the trace began, from a monotonic clock."""
        return (time.perf_counter_ns() - self.started_ns) / 1e9


current_trace: ContextVar[Trace | None] = ContextVar("ats_trace", default=None)
