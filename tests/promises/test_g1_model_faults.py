"""G1: whatever a model's server does, reading a resume ends in time and in few tries, with a profile and a stable reason."""

import asyncio
import io
import json
import socket
import time
from datetime import datetime
from typing import Any

import pytest

from impl.lib import clock
from impl.lib.breaker import Breaker
from impl.lib.language_model import Flavour
from impl.lib.language_model.asking import RETRY_AFTER_SECONDS_MAX, WAIT_SECONDS_MAX, LanguageModel
from impl.resumes.model.reading import Degraded, Read, read
from impl.resumes.model.text import prepared
from impl.resumes.understood import Understood
from tests.support import canaries
from tests.support.fake_model import (
    USAGE,
    Asked,
    Behaviour,
    Pace,
    drips,
    envelopes,
    fake_model,
    floods,
    hangs,
    hangs_up,
    model_at,
    refuses,
    says,
    sends,
)
from tests.support.logged import logged
from tests.support.resume_answers import RESUME, blank, honest, honestly, parsed

FLAVOURS: list[Flavour] = ["responses", "chat"]
GOOD = says(honestly)
OFFLINE = parsed()


async def reading(model: LanguageModel, offline: Understood = OFFLINE) -> Read | Degraded:
    return await read(model, prepared(offline, redacts=False, characters_max=32_000), offline)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def in_another_language(asked: Asked) -> str:
    """A model that translates instead of copying."""
    work = {"position": "高级数据工程师", "name": "港口分析公司"}
    said = {name: {"value": value, "first_line": 6, "last_line": 6} for name, value in work.items()}
    return json.dumps(blank(work=[{"location": None, "start": None, "end": None, **said}]))


def with_more(asked: Asked) -> str:
    return json.dumps({**honest(asked), "score": 100, "stage": "hired"})


def without_choice(envelope: dict[str, Any]) -> None:
    envelope["output" if "output" in envelope else "choices"] = []


def calling_a_tool(envelope: dict[str, Any]) -> None:
    if "output" in envelope:
        envelope["output"] = [{"type": "function_call", "name": "hire", "arguments": "{}", "call_id": "1"}]
    else:
        envelope["choices"][0] |= {"finish_reason": "tool_calls", "message": {"role": "assistant", "content": None}}


TRUNCATED = sends(b'{"id": "x", "status": "completed", "output": [{"type": "mess', length=4096)
ONE_LINE_BIG = says(lambda asked: json.dumps({**honest(asked), "skills": []}) + " " * 2_000_000)

# What the server does for ever, the reason that is kept, and how many of four tries it takes. Two is the answer and its one repair.
FAULTS: dict[str, tuple[Behaviour, str, int]] = {
    "too many requests": (refuses(429, "rate_limit_exceeded"), "rate_limited", 4),
    "too many requests, come again": (refuses(429, "rate_limit_exceeded", retry_after="2"), "rate_limited", 4),
    "no quota": (refuses(429, "insufficient_quota"), "quota_exhausted", 1),
    "broken inside": (refuses(500), "unavailable", 4),
    "away": (refuses(503, retry_after="1"), "unavailable", 4),
    "conflict": (refuses(409), "unavailable", 4),
    "wrong key": (refuses(401, "invalid_api_key"), "rejected", 1),
    "no such model": (refuses(404, "model_not_found"), "rejected", 1),
    "a question that it does not take": (refuses(400, "context_length_exceeded"), "rejected", 1),
    "sends elsewhere": (sends(b"", status=307, Location="http://127.0.0.1:1/elsewhere"), "rejected", 1),
    "an error page": (sends(b"<html>Bad gateway</html>", status=502, Content_Type="text/html"), "unavailable", 4),
    "hangs up": (hangs_up, "unreachable", 4),
    "ends in the middle": (TRUNCATED, "unreachable", 4),
    "no JSON": (sends(b"I would rather not"), "answer_invalid", 2),
    "JSON of another kind": (sends(b"[1, 2]"), "answer_invalid", 2),
    "nested without end": (sends(b"[" * 200_000), "answer_invalid", 2),
    "no text": (sends(b""), "answer_invalid", 2),
    "compressed unasked": (sends(b"\x1f\x8b" + b"x" * 99, Content_Encoding="gzip"), "answer_invalid", 2),
    "words that are no JSON": (says("Gladly! Here it is: {"), "answer_invalid", 2),
    "half a form": (says(lambda asked: honestly(asked)[:-40]), "answer_invalid", 2),
    "another form": (says('{"candidate": "Nadia"}'), "answer_invalid", 2),
    "wrong types": (says(lambda asked: json.dumps({**honest(asked), "skills": "Python"})), "answer_invalid", 2),
    "more than the form": (says(with_more), "answer_invalid", 2),
    "no choice": (envelopes(without_choice), "answer_invalid", 2),
    "a tool that nobody offered": (envelopes(calling_a_tool), "answer_invalid", 2),
    "nothing said": (says(""), "answer_invalid", 2),
    "refuses": (says("", refusal="I cannot help with that."), "refused", 1),
    "cut off": (says(lambda asked: honestly(asked)[:-40], is_cut=True), "answer_incomplete", 1),
    "ten megabytes": (floods, "answer_too_long", 1),
    "two megabytes of blanks in a good answer": (ONE_LINE_BIG, "answer_too_long", 1),
    "another language": (says(in_another_language), "nothing_found", 1),
    "an empty form": (says(json.dumps(blank())), "nothing_found", 1),
}


