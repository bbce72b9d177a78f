"""Literal paths and ids do not mix."""

import pytest

from impl.core.paths import allowed_methods
from tests.support.clients import ApiClient


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/applications/bulk", "POST"),
        ("/api/v1/applications/0198c0ff-ee00-7000-8000-000000000040", "GET, HEAD, PATCH"),
        ("/api/v1/applications", "GET, HEAD, POST"),
        ("/api/v1/applications/bulk/move", "POST"),
        ("/nowhere", None),
    ],
)
def test_a_path_takes_what_the_contract_says(path: str, allowed: str | None) -> None:
    assert allowed_methods(path) == allowed


async def test_a_literal_path_is_no_id(admin: ApiClient) -> None:
    answer = await admin.request("PATCH", "/api/v1/applications/bulk", json={})
    assert (answer.status_code, answer.headers["allow"]) == (405, "POST")
