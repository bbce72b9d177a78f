"""create_post: the draft of an advert."""

import pytest

from tests.services.habits import NOWHERE, Watch, expect_replay, expect_scope, refused_at
from tests.services.posts.habits import CHOICE, POSTS, post_path, question
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Data, Factories
from tests.support.rows import Rows


async def test_says_what_the_job_says(recruiter: ApiClient, make: Factories, rows: Rows, cast: Cast) -> None:
    job = await make.job(title="Bäcker & Söhne", description="Bread.\nRolls <fresh>.\n\nGood pay.", workplace="hybrid")
    response = await recruiter.post(POSTS, json={"job_id": job["id"]})
    post = response.json()["data"]
    assert response.status_code == 201
    assert response.headers["location"] == post_path(post)
    assert (post["title"], post["slug"], post["workplace"]) == ("Bäcker & Söhne", "backer-sohne", "hybrid")
    assert post["description"] == "<p>Bread.<br>Rolls &lt;fresh&gt;.</p><p>Good pay.</p>"
    assert (post["status"], post["edition"], post["version"], post["questions"]) == ("draft", 1, 1, [])
    assert (await rows.event_types(cast.organization_id))[-1] == "post.created"
    assert await recruiter.data("GET", post_path(post)) == post


async def test_takes_every_field(recruiter: ApiClient, make: Factories) -> None:
    job = await make.job()
    body = {
        "slug": "night-baker",
        "title": "Night baker",
        "description": "<p>Bread and <strong>rolls</strong>.</p>",
        "location": "Hamburg",
        "employment_type": "part_time",
        "workplace": "remote",
        "is_salary_shown": True,
        "language": "de-AT",
        "questions": [CHOICE, question("cv", "file"), question("ok", "checkbox", flagged_answers=["false"])],
    }
    post = await recruiter.data("POST", POSTS, json=body | {"job_id": job["id"]})
    assert post | body == post


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("<script>alert(1)</script><p onclick=x>Hi</p>", "<p>Hi</p>"),
        ('<a href="javascript:x">a</a>', '<a rel="noopener noreferrer">a</a>'),
        ("<img src=x onerror=y><b>bold", "<b>bold</b>"),
        ("<style>p{}</style><iframe></iframe>", None),
        ("1 < 2", "1 &lt; 2"),
    ],
)
async def test_keeps_only_simple_markup(recruiter: ApiClient, make: Factories, sent: str, kept: str | None) -> None:
    body = {"job_id": (await make.job())["id"], "description": sent}
    assert (await recruiter.data("POST", POSTS, json=body))["description"] == kept


async def test_numbers_equal_slugs_and_refuses_a_taken_one(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories
) -> None:
    job = await make.job(title="Baker")
    slugs = [(await recruiter.data("POST", POSTS, json={"job_id": job["id"]}))["slug"] for _ in range(3)]
    assert slugs == ["baker", "baker-2", "baker-3"]
    refused = await recruiter.post(POSTS, json={"job_id": job["id"], "slug": "baker-2"})
    assert problem(refused) == (409, "slug_taken")
    assert (await make.post(job, status="draft", title="李小龍"))["slug"] == "post"
    assert (await make_elsewhere.post(slug="baker"))["slug"] == "baker"


@pytest.mark.parametrize(
    ("wrong", "pointer"),
    [
        ([CHOICE, CHOICE], "/questions/1/key"),
        ([question("a", "multi_select")], "/questions/0/options"),
        ([question("a", options=["x"])], "/questions/0/options"),
        ([CHOICE | {"options": ["No", "No"]}], "/questions/0/options"),
        ([CHOICE | {"flagged_answers": ["Maybe"]}], "/questions/0/flagged_answers"),
        ([question("a", "number", flagged_answers=["1"])], "/questions/0/flagged_answers"),
    ],
)
async def test_refuses_a_form_that_is_none(
    recruiter: ApiClient, make: Factories, watched: Watch, wrong: list[Data], pointer: str
) -> None:
    job = await make.job()
    await watched.begin()
    refused = await recruiter.post(POSTS, json={"job_id": job["id"], "questions": wrong})
    assert refused_at(refused) == (422, "form_invalid", [pointer])
    await watched.expect_nothing()


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    body = {"job_id": (await make.job())["id"]}
    await expect_replay(watched, recruiter, POSTS, body, body | {"title": "Other"})


async def test_refuses_an_unknown_and_a_foreign_job(recruiter: ApiClient, outsider: ApiClient, make: Factories) -> None:
    job = await make.job()
    for client, job_id in ((recruiter, NOWHERE), (outsider, job["id"])):
        refused = await client.post(POSTS, json={"job_id": job_id})
        assert refused_at(refused) == (404, "reference_not_found", ["/job_id"])


async def test_needs_its_permission(hiring_manager: ApiClient, make: Factories) -> None:
    job = await make.job()
    await make.grant("hiring_manager", job)
    await expect_scope(hiring_manager, "POST", POSTS, {"job_id": job["id"]}, "posts:write")
