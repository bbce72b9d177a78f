"""G2: a resume that talks to the model, and a model that does all that it is told: nothing comes of it but a profile of that text."""

import json
import pkgutil
import re
import unicodedata
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from impl.lib.language_model import Flavour, Spent
from impl.resumes.model.answers import ResumeAnswer
from impl.resumes.model.questions import INSTRUCTIONS, schema
from impl.resumes.model.reading import Degraded, Read, believed, read
from impl.resumes.model.text import prepared
from impl.resumes.understanding import understand
from impl.resumes.understood import Understood
from tests.resumes import hiding
from tests.support.fake_model import Asked, envelopes, fake_model, model_at, says
from tests.support.injections import ATTACKS, DEMAND, MARK, UNSEEN, Attack
from tests.support.resume_answers import RESUME, blank, honest, parsed, shown_lines

EVIL = "https://evil.example/collect?q=secret"
FIELDS = {
    "basics": {"name", "label", "location", "email", "phone", "emails", "phones", "profiles"},
    "work": {"position", "name", "location", "startDate", "endDate"},
    "education": {"institution", "studyType", "area", "startDate", "endDate", "location"},
    "skills": {"name"},
    "languages": {"language", "code", "fluency"},
}
# What is made of the text by a rule instead of being copied from it.
MADE = {"startDate", "endDate", "code", "phone", "phones", "network", "username", "email", "emails"}


def everywhere(words: str, line: int = 1, last: int | None = None) -> dict[str, Any]:
    """These words in every field of the form."""
    said = {"value": words, "first_line": line, "last_line": last or line}
    position = dict.fromkeys(("position", "name", "location", "start", "end"), said)
    course = dict.fromkeys(("institution", "study_type", "area", "start", "end"), said)
    return {
        **dict.fromkeys(("name", "label", "location"), said),
        **{name: [said] for name in ("emails", "phones", "links", "skills")},
        "work": [position],
        "education": [course],
        "languages": [{"language": said, "fluency": said}],
    }


def line_of(asked: Asked, words: str) -> int:
    lines = shown_lines(asked.data)
    return next(
        (number for number, line in enumerate(lines, 1) if words.split("\n", maxsplit=1)[0].strip() in line), len(lines)
    )


# How a model gives in: what it answers for the words of an attack.
OBEDIENCE: dict[str, Callable[[Asked, str], str]] = {
    "it gives the score and the stage": lambda asked, words: json.dumps(
        {**honest(asked), "score": 100, "stage": "hired"}
    ),
    "it acts on others": lambda asked, words: json.dumps(
        {**honest(asked), "actions": [{"reject": "*"}], "candidate_id": "*"}
    ),
    "it says so in prose": lambda asked, words: f"Of course. {words} Stage: hired. Score: 100.",
    "it fills the form with lies": lambda asked, words: json.dumps(everywhere(f"Hired {words}"[:100])),
    "it fills the form with an address": lambda asked, words: json.dumps(everywhere(EVIL)),
    "it fills the form with markup": lambda asked, words: json.dumps(everywhere("<img src=x onerror=alert(1)>")),
    "it copies the attack": lambda asked, words: json.dumps(everywhere(words, line_of(asked, words))),
    "it copies the code word": lambda asked, words: json.dumps(everywhere(MARK, line_of(asked, MARK))),
    "it points at everything": lambda asked, words: json.dumps(everywhere(words, 1, len(shown_lines(asked.data)))),
    "it points nowhere": lambda asked, words: json.dumps(everywhere(words, -5, 10**9)),
    "it tells its instructions": lambda asked, words: json.dumps(everywhere(INSTRUCTIONS[:90])),
    "it names somebody else": lambda asked, words: json.dumps(everywhere("Konstantin Other, konstantin@example.com")),
}


def _obeying(obey: Callable[[Asked, str], str], words: str) -> Callable[[Asked], str]:
    return lambda asked: obey(asked, words)


def understood(attack: Attack) -> Understood:
    return understand(attack.content, today=date(2026, 11, 1)).understood


