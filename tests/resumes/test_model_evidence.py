"""What of a model's answer is believed: what stands in the lines that it names, and what such a field can hold."""

import json
import time
from dataclasses import replace
from typing import Any

import pytest

from impl.lib.language_model import Spent
from impl.resumes.model.answers import ResumeAnswer, Said
from impl.resumes.model.evidence import Rule, located
from impl.resumes.model.filling import Filled, filled
from impl.resumes.model.questions import fingerprint, schema, tokens_of
from impl.resumes.model.reading import Degraded, believed
from impl.resumes.model.text import Sent, prepared
from impl.resumes.understood import Understood
from tests.support.resume_answers import RESUME, blank, parsed

OFFLINE = parsed()


def sent_of(offline: Understood = OFFLINE, *, redacts: bool = False, characters_max: int = 32_000) -> Sent:
    return prepared(offline, redacts=redacts, characters_max=characters_max)


def line_of(sent: Sent, words: str) -> int:
    return next(number for number, line in enumerate(sent.lines, 1) if words in line.shown)


def said(value: str, first: int, last: int | None = None) -> dict[str, Any]:
    return {"value": value, "first_line": first, "last_line": first if last is None else last}


def believing(offline: Understood = OFFLINE, *, redacts: bool = False, **fields: Any) -> Filled | None:
    answer = ResumeAnswer.model_validate_json(json.dumps(blank(**fields)))
    return filled(answer, sent_of(offline, redacts=redacts), offline)


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Senior Data Engineer", "Senior Data Engineer"),
        ("SENIOR  data\tengineer", "Senior Data Engineer"),
        ("Senior Data Engineer, Harbour Analytics GmbH", "Senior Data Engineer, Harbour Analytics GmbH"),
        ("Harbour Analytics", "Harbour Analytics"),
        ("Harbour Analytic", None),
        ("Principal Data Engineer", None),
        ("ior Data", None),
        ("", None),
        ("   ", None),
    ],
)
def test_a_value_is_what_stands_in_the_line_as_whole_words(value: str, found: str | None) -> None:
    sent = sent_of()
    line = line_of(sent, "Harbour")
    span = located(Said(value=value, first_line=line, last_line=line), sent, Rule())

    assert (sent.text[slice(*span)] if span else None) == found


@pytest.mark.parametrize(("first", "last"), [(0, 1), (-1, 6), (7, 6), (1, 18), (6, 10_000), (99, 99), (1, 1)])
def test_lines_that_are_not_there_or_too_many_or_others_hold_nothing(first: int, last: int) -> None:
    assert located(Said(value="Harbour Analytics", first_line=first, last_line=last), sent_of(), Rule()) is None


def test_signs_that_belong_to_a_word_are_part_of_it() -> None:
    sent = sent_of()
    line = line_of(sent, "C++")
    assert located(Said(value="C", first_line=line, last_line=line), sent, Rule()) is None
    assert located(Said(value="C++", first_line=line, last_line=line), sent, Rule()) is not None


def test_typography_makes_no_difference_and_a_value_may_run_over_the_end_of_a_line() -> None:
    offline = parsed(RESUME.replace("Harbour Analytics GmbH", "Harbour’s Data–\nWorks ﬁne GmbH"))
    sent = sent_of(offline)
    line = line_of(sent, "Harbour")
    span = located(Said(value="harbour's data- works fine gmbh", first_line=line, last_line=line + 1), sent, Rule())

    assert span is not None
    assert sent.text[slice(*span)] == "Harbour’s Data–\nWorks fine GmbH"


@pytest.mark.parametrize(
    "title",
    [
        "<script>alert(1)</script> Engineer",
        "Engineer &#60;b&#62;",
        "Engineer javascript:alert(1)",
        "See https://evil.example/x",
    ],
)
def test_markup_and_addresses_are_no_values_even_where_they_stand_in_the_text(title: str) -> None:
    offline = parsed(RESUME.replace("Senior Data Engineer", title))
    line = line_of(sent_of(offline), "Harbour")
    work = {"position": said(title, line), "name": None, "location": None, "start": None, "end": None}

    assert believing(offline, work=[work]) is None


def test_dates_are_read_as_the_parser_reads_them() -> None:
    sent = sent_of()
    title, dates = line_of(sent, "Copper"), line_of(sent, "February")
    work = {"position": said("Data Engineer", title), "name": said("Copper Lane Software", title), "location": None}
    found = believing(work=[{**work, "start": said("2017", dates), "end": said("February 2021", dates)}])
    backwards = believing(work=[{**work, "start": said("February 2021", dates), "end": said("2017", dates)}])
    invented = believing(work=[{**work, "start": said("2009", dates), "end": said("now", dates)}])

    plain = {"position": "Data Engineer", "name": "Copper Lane Software"}
    assert found is not None
    assert found.profile["work"] == [{**plain, "startDate": "2017", "endDate": "2021-02"}]
    assert backwards is not None
    assert backwards.profile["work"] == [{**plain, "startDate": "2021-02"}]
    assert invented is not None
    assert invented.profile["work"] == [plain]


