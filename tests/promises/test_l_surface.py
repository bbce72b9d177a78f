"""L1, L2 and L4: methods, headers and origins, for every path and operation of the contract."""

import httpx2
import pytest
from starlette.types import ASGIApp

from tests.support import asgi, contract, world
from tests.support.clients import ApiClient, problem

PATHS = sorted({operation.path for operation in contract.operations().values()})
GETS = [name for name, operation in contract.operations().items() if operation.method == "GET"]
ALL = list(contract.operations())
ALLOWED_ORIGIN = "https://app.example.org"
LOOKALIKES = [
    "null",
    "http://app.example.org",
    "https://app.example.org:8443",
    "https://app.example.org.evil.example",
    "https://evil-app.example.org",
    "https://xapp.example.org",
    "https://app.example.org/",
    "https://APP.example.org.",
    "",
]


def concrete(path: str) -> str:
    """A path of the contract with ids that are not there."""
    for operation in contract.operations().values():
        if operation.path == path:
            values = dict.fromkeys(
                (slot.pointer[0] for slot in world.path_slots(operation)), "0198c0ff-ee00-7000-8000-ffffffffffff"
            )
            named = {str(name): value for name, value in values.items()}
            return path.format(
                **named, **{name: value for name, value in world.named_in_path(operation) if name not in named}
            )
    raise LookupError(path)


@pytest.mark.promise("L1")
@pytest.mark.parametrize("path", PATHS)
async def test_a_path_takes_its_methods_and_no_others(standing: world.Standing, path: str) -> None:
    cast, _ = await standing.call("get_me")
    admin = cast.client("admin")
    own = {operation.method for operation in contract.operations().values() if operation.path == path}
    allowed = own | ({"HEAD"} if "GET" in own else set())
    for method in {"GET", "POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "OPTIONS", "PROPFIND"} - allowed:
        answer = await admin.request(method, concrete(path))
        assert problem(answer) == (405, "method_not_allowed"), method
        assert set(answer.headers["allow"].split(", ")) == allowed


@pytest.mark.promise("L1")
@pytest.mark.parametrize("operation_id", GETS)
async def test_head_is_get_without_its_body(standing: world.Standing, operation_id: str) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    client = cast.client("admin")
    read = await call.send(client)
    head = await client.request("HEAD", call.path)
    assert (head.status_code, head.content) == (read.status_code, b"")
    assert set(head.headers) == set(read.headers)
    for name in ("content-type", "etag", "content-length"):
        if operation_id != "get_metrics" or name != "content-length":
            assert head.headers.get(name) == read.headers.get(name)


@pytest.mark.promise("L1")
@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/api",
        "/api/v1",
        "/api/v1/",
        "/api/v1/jobs/",
        "//api/v1/jobs",
        "/api/v2/jobs",
        "/API/v1/jobs",
        "/api/v1/nothing",
        "/.env",
        "/docs/",
        "/%2e%2e/etc/passwd",
    ],
)
async def test_an_unknown_path_is_a_problem(anonymous: ApiClient, path: str) -> None:
    assert problem(await anonymous.get(path)) == (404, "not_found")


def expect_safe(response: httpx2.Response) -> None:
    """L2: what every answer carries."""
    headers = response.headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"
    assert "max-age=" in headers["strict-transport-security"]
    assert "server" not in headers
    assert "x-powered-by" not in headers
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers.get("access-control-allow-origin") is None


@pytest.mark.promise("L2")
@pytest.mark.parametrize("operation_id", ALL)
async def test_every_answer_has_the_safe_headers(
    standing: world.Standing, anonymous: ApiClient, operation_id: str
) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    client = cast.client("admin")
    success = await call.send(client)
    assert success.is_success
    unauthenticated = await anonymous.request(call.operation.method, call.path)
    unacceptable = await call.send(client, headers={"Accept": "image/png"})
    unrouted = await client.request("PROPFIND", call.path)
    for answer in (success, unauthenticated, unacceptable, unrouted):
        expect_safe(answer)
        if call.path.startswith("/api/"):
            assert answer.headers["cache-control"] in ("no-store", "private, no-store")


@pytest.mark.promise("L4")
@pytest.mark.parametrize("operation_id", ALL)
async def test_only_listed_origins_may_read(standing: world.Standing, operation_id: str) -> None:
    cast, call = await standing.to_carry_out(operation_id)
    client = cast.client("admin")
    for origin in LOOKALIKES:
        answer = await call.send(client, headers={"Origin": origin, "Accept": "image/png"})
        assert "access-control-allow-origin" not in answer.headers, origin
        assert "Origin" in answer.headers["vary"]
    listed = await call.send(client, headers={"Origin": ALLOWED_ORIGIN})
    assert listed.headers["access-control-allow-origin"] == ALLOWED_ORIGIN
    assert "access-control-allow-credentials" not in listed.headers
    assert "Origin" in listed.headers["vary"]


@pytest.mark.promise("L4")
@pytest.mark.parametrize("path", PATHS)
async def test_preflights(application: ASGIApp, path: str) -> None:
    for origin in [ALLOWED_ORIGIN, *LOOKALIKES]:
        headers = [(b"origin", origin.encode()), (b"access-control-request-method", b"POST")]
        answer = await asgi.call(application, "OPTIONS", concrete(path), headers=headers)
        if origin == ALLOWED_ORIGIN:
            assert (answer.status, answer.all("access-control-allow-origin")) == (204, [ALLOWED_ORIGIN])
        else:
            assert answer.status in (403, 405), origin
            assert [name for name, _ in answer.headers if name.startswith(b"access-control-")] == [], origin
