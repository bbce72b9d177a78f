"""publish_post: onto the public side, while the job is open."""

import asyncio

from tests.services.habits import (
    Watch,
    changes_of,
    expect_dry_run,
    expect_hidden,
    expect_if_match,
    expect_replay,
    expect_scope,
)
from tests.services.posts.habits import post_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


async def test_publishes_and_records_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    for state in ("draft", "unpublished"):
        post = await make.post(status=state)
        published = await recruiter.data("POST", post_path(post, "/publish"))
        when = {"published_at": published["published_at"], "updated_at": published["updated_at"]}
        version = post["version"] + 1
        assert published == post | {"status": "published", "unpublished_at": None, "version": version} | when
        event = (await rows.events(cast.organization_id))[-1]
        assert (event["type"], changes_of(event)) == ("post.published", {"status": (state, "published")})
        assert str(event["job_id"]) == post["job_id"]


async def test_refuses_a_published_post(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post()
    await watched.begin()
    refused = await recruiter.post(post_path(post, "/publish"))
    assert problem(refused) == (409, "post_transition_refused")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("published", ["unpublish_post"])
    await watched.expect_nothing()


async def test_refuses_while_the_job_is_not_open(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    for status in ("draft", "closed"):
        post = await make.post(await make.job(status=status), status="draft")
        await watched.begin()
        refused = await recruiter.post(post_path(post, "/publish"))
        assert problem(refused) == (409, "job_not_open")
        assert (refused.json()["current_status"], refused.json()["allowed"]) == (status, ["open_job"])
        await watched.expect_nothing()


async def test_closing_the_job_meanwhile_leaves_nothing_published(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(5):
        job = await make.job()
        post = await make.post(job, status="draft")
        close = {"reason": "other", "applications": "keep"}
        answers = await asyncio.gather(
            recruiter.post(post_path(post, "/publish")), recruiter.post(f"{V1}/jobs/{job['id']}/close", json=close)
        )
        assert answers[0].status_code in (200, 409), answers[0].text
        assert answers[1].status_code == 200
        assert (await recruiter.data("GET", post_path(post)))["status"] in ("draft", "unpublished")


async def test_a_dry_run_leaves_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post(status="draft")
    await expect_dry_run(watched, recruiter, post_path(post, "/publish"), None, [("post.published", post["id"])])


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post(status="draft")
    await expect_replay(watched, recruiter, post_path(post, "/publish"), None)


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post(status="draft")
    await expect_if_match(watched, recruiter, "POST", post_path(post, "/publish"), None, post_path(post))


async def test_hides_a_post_of_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post(status="draft")
    await expect_hidden(watched, outsider, "POST", post_path(post, "/publish"))


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    post = await make.post(job, status="draft")
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "POST", post_path(post, "/publish"), None, "posts:write")
