"""list_intakes: what came in, and what of it waits for a person."""

from tests.services.habits import expect_cursor_rules, expect_query_rules, ids_of, walk
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Factories

PATH = f"{V1}/intakes"


async def test_lists_newest_first_page_by_page(recruiter: ApiClient, make: Factories) -> None:
    intakes = [await make.intake() for _ in range(5)]
    assert await walk(recruiter, PATH) == ids_of(intakes)[::-1]
    assert await walk(recruiter, PATH, sort="created_at") == ids_of(intakes)
    await expect_cursor_rules(recruiter, PATH, "sort=created_at", "status=received")
    await expect_query_rules(recruiter, PATH, "status=open", "job_id=x", "sort=name", "post_id=1")


async def test_filters(recruiter: ApiClient, make: Factories) -> None:
    received, done = await make.intake(), await make.intake("processed")
    held, refused = await make.intake("quarantined"), await make.intake("rejected")

    async def found(query: str) -> list[str]:
        return ids_of(await recruiter.data("GET", f"{PATH}?sort=created_at&{query}"))

    assert await found("status=quarantined,rejected") == [held["id"], refused["id"]]
    assert await found(f"post_id={received['post_id']}") == [received["id"]]
    assert await found(f"job_id={held['job_id']}") == [held["id"]]
    assert await found(f"candidate_id={done['candidate_id']}") == [done["id"]]
    assert await found(f"application_id={done['application_id']}") == [done["id"]]
    assert await found("created_after=2199-01-01T00:00:00Z") == []
    assert await found("updated_after=2199-01-01T00:00:00Z") == []


async def test_shows_who_applied_to_those_who_may_know(
    recruiter: ApiClient, outsider: ApiClient, make: Factories, cast: Cast
) -> None:
    intake = await make.intake(full_name="Mira Okafor", email="mira@example.org", phone="+49 30 901820")
    [shown] = await recruiter.data("GET", PATH)
    assert shown == {name: value for name, value in intake.items() if name not in ("answers", "files")}
    assert (shown["full_name"], shown["email"], shown["phone"]) == ("Mira Okafor", "mira@example.org", "+49 30 901820")
    assert await outsider.data("GET", PATH) == []
    assert problem(await cast.client("hiring_manager").get(PATH)) == (403, "missing_scope")
    granted = await make.machine("intakes:read", job_ids=[(await make.job())["id"]])
    assert await granted.data("GET", PATH) == []
    granted = await make.machine("intakes:read", job_ids=[intake["job_id"]])
    assert ids_of(await granted.data("GET", PATH)) == [intake["id"]]
