"""update_post: an edition that was published never changes."""

from tests.services.habits import Watch, changes_of, expect_hidden, expect_if_match, expect_scope, refused_at
from tests.services.posts.habits import CHOICE, post_path, question
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows

EDITIONS = "SELECT number, title, published_at IS NOT NULL AS was_public FROM post_editions WHERE organization_id = $1 ORDER BY number"


async def editions(rows: Rows, cast: Cast) -> list[tuple[int, str, bool]]:
    return [tuple(row) for row in await rows.connection.fetch(EDITIONS, cast.organization_id)]


async def test_changes_a_draft_in_place(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    post = await make.post(status="draft", title="One")
    body: Data = {"title": "Two", "location": "Hamburg", "questions": [CHOICE]}
    changed = await recruiter.data("PATCH", post_path(post), json=body)
    assert changed == post | body | {"version": 2, "updated_at": changed["updated_at"]}
    assert await editions(rows, cast) == [(1, "Two", False)]
    event = (await rows.events(cast.organization_id))[-1]
    assert event["type"] == "post.updated"
    assert changes_of(event) == {"title": ("One", "Two"), "location": (None, "Hamburg")}


async def test_a_published_edition_stays(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    post = await make.post(title="One")
    changed = await recruiter.data("PATCH", post_path(post), json={"title": "Two"})
    assert (changed["title"], changed["edition"], changed["status"]) == ("Two", 2, "published")
    assert await editions(rows, cast) == [(1, "One", True), (2, "Two", True)]
    assert changes_of((await rows.events(cast.organization_id))[-1]) == {"title": ("One", "Two"), "edition": ("1", "2")}


async def test_an_edition_that_was_never_shown_is_changed_again(
    recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast
) -> None:
    post = await make.post(status="unpublished", title="One")
    found = [
        (await recruiter.data("PATCH", post_path(post), json={"title": each}))["edition"] for each in ("Two", "Three")
    ]
    assert found == [2, 2]
    assert await editions(rows, cast) == [(1, "One", True), (2, "Three", False)]


async def test_the_same_again_is_no_change(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post(title="One", questions=[CHOICE])
    await watched.begin()
    body = {"title": "One", "slug": post["slug"], "questions": [CHOICE]}
    assert await recruiter.data("PATCH", post_path(post), json=body) == post
    await watched.expect_nothing()


async def test_refuses_a_taken_slug_and_a_form_that_is_none(
    recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    post, other = await make.post(), await make.post()
    await watched.begin()
    assert problem(await recruiter.patch(post_path(post), json={"slug": other["slug"]})) == (409, "slug_taken")
    wrong = {"questions": [question("a", "single_select")]}
    refused = await recruiter.patch(post_path(post), json=wrong)
    assert refused_at(refused) == (422, "form_invalid", ["/questions/0/options"])
    await watched.expect_nothing()


async def test_refuses_a_stale_write(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    post = await make.post()
    await expect_if_match(watched, recruiter, "PATCH", post_path(post), {"title": "Other"}, post_path(post))


async def test_hides_a_post_of_another_organization(outsider: ApiClient, make: Factories, watched: Watch) -> None:
    await expect_hidden(watched, outsider, "PATCH", post_path(await make.post()), {"title": "Theirs"})


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    post = await make.post(job)
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "PATCH", post_path(post), {"title": "Other"}, "posts:write")
