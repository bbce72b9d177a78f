"""The values of custom fields, on candidates, applications and jobs alike: set, merged, cleared, refused, hidden, found."""

import asyncio
from typing import Any

import pytest

from tests.services.habits import NOWHERE, Watch, changes_of, ids_of, refused_at, shown_to_all
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

TARGETS = ("candidate", "application", "job")
# A value of every type, and one that the type does not take.
VALUES: dict[str, tuple[Any, Any]] = {
    "short_text": ("Quokka", "two\nlines"),
    "long_text": ("Zyzzyva\nand more", 7),
    "number": ("-12.50", "1e5"),
    "integer": (-3, True),
    "boolean": (False, "false"),
    "date": ("2028-02-29", "2027-02-29"),
    "url": ("https://numbat.example/q", "ftp://numbat.example"),
    "single_select": ("two", "four"),
    "multi_select": (["three", "one"], ["one", "four"]),
    "money": ({"amount_minor": 6500000, "currency": "EUR"}, "EUR 65000"),
    "user": ("", NOWHERE),
}
# How a filter writes the values above, and one that finds nothing.
FILTERS = {
    "number": ("-12.5", "-12.51"),
    "integer": ("-3", "3"),
    "boolean": ("false", "true"),
    "date": ("2028-02-29", "2028-03-01"),
    "single_select": ("two", "one"),
    "multi_select": ("one", "two"),
    "money": ("6500000.EUR", "6500000.USD"),
}


async def body_of(make: Factories, target: str) -> Data:
    """What a new one needs."""
    if target == "candidate":
        return {"profile": {"full_name": "Nova Quill"}}
    if target == "job":
        return {"title": "Keeper"}
    return {"candidate_id": (await make.candidate())["id"], "job_id": (await make.job())["id"]}


async def new(client: ApiClient, make: Factories, target: str, **fields: Any) -> Data:
    """One of them with these fields."""
    made: Data = await client.data("POST", f"{V1}/{target}s", json=await body_of(make, target) | fields)
    return made


async def fields_of_every_type(make: Factories, cast: Cast, target: str) -> Data:
    """A value for a field of every type; the key of each is its type."""
    for kind in VALUES:
        await make.custom_field(kind, kind=kind, applies_to=target)
    return {kind: good for kind, (good, _) in VALUES.items()} | {"user": str(cast.people["interviewer"].id)}


@pytest.mark.parametrize("target", TARGETS)
async def test_every_type_is_kept_as_it_was_sent(
    admin: ApiClient, make: Factories, cast: Cast, watched: Watch, target: str
) -> None:
    values = await fields_of_every_type(make, cast, target)
    await watched.begin()

    made = await new(admin, make, target, custom_fields=values)

    assert (made["custom_fields"], made["private_custom_fields"]) == (values, {})
    path = f"{V1}/{target}s/{made['id']}"
    assert await admin.data("GET", path) == made
    assert made in await admin.data("GET", f"{V1}/{target}s")
    event = next(
        each
        for each in await watched.events()
        if each["type"] == f"{target}.created" and str(each["resource_id"]) == made["id"]
    )
    told = changes_of(event)
    assert {name: told[name] for name in told if name.startswith("custom_fields.")} == {
        f"custom_fields.{kind}": (None, None) for kind in VALUES
    }
    await watched.begin()
    assert await admin.data("PATCH", path, json={"custom_fields": {"integer": -3, "boolean": False}}) == made
    await watched.expect_nothing()


@pytest.mark.parametrize("target", TARGETS)
async def test_a_change_is_merged_and_null_clears(
    admin: ApiClient, make: Factories, cast: Cast, watched: Watch, target: str
) -> None:
    values = await fields_of_every_type(make, cast, target)
    made = await new(admin, make, target, custom_fields=values)
    path = f"{V1}/{target}s/{made['id']}"
    await watched.begin()

    patch = {"custom_fields": {"integer": 5, "short_text": None, "multi_select": ["two"]}}
    changed = await admin.data("PATCH", path, json=patch)

    left = {kind: value for kind, value in values.items() if kind != "short_text"}
    assert changed["custom_fields"] == left | {"integer": 5, "multi_select": ["two"]}
    assert (changed["version"], await admin.data("GET", path)) == (made["version"] + 1, changed)
    [event] = await watched.events()
    assert (event["type"], set(changes_of(event))) == (
        f"{target}.updated",
        {"custom_fields.integer", "custom_fields.short_text", "custom_fields.multi_select"},
    )
    cleared = await admin.data("PATCH", path, json={"custom_fields": dict.fromkeys(VALUES)})
    assert cleared["custom_fields"] == {}


