"""update_interview: what it is about, and who holds it."""

from tests.services.habits import (
    NOWHERE,
    Watch,
    changes_of,
    expect_hidden,
    expect_if_match,
    expect_scope,
    refused_at,
)
from tests.services.interviews.habits import interview_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_changes_words_that_no_event_repeats(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    interview = await make.interview(location="Room 4", instructions="Ask.")
    await watched.begin()
    values = {"kind": "on_site", "title": "Another talk", "location": None, "instructions": "Listen."}
    changed = await recruiter.data("PATCH", interview_path(interview), json=values)
    assert changed == interview | values | {"version": 2, "updated_at": changed["updated_at"]}
    [event] = await watched.events()
    assert (event["type"], changes_of(event)) == ("interview.updated", {"kind": ("video", "on_site")})
    await watched.begin()
    assert await recruiter.data("PATCH", interview_path(interview), json=values) == changed
    await watched.expect_nothing()


async def test_other_interviewers_have_other_scorecards(
    recruiter: ApiClient, make: Factories, cast: Cast, watched: Watch
) -> None:
    """Who is new gets one, the draft of who is gone goes, and what was submitted stays."""
    admin, other, new = (str(cast.people["admin"].id), (await make.user("recruiter"))["id"], str(recruiter.id))
    interview = await make.interview(interviewer_ids=[admin, other])
    submitted = await make.scorecard(interview, status="submitted")
    [draft] = [each for each in await make.scorecards(interview) if each["interviewer_id"] == other]
    await watched.begin()

    changed = await recruiter.data("PATCH", interview_path(interview), json={"interviewer_ids": [new]})

    assert changed["interviewer_ids"] == [new]
    kept, made = await make.scorecards(interview)
    assert (kept, made["interviewer_id"], made["status"]) == (submitted, new, "draft")
    assert await watched.effects() == [
        ("interview.updated", interview["id"]),
        ("scorecard.deleted", draft["id"]),
        ("scorecard.created", made["id"]),
    ]
    told = changes_of((await watched.events())[0])
    assert told == {"interviewer_ids": (f"{admin}, {other}", new)}
    await recruiter.data("PATCH", interview_path(interview), json={"interviewer_ids": [admin, new]})
    assert len(await make.scorecards(interview)) == 2
    many = [(await make.user("recruiter"))["id"] for _ in range(14)]
    await watched.begin()
    await recruiter.data("PATCH", interview_path(interview), json={"interviewer_ids": many})
    assert changes_of((await watched.events())[0])["interviewer_ids"][1] == "14 interviewers"


async def test_scorecards_can_be_done_without(recruiter: ApiClient, make: Factories) -> None:
    interview = await make.interview()
    await recruiter.data("PATCH", interview_path(interview), json={"requires_scorecards": False})
    assert await make.scorecards(interview) == []
    await recruiter.data("PATCH", interview_path(interview), json={"requires_scorecards": True})
    assert len(await make.scorecards(interview)) == 1


async def test_refuses_people_who_may_not_hold_it(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    interview, user = await make.interview(), await make.user("interviewer")
    await watched.begin()
    path = interview_path(interview)
    refused = await recruiter.patch(path, json={"interviewer_ids": [user["id"]]})
    assert refused_at(refused) == (409, "interviewer_not_eligible", ["/interviewer_ids/0"])
    unknown = await recruiter.patch(path, json={"interviewer_ids": [NOWHERE]})
    assert refused_at(unknown) == (404, "reference_not_found", ["/interviewer_ids/0"])
    wrong = await recruiter.patch(path, json={"starts_at": "2026-12-01T13:00:00Z"})
    assert refused_at(wrong) == (422, "validation_failed", ["/starts_at"])
    await watched.expect_nothing()


async def test_takes_if_match(recruiter: ApiClient, make: Factories, watched: Watch) -> None:
    path = interview_path(await make.interview())
    await expect_if_match(watched, recruiter, "PATCH", path, {"title": "x"}, path)


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    interview = await make.interview()
    await expect_hidden(watched, outsider, "PATCH", interview_path(interview), {"title": "x"})
    await make.grant("interviewer", {"id": interview["job_id"]})
    await expect_scope(interviewer, "PATCH", interview_path(interview), {"title": "x"}, "interviews:write")
