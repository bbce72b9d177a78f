"""create_interview: an appointment, and a scorecard for each interviewer."""

from datetime import timedelta

from tests.services.habits import NOWHERE, Watch, changes_of, expect_hidden, expect_replay, expect_scope, refused_at
from tests.services.interviews.habits import below, body, interview_path, times
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


async def test_schedules_it_with_a_scorecard_for_each(
    recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    application = await make.application()
    await make.admin.data("PATCH", f"{V1}/organization", json={"time_zone": "Europe/Berlin"})
    people = [str(cast.people[role].id) for role in ("admin", "recruiter")]
    texts = {"location": "Room 4", "video_url": "https://meet.example.org/4", "instructions": "Ask.\nListen."}
    asked = body(*people, people[0], **texts)
    await watched.begin()

    made = await recruiter.data("POST", below(application), json=asked)

    plain = {name: made[name] for name in ("id", "created_at", "updated_at")}
    assert made == asked | plain | {
        "application_id": application["id"],
        "candidate_id": application["candidate_id"],
        "job_id": application["job_id"],
        "status": "scheduled",
        "time_zone": "Europe/Berlin",
        "interviewer_ids": people,
        "requires_scorecards": True,
        "cancellation": None,
        "concluded_at": None,
        "version": 1,
    }
    assert await recruiter.data("GET", interview_path(made)) == made
    scorecards = await make.scorecards(made)
    assert [(each["interviewer_id"], each["status"], each["due_at"]) for each in scorecards] == [
        (person, "draft", made["ends_at"]) for person in people
    ]
    assert await watched.effects() == [
        ("interview.created", made["id"]),
        *(("scorecard.created", each["id"]) for each in scorecards),
    ]
    event = (await watched.events())[0]
    assert changes_of(event) == {"status": (None, "scheduled")}
    told = (event["job_id"], event["candidate_id"], event["application_id"])
    assert tuple(map(str, told)) == (application["job_id"], application["candidate_id"], application["id"])


async def test_takes_what_is_over_and_wants_no_scorecards(recruiter: ApiClient, make: Factories, cast: Cast) -> None:
    past = times(timedelta(days=-3), timedelta(hours=24))
    asked = body(cast.people["admin"].id, **past, requires_scorecards=False, time_zone="Asia/Tokyo")
    made = await recruiter.data("POST", below(await make.application()), json=asked)
    assert (made["starts_at"], made["time_zone"], made["requires_scorecards"]) == (
        past["starts_at"],
        "Asia/Tokyo",
        False,
    )
    assert await make.scorecards(made) == []


async def test_refuses_times_that_are_none(recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch) -> None:
    path, person = below(await make.application()), cast.people["admin"].id
    await watched.begin()
    for length in (timedelta(0), timedelta(minutes=-1), timedelta(hours=24, seconds=1)):
        refused = await recruiter.post(path, json=body(person, **times(timedelta(days=1), length)))
        assert refused_at(refused) == (422, "instant_out_of_range", ["/ends_at"])
    refused = await recruiter.post(path, json=body(person, time_zone="Europe/Atlantis"))
    assert refused_at(refused) == (422, "unknown_time_zone", ["/time_zone"])
    invalid: list[Data] = [{"video_url": "http://meet.example.org"}, {"interviewer_ids": []}, {"title": " "}]
    for wrong in invalid:
        refused = await recruiter.post(path, json=body(person, **wrong))
        assert problem(refused) == (422, "validation_failed")
    await watched.expect_nothing()


async def test_interviewers_are_active_users_who_see_the_job(
    recruiter: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast, watched: Watch
) -> None:
    application = await make.application()
    sees_none, left = await make.user("interviewer"), await make.user("recruiter")
    granted = await make.user("hiring_manager", job_ids=[application["job_id"]])
    await make.admin.data("PATCH", f"{V1}/users/{left['id']}", json={"is_active": False})
    stranger = await make_elsewhere.user("recruiter")
    await watched.begin()

    refused = await recruiter.post(
        below(application), json=body(granted["id"], sees_none["id"], left["id"], cast.people["admin"].id)
    )
    pointers = ["/interviewer_ids/1", "/interviewer_ids/2"]
    assert refused_at(refused) == (409, "interviewer_not_eligible", pointers)
    unknown = await recruiter.post(below(application), json=body(granted["id"], stranger["id"], NOWHERE))
    assert refused_at(unknown) == (404, "reference_not_found", pointers)
    await watched.expect_nothing()
    made = await recruiter.data("POST", below(application), json=body(granted["id"]))
    assert made["interviewer_ids"] == [granted["id"]]


async def test_needs_an_active_application_of_somebody_who_is_there(
    recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    rejected, application = await make.rejected(), await make.application()
    await make.admin.data("DELETE", f"{V1}/candidates/{application['candidate_id']}")
    await watched.begin()
    refused = await recruiter.post(below(rejected), json=body(cast.people["admin"].id))
    assert problem(refused) == (409, "application_not_active")
    assert (refused.json()["current_status"], refused.json()["allowed"]) == ("rejected", ["reopen_application"])
    gone = await recruiter.post(below(application), json=body(cast.people["admin"].id))
    assert problem(gone) == (409, "candidate_not_active")
    await watched.expect_nothing()


async def test_replays(recruiter: ApiClient, make: Factories, watched: Watch, cast: Cast) -> None:
    path, person = below(await make.application()), cast.people["admin"].id
    await expect_replay(watched, recruiter, path, body(person), body(person, title="Other"))


async def test_hides_an_application_of_others(
    outsider: ApiClient, hiring_manager: ApiClient, make: Factories, watched: Watch, cast: Cast
) -> None:
    application = await make.application()
    for stranger in (outsider, hiring_manager):
        await expect_hidden(watched, stranger, "POST", below(application), body(cast.people["admin"].id))
    await make.grant("hiring_manager", {"id": application["job_id"]})
    made = await hiring_manager.post(below(application), json=body(hiring_manager.id))
    assert made.status_code == 201
    assert made.headers["Location"] == interview_path(made.json()["data"])


async def test_needs_its_permission(interviewer: ApiClient, make: Factories) -> None:
    application = await make.application()
    await make.grant("interviewer", {"id": application["job_id"]})
    await expect_scope(interviewer, "POST", below(application), body(interviewer.id), "interviews:write")
