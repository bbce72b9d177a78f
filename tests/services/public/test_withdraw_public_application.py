"""withdraw_public_application: the candidate's own end, the same whatever became of what was sent."""

from typing import Any

import pytest

from impl.core.runtime import Runtime
from tests.services.habits import expect_dry_run, watch
from tests.services.public.habits import tracking
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows


async def application_of(client: ApiClient, intake: Data) -> Data:
    found: Data = await client.data("GET", f"{V1}/applications/{intake['application_id']}")
    return found


async def test_ends_what_was_made_of_it(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    path = tracking(cast, (await make.applied())["token"])
    await run_due(runtime, cast.organization_id)
    [intake] = await recruiter.data("GET", f"{V1}/intakes")
    watched = await watch(rows, cast)
    effects = [("intake.withdrawn", intake["id"])]
    await expect_dry_run(watched, anonymous, f"{path}/withdraw", None, effects)
    await run_due(runtime, cast.organization_id)

    application = await application_of(recruiter, intake)
    assert (application["status"], application["withdrawal"]["reason_id"]) == ("withdrawn", None)
    assert [event["type"] for event in await watched.events()] == ["intake.withdrawn", "application.withdrawn"]
    shown = await anonymous.data("GET", path)
    assert (shown["status"], shown["withdrawn_at"] is None) == ("withdrawn", False)
    assert problem(await anonymous.post(f"{path}/withdraw")) == (409, "application_ended")


@pytest.mark.parametrize("status", ["received", "quarantined", "rejected"])
async def test_before_anything_was_made_of_it(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, runtime: Runtime, status: str
) -> None:
    post = await make.post()
    receipt = await make.applied(post, **({"website": "x"} if status == "quarantined" else {}))
    if status == "rejected":
        await recruiter.data(
            "POST", f"{V1}/jobs/{post['job_id']}/close", json={"reason": "other", "applications": "keep"}
        )
        await run_due(runtime, cast.organization_id)
    [intake] = await recruiter.data("GET", f"{V1}/intakes")
    assert intake["status"] == status
    answer = await anonymous.post(f"{tracking(cast, receipt['token'])}/withdraw")
    assert answer.status_code == 200, answer.text
    await run_due(runtime, cast.organization_id)
    [intake] = await recruiter.data("GET", f"{V1}/intakes")
    assert (intake["status"], intake["application_id"]) == ("withdrawn", None)


async def test_never_ends_what_it_did_not_make(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime
) -> None:
    """Whoever types the address of somebody who has applied cannot end that application, nor tell that there is one."""
    post = await make.post()
    standing = await make.application({"id": post["job_id"]}, await make.candidate(email="known@example.org"))
    receipt = await make.applied(post, email="known@example.org")
    await run_due(runtime, cast.organization_id)
    [intake] = await recruiter.data("GET", f"{V1}/intakes")
    assert intake["application_id"] == standing["id"]
    watched = await watch(rows, cast)
    path = f"{tracking(cast, receipt['token'])}/withdraw"
    shown = await expect_dry_run(watched, anonymous, path, None, [("intake.withdrawn", intake["id"])])
    assert shown["status"] == "withdrawn"
    await run_due(runtime, cast.organization_id)
    assert (await application_of(recruiter, intake))["status"] == "active"


@pytest.mark.parametrize("command", ["reject", "hire", "withdraw"])
async def test_what_has_ended_is_not_ended_again(
    anonymous: ApiClient, recruiter: ApiClient, cast: Cast, make: Factories, rows: Rows, runtime: Runtime, command: str
) -> None:
    receipt = await make.applied()
    await run_due(runtime, cast.organization_id)
    [intake] = await recruiter.data("GET", f"{V1}/intakes")
    body: dict[str, Any] = {"reason_id": (await make.rejection_reason())["id"]} if command == "reject" else {}
    await make.command({"id": intake["application_id"]}, command, body)
    watched = await watch(rows, cast)
    answer = await anonymous.post(f"{tracking(cast, receipt['token'])}/withdraw")
    assert problem(answer) == (409, "application_ended")
    assert not {"current_status", "allowed"} & set(answer.json()), "nothing of the inside"
    await watched.expect_nothing()


async def test_replays_and_hides(
    anonymous: ApiClient, cast: Cast, other_cast: Cast, make: Factories, rows: Rows
) -> None:
    receipt = await make.applied()
    discarded = await make.applied(website="x")
    [intake] = await make.admin.data("GET", f"{V1}/intakes?status=quarantined")
    await make.admin.data("POST", f"{V1}/intakes/{intake['id']}/discard")
    answer = await anonymous.post(f"{tracking(cast, discarded['token'])}/withdraw")
    assert problem(answer) == (409, "application_ended")
    for path in (tracking(other_cast, receipt["token"]), tracking(cast, "atst_x")):
        assert problem(await anonymous.post(f"{path}/withdraw")) == (404, "not_found")
    key = {"Idempotency-Key": "9d6a3c1f-2b41-4b5c-9a6f-5a0a7a3f1c11"}
    path = f"{tracking(cast, receipt['token'])}/withdraw"
    first = await anonymous.post(path, headers=key)
    second = await anonymous.post(path, headers=key)
    assert (second.content, second.headers["idempotency-replayed"]) == (first.content, "true")
