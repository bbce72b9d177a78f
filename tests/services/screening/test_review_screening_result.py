"""review_screening_result: what a person says to a result, which stays as it is."""

from tests.services.habits import Watch, changes_of, expect_dry_run, expect_hidden, expect_replay, expect_scope
from tests.services.screening.habits import Desk
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

NO = {"decision": "overridden", "reason": "The portfolio shows it."}
YES = {"decision": "confirmed", "reason": "I agree."}


async def test_adds_a_word_to_those_before(recruiter: ApiClient, desk: Desk, watched: Watch) -> None:
    result = await desk.result()
    path = f"{V1}/screening_results/{result['id']}/review"
    await expect_dry_run(watched, recruiter, path, NO, [("screening_result.reviewed", result["id"])])
    assert changes_of((await watched.events())[0]) == {"decision": (None, "overridden")}
    reviewed = await expect_replay(watched, recruiter, path, YES, NO)
    assert [(each["decision"], each["reason"]) for each in reviewed["reviews"]] == [
        ("confirmed", "I agree."),
        ("overridden", "The portfolio shows it."),
    ]
    assert reviewed["reviews"][0]["author"] == {"type": "user", "id": str(recruiter.id)}
    assert reviewed | {"reviews": []} == result


async def test_refuses_what_is_no_word(recruiter: ApiClient, desk: Desk, watched: Watch) -> None:
    result = await desk.result()
    path = f"{V1}/screening_results/{result['id']}/review"
    await watched.begin()
    assert problem(await recruiter.post(path, json={"decision": "confirmed"})) == (422, "validation_failed")
    await watched.expect_nothing()
    application = await recruiter.data("GET", f"{V1}/applications/{result['application_id']}")
    await recruiter.delete(f"{V1}/candidates/{application['candidate_id']}")
    await watched.begin()
    assert problem(await recruiter.post(path, json=YES)) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, hiring_manager: ApiClient, desk: Desk, make: Factories, watched: Watch
) -> None:
    result = await desk.result()
    path = f"{V1}/screening_results/{result['id']}/review"
    for stranger in (outsider, hiring_manager):
        await expect_hidden(watched, stranger, "POST", path, YES)
    await expect_scope(await make.machine("screening:read"), "POST", path, YES, "screening:write")
    await make.grant("hiring_manager", {"id": result["job_id"]})
    assert len((await hiring_manager.data("POST", path, json=YES))["reviews"]) == 1
