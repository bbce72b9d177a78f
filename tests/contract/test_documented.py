"""The spec and the running application are the same, both ways."""

import pytest
from starlette.routing import Route
from starlette.types import ASGIApp

from generated.operations import OPERATIONS
from tests.support import contract
from tests.support.application import fastapi_of


@pytest.mark.promise("L7")
def test_the_routes_are_those_of_the_contract(application: ASGIApp) -> None:
    routed = {
        (method, route.path)
        for route in fastapi_of(application).routes
        if isinstance(route, Route)
        for method in route.methods or ()
        if method != "HEAD"
    }
    assert routed == {(operation.method, operation.path) for operation in contract.operations().values()}


@pytest.mark.promise("L7")
def test_nothing_is_served_beside_the_routes(application: ASGIApp) -> None:
    assert [route for route in fastapi_of(application).routes if not isinstance(route, Route)] == []


@pytest.mark.promise("L7")
def test_the_generated_operations_are_those_of_the_contract() -> None:
    generated = {name: (operation.method, operation.path) for name, operation in OPERATIONS.items()}
    assert generated == {name: (each.method, each.path) for name, each in contract.operations().items()}
