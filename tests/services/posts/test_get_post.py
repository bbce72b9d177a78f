"""get_post: one post in its latest edition."""

from tests.services.habits import NOWHERE, expect_scope
from tests.services.posts.habits import CHOICE, POSTS, post_path
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_the_post_and_answers_304_until_it_changes(recruiter: ApiClient, make: Factories) -> None:
    post = await make.post(questions=[CHOICE])
    read = await recruiter.get(post_path(post))
    assert read.json() == {"data": post}
    tag = {"If-None-Match": read.headers["etag"]}
    assert (await recruiter.get(post_path(post), headers=tag)).status_code == 304
    await recruiter.data("PATCH", post_path(post), json={"location": "Hamburg"})
    assert (await recruiter.get(post_path(post), headers=tag)).json()["data"]["location"] == "Hamburg"


async def test_hides_what_is_not_there_not_granted_or_foreign(
    recruiter: ApiClient, outsider: ApiClient, interviewer: ApiClient, make: Factories
) -> None:
    job = await make.job()
    post = await make.post(job)
    assert problem(await recruiter.get(f"{POSTS}/{NOWHERE}")) == (404, "not_found")
    for client in (outsider, interviewer):
        assert problem(await client.get(post_path(post))) == (404, "not_found")
    await make.grant("interviewer", job)
    assert (await interviewer.get(post_path(post))).status_code == 200


async def test_needs_its_permission(make: Factories) -> None:
    await expect_scope(await make.machine("jobs:read"), "GET", post_path(await make.post()), None, "posts:read")
