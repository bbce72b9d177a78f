"""B1: no request causes a 5xx, and never a wrong 2xx: what is refused changes nothing, what is taken reads back the same."""

import math
from collections.abc import Iterator
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support import asgi, contract, world
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

WITH_BODY = [
    name for name, operation in contract.operations().items() if operation.body and operation.body[0].endswith("json")
]
ALL = list(contract.operations())
DEEP = 100_000
# Not JSON, or JSON that strict readers refuse, whatever it is sent to.
MALFORMED = {
    "empty": b"",
    "space": b" ",
    "text": b"hello",
    "open": b"{",
    "half": b'{"a":',
    "trailing": b"{} {}",
    "comma": b'{"a":1,}',
    "comment": b"{/**/}",
    "single_quotes": b"{'a':1}",
    "unquoted": b"{a:1}",
    "nan": b'{"name":NaN}',
    "infinity": b'{"name":-Infinity}',
    "leading_zero": b'{"name":01}',
    "hex": b'{"name":0x1}',
    "plus": b'{"name":+1}',
    "bare_dot": b'{"name":1.}',
    "control": b'{"name":"\x01"}',
    "newline": b'{"name":"a\nb"}',
    "bad_escape": b'{"name":"\\x41"}',
    "lone_high": b'{"name":"\\ud800"}',
    "lone_low": b'{"name":"\\udc00"}',
    "swapped_pair": b'{"name":"\\udc00\\ud800"}',
    "bad_utf8": b'{"name":"\xff"}',
    "overlong": b'{"name":"\xc0\xaf"}',
    "cesu": b'{"name":"\xed\xa0\x80"}',
    "bom": b"\xef\xbb\xbf{}",
    "utf16": "{}".encode("utf-16"),
    "utf32": "{}".encode("utf-32"),
    "nul": b"\x00",
    "duplicate": b'{"name":"a","name":"b"}',
    "deep_array": b"[" * DEEP + b"]" * DEEP,
    "deep_object": b'{"a":' * DEEP + b"1" + b"}" * DEEP,
    "gzip": b"\x1f\x8b\x08\x00",
}
# JSON that is no valid body of any operation.
WRONG: dict[str, Any] = {
    "null": None,
    "list": [],
    "list_of_objects": [{}],
    "true": True,
    "number": 0,
    "float": 1e300,
    "text": "text",
    "many_keys": {f"key{number}": number for number in range(20_000)},
    "deep": orjson.loads(b"[" * 199 + b"]" * 199),
    "proto": {"__proto__": {"polluted": True}},
}
BAD_VALUES: list[Any] = [
    "\x00", "a\x00b", "\x1b[31mred", "\x7f", 2**31, 2**63, -(2**63) - 1, 10**22, 1e308, -1, 0.5, True, [[]], {"$ne": None},
    "x" * 30_000, "../../etc/passwd", "'; DROP TABLE jobs; --", "{{7*7}}", "%s%s%s%n", "0198c0ff-ee00-7000-8000-00000000000",
]  # fmt: skip
HARMLESS = [  # printable, and dangerous somewhere else: they must come back as they went in
    "Robert'); DROP TABLE candidates;--", "<script>alert(1)</script>", "={1+1}|cmd", "${jndi:ldap://x}", "{{7*7}}", "%00%0a",
    "\u202ereversed", "Zoë 🧑‍💻 李小龍 محمد", "a\u0301 combined", "ﬃ ligature", "\\u0000 spelled", "\\\"'`", "NULL", "undefined",
    "\uff11\uff12\uff13 full width", "\U0001d56c astral", "\u0130stanbul \u0131I ß", "\u200bzero width", "-1 OR 1=1", "../../..", "C:\\con", "true", "1e400",
]  # fmt: skip


def raw(client: ApiClient, call: world.Call, content: bytes, **headers: str) -> Any:
    assert call.operation.body is not None
    sent = {"Content-Type": call.operation.body[0], **headers}
    sender = client if call.token is None else ApiClient(client.app, call.token)
    return sender.request(call.operation.method, call.path, content=content, headers=sent)


@pytest.mark.promise("B1")
@pytest.mark.parametrize("operation_id", WITH_BODY)
async def test_malformed_json_is_refused(standing: world.Standing, rows: Rows, operation_id: str) -> None:
    cast, call = await standing.call(operation_id)
    client = cast.client("admin")
    before = await rows.fingerprint(cast.organization_id)
    for name, content in MALFORMED.items():
        assert problem(await raw(client, call, content)) == (400, "malformed_json"), name
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.promise("B1")
@pytest.mark.parametrize("operation_id", WITH_BODY)
async def test_json_that_is_no_body_is_refused(standing: world.Standing, rows: Rows, operation_id: str) -> None:
    cast, call = await standing.call(operation_id)
    client = cast.client("admin")
    before = await rows.fingerprint(cast.organization_id)
    for name, value in WRONG.items():
        assert problem(await raw(client, call, orjson.dumps(value))) == (422, "validation_failed"), name
    assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.promise("B1")