@pytest.mark.parametrize("target", TARGETS)
async def test_refuses_values_that_the_type_does_not_take(
    admin: ApiClient, make: Factories, cast: Cast, watched: Watch, target: str
) -> None:
    await fields_of_every_type(make, cast, target)
    body, made = await body_of(make, target), await new(admin, make, target)
    await watched.begin()

    wrong = {kind: bad for kind, (_, bad) in VALUES.items()}
    refusal = (422, "custom_fields_invalid", [f"/custom_fields/{kind}" for kind in VALUES if kind != "user"])
    assert refused_at(await admin.post(f"{V1}/{target}s", json=body | {"custom_fields": wrong | {"user": "me"}})) == (
        *refusal[:2],
        [*refusal[2], "/custom_fields/user"],
    )
    assert refused_at(await admin.patch(f"{V1}/{target}s/{made['id']}", json={"custom_fields": {"user": NOWHERE}})) == (
        *refusal[:2],
        ["/custom_fields/user"],
    )
    # No value of any type: the contract itself refuses it.
    no_values: tuple[Any, ...] = ("", [], {}, 1.5, {"amount_minor": 1}, "a\x00b", 2**53)
    for never in no_values:
        response = await admin.patch(f"{V1}/{target}s/{made['id']}", json={"custom_fields": {"integer": never}})
        assert problem(response) == (422, "validation_failed"), never
    await watched.expect_nothing()


@pytest.mark.parametrize("target", TARGETS)
async def test_refuses_keys_that_are_not_there_archived_or_private(
    admin: ApiClient, make: Factories, target: str
) -> None:
    fields = {name: await make.custom_field(name, applies_to=target) for name in ("usual", "old")}
    await make.custom_field("secret", applies_to=target, is_private=True)
    await make.custom_field("elsewhere", applies_to=next(each for each in TARGETS if each != target))
    made = await new(admin, make, target, custom_fields={"old": "kept"})
    path = f"{V1}/{target}s/{made['id']}"
    await admin.data("PATCH", f"{V1}/custom_fields/{fields['old']['id']}", json={"is_archived": True})

    body = {
        "custom_fields": {"usual": "x", "unknown": "x", "elsewhere": None, "old": "new", "secret": "x"},
        "private_custom_fields": {"usual": "x"},
    }
    response = await admin.patch(path, json=body)

    assert problem(response) == (422, "custom_fields_invalid")
    found = {error["pointer"]: error["code"] for error in response.json()["errors"]}
    assert found == {
        "/custom_fields/unknown": "unknown_field",
        "/custom_fields/elsewhere": "unknown_field",
        "/custom_fields/old": "field_archived",
        "/custom_fields/secret": "wrong_place",
        "/private_custom_fields/usual": "wrong_place",
    }
    assert "there are: secret, usual." in next(
        e["message"] for e in response.json()["errors"] if e["code"] == "unknown_field"
    )
    stranger = await make.machine(f"{target}s:read", f"{target}s:write")
    blind = await stranger.patch(path, json={"custom_fields": body["custom_fields"]})
    told = {error["pointer"]: error for error in blind.json()["errors"]}
    assert told["/custom_fields/secret"]["code"] == "unknown_field", "who may not see it is not told that it is there"
    assert "there are: usual." in told["/custom_fields/unknown"]["message"]
    assert await admin.data("PATCH", path, json={"custom_fields": {"old": "kept"}}) == made
    assert (await admin.data("PATCH", path, json={"custom_fields": {"old": None}}))["custom_fields"] == {}


async def test_an_archived_option_is_kept_but_not_chosen(admin: ApiClient, make: Factories) -> None:
    single, many = (
        await make.custom_field("single", kind="single_select"),
        await make.custom_field("many", kind="multi_select"),
    )
    chosen = {"single": "one", "many": ["one", "two"]}
    with_it, without = await make.candidate(custom_fields=chosen), await make.candidate()
    for field in (single, many):
        change = {"options": [{"key": "one", "is_archived": True}]}
        await admin.data("PATCH", f"{V1}/custom_fields/{field['id']}", json=change)

    kept = {"custom_fields": {"single": "one", "many": ["two", "one"]}}
    changed = await admin.data("PATCH", f"{V1}/candidates/{with_it['id']}", json=kept)
    refused = await admin.patch(f"{V1}/candidates/{without['id']}", json={"custom_fields": chosen})

    assert changed["custom_fields"] == kept["custom_fields"]
    assert {error["code"] for error in refused.json()["errors"]} == {"option_archived"}
    twice = {"custom_fields": {"many": ["two", "two"]}}
    assert problem(await admin.patch(f"{V1}/candidates/{without['id']}", json=twice)) == (422, "custom_fields_invalid")


