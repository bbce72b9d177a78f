"""What the public side is tested with."""

from typing import Any

import httpx2

from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data
from tests.support.forms import File, form


def public_path(cast: Cast, rest: str = "") -> str:
    """`/api/v1/public/{org}/posts` and what follows it."""
    return f"{V1}/public/{cast.slug}/posts{rest}"


def address(post: Data) -> str:
    """The last part of a post's public path."""
    return f"/{post['slug']}"


def applying(cast: Cast, post: Data) -> str:
    """Where one applies."""
    return public_path(cast, f"{address(post)}/applications")


def tracking(cast: Cast, token: str) -> str:
    """A candidate's own page."""
    return f"{V1}/public/{cast.slug}/applications/{token}"


async def apply(
    client: ApiClient, path: str, *files: File, headers: dict[str, str] | None = None, **fields: Any
) -> httpx2.Response:
    """Send an application."""
    sent = form({"full_name": "Mira Okafor", "email": "mira@example.org"} | fields, files)
    return await client.post(path, form=sent, headers=headers)
