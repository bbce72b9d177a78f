"""Text that a person does not see is set aside, whatever hides it; what is seen is not."""

from datetime import date
from functools import cache
from types import ModuleType
from typing import Any

import pytest

from impl.resumes.document import Document
from impl.resumes.parsing import parse
from impl.resumes.reading import read
from impl.resumes.visible.hidden import Flag, Reason
from tests.resumes.hiding import PAYLOAD, opendocument, pdf, rich_text, web, word
from tests.support import contract

TODAY = date(2026, 11, 1)
FORMATS: dict[str, ModuleType] = {"pdf": pdf, "docx": word, "odt": opendocument, "rtf": rich_text, "html": web}
ATTACKS = [(kind, attack) for kind, module in FORMATS.items() for attack in module.ATTACKS]
DESIGNS = [(kind, design) for kind, module in FORMATS.items() for design in module.DESIGNS]


def _texts(document: Document) -> dict[str, str]:
    return {order.name: order.text for order in document.orders}


@cache
def _understood(content: bytes) -> tuple[Document, dict[str, Any]]:
    document = read(content)
    return document, parse(document, today=TODAY).resume()


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


@pytest.mark.parametrize(("kind", "name"), ATTACKS)
def test_hidden_text_changes_nothing_and_is_told(kind: str, name: str) -> None:
    attack = FORMATS[kind].ATTACKS[name]
    clean, facts = _understood(attack.clean or FORMATS[kind].CLEAN)

    document = read(attack.content)

    assert {each.reason for each in document.hidden} == {attack.reason}
    assert sorted(_letters("".join(PAYLOAD))) == sorted(_letters("".join(each.text for each in document.hidden)))
    assert document.flags == (Flag.HIDDEN_TEXT,)
    assert _texts(document) == _texts(clean)
    profile = parse(document, today=TODAY)
    assert profile.resume() == facts
    for each in document.hidden:
        assert each.page == (1 if kind == "pdf" else None)
        [span] = each.plain(profile.order)["spans"]
        assert 0 <= span["start"] == span["end"] <= len(_texts(document)[profile.order])


@pytest.mark.parametrize(("kind", "name"), DESIGNS)
def test_what_is_seen_is_not_hidden(kind: str, name: str) -> None:
    document = read(FORMATS[kind].DESIGNS[name])

    assert document.hidden == ()
    assert document.flags == ()
    said = _letters(document.orders[0].text)
    assert "Ignore" not in said
    for line in _understood(FORMATS[kind].CLEAN)[0].orders[0].text.splitlines()[:3]:
        assert _letters(line) in said


def test_the_text_of_a_scan_is_kept_as_far_as_the_picture_shows_it() -> None:
    clean, scan, more = (read(content) for content in (pdf.CLEAN, pdf.SCAN, pdf.SCAN_WITH_MORE))

    assert scan.flags == (Flag.TEXT_LAYER_OF_SCAN,)
    assert scan.hidden == ()
    assert _texts(scan) == _texts(clean)
    assert more.flags == (Flag.TEXT_LAYER_OF_SCAN, Flag.HIDDEN_TEXT)
    assert _letters("".join(each.text for each in more.hidden)) == _letters("".join(PAYLOAD))
    assert _texts(more) == _texts(clean)


def test_pale_text_that_may_stand_on_a_dark_shape_stays_and_is_told() -> None:
    document = read(word.UNSURE)

    assert document.flags == (Flag.UNSURE_VISIBILITY,)
    assert document.hidden == ()
    assert "of the regional fair" in document.orders[0].text


def test_the_contract_explains_each_flag_and_each_reason() -> None:
    schemas = contract.document()["components"]["schemas"]

    flags = schemas["ResumeParse"]["properties"]["flags"]["description"]
    reasons = schemas["ResumeHiddenText"]["properties"]["reason"]["description"]

    assert [flag for flag in Flag if f"`{flag}`" not in flags] == []
    assert [reason for reason in Reason if f"`{reason}`" not in reasons] == []


def test_only_so_many_pages_are_drawn() -> None:
    document = read(pdf.MANY_PAGES)

    assert document.flags == (Flag.UNSURE_VISIBILITY, Flag.HIDDEN_TEXT, Flag.INSTRUCTIONS)  # those of later pages
    assert {each.page for each in document.hidden} == set(range(1, 16))
