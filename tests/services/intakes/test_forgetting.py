"""What becomes of intakes when the person behind them is forgotten, whether they ever became an application or not."""

import pytest

from impl.core.runtime import Runtime
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories
from tests.support.rows import Rows


@pytest.mark.promise("H6")
@pytest.mark.parametrize("command", ["erase", "anonymize"])
async def test_what_never_became_an_application_goes_too(
    admin: ApiClient, anonymous: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime, command: str
) -> None:
    """Spam under the person's address is found by the address alone. What still waits is an application of its own: it is not dropped,
    and begins anew."""
    candidate = await make.candidate(email="mira@example.org")
    held = await make.applied(email="Mira@Example.org", website="x")
    waiting = await make.applied(email="mira@example.org")
    other = await make.applied(email="somebody@example.org")
    await admin.data("POST", f"{V1}/candidates/{candidate['id']}/{command}")

    assert await rows.count("intakes", cast.organization_id) == 2
    assert await rows.count("files", cast.organization_id) == 2
    page = f"{V1}/public/{cast.slug}/applications"
    assert problem(await anonymous.get(f"{page}/{held['token']}")) == (404, "not_found")
    for receipt in (waiting, other):
        assert (await anonymous.get(f"{page}/{receipt['token']}")).status_code == 200
    await run_due(runtime, cast.organization_id)
    made = await admin.data("GET", f"{V1}/intakes?status=processed")
    assert len(made) == 2
    assert candidate["id"] not in {intake["candidate_id"] for intake in made}
    failed = await admin.data("GET", f"{V1}/tasks?status=failed,queued")
    assert failed == [], "a task whose intake is gone has nothing to do"


async def test_a_withdrawal_whose_intake_is_gone_is_done(
    admin: ApiClient, anonymous: ApiClient, cast: Cast, make: Factories, runtime: Runtime
) -> None:
    receipt = await make.applied()
    await run_due(runtime, cast.organization_id)
    [intake] = await admin.data("GET", f"{V1}/intakes")
    await anonymous.data("POST", f"{V1}/public/{cast.slug}/applications/{receipt['token']}/withdraw")
    await admin.data("POST", f"{V1}/candidates/{intake['candidate_id']}/erase")
    await run_due(runtime, cast.organization_id)
    assert await admin.data("GET", f"{V1}/tasks?status=failed,queued") == []
