"""accept_resume_parse: a person has looked; then, and only then, the candidate changes."""

from typing import Any

import pytest

from impl.services.resumes import parsing
from tests.services.habits import (
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
    refused_at,
)
from tests.support import resumes
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

EVERYTHING = [
    "/basics/name",
    "/basics/label",
    "/basics/emails/0",
    "/basics/phones/0",
    "/basics/profiles/0/url",
    "/basics/location/address",
]


def path(parse: Data) -> str:
    return f"{V1}/resume_parses/{parse['id']}/accept"


async def profile_of(client: ApiClient, parse: Data) -> Data:
    candidate = await client.data("GET", f"{V1}/candidates/{parse['candidate_id']}")
    profile: Data = candidate["profile"]
    return profile


async def test_works_and_records_its_events(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    parse = await make.parse(await make.application(candidate=await make.candidate(full_name="M. Okafor")))
    before = await profile_of(recruiter, parse)
    effects = [("resume_parse.accepted", parse["id"]), ("candidate.updated", parse["candidate_id"])]
    tried = await expect_dry_run(watched, recruiter, path(parse), {"take_over": EVERYTHING}, effects)

    shown = await recruiter.data("GET", f"{V1}/resume_parses/{parse['id']}")
    assert (tried["accepted_profile"], tried["taken_over"]) == (shown["accepted_profile"], sorted(EVERYTHING))
    assert (shown["accepted_profile"], shown["profile"]) == (parse["profile"], parse["profile"])
    assert shown["accepted_by"] == {"type": "user", "id": str(recruiter.id)}
    assert changes_of((await watched.events())[0]) == {"accepted_at": (None, shown["accepted_at"])}
    assert await profile_of(recruiter, parse) == before | {
        "full_name": "Mira Okafor",
        "headline": "Baker of bread",
        "emails": [{"address": resumes.EMAIL, "kind": "personal"}],
        "phones": [{"number": "+4930901820", "kind": "personal"}],
        "links": [{"url": f"https://{resumes.LINK}", "kind": "linkedin"}],
        "addresses": [
            {
                "street": None,
                "postal_code": "10115",
                "city": "Berlin",
                "region": None,
                "country_code": "DE",
                "kind": "personal",
            }
        ],
    }
    [found] = await recruiter.data("GET", f"{V1}/candidates?phone=%2B49 30 901820")
    assert found["id"] == parse["candidate_id"]


async def test_nothing_changes_that_is_not_named(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    parse = await make.parse()
    before = await recruiter.data("GET", f"{V1}/candidates/{parse['candidate_id']}")
    await watched.begin()
    await recruiter.data("POST", path(parse), json={"take_over": []})
    assert await watched.effects() == [("resume_parse.accepted", parse["id"])]
    assert await recruiter.data("GET", f"{V1}/candidates/{parse['candidate_id']}") == before


async def test_what_is_there_already_is_not_added_again(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    """Addresses and numbers are the same however they are spelled."""
    known = {
        "full_name": "Mira Okafor",
        "emails": [{"address": resumes.EMAIL.upper(), "kind": "work"}],
        "phones": [{"number": "+49 (30) 90 18 20", "kind": "work"}],
        "links": [{"url": f"https://{resumes.LINK.upper()}", "kind": "other"}],
    }
    parse = await make.parse(await make.application(candidate=await make.candidate(profile=known)))
    before = await profile_of(recruiter, parse)
    await watched.begin()
    named = ["/basics/name", "/basics/emails/0", "/basics/phones/0", "/basics/profiles/0/url"]
    await recruiter.data("POST", path(parse), json={"take_over": named})
    assert await watched.effects() == [("resume_parse.accepted", parse["id"])]
    assert await profile_of(recruiter, parse) == before


async def test_corrections_come_first(recruiter: ApiClient, make: Factories) -> None:
    read = resumes.understood()
    skills = [{"name": name} for name in ("Page 1 of 2", "Sourdough", "Rye")]
    evidence = {f"/skills/{place}/name": read.evidence["/skills/0/name"] for place in range(3)}
    outcome = parsing.Reading(
        resumes.understood(profile=read.profile | {"skills": skills}, evidence=read.evidence | evidence)
    )
    parse = await make.parse(outcome=outcome)
    corrections = {
        "/basics/phones/0": "+49 30 555 0100",
        "/basics/profiles/0/url": None,
        "/work/0/name": "Southwind Bakery",
        "/work/0/startDate": "2019-05-01",
        "/education/0/endDate": None,
        "/education/0/studyType": None,
        "/skills/0/name": None,
        "/languages/0/language": None,
        "/languages/0/code": None,
    }
    body = {
        "take_over": ["/basics/phones/0"],
        "corrections": [{"pointer": pointer, "value": value} for pointer, value in corrections.items()],
    }
    shown = await recruiter.data("POST", path(parse), json=body)

    accepted = shown["accepted_profile"]
    assert shown["profile"] == parse["profile"], "what was read stays"
    assert shown["evidence"] == parse["evidence"]
    assert shown["corrected"] == sorted(corrections)
    assert accepted["basics"] == {
        **{name: value for name, value in parse["profile"]["basics"].items() if name != "profiles"},
        "phone": "+49 30 555 0100",
        "phones": ["+49 30 555 0100"],
        "profiles": [],
    }
    assert accepted["work"] == [
        {"position": "Baker", "name": "Southwind Bakery", "startDate": "2019-05-01", "endDate": None}
    ]
    assert accepted["education"] == [{"institution": "Bakers' College", "startDate": "2014", "endDate": None}]
    assert (accepted["skills"], accepted["languages"]) == (skills[1:], [])
    assert (await profile_of(recruiter, parse))["phones"] == [{"number": "+49 30 555 0100", "kind": "personal"}]


async def test_the_last_one_counts(recruiter: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    named = {"take_over": [], "corrections": [{"pointer": "/work/0/position", "value": "Cook"}]}
    await recruiter.data("POST", path(parse), json=named)
    again = await recruiter.data("POST", path(parse), json={"take_over": []})
    assert (again["accepted_profile"], again["corrected"]) == (parse["profile"], [])


async def test_of_two_corrections_of_a_field_the_later_one_counts(recruiter: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    named = [
        ("/work/0/startDate", "May"),
        ("/skills/0/name", "x"),
        ("/work/0/startDate", "2018"),
        ("/skills/0/name", None),
    ]
    corrections = [{"pointer": pointer, "value": value} for pointer, value in named]

    shown = await recruiter.data("POST", path(parse), json={"take_over": [], "corrections": corrections})

    assert shown["accepted_profile"]["work"][0]["startDate"] == "2018"
    assert shown["accepted_profile"]["skills"] == parse["profile"]["skills"][1:]
    assert shown["corrected"] == ["/skills/0/name", "/work/0/startDate"]


@pytest.mark.parametrize(
    ("body", "code", "pointers"),
    [
        ({"take_over": ["/basics/phones/1"]}, "pointer_unknown", ["/take_over/0"]),
        ({"take_over": ["/basics/name", "/work/0/name"]}, "pointer_unknown", ["/take_over/1"]),
        ({"take_over": ["/basics/phones/00"]}, "pointer_unknown", ["/take_over/0"]),
        (
            {"take_over": ["/basics/name"], "corrections": [{"pointer": "/basics/name", "value": None}]},
            "pointer_unknown",
            ["/take_over/0"],
        ),
        (
            {"take_over": [], "corrections": [{"pointer": "/work/0", "value": "x"}]},
            "pointer_unknown",
            ["/corrections/0/pointer"],
        ),
        (
            {"take_over": [], "corrections": [{"pointer": "/basics/phone", "value": "x"}]},
            "pointer_unknown",
            ["/corrections/0/pointer"],
        ),
        (
            {"take_over": [], "corrections": [{"pointer": "/work/0/startDate", "value": "May"}]},
            "validation_failed",
            ["/corrections/0/value"],
        ),
        (
            {"take_over": [], "corrections": [{"pointer": "/languages/0/code", "value": "Deutschland"}]},
            "validation_failed",
            ["/corrections/0/value"],
        ),
        (
            {"take_over": ["/basics/emails/0"], "corrections": [{"pointer": "/basics/emails/0", "value": "nobody"}]},
            "validation_failed",
            ["/take_over/0"],
        ),
        ({"take_over": ["basics"]}, "validation_failed", ["/take_over/0"]),
        ({"take_over": ["/basics/name", "/basics/name"]}, "validation_failed", ["/take_over"]),
        ({}, "validation_failed", ["/take_over"]),
    ],
)
async def test_refuses_what_does_not_fit(
    recruiter: ApiClient, make: Factories, watched: Watch, body: Any, code: str, pointers: list[str]
) -> None:
    parse = await make.parse()
    await watched.begin()
    assert refused_at(await recruiter.post(path(parse), json=body)) == (422, code, pointers)
    await watched.expect_nothing()


async def test_a_profile_holds_only_so_many(recruiter: ApiClient, make: Factories) -> None:
    numbers = [{"number": f"+49 30 90182{digit}", "kind": "work"} for digit in range(1, 10)]
    full = {"full_name": "Mira Okafor", "phones": [*numbers, {"number": "+49 40 901820", "kind": "work"}]}
    parse = await make.parse(await make.application(candidate=await make.candidate(profile=full)))
    refused = await recruiter.post(path(parse), json={"take_over": ["/basics/phones/0"]})
    assert refused_at(refused) == (422, "validation_failed", ["/take_over/0"])


@pytest.mark.parametrize("status", ["queued", "needs_ocr", "failed"])
async def test_only_what_was_understood(recruiter: ApiClient, make: Factories, watched: Watch, status: str) -> None:
    parse = await make.parse(status=status)
    await watched.begin()
    refused = await recruiter.post(path(parse), json={"take_over": []})
    assert problem(refused) == (409, "resume_parse_not_parsed")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == (status, [])
    await watched.expect_nothing()


async def test_takes_if_match(admin: ApiClient, make: Factories, watched: Watch) -> None:
    parse = await make.parse()
    resource = f"{V1}/resume_parses/{parse['id']}"
    await expect_if_match(watched, admin, "POST", path(parse), {"take_over": []}, resource)


async def test_is_done_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    parse = await make.parse()
    await expect_replay(watched, recruiter, path(parse), {"take_over": ["/basics/name"]}, {"take_over": []})


async def test_hides_another_organizations_row(watched: Watch, outsider: ApiClient, make: Factories) -> None:
    parse = await make.parse()
    await expect_hidden(watched, outsider, "POST", path(parse), {"take_over": []})


async def test_needs_its_permissions(make: Factories) -> None:
    parse = await make.parse()
    for held, lacked in (("attachments:read", "candidates:write"), ("candidates:write", "attachments:read")):
        other = await make.machine(held)
        await expect_scope(other, "POST", path(parse), {"take_over": []}, lacked)