@pytest.mark.parametrize("target", TARGETS)
async def test_private_ones_are_for_who_holds_the_scope(make: Factories, admin: ApiClient, target: str) -> None:
    await make.custom_field("secret", kind="integer", applies_to=target, is_private=True)
    made = await new(admin, make, target, private_custom_fields={"secret": 7})
    path = f"{V1}/{target}s/{made['id']}"
    assert (made["custom_fields"], made["private_custom_fields"]) == ({}, {"secret": 7})

    other = await make.machine(f"{target}s:read", f"{target}s:write")

    assert await other.data("GET", path) == shown_to_all(made)
    assert shown_to_all(made) in await other.data("GET", f"{V1}/{target}s")
    refused = await other.patch(path, json={"private_custom_fields": {"secret": 8}})
    assert (problem(refused), refused.json()["missing_scopes"]) == ((403, "missing_scope"), ["custom_fields:private"])
    refused = await other.post(f"{V1}/{target}s", json=await body_of(make, target) | {"private_custom_fields": {}})
    assert problem(refused) == (403, "missing_scope")
    assert refused_at(await other.get(f"{V1}/{target}s?custom_field=secret:7"))[:2] == (422, "custom_fields_invalid")
    assert ids_of(await admin.data("GET", f"{V1}/{target}s?custom_field=secret:7")) == [made["id"]]


@pytest.mark.parametrize("target", TARGETS)
async def test_a_list_is_narrowed_by_values(admin: ApiClient, make: Factories, cast: Cast, target: str) -> None:
    values = await fields_of_every_type(make, cast, target)
    made = await new(admin, make, target, custom_fields=values)
    other = await new(admin, make, target, custom_fields={"boolean": False})
    path = f"{V1}/{target}s"

    for kind, (fits, fits_not) in {**FILTERS, "user": (values["user"], NOWHERE)}.items():
        found = ids_of(await admin.data("GET", f"{path}?custom_field={kind}:{fits}&sort=created_at"))
        assert found == ([made["id"], other["id"]] if kind == "boolean" else [made["id"]]), kind
        assert await admin.data("GET", f"{path}?custom_field={kind}:{fits_not}") == [], kind
    both = "custom_field=boolean:false,integer:-3"
    assert ids_of(await admin.data("GET", f"{path}?{both}")) == [made["id"]]
    await admin.data("PATCH", f"{path}/{made['id']}", json={"custom_fields": {"integer": 4, "boolean": None}})
    assert await admin.data("GET", f"{path}?{both}") == []
    assert ids_of(await admin.data("GET", f"{path}?custom_field=integer:4")) == [made["id"]]
    assert ids_of(await admin.data("GET", f"{path}?custom_field=boolean:false")) == [other["id"]]


@pytest.mark.parametrize("target", TARGETS)
async def test_refuses_filters_that_find_nothing_ever(
    admin: ApiClient, make: Factories, cast: Cast, target: str
) -> None:
    await fields_of_every_type(make, cast, target)
    cases = {
        "unknown:1": "unknown_field",
        "short_text:Quokka": "field_not_filterable",
        "long_text:Quokka": "field_not_filterable",
        "url:numbat.example": "field_not_filterable",
        "integer:1.0": "type",
        "number:1e5": "type",
        "boolean:yes": "type",
        "date:2027-02-29": "type",
        "money:65000": "type",
        "user:me": "type",
        "single_select:four": "unknown_option",
    }
    for item, code in cases.items():
        response = await admin.get(f"{V1}/{target}s?custom_field={item}")
        assert problem(response) == (422, "custom_fields_invalid"), item
        assert [(e["pointer"], e["code"]) for e in response.json()["errors"]] == [("query/custom_field.0", code)], item
    assert problem(await admin.get(f"{V1}/{target}s?custom_field=integer")) == (422, "validation_failed")


async def test_nothing_of_a_value_can_be_read_in_the_tables(admin: ApiClient, make: Factories, rows: Rows) -> None:
    for target in TARGETS:
        await make.custom_field("animal", applies_to=target)
        await make.custom_field("born_on", kind="date", applies_to=target, is_private=True)
        await new(
            admin, make, target, custom_fields={"animal": "Quokka"}, private_custom_fields={"born_on": "1987-06-05"}
        )

    for table, _ in await rows.tables():
        for row in await rows.connection.fetch(f'SELECT t::text AS text FROM "{table}" t'):  # noqa: S608 - the catalogue's names
            for word in ("Quokka", "1987-06-05"):
                assert word not in row["text"], table
                assert word.encode().hex() not in row["text"], table


async def test_changes_of_other_fields_at_once_lose_none(admin: ApiClient, make: Factories) -> None:
    keys = [(await make.custom_field(kind="integer"))["key"] for _ in range(5)]
    candidate = await make.candidate()
    path = f"{V1}/candidates/{candidate['id']}"

    changes = [admin.patch(path, json={"custom_fields": {key: place}}) for place, key in enumerate(keys)]
    answers = await asyncio.gather(*changes)

    assert {answer.status_code for answer in answers} == {200}
    assert (await admin.data("GET", path))["custom_fields"] == {key: place for place, key in enumerate(keys)}
    for place, key in enumerate(keys):
        assert ids_of(await admin.data("GET", f"{V1}/candidates?custom_field={key}:{place}")) == [candidate["id"]]
