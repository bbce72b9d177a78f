"""get_openapi_yaml: the contract itself."""

from tests.services.service.habits import expect_compressed_if_wanted, expect_plain
from tests.support import contract
from tests.support.clients import ApiClient

PATH = "/openapi.yaml"


async def test_is_the_contract(anonymous: ApiClient) -> None:
    response = await anonymous.get(PATH)

    assert (response.status_code, response.headers["Content-Type"]) == (200, "application/yaml")
    assert response.content == contract.SPEC.read_bytes()


async def test_is_not_sent_again_to_who_has_it(anonymous: ApiClient) -> None:
    tag = (await anonymous.get(PATH)).headers["ETag"]

    same = await anonymous.get(PATH, headers={"If-None-Match": tag})
    other = await anonymous.get(PATH, headers={"If-None-Match": '"other"'})

    assert (same.status_code, same.content, same.headers["ETag"]) == (304, b"", tag)
    assert other.status_code == 200


async def test_takes_no_parameter_and_no_other_media_type(anonymous: ApiClient) -> None:
    await expect_plain(anonymous, PATH)


async def test_travels_compressed_to_who_takes_it(anonymous: ApiClient) -> None:
    await expect_compressed_if_wanted(anonymous, PATH)
