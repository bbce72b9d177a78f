"""Which web pages may call the API: an allow-list of exact origins, nothing else.

Starlette's CORSMiddleware answers refused preflights as plain text and costs a header object per response; this is the part that
we need: no wildcard, no credentials mode (the API takes bearer tokens, never cookies), `Vary: Origin` on every answer.
"""

from collections.abc import Iterable
from typing import Final

from impl.lib.problems import Problem

RawHeaders = list[tuple[bytes, bytes]]

VARY: Final = (b"vary", b"Origin")
_METHODS: Final = b"GET, HEAD, POST, PUT, PATCH, DELETE"
_REQUEST_HEADERS: Final = (
    b"Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Prefer, X-Request-Id"
)
_EXPOSED: Final = b"Deprecation, ETag, Idempotency-Replayed, Link, Location, RateLimit, RateLimit-Policy, Retry-After, Sunset, X-Request-Id"


class OriginRefused(Problem):
    """A preflight from a page whose origin is not on the list."""

    status, code, title = 403, "origin_not_allowed", "This origin may not call the API"


class Cors:
    """Answers the two questions of CORS for a fixed set of origins (`https://app.example`, compared byte by byte)."""

    def __init__(self, origins: Iterable[str]) -> None:
        self._granted: dict[bytes, RawHeaders] = {
            origin.encode("latin-1"): [
                (b"access-control-allow-origin", origin.encode("latin-1")),
                (b"access-control-expose-headers", _EXPOSED),
            ]
            for origin in origins
        }

    def response_headers(self, origin: bytes) -> RawHeaders:
        """What an answer to a request from `origin` carries besides `Vary`; nothing for an unknown origin."""
        return self._granted.get(origin, [])

    def preflight_headers(self, origin: bytes) -> RawHeaders:
        """The headers of a preflight's 204; raises `OriginRefused` for an unknown origin."""
        if origin not in self._granted:
            raise OriginRefused(
                "Ask the operator to add the page's origin to the allow-list.",
                headers={"Vary": "Origin, Access-Control-Request-Method, Access-Control-Request-Headers"},
            )
        return [
            (b"access-control-allow-origin", origin),
            (b"access-control-allow-methods", _METHODS),
            (b"access-control-allow-headers", _REQUEST_HEADERS),
            (b"access-control-max-age", b"600"),
            (b"vary", b"Access-Control-Request-Method, Access-Control-Request-Headers"),
        ]
