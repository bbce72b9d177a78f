"""What the operations of applications, candidates and events are tested for in the same way."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import httpx2

from impl.core import idempotency
from impl.core.actor import NOBODY
from impl.lib import ids
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data
from tests.support.forms import Form
from tests.support.rows import Rows

APPLICATIONS = f"{V1}/applications"
CANDIDATES = f"{V1}/candidates"
NOWHERE = "0198c0ff-ee00-7000-8000-00000000dead"
Effects = list[tuple[str, str]]
PATIENCE_SECONDS = 30.0


async def settled(client: ApiClient, expected: int, **query: Any) -> list[Data]:
    """The first `expected` events of the feed. Transactions of other tests in the same server may hold them up for a moment."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while True:
            found: list[Data] = await client.data("GET", f"{V1}/events?{urlencode({'limit': 200, **query})}")
            if len(found) >= expected:
                assert len(found) == expected
                return found
            await asyncio.sleep(0.02)


class Watch:
    """What an organization's tables were like at one moment, to be held against what they are later."""

    def __init__(self, rows: Rows, cast: Cast) -> None:
        self.rows = rows
        self.cast = cast
        self._before: dict[str, str] = {}
        self._seen = 0

    async def begin(self) -> None:
        """Count from now on."""
        self._before = await self.rows.fingerprint(self.cast.organization_id)
        self._seen = len(await self.rows.events(self.cast.organization_id))

    async def events(self) -> list[dict[str, Any]]:
        """The events since."""
        return (await self.rows.events(self.cast.organization_id))[self._seen :]

    async def effects(self) -> Effects:
        """Type and resource of each event since."""
        return [(event["type"], str(event["resource_id"])) for event in await self.events()]

    async def expect_nothing(self) -> None:
        """No row of the organization is another one than before."""
        assert await self.rows.fingerprint(self.cast.organization_id) == self._before


async def watch(rows: Rows, cast: Cast) -> Watch:
    """A watch that has begun."""
    begun = Watch(rows, cast)
    await begun.begin()
    return begun


def ids_of(found: Sequence[Data]) -> list[str]:
    """The ids of some resources, in their order."""
    return [each["id"] for each in found]


def shown_to_all(resource: Data) -> Data:
    """A resource as it is for who lacks the scopes for private custom fields and for what jobs pay."""
    hidden = {"private_custom_fields", *({"salary"} if "requires_opening" in resource else ())}
    return {name: value for name, value in resource.items() if name not in hidden}


def instant(moment: datetime) -> str:
    """A moment as the API writes it, in whole seconds."""
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def changes_of(event: dict[str, Any]) -> dict[str, tuple[str | None, str | None]]:
    """The changes of an event by field, as before and after."""
    return {change["field"]: (change["before"], change["after"]) for change in event["changes"]}


async def expect_dry_run(watched: Watch, client: ApiClient, path: str, body: Any, effects: Effects) -> Any:
    """The dry run of a command lists these effects and leaves nothing behind; the real one then has just these. Gives what the
    dry run showed."""
    await watched.begin()
    tried = await client.post(f"{path}?dry_run=true", json=body)
    assert tried.status_code == 200, tried.text
    assert [(effect["type"], effect["resource_id"]) for effect in tried.json()["effects"]] == effects
    await watched.expect_nothing()
    done = await client.post(path, json=body)
    assert done.status_code == 200, done.text
    assert "effects" not in done.json()
    assert await watched.effects() == effects
    return tried.json()["data"]


async def expect_replay(
    watched: Watch, client: ApiClient, path: str, body: Any, other: Any = None, *, other_path: str | None = None
) -> Data:
    """A POST sent twice under one key is done once and answered twice alike; while the first one runs, the key is in use, and
    then it refuses the body `other` (where there is no body: a dry run, or `other_path`)."""
    headers = {"Idempotency-Key": str(ids.new_id())}
    async with _running(watched.rows, client, headers["Idempotency-Key"]):
        in_use = await client.post(path, **_sent(body), headers=headers)
    assert (problem(in_use), in_use.headers["Retry-After"]) == ((409, "idempotency_in_progress"), "1")
    first = await client.post(path, **_sent(body), headers=headers)
    assert first.is_success, first.text
    await watched.begin()
    second = await client.post(path, **_sent(body), headers=headers)
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert ("Idempotency-Replayed" in first.headers, second.headers["Idempotency-Replayed"]) == (False, "true")
    assert second.headers.get("ETag") == first.headers.get("ETag")
    elsewhere = other_path or f"{path}?dry_run=true"
    reused = await client.post(elsewhere if other is None else path, **_sent(other), headers=headers)
    assert problem(reused) == (422, "idempotency_key_reused")
    await watched.expect_nothing()
    data: Data = first.json()["data"]
    return data


