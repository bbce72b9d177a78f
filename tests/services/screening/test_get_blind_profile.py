"""get_blind_profile: a resume without its person."""

from tests.services.screening.habits import BAKER, Desk
from tests.support.clients import ApiClient
from tests.support.factories import V1


async def test_shows_what_somebody_can_do_and_not_who_it_is(recruiter: ApiClient, desk: Desk) -> None:
    job = await desk.job()
    application = await desk.application(job, BAKER.but(birth="12 May 1984"))
    path = f"{V1}/applications/{application['id']}/blind_profile"
    first = await recruiter.get(path)
    blind = first.json()["data"]
    assert [(each["position"], each["organization"], each["months"]) for each in blind["work"]] == [
        ("Head Baker", "Sunrise Bakery", 104),
        ("Baker", "Morgenrot GmbH", 49),
    ]
    assert blind["education"] == [{"study_type": "Apprenticeship", "area": "Baking"}]
    assert (blind["skills"][0], blind["languages"][0]["language"]) == ("Sourdough", "English")
    assert (blind["is_location_hidden"], blind["places"], blind["flags"]) == (True, [], [])
    for told in ("Mira", "Okafor", "1984", "2018", "Springfield", "College", "She ", "555 0133", "@"):
        assert told not in first.text, told
    assert (await recruiter.get(path, headers={"If-None-Match": first.headers["ETag"]})).status_code == 304


async def test_is_empty_without_a_resume(recruiter: ApiClient, desk: Desk) -> None:
    application = await desk.application(await desk.job(is_blind=False))
    blind = await recruiter.data("GET", f"{V1}/applications/{application['id']}/blind_profile")
    assert (blind["resume_parse_id"], blind["text"], blind["is_location_hidden"]) == (None, "", False)
