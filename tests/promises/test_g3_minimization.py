"""G3: what a model is sent is the visible text of one resume, without contact data if so wished, and nothing at all when it is off."""

import json
from typing import Any

import pytest

from impl.lib.language_model import Flavour
from impl.resumes.model.reading import Read, read
from impl.resumes.model.text import prepared
from impl.resumes.parsing import contacts
from impl.resumes.parsing.pieces import Piece
from impl.resumes.understood import Understood
from scripts.eval.samples.layouts import employer_first, single
from scripts.eval.samples.people import PEOPLE
from scripts.eval.samples.writers import text
from tests.support.fake_model import Asked, fake_model, model_at, says
from tests.support.resume_answers import RESUME, honestly, parsed, shown_lines

PRIVATE = {
    "e-mail": "nadia.okonkwo@example.org",
    "telephone": "90182240",
    "link": "linkedin.com/in/nadiaokonkwo",
    "street": "Lindenstraße",
    "town": "10969",
    "name": "Nadia Okonkwo",
}
# Contact data elsewhere than at the top, and written otherwise.
SCATTERED = {
    "a second address": "You can also write to okonkwo.n(at)example.com",
    "an address in capitals": "N.OKONKWO@EXAMPLE.NET",
    "a number with a label": "Mobile: 0151 23456789",
    "a number in a sentence": "Call me on +44 (0)20 7946 0958 in the evening",
    "a site": "Portfolio: https://okonkwo.example/work?ref=cv",
    "a site without a scheme": "Code at www.okonkwo-code.example",
    "the name in the footer": "NADIA OKONKWO – page 2",
    "the name turned around": "Okonkwo, Nadia",
    "a labelled address": "Address: 7 Mill Lane, Leeds LS1 4AB",
    "an address in German": "Anschrift: Am Graben 3, 04109 Leipzig",
}
SECRETS = {
    "a second address": ["okonkwo.n", "example.com"],
    "an address in capitals": ["N.OKONKWO"],
    "a number with a label": ["23456789"],
    "a number in a sentence": ["7946"],
    "a site": ["okonkwo.example"],
    "a site without a scheme": ["okonkwo-code"],
    "the name in the footer": ["OKONKWO"],
    "the name turned around": ["Okonkwo"],
    "a labelled address": ["Mill Lane", "LS1 4AB"],
    "an address in German": ["Graben", "04109"],
}


async def asked_about(offline: Understood, *, redacts: bool, flavour: Flavour = "responses") -> tuple[Asked, Any]:
    sent = prepared(offline, redacts=redacts, characters_max=32_000)
    async with fake_model(says(honestly)) as fake:
        found = await read(model_at(fake.url, flavour=flavour), sent, offline)
    [asked] = fake.requests
    return asked, found


@pytest.mark.promise("G3")
@pytest.mark.parametrize("flavour", ["responses", "chat"])
async def test_the_request_holds_the_text_and_nothing_else(flavour: Flavour) -> None:
    asked, _ = await asked_about(parsed(), redacts=False, flavour=flavour)

    assert shown_lines(asked.data) == [line for line in RESUME.split("\n") if line]
    body = asked.body
    allowed = {
        "responses": {"model", "instructions", "input", "text", "max_output_tokens", "store"},
        "chat": {"model", "messages", "response_format", "max_tokens", "store"},
    }
    assert set(body) == allowed[flavour]
    assert body["store"] is False
    assert len(body.get("messages") or body["input"]) == (2 if flavour == "chat" else 1)
    known = {
        "host",
        "connection",
        "authorization",
        "accept",
        "accept-encoding",
        "content-type",
        "content-length",
        "user-agent",
    }
    assert {name for name in asked.headers if not name.startswith("x-stainless-")} == known
    assert asked.headers["authorization"] == "Bearer sk-fake-key"


@pytest.mark.promise("G3")
@pytest.mark.parametrize("flavour", ["responses", "chat"])
async def test_contact_data_stay_here_when_that_is_wished(flavour: Flavour) -> None:
    offline = parsed()
    asked, found = await asked_about(offline, redacts=True, flavour=flavour)

    said = asked.raw.decode()
    assert [name for name, value in PRIVATE.items() if value in json.dumps(json.loads(said), ensure_ascii=False)] == []
    for work in ("Senior Data Engineer", "Harbour Analytics GmbH", "University of Ibadan", "PostgreSQL", "March 2021"):
        assert work in asked.data
    assert isinstance(found, Read)
    assert found.filled.profile == offline.profile, "the parser knows them"


@pytest.mark.promise("G3")
@pytest.mark.parametrize("where", SCATTERED)
def test_contact_data_are_found_wherever_they_stand(where: str) -> None:
    offline = parsed(f"{RESUME}\nFurther\n{SCATTERED[where]}\n")
    data = prepared(offline, redacts=True, characters_max=32_000).numbered()

    assert [secret for secret in SECRETS[where] if secret in data] == []
    assert "[" in data.split("\n")[-1]


@pytest.mark.promise("G3")
@pytest.mark.parametrize(
    "line", ["Raised sales by 1 200 000 EUR in 2019 – 2021", "ISO 27001, node.js, ASP.NET, C#", "2015 - 2019"]
)
def test_what_is_no_contact_data_is_sent(line: str) -> None:
    offline = parsed(RESUME.replace("Built pipelines for 40 teams.", line))

    assert line in prepared(offline, redacts=True, characters_max=32_000).numbered()


@pytest.mark.promise("G3")
@pytest.mark.parametrize("who", PEOPLE)
def test_nothing_of_a_contact_is_left_of_any_sample_person(who: str) -> None:
    offline = parsed(text(single(PEOPLE[who], employer_first)).decode())
    data = prepared(offline, redacts=True, characters_max=32_000).numbered()

    basics = offline.profile["basics"]
    known = [*basics["emails"], *(each["url"] for each in basics["profiles"]), basics.get("name")]
    assert basics["emails"], "vacuous: the person has no contact data"
    assert [value for value in known if value and value.casefold() in data.casefold()] == []
    left = [
        (kind, piece.text)
        for line in data.split("\n")
        for kind, piece in contacts.said(Piece(line.partition("| ")[2], 0))
    ]
    assert [each for each in left if each[0] != "link"] == []
