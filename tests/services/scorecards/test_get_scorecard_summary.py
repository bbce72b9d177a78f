"""get_scorecard_summary: what the interviewers of an application found, counted."""

from datetime import timedelta

from tests.services.habits import Watch, expect_hidden, expect_scope
from tests.services.scorecards.habits import DRAFT, panel, scorecard_path, submitted
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories


def summary_path(row: Data) -> str:
    return f"{V1}/applications/{row['application_id']}/scorecard_summary"


def counts(**more: int) -> Data:
    return dict.fromkeys(("strong_no", "no", "mixed", "yes", "strong_yes"), 0) | more


async def test_counts_what_the_caller_may_read(
    recruiter: ApiClient, interviewer: ApiClient, hiring_manager: ApiClient, make: Factories, cast: Cast
) -> None:
    both = await panel(make, cast)
    application = {"id": both.interview["application_id"]}
    await make.interview(application, starts_in=timedelta(hours=-3))
    await hiring_manager.data("PUT", scorecard_path(both.of_manager), json=DRAFT)
    await hiring_manager.data("POST", scorecard_path(both.of_manager, "/submit"))

    found = await recruiter.data("GET", summary_path(both.interview))
    assert found == {
        "application_id": application["id"],
        "total_count": 3,
        "submitted_count": 1,
        "missing_count": 1,
        "hidden_count": 0,
        "recommendations": [
            {"recommendation": "strong_no", "count": 1},
            *({"recommendation": each, "count": 0} for each in ("no", "yes", "strong_yes")),
        ],
        "attributes": [{"attribute": "Craft"} | counts(no=1), {"attribute": "Speed"} | counts(strong_yes=1)],
    }
    hidden = await interviewer.data("GET", summary_path(both.interview))
    assert (hidden["submitted_count"], hidden["hidden_count"], hidden["attributes"]) == (1, 1, [])
    assert sum(each["count"] for each in hidden["recommendations"]) == 0

    await submitted(make, interviewer, both.of_interviewer)
    after = await interviewer.data("GET", summary_path(both.interview))
    assert after["attributes"][0] == {"attribute": "Craft"} | counts(no=1, mixed=1)
    assert [each["count"] for each in after["recommendations"]] == [1, 0, 1, 0]


async def test_nothing_to_count(recruiter: ApiClient, make: Factories) -> None:
    application = await make.application()
    found = await recruiter.data("GET", summary_path({"application_id": application["id"]}))
    assert (found["total_count"], found["missing_count"], found["attributes"]) == (0, 0, [])


async def test_hides_and_needs_its_permission(
    outsider: ApiClient, interviewer: ApiClient, make: Factories, watched: Watch
) -> None:
    path = summary_path(await make.scorecard())
    for stranger in (outsider, interviewer):
        await expect_hidden(watched, stranger, "GET", path)
    await expect_scope(await make.machine("interviews:read"), "GET", path, None, "scorecards:read")