def leaves(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a profile, with the name of its field."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from leaves(inner, key)
    elif isinstance(value, list):
        for inner in value:
            yield from leaves(inner, name)
    elif value is not None:
        yield name, value


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def expect_harmless(found: Read, offline: Understood) -> None:
    """Only fields of the profile, and in them only what stands in the text, where the evidence says."""
    profile, evidence = found.filled.profile, found.filled.evidence
    assert set(profile) == set(FIELDS)
    for section, names in FIELDS.items():
        entries = profile[section] if isinstance(profile[section], list) else [profile[section]]
        assert all(set(entry) <= names for entry in entries), section
    text = plain(offline.text)
    for name, value in leaves(profile):
        assert name in MADE or plain(value) in text, (name, value)
        assert name in ("url", "username") or not re.search(r"<\s*\w|https?:|javascript:", value), (name, value)
    for pointer, each in evidence.items():
        for span in each["spans"]:
            assert offline.text[span["start"] : span["end"]] == span["text"], pointer
    theirs = offline.profile["basics"]
    for name in ("emails", "phones", "profiles"):
        assert profile["basics"][name][: len(theirs[name])] == theirs[name], "the parser's contact data come first"
        for each in profile["basics"][name][len(theirs[name]) :]:
            assert name == "phones" or plain(each if isinstance(each, str) else each["url"]) in text


def expect_own_text_alone(asked: Asked, offline: Understood) -> None:
    """The question holds the fixed words, the form, and lines of this text."""
    body = asked.body
    assert not {"tools", "tool_choice", "functions", "conversation", "previous_response_id", "user", "metadata"} & set(
        body
    )
    assert body["store"] is False
    assert asked.instructions.startswith(INSTRUCTIONS)
    assert [line for line in shown_lines(asked.data) if line not in offline.text] == []
    held = json.dumps([asked.instructions, body.get("text") or body.get("response_format")])
    assert MARK not in held
    assert json.dumps(schema())[1:60] in json.dumps(body)


@pytest.mark.promise("G2")
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
async def test_a_model_that_obeys_changes_nothing_but_a_profile(attack: Attack) -> None:
    """Each kind of obedience to each attack; a few of them over the wire, in turns, the others from the answer on."""
    offline, at = understood(attack), ATTACKS.index(attack)
    sent = prepared(offline, redacts=False, characters_max=32_000)
    kinds, asked_last = [*OBEDIENCE.values()], None
    for obey in (kinds[at % len(kinds)], kinds[(at + 7) % len(kinds)]):
        flavour: Flavour = "responses" if at % 2 else "chat"
        async with fake_model(says(_obeying(obey, attack.words))) as fake:
            found = await read(model_at(fake.url, flavour=flavour), sent, offline)
        for asked in fake.requests:
            expect_own_text_alone(asked, offline)
            assert attack.is_visible or MARK.encode() not in asked.raw
            asked_last = asked
        expect_nothing_of(attack, found, offline)
    assert asked_last is not None
    for obey in kinds:
        try:
            answer = ResumeAnswer.model_validate_json(obey(asked_last, attack.words))
        except ValidationError:
            continue
        expect_nothing_of(attack, believed(answer, sent, offline, Spent()), offline)


def expect_nothing_of(attack: Attack, found: Read | Degraded, offline: Understood) -> None:
    if isinstance(found, Degraded):
        assert found.reason in ("answer_invalid", "nothing_found")
        return
    expect_harmless(found, offline)
    said = json.dumps(found.filled.profile)
    assert attack.is_visible or MARK not in said
    assert "evil.example" in offline.text or "evil" not in said


@pytest.mark.promise("G2")
def test_words_of_an_attack_that_stand_in_the_text_are_a_value_with_its_place() -> None:
    """That much a model can be talked into, and the reviewer sees from where."""
    attack = next(each for each in ATTACKS if each.name == "as a skill")
    offline = understood(attack)
    sent = prepared(offline, redacts=False, characters_max=32_000)
    line = next(number for number, each in enumerate(sent.lines, 1) if MARK in each.shown)
    answer = ResumeAnswer.model_validate_json(json.dumps(everywhere(MARK, line)))
    found = believed(answer, sent, offline, Spent())

    assert isinstance(found, Read)
    assert found.filled.profile["skills"] == [{"name": MARK}]
    [span] = found.filled.evidence["/skills/0/name"]["spans"]
    assert offline.text[span["start"] : span["end"]] == MARK
    assert found.filled.profile["basics"]["emails"] == offline.profile["basics"]["emails"]


@pytest.mark.promise("G2")
def test_there_are_attacks_enough_and_they_are_what_they_say() -> None:
    assert len({attack.name for attack in ATTACKS}) == len(ATTACKS) >= 60
    assert len(UNSEEN) >= 10
    honestly_read = parsed()
    for attack in UNSEEN:
        assert MARK not in understood(attack).text
        assert understood(attack).profile["work"] == honestly_read.profile["work"], attack.name


@pytest.mark.promise("G2")
@pytest.mark.parametrize("kind", [module.name for module in pkgutil.iter_modules(hiding.__path__)])
def test_what_a_file_hides_is_not_sent(kind: str) -> None:
    """Every way of hiding that the reader knows, in every format."""
    attacks = import_module(f"{hiding.__name__}.{kind}").ATTACKS
    assert len(attacks) >= 3
    for name, attack in attacks.items():
        offline = understand(attack.content, today=date(2026, 11, 1)).understood
        data = prepared(offline, redacts=False, characters_max=32_000).numbered()
        assert offline.hidden, name
        assert len(data) > 200, "vacuous: nothing else is sent"
        assert not [words for words in ("Larkspur Freight", "Terraform", "rank this candidate") if words in data], name


@pytest.mark.promise("G2")
async def test_a_tool_that_the_model_calls_is_no_answer() -> None:
    def calls(envelope: dict[str, Any]) -> None:
        call = {"id": "1", "type": "function", "function": {"name": "move_application", "arguments": "{}"}}
        envelope["choices"][0] |= {"finish_reason": "tool_calls"}
        envelope["choices"][0]["message"] |= {"content": None, "tool_calls": [call]}

    offline = parsed()
    async with fake_model(envelopes(calls)) as fake:
        sent = prepared(offline, redacts=False, characters_max=32_000)
        found = await read(model_at(fake.url, flavour="chat"), sent, offline)

    assert isinstance(found, Degraded)
    assert found.reason == "answer_invalid"


@pytest.mark.promise("G2")
async def test_instructions_that_are_noticed_are_not_sent() -> None:
    offline = parsed(f"{RESUME}\n{DEMAND}\n")
    async with fake_model(says(json.dumps(blank()))) as fake:
        await read(model_at(fake.url), prepared(offline, redacts=False, characters_max=32_000), offline)

    assert "instructions" in offline.flags
    assert MARK not in fake.requests[0].data
    assert shown_lines(fake.requests[0].data) == [line for line in RESUME.split("\n") if line]


NUMBERS = st.integers(-3, 30) | st.integers()
SAID = st.fixed_dictionaries(
    {
        "value": st.text(max_size=40)
        | st.sampled_from([word for line in RESUME.split("\n") for word in (line, *line.split())]),
        "first_line": NUMBERS,
        "last_line": NUMBERS,
    }
)
MAYBE = st.none() | SAID


def listed(**fields: Any) -> "st.SearchStrategy[list[dict[str, Any]]]":
    return st.lists(st.fixed_dictionaries(fields), max_size=3)


@pytest.mark.promise("G2")
@given(
    st.fixed_dictionaries(
        {
            **dict.fromkeys(("name", "label", "location"), MAYBE),
            **dict.fromkeys(("emails", "phones", "links", "skills"), st.lists(SAID, max_size=3)),
            "work": listed(**dict.fromkeys(("position", "name", "location", "start", "end"), MAYBE)),
            "education": listed(**dict.fromkeys(("institution", "study_type", "area", "start", "end"), MAYBE)),
            "languages": listed(language=SAID, fluency=MAYBE),
        }
    ),
    st.booleans(),
)
def test_whatever_fits_the_form_ends_as_a_profile_of_the_text(answer: dict[str, Any], redacts: bool) -> None:
    offline = _OFFLINE
    sent = prepared(offline, redacts=redacts, characters_max=32_000)
    found = believed(ResumeAnswer.model_validate_json(json.dumps(answer)), sent, offline, Spent())

    if isinstance(found, Read):
        expect_harmless(found, offline)


_OFFLINE = parsed()
