"""The encoder that the settings choose, and what its vectors are known by."""

import hashlib
from functools import cache
from importlib.metadata import version
from typing import Final

from impl.lib.embeddings import Encoder
from impl.lib.embeddings.local import PACKAGE, LocalEncoder
from impl.lib.language_model import Endpoint
from impl.screening.wording import WORDING_VERSION
from impl.settings import Settings
from impl.settings_sections import OpenAISettings

_PERCENT_MIN: Final = {"local": 28, "openai": 45}


def model_of(settings: Settings) -> str | None:
    """What tells vectors that may be compared from all others; None while it is switched off. No secret, and no address."""
    chosen = settings.matching
    if chosen.embeddings == "off":
        return None
    if chosen.embeddings == "local":
        return _local_model()
    server = hashlib.sha256(settings.openai.base_url.rstrip("/").encode()).hexdigest()[:8]
    return f"{WORDING_VERSION} openai {server} {chosen.embedding_model}"


def percent_min(settings: Settings) -> int:
    """How near two texts must be to be shown beside each other."""
    chosen = settings.matching
    return chosen.similarity_percent_min or _PERCENT_MIN[chosen.embeddings]


def encoder_of(settings: Settings) -> Encoder:
    """The one of this process, with its model or its breaker. It is switched on."""
    if settings.matching.embeddings == "local":
        return _local()
    return _remote(settings.openai, settings.matching.embedding_model)


@cache
def _local_model() -> str:
    return f"{WORDING_VERSION} {PACKAGE} {version(PACKAGE)}"


@cache
def _local() -> Encoder:
    return LocalEncoder()


@cache
def _remote(settings: OpenAISettings, model: str) -> Encoder:
    # It imports the SDK, which takes a third of a second: only a worker that asks a server needs it.
    from impl.lib.breaker import Breaker  # noqa: PLC0415
    from impl.lib.embeddings.remote import RemoteEncoder  # noqa: PLC0415
    from impl.lib.language_model.asking import Policy  # noqa: PLC0415

    assert settings.api_key is not None  # noqa: S101 - the start is refused without one  # nosec B101
    endpoint = Endpoint(
        api_key=settings.api_key.get_secret_value(),
        model=model,
        base_url=settings.base_url.rstrip("/"),
        connect_seconds=settings.connect_timeout_seconds,
        timeout_seconds=settings.timeout_seconds,
        # A hundred vectors of three thousand numbers are ten times a filled form.
        answer_bytes_max=16 * settings.answer_bytes_max,
    )
    policy = Policy(settings.tries_max, settings.deadline_seconds, settings.concurrency)
    breaker = Breaker(failures_max=settings.circuit_failures_max, open_seconds=settings.circuit_open_seconds)
    return RemoteEncoder(endpoint, policy, breaker)
