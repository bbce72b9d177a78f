"""get_public_post: one published post with its form, and for search engines."""

from tests.services.posts.habits import CHOICE, post_path
from tests.services.public.habits import address, public_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def test_shows_the_form_without_its_flags(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    post = await make.post(questions=[CHOICE], description="<p>Bread</p>", language="de")
    found = await anonymous.data("GET", public_path(cast, address(post)))
    assert found["questions"] == [{name: value for name, value in CHOICE.items() if name != "flagged_answers"}]
    assert (found["description"], found["language"], found["id"]) == ("<p>Bread</p>", "de", post["id"])
    assert found["organization"] == {"slug": cast.slug, "name": f"Organization {cast.slug}"}


async def test_is_a_job_posting_of_schema_org(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    yen = {"amount_minor": 5_000_000, "currency": "JPY"}
    job = await make.job(salary={"minimum": yen, "maximum": None, "period": "month"})
    post = await make.post(
        job, title="Baker", workplace="remote", location="Kyoto", is_salary_shown=True, description="<p>Bread</p>"
    )
    found = await anonymous.data("GET", public_path(cast, address(post)))
    assert found["job_posting"] == {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": "Baker",
        "description": "<p>Bread</p>",
        "identifier": {"@type": "PropertyValue", "name": f"Organization {cast.slug}", "value": post["id"]},
        "url": found["url"],
        "datePosted": post["published_at"][:10],
        "employmentType": "FULL_TIME",
        "hiringOrganization": {"@type": "Organization", "name": f"Organization {cast.slug}"},
        "inLanguage": "en",
        "jobLocation": {"@type": "Place", "address": {"@type": "PostalAddress", "addressLocality": "Kyoto"}},
        "jobLocationType": "TELECOMMUTE",
        "baseSalary": {
            "@type": "MonetaryAmount",
            "currency": "JPY",
            "value": {"@type": "QuantitativeValue", "unitText": "MONTH", "minValue": 5_000_000},
        },
    }
    silent = await make.post(job, status="published")
    assert "baseSalary" not in (await anonymous.data("GET", public_path(cast, address(silent))))["job_posting"]


async def test_shows_an_edit_at_once(anonymous: ApiClient, admin: ApiClient, cast: Cast, make: Factories) -> None:
    post = await make.post(title="One")
    before = await anonymous.get(public_path(cast, address(post)))
    tag = {"If-None-Match": before.headers["etag"]}
    assert (await anonymous.get(public_path(cast, address(post)), headers=tag)).status_code == 304
    await admin.data("PATCH", post_path(post), json={"title": "Two"})
    after = await anonymous.get(public_path(cast, address(post)), headers=tag)
    assert (before.json()["data"]["title"], after.json()["data"]["title"]) == ("One", "Two")


async def test_hides_everything_else_alike(
    anonymous: ApiClient, cast: Cast, other_cast: Cast, make: Factories, make_elsewhere: Factories
) -> None:
    hidden = [
        await make.post(status="draft"),
        await make.post(status="unpublished"),
        await make_elsewhere.post(slug="x-1"),
    ]
    answers = [await anonymous.get(public_path(cast, address(post))) for post in hidden]
    answers.append(await anonymous.get(public_path(cast, "/never-there")))
    assert [problem(answer) for answer in answers] == [(404, "not_found")] * 4
    assert len({answer.json()["detail"] for answer in answers}) == 1
    assert (await anonymous.get(public_path(other_cast, "/x-1"))).status_code == 200
