"""What the public side is tested with."""

from tests.support.cast import Cast
from tests.support.factories import V1, Data


def public_path(cast: Cast, rest: str = "") -> str:
    """`/api/v1/public/{org}/posts` and what follows it."""
    return f"{V1}/public/{cast.slug}/posts{rest}"


def address(post: Data) -> str:
    """The last part of a post's public path."""
    return f"/{post['slug']}"
