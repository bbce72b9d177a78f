"""list_posts: the adverts that the actor may see."""

from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, walk
from tests.services.posts.habits import POSTS
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_lists_by_status_and_job_in_pages(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    job = await make.job()
    posts = [await make.post(job, status=status) for status in ("draft", "published", "unpublished")]
    other = await make.post()
    await make_elsewhere.post()
    assert (await recruiter.data("GET", f"{POSTS}?job_id={job['id']}"))[::-1] == posts
    assert ids_of(await recruiter.data("GET", f"{POSTS}?status=draft,unpublished&sort=created_at")) == ids_of(
        [posts[0], posts[2]]
    )
    assert await walk(recruiter, POSTS) == ids_of([other, *posts[::-1]])
    after = posts[2]["created_at"]
    assert ids_of(await recruiter.data("GET", f"{POSTS}?created_after={after}")) == [other["id"]]
    assert ids_of(await recruiter.data("GET", f"{POSTS}?updated_after={other['updated_at']}")) == []


async def test_shows_only_granted_jobs(interviewer: ApiClient, make: Factories) -> None:
    job = await make.job()
    post = await make.post(job)
    await make.post()
    await make.grant("interviewer", job)
    assert ids_of(await interviewer.data("GET", POSTS)) == [post["id"]]


async def test_refuses_strange_questions(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.post()
    await expect_cursor_rules(recruiter, POSTS, "status=published", "sort=created_at")
    await expect_query_rules(recruiter, POSTS, "status=gone", "job_id=x", "sort=title")
    await expect_scope(await make.machine("jobs:read"), "GET", POSTS, None, "posts:read")