@pytest.mark.parametrize("operation_id", WITH_BODY)
async def test_the_media_type_must_be_the_contracts(standing: world.Standing, rows: Rows, operation_id: str) -> None:
    cast, call = await standing.call(operation_id)
    client = cast.client("admin")
    assert call.operation.body is not None
    content = orjson.dumps(call.body)
    before = await rows.fingerprint(cast.organization_id)
    other = "application/json" if "merge" in call.operation.body[0] else "application/merge-patch+json"
    for kind in (
        "text/plain",
        "multipart/form-data; boundary=x",
        "application/x-www-form-urlencoded",
        "",
        "*/*",
        other,
    ):
        answer = await raw(client, call, content, **{"Content-Type": kind})
        assert problem(answer) == (415, "unsupported_media_type"), kind
    for coding in ("gzip", "deflate, gzip", "br", "chunked"):
        answer = await raw(client, call, content, **{"Content-Encoding": coding})
        assert problem(answer) == (415, "unsupported_media_type"), coding
    assert await rows.fingerprint(cast.organization_id) == before


def leaves(value: Any, pointer: world.Pointer = ()) -> Iterator[world.Pointer]:
    """Every place of a body."""
    if pointer:
        yield pointer
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in inner:
        yield from leaves(each, (*pointer, key))


def is_valid(call: world.Call, body: Any) -> bool:
    assert call.operation.body is not None
    return contract.validator(orjson.dumps(call.operation.body[1]["schema"])).is_valid(body)


@pytest.mark.promise("B1")
@pytest.mark.parametrize("operation_id", WITH_BODY)
async def test_a_bad_value_anywhere_is_refused(standing: world.Standing, rows: Rows, operation_id: str) -> None:
    """The schema in the spec is the judge: what it does not take, the service must not."""
    cast, call = await standing.call(operation_id)
    client = cast.client("admin")
    before, tried = await rows.fingerprint(cast.organization_id), 0
    for pointer in list(leaves(call.body)):
        for value in BAD_VALUES:
            body = world.with_value(call.body, pointer, value)
            if is_valid(call, body):
                continue
            tried += 1
            content = orjson.dumps(body) if not isinstance(value, int) or abs(value) < 2**63 else _big(body)
            answer = await raw(client, call, content)
            assert answer.status_code in (400, 422), (pointer, value, answer.text)
    assert tried or not list(leaves(call.body)), "vacuous"
    assert await rows.fingerprint(cast.organization_id) == before


def _big(body: Any) -> bytes:
    import json  # noqa: PLC0415 - the only writer here that spells integers beyond 64 bits

    return json.dumps(body).encode()


BAD_QUERY = ["%00", "%ff", "%ed%a0%80", "a" * 4000, "-1", "0", "99999999999999999999999", "1e3", "true,false", ",", "[]", "'", "%0d%0aX: y", "../..", "null", "NaN"]  # fmt: skip


@pytest.mark.promise("B1")
@pytest.mark.parametrize("operation_id", ALL)
async def test_no_query_is_too_strange(standing: world.Standing, rows: Rows, operation_id: str) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    client = cast.client("admin")
    before = await rows.fingerprint(cast.organization_id)
    for parameter in call.operation.parameters:
        if parameter["in"] == "query":
            for value in BAD_QUERY:
                answer = await client.request(
                    call.operation.method, f"{call.path}?{parameter['name']}={value}", **call.sent
                )
                assert answer.status_code in (200, 201, 400, 404, 422), (parameter["name"], value, answer.text)
                if answer.status_code == 201:
                    before = await rows.fingerprint(cast.organization_id)
    for text in ("%", "&&&", "=", "%zz=1", "a=b=c", "limit", "limit=", "?", "limit=1;limit=2", "\x7f"):
        answer = await client.request(call.operation.method, f"{call.path}?{text}", **call.sent)
        assert answer.status_code in (200, 201, 204, 400, 422), (text, answer.text)
        if answer.is_success:
            return
    if call.operation.method != "GET":
        assert await rows.fingerprint(cast.organization_id) == before