@pytest.mark.promise("G1")
@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("fault", FAULTS)
async def test_every_fault_ends_in_a_reason_and_in_few_tries(fault: str, flavour: Flavour) -> None:
    behaviour, reason, tries = FAULTS[fault]
    pace = Pace()
    async with fake_model(behaviour) as fake:
        ended = await reading(model_at(fake.url, flavour=flavour, pace=pace))

    assert isinstance(ended, Degraded)
    assert (ended.reason, len(fake.requests), ended.spent.tries) == (reason, tries, tries)
    assert all(0 <= wait <= RETRY_AFTER_SECONDS_MAX for wait in pace.waits)
    assert len(pace.waits) == tries - 1
    assert {asked.flavour for asked in fake.requests} == {flavour}


@pytest.mark.promise("G1")
@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("fault", [name for name, (_, _, tries) in FAULTS.items() if tries > 1])
async def test_a_fault_that_passes_leaves_no_trace(fault: str, flavour: Flavour) -> None:
    behaviour, _, _ = FAULTS[fault]
    async with fake_model(behaviour, GOOD) as fake:
        ended = await reading(model_at(fake.url, flavour=flavour))

    assert isinstance(ended, Read)
    assert len(fake.requests) == 2
    assert ended.filled.profile["work"] == OFFLINE.profile["work"]
    assert (ended.spent.input_tokens, ended.spent.output_tokens) >= USAGE


@pytest.mark.promise("G1")
@pytest.mark.parametrize("behaviour", [hangs, drips])
async def test_a_server_that_is_silent_or_drips_costs_no_more_than_the_time_of_the_tries(behaviour: Behaviour) -> None:
    began = time.monotonic()
    async with fake_model(behaviour) as fake:
        ended = await reading(model_at(fake.url, tries_max=3, timeout_seconds=0.1))

    assert isinstance(ended, Degraded)
    assert (ended.reason, len(fake.requests), ended.spent.unknown_tries) == ("timed_out", 3, 3)
    assert time.monotonic() - began < 2.5


@pytest.mark.promise("G1")
async def test_the_deadline_ends_a_try_in_the_middle() -> None:
    began = time.monotonic()
    async with fake_model(hangs) as fake:
        ended = await reading(model_at(fake.url, deadline_seconds=0.1, timeout_seconds=60))

    assert isinstance(ended, Degraded)
    assert (ended.reason, len(fake.requests)) == ("timed_out", 1)
    assert time.monotonic() - began < 2


@pytest.mark.promise("G1")
async def test_nothing_is_waited_for_beyond_the_deadline() -> None:
    """By the waits alone: twenty seconds are the most that a server may ask for, and a third wait would end too late."""
    pace = Pace()
    async with fake_model(refuses(429, retry_after="3600")) as fake:
        ended = await reading(model_at(fake.url, tries_max=10, deadline_seconds=45, pace=pace))

    assert isinstance(ended, Degraded)
    assert (ended.reason, len(fake.requests), pace.waits) == ("rate_limited", 3, [20, 20])


@pytest.mark.promise("G1")
async def test_a_server_that_is_not_there() -> None:
    pace = Pace()
    ended = await reading(model_at(f"http://127.0.0.1:{free_port()}/v1", pace=pace))

    assert isinstance(ended, Degraded)
    assert (ended.reason, ended.spent.tries, len(pace.waits)) == ("unreachable", 4, 3)
    assert ended.spent.unknown_tries == 0


