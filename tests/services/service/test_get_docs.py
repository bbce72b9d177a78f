"""get_docs: the page that shows the contract."""

from impl.settings import Settings
from tests.services.service.habits import expect_plain, without_database
from tests.support.clients import ApiClient, problem


async def test_is_there_for_anybody(anonymous: ApiClient) -> None:
    response = await anonymous.get("/docs")

    assert (response.status_code, response.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    assert "openapi.json" in (await anonymous.get("/docs/page.js")).text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


async def test_can_be_switched_off(settings: Settings) -> None:
    off = without_database(settings, docs=False)

    assert problem(await off.get("/docs")) == (404, "not_found")
    assert (await off.get("/openapi.json")).status_code == 200


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, "/docs")
