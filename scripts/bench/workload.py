"""The three kinds of request, the same for every server, and the proof that all of them answer the same."""

import http.client
import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from scripts.bench.goals import CREATE, GET, LIST
from scripts.bench.load import Target, UnexpectedAnswer
from scripts.bench.world import World

PATH = "/api/v1/applications"
INCLUDE = "candidate,job,stage"
PAGES = 40
PAGE_SIZE = 50
GETS = 2000
COMPARED = 20
# What differs between two servers that did the same: ids and instants of what was made, and how a page's end is written.
OF_THE_REQUEST = frozenset({"id", "created_at", "updated_at", "applied_at", "stage_entered_at"})


class AnswersDiffer(RuntimeError):
    """Two servers answer the same request differently: their numbers cannot be compared."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request by hand."""

    status: int
    headers: dict[str, str]
    content: Any
    size: int


def ask(target: Target, method: str, path: str, body: bytes = b"") -> Exchange:
    """One request on a connection of its own."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=30)
    headers = {"Accept": "application/json", **target.headers}
    if body:
        headers["Content-Type"] = "application/json"
    try:
        connection.request(method, path, body or None, headers)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    named = {name.lower(): value for name, value in response.getheaders()}
    is_json = "json" in named.get("content-type", "")
    return Exchange(response.status, named, json.loads(content) if is_json else content, len(content))


class Workload:
    """The requests to one server. Each creation is for a pair of candidate and job of its own."""

    def __init__(self, world: World, target: Target) -> None:
        self.target = target
        numbers = random.Random(20261123).sample(range(world.size), min(GETS, world.size))  # noqa: S311  # no secret
        self._gets = [f"{PATH}/{world.application(number).id}?include={INCLUDE}" for number in numbers]
        self._pairs = world.unused_pairs()
        self._lists: list[str] = []

    def requests(self, kind: str) -> Iterator[bytes]:
        """Endless requests of one kind, ready for the wire."""
        if kind == CREATE:
            return (self.target.request("POST", PATH, self.body()) for _ in itertools.count())
        paths = {GET: self._gets, LIST: self._lists}[kind]
        return itertools.cycle([self.target.request("GET", path) for path in paths])

    def body(self) -> bytes:
        """The body of the next creation."""
        candidate_id, job_id = next(self._pairs)
        return b'{"candidate_id":"%s","job_id":"%s"}' % (str(candidate_id).encode(), str(job_id).encode())

    def walk(self) -> list[Any]:
        """Turn the first pages and remember where each begins; gives what stood on them."""
        path, found = f"{PATH}?{urlencode({'limit': PAGE_SIZE, 'include': INCLUDE}, safe=',')}", []
        cursor = ""
        for _ in range(PAGES):
            page = self._expect(200, "GET", f"{path}{cursor}").content
            found.append(page["data"])
            cursor = f"&cursor={page['page']['next_cursor']}"
            self._lists.append(f"{path}{cursor}")
        return found

    def sample(self) -> dict[str, Any]:
        """Answers of every kind, without what belongs to the single request."""
        read = {
            "GET": [self._expect(200, "GET", path).content for path in self._gets[:COMPARED]],
            "LIST": self.walk(),
        }
        created = self._expect(201, "POST", PATH, self.body())
        again = self._expect(200, "GET", f"{created.headers['location']}?include={INCLUDE}")
        return {**read, "POST": _general(created.content), "GET of the created": _general(again.content)}

    def pages(self) -> tuple[str, str]:
        """The paths of the deepest page that was walked to, and of the one after the first."""
        return self._lists[-1], self._lists[0]

    def sizes(self) -> dict[str, int]:
        """Bytes of the body of one answer of each kind of reading."""
        paths = {GET: self._gets[0], LIST: self._lists[0]}
        return {kind: self._expect(200, "GET", path).size for kind, path in paths.items()}

    def _expect(self, status: int, method: str, path: str, body: bytes = b"") -> Exchange:
        answer = ask(self.target, method, path, body)
        if answer.status != status:
            raise UnexpectedAnswer(f"{method} {path}: {answer.status} {answer.content}")
        return answer


def compare(samples: dict[str, dict[str, Any]]) -> None:
    """Raise AnswersDiffer, naming the first place, unless all servers gave the same sample."""
    (first, expected), *others = samples.items()
    for name, found in others:
        if place := _difference(expected, found, ""):
            raise AnswersDiffer(f"{name} answers otherwise than {first} at {place}")


def _general(content: Any) -> Any:
    """The content of a new application without what only this one has."""
    data = {name: value for name, value in content["data"].items() if name not in OF_THE_REQUEST}
    return {**content, "data": data}


def _difference(expected: Any, found: Any, place: str) -> str | None:
    """Where two JSON documents differ first, with both values; None when they are equal."""
    if isinstance(expected, dict) and isinstance(found, dict) and expected.keys() == found.keys():
        pairs = [(expected[name], found[name], f"{place}/{name}") for name in expected]
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        pairs = [
            (one, other, f"{place}/{index}") for index, (one, other) in enumerate(zip(expected, found, strict=True))
        ]
    else:
        return None if expected == found else f"{place}: {expected!r} and {found!r}"[:1500]
    return next(filter(None, (_difference(*pair) for pair in pairs)), None)
