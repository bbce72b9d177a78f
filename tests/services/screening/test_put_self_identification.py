"""put_self_identification: kept beside an application, for one report."""

from tests.services.habits import NOWHERE, Watch, expect_hidden, expect_scope
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

BODY = {"gender": "female", "race_ethnicity": "asian"}


async def test_is_kept_sealed_and_replaced(admin: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    path = f"{V1}/applications/{application['id']}/self_identification"
    await watched.begin()
    assert (await admin.put(path, json=BODY)).status_code == 204
    assert await watched.effects() == [("application.self_identified", application["id"])]
    assert (await watched.events())[0]["changes"] == []
    assert (await admin.put(path, json=BODY | {"gender": "declined"})).status_code == 204
    assert await watched.rows.count("self_identifications", watched.cast.organization_id) == 1
    export = await admin.data("GET", f"{V1}/candidates/{application['candidate_id']}/export")
    [section] = [each for each in export["sections"] if each["kind"] == "self_identifications"]
    assert section["rows"][0]["content"] == BODY | {"gender": "declined"}
    shown = await admin.data("GET", f"{V1}/applications/{application['id']}")
    assert shown == application | {"version": shown["version"], "updated_at": shown["updated_at"]}


async def test_goes_with_the_person(admin: ApiClient, make: Factories, watched: Watch) -> None:
    application = await make.application()
    await make.identified(application)
    await admin.data("POST", f"{V1}/candidates/{application['candidate_id']}/anonymize", json={})
    assert await watched.rows.count("self_identifications", watched.cast.organization_id) == 0
    await watched.begin()
    late = await admin.put(f"{V1}/applications/{application['id']}/self_identification", json=BODY)
    assert problem(late) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    application = await make.application()
    path = f"{V1}/applications/{application['id']}/self_identification"
    await expect_hidden(watched, outsider, "PUT", path, BODY)
    await expect_hidden(watched, make.admin, "PUT", f"{V1}/applications/{NOWHERE}/self_identification", BODY)
    await expect_scope(recruiter, "PUT", path, BODY, "demographics:write")
    assert problem(await make.admin.put(path, json={"gender": "blue"})) == (422, "validation_failed")
