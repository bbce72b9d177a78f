"""get_health: the process is alive."""

from impl.settings import Settings
from tests.services.service.habits import expect_plain, without_database
from tests.support.clients import ApiClient

ALIVE = {"data": {"status": "ok"}}


async def test_answers_anybody(anonymous: ApiClient) -> None:
    response = await anonymous.get("/healthz")

    assert (response.status_code, response.json()) == (200, ALIVE)
    assert response.headers["X-Request-Id"]


async def test_answers_without_a_database(settings: Settings) -> None:
    response = await without_database(settings).get("/healthz")

    assert (response.status_code, response.json()) == (200, ALIVE)


async def test_answers_head_without_a_body(anonymous: ApiClient) -> None:
    response = await anonymous.request("HEAD", "/healthz")

    assert (response.status_code, response.content) == (200, b"")


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, "/healthz")
