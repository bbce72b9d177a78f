"""The words that the policy and the protocol share."""

from dataclasses import dataclass, field
from typing import Any, Final, Generic, Literal, TypeVar

from pydantic import BaseModel

Flavour = Literal["responses", "chat"]
Reason = Literal[
    "rate_limited",
    "quota_exhausted",
    "unavailable",
    "unreachable",
    "timed_out",
    "rejected",
    "refused",
    "answer_invalid",
    "answer_incomplete",
    "answer_too_long",
    "circuit_open",
]
Shape = TypeVar("Shape", bound=BaseModel)

OPENAI_URL: Final = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server that speaks the protocol, and how much of it is waited for."""

    api_key: str = field(repr=False)
    model: str
    base_url: str = OPENAI_URL
    flavour: Flavour = "responses"
    connect_seconds: float = 5.0
    # Of one try, from the first byte out to the last one in: a server that drips does not stretch it.
    timeout_seconds: float = 60.0
    output_tokens_max: int = 4096
    answer_bytes_max: int = 1_048_576


@dataclass(frozen=True, slots=True, repr=False)
class Question:
    """What is asked: the instructions of ours, the data that they are about, and the form to fill in."""

    instructions: str
    data: str
    form: str
    schema: dict[str, Any]


@dataclass(slots=True)
class Spent:
    """What the tries have cost. Tokens are those that the server has named; of a try that was broken off nobody knows."""

    tries: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    unknown_tries: int = 0


@dataclass(frozen=True, slots=True, repr=False)
class Answer(Generic[Shape]):
    """A filled form."""

    value: Shape
    spent: Spent


class Failed(Exception):
    """There is no answer; `reason` says why."""

    def __init__(self, reason: Reason, spent: Spent) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        self.spent = spent


class TryFailed(Exception):
    """One try gave nothing."""

    def __init__(
        self, reason: Reason, *, is_passing: bool = False, is_outage: bool = False, retry_after: float | None = None
    ) -> None:
        super().__init__(reason)
        self.reason: Reason = reason
        # Whether the same try may work a little later.
        self.is_passing = is_passing
        # Whether it says something of the server rather than of this question.
        self.is_outage = is_outage
        # Seconds that the server asks to be left alone.
        self.retry_after = retry_after


@dataclass(frozen=True, slots=True, repr=False)
class Said:
    """What the server sent back as the model's words, and the tokens that it counted, if it did."""

    text: str
    tokens: tuple[int, int] | None
