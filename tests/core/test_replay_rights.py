"""A kept answer is given again only to who may still see all that it shows."""

from pathlib import Path

import pytest

from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

pytestmark = pytest.mark.promise("D1")

KEY = {"Idempotency-Key": "once"}
REUSED = (422, "idempotency_key_reused")
SECRET = "ninety-nine thousand"


async def become(admin: ApiClient, cast: Cast, who: str, role: str, *job_ids: str) -> None:
    await admin.data("PATCH", f"{V1}/users/{cast.people[who].id}", json={"role": role, "job_ids": list(job_ids)})


async def test_a_field_is_not_shown_again_to_who_has_lost_its_scope(
    cast: Cast, make: Factories, admin: ApiClient, recruiter: ApiClient
) -> None:
    await make.custom_field("wish", applies_to="application", is_private=True)
    application = await make.application(private_custom_fields={"wish": SECRET})
    path = f"{V1}/applications/{application['id']}/move"
    first = await recruiter.post(path, json={}, headers=KEY)
    assert first.status_code == 200
    assert SECRET in first.text

    await become(admin, cast, "recruiter", "hiring_manager", application["job_id"])
    again = await recruiter.post(path, json={}, headers=KEY)
    assert problem(again) == REUSED
    assert SECRET not in again.text
    anew = await recruiter.post(path, json={}, headers={"Idempotency-Key": "other"})
    assert anew.status_code == 200
    assert SECRET not in anew.text

    await become(admin, cast, "recruiter", "recruiter")
    assert (await recruiter.post(path, json={}, headers=KEY)).content == first.content


async def test_a_job_that_was_taken_away_is_not_shown_again(
    cast: Cast, make: Factories, admin: ApiClient, hiring_manager: ApiClient
) -> None:
    application, other = await make.application(), await make.job()
    path = f"{V1}/candidates/{application['candidate_id']}/notes"
    body = {"application_id": application["id"], "body": SECRET}
    await make.grant("hiring_manager", {"id": application["job_id"]}, other)
    first = await hiring_manager.post(path, json=body, headers=KEY)
    assert first.status_code == 201

    await make.grant("hiring_manager", {"id": application["job_id"]})
    assert (await hiring_manager.post(path, json=body, headers=KEY)).content == first.content, (
        "it shows nothing of the other job"
    )
    await make.grant("hiring_manager", other)
    again = await hiring_manager.post(path, json=body, headers=KEY)
    assert problem(again) == REUSED
    assert SECRET not in again.text
    assert problem(await hiring_manager.post(path, json=body, headers={"Idempotency-Key": "other"})) == (
        404,
        "not_found",
    )
    await become(admin, cast, "hiring_manager", "recruiter")
    assert (await hiring_manager.post(path, json=body, headers=KEY)).content == first.content, (
        "who sees all sees it, too"
    )


async def test_who_saw_all_and_sees_jobs_alone_is_shown_nothing_again(
    cast: Cast, make: Factories, admin: ApiClient, recruiter: ApiClient
) -> None:
    application = await make.application()
    path, body = f"{V1}/candidates/{application['candidate_id']}/notes", {"body": SECRET}
    assert (await recruiter.post(path, json=body, headers=KEY)).status_code == 201

    await become(admin, cast, "recruiter", "interviewer", application["job_id"])
    again = await recruiter.post(path, json=body, headers=KEY)
    assert problem(again) == REUSED
    assert SECRET not in again.text


def test_services_ask_for_scopes_where_it_is_written_down() -> None:
    asking = [path.name for path in Path("impl/services").rglob("*.py") if ".actor.scopes" in path.read_text()]
    assert asking == [], "use ctx.holds"
