"""get_user_busy_times: when a new interview would fall on another one."""

from datetime import timedelta

from impl.lib import clock
from impl.lib.clock import Hands
from tests.services.habits import Watch, expect_hidden, expect_scope, instant
from tests.services.interviews.habits import interview_path, times
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories


def busy_path(client: ApiClient) -> str:
    return f"{V1}/users/{client.id}/busy_times"


async def test_unites_what_overlaps_or_touches(recruiter: ApiClient, make: Factories, cast: Cast, hands: Hands) -> None:
    async def planned(starts_in: timedelta, length: timedelta = timedelta(hours=1)) -> Data:
        return await make.interview(by="recruiter", **times(starts_in, length))

    day, hour = timedelta(days=1), timedelta(hours=1)
    await planned(-hour / 2)
    await planned(-day)
    for starts_in, length in ((day, hour), (day + hour, hour), (day + hour / 2, hour / 4), (3 * day, hour)):
        await planned(starts_in, length)
    await recruiter.data("POST", interview_path(await planned(2 * day), "/cancel"), json={"reason": "other"})
    await make.interview(by="admin")
    now = clock.now()

    found = await recruiter.data("GET", busy_path(recruiter))

    assert found["user_id"] == str(recruiter.id)
    running, morning, late = (
        {"starts_at": instant(now + start), "ends_at": instant(now + end)}
        for start, end in ((-hour / 2, hour / 2), (day, day + 2 * hour), (3 * day, 3 * day + hour))
    )
    assert found["times"] == [running, morning, late]
    query = f"?ends_after={running['ends_at']}&starts_before={late['starts_at']}"
    assert (await recruiter.data("GET", busy_path(recruiter) + query))["times"] == [morning]


async def test_tells_times_of_jobs_that_are_not_granted(
    interviewer: ApiClient, recruiter: ApiClient, make: Factories
) -> None:
    await make.interview(by="recruiter")
    assert len((await interviewer.data("GET", busy_path(recruiter)))["times"]) == 1


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, recruiter: ApiClient, make: Factories, watched: Watch
) -> None:
    path = busy_path(recruiter)
    await expect_hidden(watched, outsider, "GET", path)
    await expect_scope(await make.machine("users:read"), "GET", path, None, "interviews:read")
    refused = await recruiter.get(f"{path}?ends_after=now")
    assert problem(refused) == (422, "validation_failed")
