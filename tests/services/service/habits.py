"""The service without its database."""

from impl.app import build
from impl.lib.crypto import MasterKey
from impl.settings import Settings, load
from tests.support.clients import ApiClient, problem
from tests.support.exercise import Checked

NOBODY_LISTENS = "postgresql://ats_app@127.0.0.1:1/none"


def without_database(settings: Settings, *, docs: bool = True) -> ApiClient:
    """A client of an application that was built, but whose database is not there."""
    alone = load(
        env_file=None,
        environment="dev",
        data_dir=settings.data_dir,
        security={"master_key": MasterKey.generate()},
        limits={"rate_factor": 0},
        docs={"enabled": docs},
    )
    return ApiClient(Checked(build(alone, NOBODY_LISTENS)))


async def expect_plain(client: ApiClient, path: str) -> None:
    """It takes no parameter, and no media type is sent that the caller does not accept."""
    assert problem(await client.get(f"{path}?colour=red")) == (422, "validation_failed")
    assert problem(await client.get(path, headers={"Accept": "video/mp4"})) == (406, "not_acceptable")
    assert (await client.get(path, headers={"Accept": "video/mp4, */*;q=0.1"})).status_code == 200


async def expect_compressed_if_wanted(anonymous: ApiClient, path: str) -> None:
    """A tenth goes over the wire to who takes it, and the same arrives."""
    whole = await anonymous.get(path, headers={"Accept-Encoding": "identity"})
    packed = await anonymous.get(path, headers={"Accept-Encoding": "gzip"})

    assert ("Content-Encoding" in whole.headers, packed.headers["Content-Encoding"]) == (False, "gzip")
    assert int(packed.headers["Content-Length"]) < int(whole.headers["Content-Length"]) / 8
    assert packed.content == whole.content
