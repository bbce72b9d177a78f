"""get_rss_feed: the published posts as RSS 2.0."""

from email.utils import parsedate_to_datetime
from xml.etree import ElementTree

from tests.services.public.habits import public_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories


async def test_lists_the_published_posts(anonymous: ApiClient, cast: Cast, make: Factories) -> None:
    post = await make.post(title="Baker & <Son>\ufffe", description="<p>Bread</p>", location="Hamburg")
    await make.post(status="draft")
    answer = await anonymous.get(public_path(cast, "/feed.rss"))
    assert answer.headers["content-type"] == "application/rss+xml"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own answer
    assert (root.tag, root.get("version")) == ("rss", "2.0")
    [item] = root.findall("channel/item")
    said = {child.tag: child.text for child in item}
    assert said | {"title": "Baker & <Son>", "description": "<p>Bread</p>", "category": "Hamburg"} == said
    assert said["link"] == said["guid"]
    assert str(said["link"]).endswith(public_path(cast, f"/{post['slug']}"))
    published = parsedate_to_datetime(str(said["pubDate"]))
    assert f"{published:%Y-%m-%dT%H:%M:%S}" == post["published_at"][:19]


async def test_knows_no_other_organization(anonymous: ApiClient) -> None:
    assert problem(await anonymous.get(f"{V1}/public/nobody/posts/feed.rss")) == (404, "not_found")
