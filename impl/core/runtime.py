"""The adapters that the seam works with, made once per process by the composition root."""

from dataclasses import dataclass, field

from impl.core.authentication import Authenticator
from impl.core.keys import KeyRegistry
from impl.core.limits import RateLimits
from impl.db.engine import Database
from impl.lib.metrics import Metrics
from impl.lib.storage import Storage
from impl.lib.work_metrics import WorkMetrics
from impl.settings import Settings


@dataclass(frozen=True, slots=True)
class Runtime:
    """Everything a call needs that outlives it."""

    settings: Settings
    database: Database
    keys: KeyRegistry
    authenticator: Authenticator
    limits: RateLimits
    metrics: Metrics
    storage: Storage
    work: WorkMetrics = field(default_factory=WorkMetrics)
