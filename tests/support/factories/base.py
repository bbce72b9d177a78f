"""What all factories share: the organization, its administrator, and names of their own."""

import itertools
from typing import Any

from tests.support.cast import Cast
from tests.support.clients import ApiClient

V1 = "/api/v1"
Data = dict[str, Any]


class Base:
    """Makes resources of one organization as its administrator. What a test does not name has a plain value of its own."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.admin: ApiClient = cast.client("admin")
        self._number = itertools.count(1)

    def _name(self, kind: str) -> str:
        return f"{kind} {next(self._number)} {self.cast.canary}".strip()

    async def _post(self, path: str, body: Data | None = None) -> Data:
        answer: Data = await self.admin.data("POST", f"{V1}/{path}", json=body)
        return answer
