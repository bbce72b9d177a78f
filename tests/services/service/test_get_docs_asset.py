"""get_docs_asset: what the page loads."""

import re

import pytest

from impl.settings import Settings
from tests.services.service.habits import expect_plain, without_database
from tests.support.clients import ApiClient, problem


async def test_has_every_file_of_the_page(anonymous: ApiClient) -> None:
    page = (await anonymous.get("/docs")).text
    names = re.findall(r'(?:src|href)="docs/([^"]+)"', page)

    assert "page.js" in names
    for name in names:
        response = await anonymous.get(f"/docs/{name}")
        assert (response.status_code, response.content == b"") == (200, False)


@pytest.mark.parametrize("name", ["nothing.js", "..%2Fsecret", "%00", "a" * 101])
async def test_has_nothing_else(anonymous: ApiClient, name: str) -> None:
    assert problem(await anonymous.get(f"/docs/{name}")) == (404, "not_found")


async def test_is_switched_off_with_the_page(settings: Settings) -> None:
    response = await without_database(settings, docs=False).get("/docs/page.js")

    assert problem(response) == (404, "not_found")


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, "/docs/page.css")
