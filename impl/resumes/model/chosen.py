"""The model that the settings choose."""

from functools import cache

from impl.lib.breaker import Breaker
from impl.lib.language_model import Endpoint
from impl.lib.language_model.asking import LanguageModel, Policy
from impl.lib.language_model.terms import OPENAI_URL
from impl.lib.language_model.wire import OpenAIWire
from impl.settings_sections import OpenAISettings


@cache
def model_of(settings: OpenAISettings) -> LanguageModel | None:
    """The one of this process, with its breaker; None without a key."""
    if settings.api_key is None:
        return None
    endpoint = Endpoint(
        api_key=settings.api_key.get_secret_value(),
        model=settings.model,
        base_url=settings.base_url.rstrip("/"),
        flavour=settings.flavour or ("responses" if settings.base_url.rstrip("/") == OPENAI_URL else "chat"),
        connect_seconds=settings.connect_timeout_seconds,
        timeout_seconds=settings.timeout_seconds,
        output_tokens_max=settings.output_tokens_max,
        answer_bytes_max=settings.answer_bytes_max,
    )
    policy = Policy(settings.tries_max, settings.deadline_seconds, settings.concurrency)
    breaker = Breaker(failures_max=settings.circuit_failures_max, open_seconds=settings.circuit_open_seconds)
    return LanguageModel(OpenAIWire(endpoint), policy, breaker)
