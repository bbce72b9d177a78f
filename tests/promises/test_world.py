"""The positive control of all other proofs: every operation has calls that work. That every slot takes an own id, A1 tells."""

import pytest

from tests.support import contract, world
from tests.support.cast import Cast

CALLS = [(name, example) for name, each in contract.operations().items() for example in world.examples(each) or [None]]


@pytest.mark.parametrize(("operation_id", "example"), CALLS, ids=str)
async def test_every_example_works(cast: Cast, operation_id: str, example: str | None) -> None:
    call = await world.World(cast).call(operation_id, example)
    response = await call.send(cast.client("admin"))
    success = next(status for status in call.operation.responses if status < 300)
    assert response.status_code == success, response.text
