"""A server that speaks OpenAI's protocol: one question for many texts, under the same policy as any question to a language model."""

import json
from collections.abc import Sequence
from typing import Annotated, Final

from openai import AsyncOpenAI
from pydantic import BaseModel, Field, FiniteFloat, model_validator

from impl.lib.breaker import Breaker
from impl.lib.embeddings.terms import Encoded
from impl.lib.language_model import Endpoint, Failed, Question
from impl.lib.language_model.asking import LanguageModel, Policy
from impl.lib.language_model.terms import Said
from impl.lib.language_model.wire import TOKENS_MAX, OpenAIWire

DIMENSION_MAX: Final = 4096


class _Vector(BaseModel):
    index: int = Field(ge=0)
    embedding: list[FiniteFloat] = Field(min_length=8, max_length=DIMENSION_MAX)


class _Usage(BaseModel):
    prompt_tokens: Annotated[int, Field(strict=True, gt=0, le=TOKENS_MAX)]


class _Counted(BaseModel):
    usage: _Usage


class _Vectors(BaseModel):
    """An answer: each text's vector once, all of one length."""

    data: list[_Vector] = Field(min_length=1)

    @model_validator(mode="after")
    def _is_whole(self) -> "_Vectors":
        if {each.index for each in self.data} != set(range(len(self.data))):
            raise ValueError("not each text once")
        if len({len(each.embedding) for each in self.data}) != 1 or not all(any(each.embedding) for each in self.data):
            raise ValueError("not vectors of one length")
        return self


class EmbeddingWire(OpenAIWire):
    """`/embeddings`, as the other wire speaks `/responses` and `/chat/completions`: the same bounds, the same errors."""

    async def _answer(self, client: AsyncOpenAI, question: Question) -> bytes:
        answered = await client.embeddings.with_raw_response.create(
            model=self._endpoint.model, input=json.loads(question.data), encoding_format="float"
        )
        return answered.content

    def _said(self, content: bytes) -> Said:
        return Said(content.decode("utf-8", "replace"), _tokens(content))


class RemoteEncoder:
    """One per process: its breaker and its places are shared by all who ask."""

    is_remote = True

    def __init__(self, endpoint: Endpoint, policy: Policy, breaker: Breaker) -> None:
        self._model = LanguageModel(EmbeddingWire(endpoint), policy, breaker)

    async def encode(self, texts: Sequence[str]) -> Encoded:
        """The vectors that the server gives; raises Failed, also when they are not one for each text."""
        question = Question("", json.dumps(list(texts)), "", {})
        answered = await self._model.ask(question, _Vectors)
        found = sorted(answered.value.data, key=lambda each: each.index)
        if len(found) != len(texts):
            raise Failed("answer_invalid", answered.spent)
        return Encoded([each.embedding for each in found], answered.spent)


def _tokens(content: bytes) -> tuple[int, int] | None:
    """The tokens that the server has counted; None where it does not say, or says what cannot be."""
    try:
        return _Counted.model_validate_json(content).usage.prompt_tokens, 0
    except ValueError:
        return None
