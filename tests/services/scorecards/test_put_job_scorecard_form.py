"""put_job_scorecard_form: the whole form, which later scorecards keep to."""

from tests.services.habits import Watch, expect_hidden, expect_if_match, expect_scope, refused_at
from tests.services.scorecards.habits import DRAFT, FORM, form_path, scorecard_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_replaces_the_form_and_records_it_once(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job()
    await watched.begin()
    form = await recruiter.data("PUT", form_path(job), json=FORM)
    assert (form["attributes"], form["version"]) == (FORM["attributes"], job["version"] + 1)
    assert await watched.effects() == [("job.scorecard_form_changed", job["id"])]
    await watched.begin()
    assert await recruiter.data("PUT", form_path(job), json=FORM) == form
    await watched.expect_nothing()
    turned = {"attributes": FORM["attributes"][::-1]}
    assert (await recruiter.data("PUT", form_path(job), json=turned))["attributes"] == turned["attributes"]
    assert (await recruiter.data("PUT", form_path(job), json={"attributes": []}))["attributes"] == []


async def test_scorecards_keep_to_it(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    """Its attributes alone are rated, and those that are required before a scorecard is submitted."""
    scorecard = await make.scorecard()
    await recruiter.data("PUT", form_path({"id": scorecard["job_id"]}), json=FORM)
    path = scorecard_path(scorecard)
    craft, speed = DRAFT["ratings"]
    await watched.begin()
    strange = {"attribute": "Charm", "rating": "yes", "note": None}
    refused = await make.admin.put(path, json=DRAFT | {"ratings": [craft, strange]})
    assert refused_at(refused) == (409, "attribute_not_in_form", ["/ratings/1/attribute"])
    assert refused.json()["allowed"] == ["Craft", "Speed"]
    await watched.expect_nothing()
    await make.admin.data("PUT", path, json=DRAFT | {"ratings": [speed]})
    assert refused_at(await make.admin.post(f"{path}/submit")) == (409, "scorecard_incomplete", ["/ratings"])
    await make.admin.data("PUT", path, json=DRAFT | {"ratings": [craft]})
    assert (await make.admin.data("POST", f"{path}/submit"))["status"] == "submitted"


async def test_refuses_what_does_not_fit(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = form_path(await make.job())
    await watched.begin()
    twice = {"attributes": [FORM["attributes"][0]] * 2}
    assert refused_at(await recruiter.put(path, json=twice)) == (422, "duplicate_items", ["/attributes/1/name"])
    assert problem(await recruiter.put(path, json={})) == (422, "validation_failed")
    await watched.expect_nothing()


async def test_takes_if_match(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = form_path(await make.job())
    await expect_if_match(watched, recruiter, "PUT", path, FORM, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch
) -> None:
    job = await make.job()
    await expect_hidden(watched, outsider, "PUT", form_path(job), FORM)
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "PUT", form_path(job), FORM, "jobs:write")