@asynccontextmanager
async def _running(rows: Rows, client: ApiClient, key: str) -> AsyncIterator[None]:
    """Hold the lock that a request of this caller under this key holds as long as it runs."""
    assert client.id is not None
    claim = idempotency.claim_of(replace(NOBODY, holder_id=client.id), key)
    async with rows.connection.transaction():
        lock = int.from_bytes(claim.id.bytes[:8], signed=True)
        await rows.connection.execute("SELECT pg_advisory_xact_lock($1)", lock)
        yield


async def expect_if_match(watched: Watch, client: ApiClient, method: str, path: str, body: Any, resource: str) -> None:
    """A stale `If-Match` is refused, and a missing one where the organization requires it; the current tag of the resource that
    `resource` reads is let through."""
    await watched.begin()
    stale = await client.request(method, path, json=body, headers={"If-Match": '"999-0000"'})
    assert problem(stale) == (412, "precondition_failed")
    await watched.expect_nothing()
    await watched.cast.client("admin").data(
        "PATCH", f"{V1}/organization", json={"settings": {"require_if_match": True}}
    )
    await watched.begin()
    assert problem(await client.request(method, path, json=body)) == (428, "precondition_required")
    await watched.expect_nothing()
    tag = (await client.get(resource)).headers["ETag"]
    current = await client.request(method, path, json=body, headers={"If-Match": tag})
    assert current.status_code in (200, 204), current.text
    assert await watched.events() != []


async def expect_hidden(watched: Watch, stranger: ApiClient, method: str, path: str, body: Any = None) -> None:
    """For somebody who may not see it, the resource is not there, and stays as it is."""
    await watched.begin()
    assert problem(await stranger.request(method, path, **_sent(body))) == (404, "not_found")
    await watched.expect_nothing()


async def expect_scope(client: ApiClient, method: str, path: str, body: Any, scope: str) -> None:
    """The caller sees the resource but lacks the scope, and is told which."""
    refused = await client.request(method, path, **_sent(body))
    assert problem(refused) == (403, "missing_scope")
    assert refused.json()["missing_scopes"] == [scope]


def _sent(body: Any) -> dict[str, Any]:
    """A body as a client takes it: JSON, or a form."""
    return {"form": body} if isinstance(body, Form) else {"json": body}


def refused_at(response: httpx2.Response) -> tuple[int, str, list[str]]:
    """Status, code and the pointers of the wrong fields."""
    return *problem(response), [error["pointer"] for error in response.json().get("errors", [])]


async def walk(client: ApiClient, path: str, **query: Any) -> list[str]:
    """The ids of a list, two a page, by following the `Link` headers, which lead where `next_cursor` does."""
    found: list[str] = []
    url: str | None = f"{path}?{urlencode({'limit': 2, **query})}"
    while url is not None:
        response = await client.get(url)
        assert response.status_code == 200, response.text
        page, link = response.json()["page"], response.headers.get("Link")
        found += ids_of(response.json()["data"])
        assert (link is not None, page["next_cursor"] is not None) == (page["has_more"], page["has_more"])
        url = None
        if link is not None:
            target, _, relation = link.partition(">")
            url = target.removeprefix("<")
            assert (relation, parse_qs(urlsplit(url).query)["cursor"]) == ('; rel="next"', [page["next_cursor"]])
    return found


async def expect_cursor_rules(client: ApiClient, path: str, *others: str, place: str = "cursor") -> None:
    """A cursor leads on only with its own filters and order (`others` differ from none), and only one that was given does."""
    cursor = (await client.get(f"{path}?limit=1")).json()["page"]["next_cursor"]
    for other in others:
        assert problem(await client.get(f"{path}?{place}={cursor}&{other}")) == (400, "cursor_mismatch")
    for made_up in ("bm9uc2Vuc2U", "W10", cursor[:-6], "x"):
        assert problem(await client.get(f"{path}?{place}={made_up}")) == (400, "invalid_cursor")


async def expect_query_rules(client: ApiClient, path: str, *queries: str) -> None:
    """Each of these queries is refused, and the refusal names its parameter."""
    for query in ("colour=red", "limit=0", "limit=201", "limit=1&limit=1", *queries):
        name = query.partition("=")[0]
        status, code, pointers = refused_at(await client.get(f"{path}?{query}"))
        assert (status, code) == (422, "validation_failed"), query
        assert all(pointer.startswith(f"query/{name}") for pointer in pointers), pointers
        assert pointers, query
