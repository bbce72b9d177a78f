"""list_interviews: the appointments that the actor may see."""

from datetime import timedelta

from impl.lib import clock
from tests.services.habits import expect_cursor_rules, expect_query_rules, expect_scope, ids_of, instant, walk
from tests.services.interviews.habits import INTERVIEWS, interview_path
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories


async def test_filters_and_sorts(recruiter: ApiClient, make: Factories, make_elsewhere: Factories, cast: Cast) -> None:
    application = await make.application()
    late = await make.interview(application, starts_in=timedelta(days=5))
    early = await make.interview(application, by="recruiter", starts_in=timedelta(days=1))
    other = await make.interview(starts_in=timedelta(days=3))
    await make_elsewhere.interview()
    await recruiter.data("POST", interview_path(other, "/cancel"), json={"reason": "other"})

    async def found(query: str) -> list[str]:
        return ids_of(await recruiter.data("GET", f"{INTERVIEWS}?{query}"))

    assert await walk(recruiter, INTERVIEWS) == ids_of([late, other, early])
    assert await walk(recruiter, INTERVIEWS, sort="starts_at") == ids_of([early, other, late])
    assert await walk(recruiter, INTERVIEWS, sort="created_at") == ids_of([late, early, other])
    assert await walk(recruiter, INTERVIEWS, sort="-created_at") == ids_of([other, early, late])
    for name in ("application_id", "job_id", "candidate_id"):
        assert await found(f"{name}={application[name] if name in application else application['id']}") == ids_of(
            [late, early]
        )
    assert await found(f"interviewer_id={cast.people['recruiter'].id}") == [early["id"]]
    assert await found("status=cancelled,no_show") == [other["id"]]
    middle = instant(clock.now() + timedelta(days=2))
    assert await found(f"starts_after={middle}&status=scheduled") == [late["id"]]
    assert await found(f"starts_before={middle}") == [early["id"]]
    assert await found(f"created_after={early['created_at']}") == [other["id"]]
    assert await found(f"updated_after={other['updated_at']}") == [other["id"]]


async def test_shows_only_granted_jobs(interviewer: ApiClient, make: Factories) -> None:
    seen = await make.interview()
    await make.interview()
    assert await interviewer.data("GET", INTERVIEWS) == []
    await make.grant("interviewer", {"id": seen["job_id"]})
    assert ids_of(await interviewer.data("GET", INTERVIEWS)) == [seen["id"]]


async def test_refuses_strange_questions(recruiter: ApiClient, make: Factories) -> None:
    for _ in range(2):
        await make.interview()
    await expect_cursor_rules(recruiter, INTERVIEWS, "status=scheduled", "sort=starts_at")
    await expect_query_rules(recruiter, INTERVIEWS, "status=gone", "job_id=x", "sort=title", "starts_after=now")
    await expect_scope(await make.machine("jobs:read"), "GET", INTERVIEWS, None, "interviews:read")
