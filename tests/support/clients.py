"""HTTP clients of the application in this process. Every answer has been checked against the contract before a test sees it."""

from typing import Any
from uuid import UUID

import httpx2
from starlette.types import ASGIApp

from tests.support.forms import Form

BASE = "http://testserver"
MERGE_PATCH = "application/merge-patch+json"


class ApiClient:
    """Calls as one actor. `token` is its bearer token (None: anonymous), `id` its user's or API key's id."""

    def __init__(self, app: ASGIApp, token: str | None = None, *, holder_id: UUID | None = None) -> None:
        self.app = app
        self.token = token
        self.id = holder_id
        self._client = httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url=BASE)

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: Any = None,
        form: Form | None = None,
        headers: dict[str, str] | None = None,
        **more: Any,
    ) -> httpx2.Response:
        """Send one request. A `json` body of a PATCH goes as JSON Merge Patch; `None` means no body."""
        sent = {} if self.token is None else {"Authorization": f"Bearer {self.token}"}
        if method == "PATCH" and json is not None:
            sent["Content-Type"] = MERGE_PATCH
        if json is not None:
            more["json"] = json
        if form is not None:
            sent["Content-Type"], more["content"] = form.media_type, form.content
        return await self._client.request(method, path, headers={**sent, **(headers or {})}, **more)

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


def problem(response: httpx2.Response) -> tuple[int, str]:
    """Status and problem code: `assert problem(response) == (409, "job_not_open")`."""
    return response.status_code, response.json().get("code", "")
