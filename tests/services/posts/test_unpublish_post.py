"""unpublish_post: off the public side, by itself or because the job ends."""

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


async def test_unpublishes_and_records_it(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    post = await make.post()
    taken_down = await recruiter.data("POST", post_path(post, "/unpublish"))
    when = {"unpublished_at": taken_down["unpublished_at"], "updated_at": taken_down["updated_at"]}
    assert taken_down == post | {"status": "unpublished", "version": 3} | when
    assert taken_down["unpublished_at"] is not None
    event = (await rows.events(cast.organization_id))[-1]
    assert (event["type"], changes_of(event)) == ("post.unpublished", {"status": ("published", "unpublished")})


async def test_refuses_what_is_not_published(recruiter: ApiClient, make: Factories) -> None:
    for state in ("draft", "unpublished"):
        refused = await recruiter.post(post_path(await make.post(status=state), "/unpublish"))
        assert problem(refused) == (409, "post_transition_refused")
        assert (refused.json()["current_status"], refused.json()["allowed"]) == (state, ["publish_post"])


async def test_closing_the_job_unpublishes_its_posts(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    job = await make.job(openings=0, status="draft")
    opening = await make.opening(job)
    await recruiter.data("POST", f"{V1}/jobs/{job['id']}/open")
    shown, draft, other = await make.post(job), await make.post(job, status="draft"), await make.post()
    effects = [("post.unpublished", shown["id"]), ("opening.cancelled", opening["id"]), ("job.closed", job["id"])]
    close = {"reason": "other", "applications": "keep"}
    await expect_dry_run(watched, recruiter, f"{V1}/jobs/{job['id']}/close", close, effects)
    states = [(await recruiter.data("GET", post_path(post)))["status"] for post in (shown, draft, other)]
    assert states == ["unpublished", "draft", "published"]


async def test_filling_the_last_opening_unpublishes_them_too(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job(auto_close=True)
    post, application = await make.post(job), await make.application(job)
    await make.command(application, "hire")
    assert (await recruiter.data("GET", f"{V1}/jobs/{job['id']}"))["status"] == "closed"
    assert (await recruiter.data("GET", post_path(post)))["status"] == "unpublished"


async def test_a_dry_run_leaves_nothing(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post()
    await expect_dry_run(watched, recruiter, post_path(post, "/unpublish"), None, [("post.unpublished", post["id"])])


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_replay(watched, recruiter, post_path(await make.post(), "/unpublish"), None)


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post()
    await expect_if_match(watched, recruiter, "POST", post_path(post, "/unpublish"), None, post_path(post))


async def test_hides_a_post_of_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "POST", post_path(await make.post(), "/unpublish"))


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    post = await make.post(job)
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "POST", post_path(post, "/unpublish"), None, "posts:write")
