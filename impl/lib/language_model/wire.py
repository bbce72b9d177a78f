"""The protocol: one question over the SDK, its own retries off, and what can go wrong with it in our terms.

The answer is read as bytes and taken apart here, because the SDK builds its objects without looking at what is in them.
"""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from email.utils import parsedate_to_datetime
from functools import cache
from typing import Any, Final

import httpx2
import openai
from openai import AsyncOpenAI
from pydantic import BaseModel, ValidationError

from impl.lib import clock
from impl.lib.language_model.asking import Send
from impl.lib.language_model.terms import OPENAI_URL, Endpoint, Question, Said, TryFailed

#: More than any model takes or gives at once.
TOKENS_MAX: Final = 10_000_000


class OpenAIWire:
    """A server of OpenAI, or any other that speaks the same protocol."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint

    @asynccontextmanager
    async def connected(self) -> AsyncIterator[Send]:
        """As `Wire.connected`."""
        endpoint = self._endpoint
        timeout = httpx2.Timeout(endpoint.timeout_seconds, connect=endpoint.connect_seconds)
        # A redirect would carry the text to wherever the answer says.
        web = httpx2.AsyncClient(
            verify=_trusted(), timeout=timeout, follow_redirects=False, event_hooks={"response": [self._bounded]}
        )
        async with AsyncOpenAI(
            api_key=endpoint.api_key,
            base_url=endpoint.base_url,
            max_retries=0,
            timeout=timeout,
            http_client=web,
            default_headers={"Accept-Encoding": "identity"},
        ) as client:

            async def send(question: Question) -> Said:
                return await self._once(client, question)

            yield send

    async def _once(self, client: AsyncOpenAI, question: Question) -> Said:
        try:
            async with asyncio.timeout(self._endpoint.timeout_seconds):
                content = await self._answer(client, question)
        except TimeoutError:
            raise TryFailed("timed_out", is_passing=True, is_outage=True) from None
        except openai.APIStatusError as refused:
            raise _refusal(refused) from None
        except openai.APITimeoutError:
            raise TryFailed("timed_out", is_passing=True, is_outage=True) from None
        except openai.APIConnectionError:
            raise TryFailed("unreachable", is_passing=True, is_outage=True) from None
        except (openai.OpenAIError, httpx2.HTTPError):
            raise TryFailed("answer_invalid") from None
        try:
            return self._said(content)
        except ValidationError:
            raise TryFailed("answer_invalid") from None

    async def _answer(self, client: AsyncOpenAI, question: Question) -> bytes:
        """The body of the server's answer."""
        ask = self._respond if self._endpoint.flavour == "responses" else self._chat
        return await ask(client, question)

    def _said(self, content: bytes) -> Said:
        """What the body says; raises TryFailed or ValidationError."""
        return (_responded if self._endpoint.flavour == "responses" else _chatted)(content)

    async def _respond(self, client: AsyncOpenAI, question: Question) -> bytes:
        form: Any = {"type": "json_schema", "name": question.form, "schema": question.schema, "strict": True}
        answered = await client.responses.with_raw_response.create(
            model=self._endpoint.model,
            instructions=question.instructions,
            input=[{"role": "user", "content": question.data}],
            text={"format": form},
            max_output_tokens=self._endpoint.output_tokens_max,
            store=False,
        )
        return answered.content

    async def _chat(self, client: AsyncOpenAI, question: Question) -> bytes:
        form: Any = {"name": question.form, "schema": question.schema, "strict": True}
        # Not every compatible server knows the newer name; OpenAI's newer models refuse the older one.
        is_openai = self._endpoint.base_url == OPENAI_URL
        longest: Any = {"max_completion_tokens" if is_openai else "max_tokens": self._endpoint.output_tokens_max}
        answered: Any = await client.chat.completions.with_raw_response.create(
            model=self._endpoint.model,
            messages=[
                {"role": "system", "content": question.instructions},
                {"role": "user", "content": question.data},
            ],
            response_format={"type": "json_schema", "json_schema": form},
            store=False,
            **longest,
        )
        content: bytes = answered.content
        return content

    async def _bounded(self, response: httpx2.Response) -> None:
        """Read no more than the bound; what is compressed although nobody asked for it could be any size."""
        if response.headers.get("content-encoding", "identity") != "identity":
            raise TryFailed("answer_invalid")
        assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 - an asynchronous client gives no other  # nosec B101
        response.stream = _Bounded(response.stream, self._endpoint.answer_bytes_max)


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends with TryFailed when it is longer than it may be."""

    def __init__(self, stream: httpx2.AsyncByteStream, bytes_max: int) -> None:
        self._stream = stream
        self._bytes_left = bytes_max

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._stream:
            self._bytes_left -= len(chunk)
            if self._bytes_left < 0:
                raise TryFailed("answer_too_long")
            yield chunk

    async def aclose(self) -> None:
        await self._stream.aclose()


@cache
def _trusted() -> ssl.SSLContext:
    """The certificates that are trusted; reading them takes a tenth of a second."""
    return httpx2.create_ssl_context()


def _refusal(refused: openai.APIStatusError) -> TryFailed:
    status = refused.status_code
    if status == 429 and "insufficient_quota" in (refused.code, refused.type):
        return TryFailed("quota_exhausted", is_outage=True)
    if status == 429:
        return TryFailed("rate_limited", is_passing=True, is_outage=True, retry_after=_retry_after(refused))
    if status >= 500 or status in (408, 409):
        return TryFailed("unavailable", is_passing=True, is_outage=True, retry_after=_retry_after(refused))
    # 400, 413 and 422 are about this question; a wrong key, model or address will be wrong next time, too.
    return TryFailed("rejected", is_outage=status not in (400, 413, 422))


def _retry_after(refused: openai.APIStatusError) -> float | None:
    """Seconds, from either form of the header; None when it says nothing that can be understood."""
    said = refused.response.headers.get("retry-after", "")
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return (parsedate_to_datetime(said) - clock.now()).total_seconds()
    except (ValueError, TypeError):
        return None


class _Part(BaseModel):
    type: str = ""
    text: str = ""
    refusal: str | None = None


class _Item(BaseModel):
    type: str = ""
    content: list[_Part] | None = None


class _Details(BaseModel):
    reason: str | None = None


class _Response(BaseModel):
    status: str
    output: list[_Item]
    incomplete_details: _Details | None = None
    usage: Any = None


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class _Completion(BaseModel):
    choices: list[_Choice]
    usage: Any = None


def _responded(content: bytes) -> Said:
    answer = _Response.model_validate_json(content)
    parts = [part for item in answer.output if item.type == "message" for part in item.content or ()]
    if answer.status == "incomplete" and answer.incomplete_details:
        _expect_complete(answer.incomplete_details.reason)
    if any(part.type == "refusal" for part in parts):
        raise TryFailed("refused")
    text = "".join(part.text for part in parts if part.type == "output_text")
    if answer.status != "completed" or not text:
        raise TryFailed("answer_invalid")
    return Said(text, _counted(answer.usage, "input_tokens", "output_tokens"))


def _chatted(content: bytes) -> Said:
    answer = _Completion.model_validate_json(content)
    if not answer.choices:
        raise TryFailed("answer_invalid")
    choice = answer.choices[0]
    _expect_complete(choice.finish_reason)
    if choice.message.refusal:
        raise TryFailed("refused")
    if not choice.message.content or choice.finish_reason not in (None, "stop"):
        raise TryFailed("answer_invalid")
    return Said(choice.message.content, _counted(answer.usage, "prompt_tokens", "completion_tokens"))


def _counted(usage: Any, *names: str) -> tuple[int, int] | None:
    """The tokens of question and answer; None where the server does not say, or says what cannot be."""
    given, taken = (usage.get(name) if isinstance(usage, dict) else None for name in names)
    if type(given) is int and type(taken) is int and 0 < given <= TOKENS_MAX and 0 < taken <= TOKENS_MAX:
        return given, taken
    return None


def _expect_complete(reason: str | None) -> None:
    """Asking again would end at the same place."""
    if reason in ("length", "max_output_tokens"):
        raise TryFailed("answer_incomplete")
    if reason == "content_filter":
        raise TryFailed("refused")
