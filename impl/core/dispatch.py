"""From a path to its operation's route in a few dictionary look-ups.

FastAPI tries one route after the other, below six layers that this service does not need because its edge does their work.
Whatever the table does not know goes to FastAPI as ever: an unknown path, a method that a path does not take, the lifespan.
"""

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

_PARAMETER = ""  # the key, in a node, of the branch that takes any segment; no segment is empty

Node = dict[str, Any]


class RouteTable:
    """A tree of path segments with the routes at its leaves, by method. A path that stands there literally is never an id's."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self._methods: dict[str, Node] = {}
        self._fixed: set[str] = set()
        for route in routes:
            # A path with a converter (`{path:path}`) is left to Starlette's own matching.
            if isinstance(route, Route) and ":" not in route.path:
                for method in route.methods or ():
                    self._add(method, route)

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        """The route and the values of its path parameters; None when another look is needed. Fixed segments go before parameters."""
        node = self._methods.get(method)
        values: list[str] = []
        for segment in path.split("/")[1:]:
            if node is None:
                return None
            following = node.get(segment) if segment else None
            if following is None:
                following = node.get(_PARAMETER) if segment else None
                values.append(segment)
            node = following
        route: Route | None = node.get("/") if node is not None else None
        if route is None or (values and path in self._fixed):
            return None
        return route, dict(zip(route.param_convertors, values, strict=True))

    def _add(self, method: str, route: Route) -> None:
        node = self._methods.setdefault(method, {})
        if not route.param_convertors:
            self._fixed.add(route.path)
        for segment in route.path.split("/")[1:]:
            node = node.setdefault(_PARAMETER if segment.startswith("{") else segment, {})
        node.setdefault("/", route)


class Application(FastAPI):
    """FastAPI with a table before its routing."""

    def dispatch(self) -> None:
        """Make the table of the routes that were added; later ones are found by FastAPI alone."""
        self._table = RouteTable(self.router.routes)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._table.find(scope["method"], scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await super().__call__(scope, receive, send)
            return
        route, scope["path_params"] = found
        scope["app"], scope["endpoint"], scope["route"] = self, route.endpoint, route
        app: ASGIApp = route.app
        await app(scope, receive, send)
