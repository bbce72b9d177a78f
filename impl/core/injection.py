"""FastAPI's injection, compiled once per route: what a request then costs is the calls of the dependencies themselves.

FastAPI solves the tree of dependencies anew for each request, with caches, overrides, exit stacks and parameters that the
generated routes have no use for; that costs as much as authenticating and validating the request.
"""

from collections.abc import Awaitable, Callable
from inspect import iscoroutinefunction
from typing import Any

from fastapi import Request
from fastapi.dependencies.models import Dependant
from fastapi.security import SecurityScopes

Injected = Callable[[Request], Awaitable[Any]]


def compiled(dependant: Dependant) -> Injected:
    """Calls what `dependant` stands for, and before it what that depends on (`Depends`, `Security`), with what FastAPI would inject.

    Raises TypeError at start-up for what it does not know: parameters of the request, generators, plain functions.
    """
    call = dependant.call
    given = (dependant.path_params, dependant.query_params, dependant.header_params, dependant.cookie_params)
    if call is None or not iscoroutinefunction(call) or any(given) or dependant.body_params:
        raise TypeError(f"{call} takes more than its dependencies and the request, or is no coroutine function")
    inner = [(sub.name, compiled(sub)) for sub in dependant.dependencies]
    fixed = _fixed(dependant)
    request_name = dependant.request_param_name

    async def inject(request: Request) -> Any:
        values = dict(fixed)
        if request_name is not None:
            values[request_name] = request
        for name, make in inner:
            found = await make(request)
            if name is not None:
                values[name] = found
        return await call(**values)

    return inject


def _fixed(dependant: Dependant) -> dict[str, Any]:
    """What is the same for every request."""
    name = dependant.security_scopes_param_name
    scopes = [*(dependant.parent_oauth_scopes or ()), *(dependant.own_oauth_scopes or ())]
    return {} if name is None else {name: SecurityScopes(list(dict.fromkeys(scopes)))}