@pytest.mark.promise("G1")
async def test_what_the_server_asks_for_is_waited_for_and_else_ever_longer_with_jitter() -> None:
    asked_for = Pace()
    at = datetime.fromisoformat("2026-11-26T08:00:00+00:00")
    script = [
        refuses(429, retry_after="7"),
        refuses(503, retry_after="Thu, 26 Nov 2026 08:00:11 GMT"),
        refuses(429, retry_after="-4"),
        refuses(429, retry_after="soon"),
        GOOD,
    ]
    with clock.frozen(at):
        async with fake_model(*script) as fake:
            ended = await reading(model_at(fake.url, tries_max=5, pace=asked_for))
    assert isinstance(ended, Read)
    assert asked_for.waits[:2] == [7, 11]
    assert all(wait <= WAIT_SECONDS_MAX for wait in asked_for.waits[2:])

    own = [Pace() for _ in range(12)]
    async with fake_model(refuses(500)) as fake:
        for pace in own:
            await reading(model_at(fake.url, tries_max=7, pace=pace))
    longest = [max(pace.waits[at] for pace in own) for at in range(6)]
    assert all(wait <= bound for wait, bound in zip(longest, (0.5, 1, 2, 4, 8, 8), strict=True))
    assert len({pace.waits[0] for pace in own}) > 1, "without jitter"


@pytest.mark.promise("G1")
async def test_the_repair_is_one_try_and_holds_nothing_of_the_answer() -> None:
    async with fake_model(says('{"name": "SPOILT"}'), says('{"name": "SPOILT"}'), GOOD) as fake:
        ended = await reading(model_at(fake.url, tries_max=10))

    assert isinstance(ended, Degraded)
    assert (ended.reason, len(fake.requests)) == ("answer_invalid", 2)
    first, second = fake.requests
    assert second.data == first.data
    assert second.instructions.startswith(first.instructions)
    assert b"SPOILT" not in second.raw
    assert ended.spent.input_tokens == 2 * USAGE[0]


@pytest.mark.promise("G1")
@pytest.mark.parametrize("flavour", FLAVOURS)
@pytest.mark.parametrize("count", [None, 0, -5, 10**12, "many", 1.5, True, []])
async def test_a_server_that_counts_nonsense_is_counted_at_the_most(flavour: Flavour, count: Any) -> None:
    def counting(envelope: dict[str, Any]) -> None:
        envelope["usage"] = None if count is None else dict.fromkeys(envelope["usage"], count)

    def answering(asked: Asked) -> Behaviour:
        return envelopes(counting, honestly(asked))

    async def behave(asked: Asked, writer: asyncio.StreamWriter) -> None:
        await answering(asked)(asked, writer)

    async with fake_model(behave) as fake:
        ended = await reading(model_at(fake.url, flavour=flavour))

    assert isinstance(ended, Read)
    assert (ended.spent.input_tokens, ended.spent.output_tokens, ended.spent.unknown_tries) == (0, 0, 1)


@pytest.mark.promise("G1")
async def test_the_circuit_opens_and_closes() -> None:
    pace = Pace()
    breaker = Breaker(failures_max=5, open_seconds=60, now=pace.now)
    async with fake_model(refuses(500)) as fake:
        model = model_at(fake.url, tries_max=3, pace=pace, breaker=breaker)
        reasons = [await reading(model) for _ in range(4)]
        assert [each.reason for each in reasons if isinstance(each, Degraded)] == [
            "unavailable",
            "circuit_open",
            "circuit_open",
            "circuit_open",
        ]
        assert (len(fake.requests), model.circuit) == (5, "open")

        pace.at += 61
        assert model.circuit == "half_open"
        assert isinstance(await reading(model), Degraded)
        assert (len(fake.requests), model.circuit) == (6, "open"), "one try decides"

        pace.at += 61
        fake.script = [GOOD]
        assert isinstance(await reading(model), Read)
        assert str(model.circuit) == "closed"


@pytest.mark.promise("G1")
@pytest.mark.parametrize("behaviour", [refuses(400), says("nonsense"), says(json.dumps(blank()))])
async def test_what_is_wrong_with_one_question_opens_no_circuit(behaviour: Behaviour) -> None:
    breaker = Breaker(failures_max=1)
    async with fake_model(behaviour) as fake:
        await reading(model_at(fake.url, breaker=breaker))

    assert breaker.state == "closed"


@pytest.mark.promise("G1")
@pytest.mark.promise("J1")
@pytest.mark.parametrize("fault", FAULTS)
async def test_no_fault_brings_a_resume_or_an_answer_into_the_log(fault: str) -> None:
    offline = parsed(RESUME.replace("Harbour", canaries.WORD))
    behaviour, _, _ = FAULTS[fault]
    with logged() as stream:
        async with fake_model(behaviour, says(canaries.WORD), says(honestly)) as fake:
            ended = await reading(model_at(fake.url), offline)

    assert canaries.WORD in fake.requests[0].data, "vacuous: the canary was not sent"
    assert canaries.found_in(stream.getvalue(), canaries.WORD, "fake-key") == []
    assert canaries.WORD not in repr(ended)


def test_the_log_is_watched() -> None:
    import logging  # noqa: PLC0415

    with logged() as stream:
        logging.getLogger("anything").debug(canaries.WORD)
    assert isinstance(stream, io.BytesIO)
    assert canaries.found_in(stream.getvalue(), canaries.WORD) != []
