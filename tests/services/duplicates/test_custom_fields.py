"""The custom fields of candidates who are merged, and of those who are not any more."""

from tests.services.candidates.habits import path_of
from tests.services.duplicates.test_merge_candidates import merge_path, naming
from tests.services.duplicates.test_unmerge_candidate import unmerge_path
from tests.services.habits import CANDIDATES, ids_of
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_the_survivor_gets_what_it_lacks_and_gives_it_back(recruiter: ApiClient, make: Factories) -> None:
    for key in ("weeks", "years"):
        await make.custom_field(key, kind="integer")
    await make.custom_field("secret", kind="multi_select", is_private=True)
    survivor = await make.candidate(custom_fields={"weeks": 1})
    duplicate = await make.candidate(
        custom_fields={"weeks": 2, "years": 3}, private_custom_fields={"secret": ["one", "two"]}
    )

    merged = (await recruiter.data("POST", merge_path(survivor), json=naming(duplicate)))["survivor"]

    assert merged["custom_fields"] == {"weeks": 1, "years": 3}
    assert merged["private_custom_fields"] == {"secret": ["one", "two"]}
    for item in ("weeks:1", "years:3", "secret:two"):
        assert ids_of(await recruiter.data("GET", f"{CANDIDATES}?custom_field={item}")) == [survivor["id"]], item
    await recruiter.data("PATCH", path_of(survivor), json={"custom_fields": {"years": 4}})

    back = await recruiter.data("POST", unmerge_path(duplicate))

    left = await recruiter.data("GET", path_of(survivor))
    assert (left["custom_fields"], left["private_custom_fields"]) == ({"weeks": 1, "years": 4}, {})
    assert (back["custom_fields"], back["private_custom_fields"]) == (
        duplicate["custom_fields"],
        duplicate["private_custom_fields"],
    )
    for item, found in (
        ("weeks:1", survivor),
        ("years:4", survivor),
        ("years:3", duplicate),
        ("secret:two", duplicate),
    ):
        assert ids_of(await recruiter.data("GET", f"{CANDIDATES}?custom_field={item}")) == [found["id"]], item
