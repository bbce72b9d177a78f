"""The policy around a model: how often it is asked, how long it is waited for, and when it is left alone."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Final, Protocol

from pydantic import ValidationError
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception, stop_after_attempt

from impl.lib.breaker import Breaker, CircuitOpen, State
from impl.lib.language_model.terms import Answer, Failed, Question, Said, Shape, Spent, TryFailed

RETRY_AFTER_SECONDS_MAX: Final = 20.0
WAIT_FIRST_SECONDS: Final = 0.5
WAIT_SECONDS_MAX: Final = 8.0
REPAIR: Final = (
    "\nThe answer before did not fit the form. Answer with one JSON object that fits it, and with nothing else."
)

#: What the server may have worked for; a try that it turned away costs nothing.
COSTLY: Final = frozenset({"timed_out", "refused", "answer_invalid", "answer_incomplete", "answer_too_long"})

Send = Callable[[Question], Awaitable[Said]]


class Wire(Protocol):
    """Whatever carries one question to a model."""

    def connected(self) -> AbstractAsyncContextManager[Send]:
        """What sends one question; it raises TryFailed."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How often, how long, and how many at once."""

    tries_max: int = 3
    deadline_seconds: float = 120.0
    concurrency: int = 4


class LanguageModel:
    """One per process: its breaker and its places are shared by all who ask."""

    def __init__(
        self,
        wire: Wire,
        policy: Policy,
        breaker: Breaker,
        *,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._wire = wire
        self._policy = policy
        self._breaker = breaker
        self._sleep = sleep
        self._now = now
        self._places = asyncio.Semaphore(policy.concurrency)

    @property
    def circuit(self) -> State:
        """The breaker's state."""
        return self._breaker.state

    async def ask(self, question: Question, shape: type[Shape]) -> Answer[Shape]:
        """The checked answer, before the deadline; raises Failed."""
        spent = Spent()
        try:
            async with asyncio.timeout(self._policy.deadline_seconds), self._places, self._wire.connected() as send:
                asking = _Asking(send, self._breaker, question, spent)
                return Answer(await self._tried(asking, shape), spent)
        except TryFailed as failed:
            raise Failed(failed.reason, spent) from None
        except CircuitOpen:
            raise Failed("circuit_open", spent) from None
        except TimeoutError:
            raise Failed("timed_out", spent) from None

    async def _tried(self, asking: "_Asking", shape: type[Shape]) -> Shape:
        ends_at = self._now() + self._policy.deadline_seconds

        def is_too_late(state: RetryCallState) -> bool:
            return self._now() + state.upcoming_sleep >= ends_at

        tries = AsyncRetrying(
            sleep=self._sleep,
            stop=lambda state: stop_after_attempt(self._policy.tries_max)(state) or is_too_late(state),
            wait=_wait,
            retry=retry_if_exception(asking.is_worth_another_try),
            reraise=True,
        )
        return await tries(asking.once, shape)


class _Asking:
    """The tries of one question. An answer that does not fit is asked for once more, with a word about it."""

    def __init__(self, send: Send, breaker: Breaker, question: Question, spent: Spent) -> None:
        self._send = send
        self._breaker = breaker
        self._question = question
        self._spent = spent
        self._is_repair = False

    async def once(self, shape: type[Shape]) -> Shape:
        """One try; raises TryFailed or CircuitOpen."""
        with self._breaker.attempt(_is_outage):
            said = await self._sent()
        try:
            return shape.model_validate_json(said.text)
        except ValidationError:
            # Its text would quote the answer.
            raise TryFailed("answer_invalid") from None

    def is_worth_another_try(self, error: BaseException) -> bool:
        """Whether to ask again after this."""
        if not isinstance(error, TryFailed):
            return False
        if error.reason == "answer_invalid" and not self._is_repair:
            question = self._question
            self._question = Question(question.instructions + REPAIR, question.data, question.form, question.schema)
            self._is_repair = True
            return True
        return error.is_passing

    async def _sent(self) -> Said:
        self._spent.tries += 1
        self._spent.unknown_tries += 1
        try:
            said = await self._send(self._question)
        except TryFailed as failed:
            self._spent.unknown_tries -= failed.reason not in COSTLY
            raise
        if said.tokens is not None:
            self._spent.unknown_tries -= 1
            self._spent.input_tokens += said.tokens[0]
            self._spent.output_tokens += said.tokens[1]
        return said


def _is_outage(error: Exception) -> bool:
    return not isinstance(error, TryFailed) or error.is_outage


def _wait(state: RetryCallState) -> float:
    """What the server asks for, up to a bound; else up to twice as long each time, with full jitter; nothing before a repair."""
    error = state.outcome.exception() if state.outcome else None
    if isinstance(error, TryFailed) and not error.is_passing:
        return 0.0
    if isinstance(error, TryFailed) and error.retry_after is not None:
        return min(max(error.retry_after, 0.0), RETRY_AFTER_SECONDS_MAX)
    longest = min(WAIT_FIRST_SECONDS * 2.0 ** (state.attempt_number - 1), WAIT_SECONDS_MAX)
    return random.uniform(0.0, longest)  # noqa: S311  # jitter, not a secret
