"""Cursors that no page gave: refused, whatever they hold."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

import orjson
import pytest

from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

SOME_ID = "0198c0ff-ee00-7000-8000-00000000dead"


def opened(cursor: str) -> list[Any]:
    content: list[Any] = orjson.loads(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    return content


def sealed(content: str) -> str:
    return urlsafe_b64encode(content.encode()).rstrip(b"=").decode()


@pytest.mark.parametrize(
    ("path", "forged"),
    [
        ("events?", "1000000000000000000000000000000,1"),
        ("events?", "9223372036854775808,1"),
        ("events?", "-9223372036854775809,1"),
        ("events?", "1,true"),
        ("events?", "1"),
        ("events?", "1,2,3"),
        ("candidates?sort=relevance&q=candidate&", f'1e300,"{SOME_ID}"'),
        ("candidates?sort=relevance&q=candidate&", f'-1e300,"{SOME_ID}"'),
        ("candidates?sort=relevance&q=candidate&", f'"best","{SOME_ID}"'),
        ("candidates?sort=relevance&q=candidate&", '1.0,"nobody"'),
        ("candidates?sort=updated_at&", f'"2026-01-01T00:00:00","{SOME_ID}"'),
        ("candidates?sort=updated_at&", f'"0001-01-01T00:00:00+14:00","{SOME_ID}"'),
        ("candidates?sort=updated_at&", f'"9999-12-31T23:59:59-14:00","{SOME_ID}"'),
        ("candidates?sort=updated_at&", f'0,"{SOME_ID}"'),
        ("jobs?sort=title&", f'"a\\u0000b","{SOME_ID}"'),
        ("jobs?sort=title&", f'"a\\ud800b","{SOME_ID}"'),
        ("jobs?sort=title&", f'"\\n\\u0000","{SOME_ID}"'),
        ("jobs?", "null"),
        ("jobs?", "[" * 5000),
    ],
)
async def test_a_forged_cursor_is_refused(recruiter: ApiClient, make: Factories, path: str, forged: str) -> None:
    for _ in range(2):
        await make.candidate()
        await make.job(status="draft")
    given = (await recruiter.get(f"{V1}/{path}limit=1")).json()["page"]["next_cursor"]
    mark = opened(given)[0]
    place = "after" if path.startswith("events") else "cursor"

    cursor = sealed(f'["{mark}",{forged}]')[:2048]
    response = await recruiter.get(f"{V1}/{path}{place}={cursor}")

    assert problem(response) == (400, "invalid_cursor")
