"""list_public_posts: published posts of open jobs, and nothing else."""

from uuid import UUID

from tests.services.habits import Watch, expect_cursor_rules, expect_query_rules, ids_of, walk
from tests.services.posts.habits import post_path
from tests.services.public.habits import public_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

EUR = {"amount_minor": 6_500_000, "currency": "EUR"}


async def test_shows_what_is_published_alone(
    anonymous: ApiClient, admin: ApiClient, cast: Cast, make: Factories, make_elsewhere: Factories
) -> None:
    shown = await make.post()
    await make.post(status="draft")
    await make.post(status="unpublished")
    await make_elsewhere.post()
    closed = await make.job()
    await make.post(closed)
    await admin.data("POST", f"{V1}/jobs/{closed['id']}/close", json={"reason": "other", "applications": "keep"})
    assert ids_of(await anonymous.data("GET", public_path(cast))) == [shown["id"]]
    await admin.data("POST", post_path(shown, "/unpublish"))
    assert await anonymous.data("GET", public_path(cast)) == []


async def test_never_shows_a_post_of_a_job_that_is_not_open(
    anonymous: ApiClient, cast: Cast, make: Factories, rows: Rows
) -> None:
    """Even if the post itself says that it is published: the query looks at the job, too."""
    post = await make.post()
    await rows.connection.execute("UPDATE jobs SET status = 'closed' WHERE id = $1", UUID(post["job_id"]))
    assert await anonymous.data("GET", public_path(cast)) == []
    assert problem(await anonymous.get(public_path(cast, f"/{post['slug']}"))) == (404, "not_found")


async def test_tells_what_everybody_may_know(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    department, office = await make.department(name="Bakery"), await make.office(name="Hamburg")
    salary = {"minimum": EUR, "maximum": None, "period": "year"}
    job = await make.job(department_id=department["id"], office_id=office["id"], salary=salary)
    silent = await make.post(job, slug="silent", title="Silent")
    open_ = await make.post(job, slug="open", title="Open", is_salary_shown=True, location="St. Pauli")
    first, second = await anonymous.data("GET", public_path(cast))
    assert [first["slug"], second["slug"]] == ["open", "silent"]
    assert (first["salary"], second["salary"]) == (salary, None)
    assert (first["department"], first["office"], first["location"]) == ("Bakery", "Hamburg", "St. Pauli")
    assert first["url"].endswith(public_path(cast, "/open"))
    assert first["published_at"] == open_["published_at"]
    assert second["id"] == silent["id"]


async def test_filters(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    department, office = await make.department(name="Bakery"), await make.office(name="Ham & Burg")
    there = await make.job(department_id=department["id"], office_id=office["id"])
    one = await make.post(there, title="Bäcker 100%", workplace="remote")
    two = await make.post(title="Miller", location="Old_Town")
    path = public_path(cast)
    for query, wanted in (
        ({"department": "Bakery"}, [one]),
        ({"office": "Ham & Burg"}, [one]),
        ({"office": "Ham"}, []),
        ({"workplace": "remote,hybrid"}, [one]),
        ({"workplace": "on_site"}, [two]),
        ({"q": "bÄCKER"}, [one]),
        ({"q": "%"}, [one]),
        ({"q": "_"}, [two]),
        ({"q": "old_town", "workplace": "on_site"}, [two]),
    ):
        found = await anonymous.get(path, params=query)
        assert ids_of(found.json()["data"]) == ids_of(wanted), query


async def test_pages(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    job = await make.job()
    posts = [await make.post(job) for _ in range(5)]
    assert await walk(anonymous, public_path(cast)) == ids_of(posts[::-1])
    await expect_cursor_rules(anonymous, public_path(cast), "workplace=on_site", "q=a")
    await expect_query_rules(anonymous, public_path(cast), "workplace=moon", "q=", "sort=title")


async def test_knows_no_other_and_no_suspended_organization(
    anonymous: ApiClient, cast: Cast, make: Factories, rows: Rows, watched: Watch
) -> None:
    await make.post()
    assert problem(await anonymous.get(f"{V1}/public/nobody/posts")) == (404, "not_found")
    assert problem(await anonymous.get(f"{V1}/public/Not_A_Slug/posts")) == (404, "not_found")
    await rows.connection.execute("UPDATE organizations SET is_suspended = true WHERE id = $1", cast.organization_id)
    assert problem(await anonymous.get(public_path(cast))) == (404, "not_found")
