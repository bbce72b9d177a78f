"""get_json_feed: the published posts as JSON Feed 1.1."""

from tests.services.public.habits import public_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_lists_the_published_posts(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    post = await make.post(title="Baker <b>", description="<p>Bread</p>", location="Hamburg")
    await make.post(status="draft")
    answer = await anonymous.get(public_path(cast, "/feed.json"))
    assert answer.headers["content-type"] == "application/feed+json"
    feed = answer.json()
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith(public_path(cast, "/feed.json"))
    [item] = feed["items"]
    assert item["url"].endswith(public_path(cast, f"/{post['slug']}"))
    assert item | {"id": item["url"], "title": "Baker <b>", "content_html": "<p>Bread</p>", "tags": ["Hamburg"]} == item
    assert item["date_published"] == post["published_at"]


async def test_knows_no_other_organization(anonymous: ApiClient) -> None:
    assert problem(await anonymous.get(f"{V1}/public/nobody/posts/feed.json")) == (404, "not_found")