def test_what_the_model_says_nothing_of_stays_the_parsers() -> None:
    line = line_of(sent_of(), "Python")
    found = believing(skills=[said("Kafka", line), said("kafka", line), said("Rust", line), said("12", line)])

    assert found is not None
    assert found.profile["skills"] == [{"name": "Kafka"}]
    assert {**found.profile, "skills": None} == {**OFFLINE.profile, "skills": None}
    kept = {pointer: each for pointer, each in OFFLINE.evidence.items() if not pointer.startswith("/skills/")}
    assert kept.items() <= found.evidence.items()
    assert found.evidence.keys() - kept.keys() == {"/skills/0/name"}


def test_contact_data_are_added_where_the_parsers_patterns_find_them_too() -> None:
    """The parser leaves out the addresses of referees; a model may point at them, and at nothing that is no address."""
    text = RESUME + "\nReferences\nDr. Ada Brandt, ada.brandt@example.net, +49 40 5550199, github.com/adabrandt\n"
    offline = parsed(text)
    sent = sent_of(offline)
    line = line_of(sent, "Brandt")
    found = believing(
        offline,
        emails=[said("ada.brandt@example.net", line), said("evil@example.com", line), said("Brandt", line)],
        phones=[said("+49 40 5550199", line), said("5550199", line)],
        links=[said("github.com/adabrandt", line), said("https://evil.example", line)],
        skills=[said("Python", line_of(sent, "Python"))],
    )

    assert found is not None
    basics = found.profile["basics"]
    assert basics["emails"] == [*offline.profile["basics"]["emails"], "ada.brandt@example.net"]
    assert basics["phones"] == [*offline.profile["basics"]["phones"], "+49405550199"]
    assert basics["email"] == offline.profile["basics"]["email"]
    assert "evil" not in json.dumps(found.profile)
    for pointer, each in found.evidence.items():
        assert all(offline.text[span["start"] : span["end"]] == span["text"] for span in each["spans"]), pointer


def test_with_redaction_contact_data_come_from_the_parser_alone() -> None:
    found = believing(
        redacts=True,
        name=said("Nadia Okonkwo", 1),
        emails=[said("nadia.okonkwo@example.org", 3)],
        label=said("Data Engineer", 2),
    )

    assert found is not None
    assert found.profile == OFFLINE.profile
    assert {pointer for pointer, each in found.evidence.items() if each != OFFLINE.evidence[pointer]} <= {
        "/basics/label"
    }


def test_nothing_found_is_said() -> None:
    answer = ResumeAnswer.model_validate_json(json.dumps(blank(skills=[said("Rust", 3)])))

    assert believed(answer, sent_of(), OFFLINE, Spent()) == Degraded("nothing_found", Spent(), answer)


def test_a_long_text_is_cut_off() -> None:
    offline = parsed(RESUME + "\nProjects\n" + "Worked on things that matter.\n" * 2000)
    sent = sent_of(offline, characters_max=5_000)

    assert 4_900 < sum(len(line.shown) + 1 for line in sent.lines) <= 5_000
    assert tokens_of(sent) < tokens_of(sent_of(offline))


@pytest.mark.parametrize("unit", ["a", "a.", "a@", "1 ", "1-", "a@b.co\n", "http://", "(at)", "A1 1AA ", "€ "])
def test_a_text_that_was_made_to_cost_does_not(unit: str) -> None:
    offline = replace(OFFLINE, text=unit * (32_000 // len(unit)), evidence={})
    before = time.process_time()
    sent = sent_of(offline, redacts=True)
    answer = blank(skills=[said(unit * 20, line) for line in range(1, 81)], phones=[said("1-1-1", 1)] * 40)
    believed(ResumeAnswer.model_validate_json(json.dumps(answer)), sent, offline, Spent())

    assert time.process_time() - before < 2
    assert len(sent.numbered()) > 100


def test_a_question_is_known_again_by_all_that_it_says() -> None:
    prints = {
        fingerprint(sent_of(), "a"),
        fingerprint(sent_of(), "b"),
        fingerprint(sent_of(redacts=True), "a"),
        fingerprint(sent_of(parsed(RESUME + "\nHobbies: chess")), "a"),
    }
    assert len(prints) == 4
    assert fingerprint(sent_of(), "a") == fingerprint(sent_of(parsed()), "a")


def test_the_form_is_closed_as_strict_output_demands() -> None:
    def objects(node: Any) -> list[dict[str, Any]]:
        inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
        here = [node] if isinstance(node, dict) and node.get("type") == "object" else []
        return here + [each for value in inner for each in objects(value)]

    found = objects(schema())
    assert len(found) == 5
    for each in found:
        assert each["additionalProperties"] is False
        assert each["required"] == list(each["properties"])