@pytest.mark.promise("B1")
@pytest.mark.parametrize(
    "slot",
    [slot for each in contract.operations().values() for slot in world.path_slots(each) if slot.place == "path"],
    ids=str,
)
async def test_a_path_that_is_no_id_is_like_an_unknown_one(standing: world.Standing, slot: world.Slot) -> None:
    cast, call = await standing.call(slot.operation_id)
    client = cast.client("admin")
    own = call.path_values[str(slot.pointer[0])]
    bad = [
        "0",
        "x",
        "%00",
        "%ff",
        own[:-1],
        own + "0",
        own.replace("-", ""),
        "{" + own + "}",
        "%22",
        "10" * 2000,
        "'",
        "-",
        "٣",
    ]
    for value in bad:
        answer = await call.with_id(slot, value).send(client)
        assert problem(answer) == (404, "not_found"), value


BAD_HEADERS = [b"\xff", b"\x80abc", b"a" * 300, b'"', b"W/", b"*,*", b'"1-x', b"\t", b"", b"%00", b"\xc3\xa9"]


@pytest.mark.promise("B1")
@pytest.mark.parametrize("operation_id", ALL)
async def test_no_header_is_too_strange(standing: world.Standing, operation_id: str) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    token = cast.people["admin"].token.encode()
    named = [parameter["name"] for parameter in call.operation.parameters if parameter["in"] == "header"]
    names = [
        *named,
        "Authorization",
        "Accept",
        "Content-Type",
        "Content-Length",
        "X-Request-Id",
        "Origin",
        "X-Forwarded-For",
        "Range",
        "Cookie",
    ]
    for name in names:
        for value in BAD_HEADERS:
            headers = [(b"authorization", b"Bearer " + token)] if name != "Authorization" else []
            answer = await asgi.call(
                cast.app, call.operation.method, call.path, headers=[*headers, (name.lower().encode(), value)]
            )
            assert 200 <= answer.status < 500, (name, value, answer.body)


@pytest.mark.promise("B1")
@pytest.mark.parametrize("text", HARMLESS)
async def test_strange_text_reads_back_identical(make: Factories, cast: Cast, text: str) -> None:
    client = cast.client("recruiter")
    profile = {"full_name": text, "given_name": text, "family_name": text, "headline": text}
    candidate = await make.candidate(profile=profile)
    read = (await client.data("GET", f"{V1}/candidates/{candidate['id']}"))["profile"]
    assert {name: read[name] for name in profile} == profile
    job = await make.job(title=text, description=text, external_id=text)
    found = await client.get(f"{V1}/jobs", params={"external_id": text})
    assert [each["id"] for each in found.json()["data"]] == [job["id"]]
    assert (found.json()["data"][0]["title"], found.json()["data"][0]["description"]) == (text, text)
    searched = await client.get(f"{V1}/candidates", params={"q": text})
    assert searched.status_code in (200, 422), searched.text


TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=120).filter(
    lambda text: text.strip(" ")
)


@pytest.mark.promise("B1")
async def test_any_text_reads_back_identical(make: Factories, cast: Cast) -> None:
    """A Hypothesis round trip, in one organization."""
    examples: list[tuple[str, str]] = []

    @given(TEXTS, TEXTS)
    def collect(name: str, headline: str) -> None:
        examples.append((name, headline))

    collect()
    for name, headline in examples:
        answer = await cast.client("recruiter").post(
            f"{V1}/candidates", json={"profile": {"full_name": name, "headline": headline}}
        )
        assert answer.status_code in (201, 422), answer.text
        if answer.status_code == 201:
            shown = answer.json()["data"]["profile"]
            assert (shown["full_name"], shown["headline"]) == (name, headline)
        else:
            schema = {"$ref": "#/components/schemas/CandidateCreate"}
            body = {"profile": {"full_name": name, "headline": headline}}
            assert not contract.validator(orjson.dumps(schema)).is_valid(body), (name, headline)
    assert len(examples) > 50


@pytest.mark.promise("B1")
async def test_numbers_at_their_limits_are_taken_exactly(make: Factories, cast: Cast) -> None:
    client, largest = cast.client("recruiter"), 2**53 - 1
    for amount in (0, 1, 2**31 - 1, 2**31, 2**32, largest):
        money = {"amount_minor": amount, "currency": "EUR"}
        job = await make.job(salary={"minimum": money, "maximum": money, "period": "year"})
        assert (await client.data("GET", f"{V1}/jobs/{job['id']}"))["salary"]["minimum"]["amount_minor"] == amount
    wrong: list[Any] = [-1, largest + 1, 2**63, 2**64, 10**22, 1.5, math.pi, "1", True, None]
    for amount in wrong:
        salary = {"minimum": {"amount_minor": amount, "currency": "EUR"}, "maximum": None, "period": "year"}
        answer = await client.post(
            f"{V1}/jobs", content=_big({"title": "x", "salary": salary}), headers={"Content-Type": "application/json"}
        )
        assert problem(answer) == (422, "validation_failed"), amount
