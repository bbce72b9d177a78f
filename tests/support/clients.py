"""HTTP clients of the application in this process. Every answer has been checked against the contract before a test sees it."""

import json as json_module
import re
from typing import Any
from uuid import UUID

import httpx2
from starlette.types import ASGIApp

from tests.support import asgi
from tests.support.forms import Form

BASE = "http://testserver"
MERGE_PATCH = "application/merge-patch+json"
DEFAULTS = {"host": "testserver", "accept": "*/*", "accept-encoding": "gzip, deflate", "user-agent": "tests"}
#: A path that a URL holds as it is.
PLAIN = re.compile(r"[A-Za-z0-9/_.-]+")


class ApiClient:
    """Calls as one actor. `token` is its bearer token (None: anonymous), `id` its user's or API key's id."""

    def __init__(self, app: ASGIApp, token: str | None = None, *, holder_id: UUID | None = None) -> None:
        self.app = app
        self.token = token
        self.id = holder_id

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        form: Form | None = None,
        content: bytes | None = None,
        headers: dict[str, str] | None = None,
        params: dict[str, str] | None = None,
    ) -> httpx2.Response:
        """Send one request. A `json` body of a PATCH goes as JSON Merge Patch; `None` means no body."""
        sent = {} if self.token is None else {"authorization": f"Bearer {self.token}"}
        if json is not None:
            sent["content-type"] = MERGE_PATCH if method == "PATCH" else "application/json"
            content = json_module.dumps(json, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()
        if form is not None:
            sent["content-type"], content = form.media_type, form.content
        if content is not None or method in ("POST", "PUT", "PATCH"):
            sent["content-length"] = str(len(content or b""))
        named = {name.lower(): value for name, value in (headers or {}).items()}
        return await self._sent(method, path, params, DEFAULTS | sent | named, content or b"")

    async def _sent(
        self, method: str, path: str, params: dict[str, str] | None, headers: dict[str, str], content: bytes
    ) -> httpx2.Response:
        decoded, raw_path, query = _target(path, params)
        encoded = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        answer = await asgi.call(
            self.app, method, decoded, raw_path=raw_path, headers=encoded, query=query, content=content
        )
        assert answer.complete
        response = httpx2.Response(answer.status, headers=answer.headers, stream=httpx2.ByteStream(answer.body))
        response.read()
        return response

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.request("GET", path, **more)

    async def post(self, path: str, **more: Any) -> httpx2.Response:
        return await self.request("POST", path, **more)

    async def put(self, path: str, **more: Any) -> httpx2.Response:
        return await self.request("PUT", path, **more)

    async def patch(self, path: str, **more: Any) -> httpx2.Response:
        return await self.request("PATCH", path, **more)

    async def delete(self, path: str, **more: Any) -> httpx2.Response:
        return await self.request("DELETE", path, **more)

    async def data(self, method: str, path: str, **more: Any) -> Any:
        """What lies under `data` of an answer that must be a success."""
        response = await self.request(method, path, **more)
        assert response.is_success, f"{method} {path}: {response.status_code} {response.text}"
        return response.json()["data"] if response.content else None


def _target(path: str, params: dict[str, str] | None) -> tuple[str, bytes, bytes]:
    """A path as the application is to see it, as it is sent, and the query."""
    if params is None and PLAIN.fullmatch(path):
        return path, path.encode(), b""
    url = httpx2.URL(BASE + path) if params is None else httpx2.URL(BASE + path, params=params)
    return url.path, url.raw_path.partition(b"?")[0], url.query


def problem(response: httpx2.Response) -> tuple[int, str]:
    """Status and problem code: `assert problem(response) == (409, "job_not_open")`."""
    return response.status_code, response.json().get("code", "")
