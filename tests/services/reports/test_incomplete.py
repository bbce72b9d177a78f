"""Every report that has more groups than it shows says so, and shows the first ones."""

from datetime import timedelta

import pytest

from impl.lib.clock import Hands
from impl.services.reports import operations
from tests.support import contract
from tests.support.clients import ApiClient
from tests.support.factories import Factories

# Of two jobs with an application each, whose sources differ: what each report has two of.
SHOWN = {
    "get_time_in_stage_report": ["rows"],
    "get_funnel_report": ["rows"],
    "get_source_yield_report": ["rows"],
    "get_time_to_hire_report": ["rows"],
    "get_overdue_replies_report": ["jobs", "rows"],
    "get_missing_scorecards_report": ["interviewers", "rows"],
}


def test_covers_every_report() -> None:
    reports = {name for name in contract.operations() if name.endswith("_report")}
    # Which test this by themselves: they take no window of time.
    assert reports - {"get_eeo_report", "get_adverse_impact_report"} == set(SHOWN)


@pytest.mark.parametrize("operation_id", SHOWN)
async def test_says_what_it_leaves_out(
    recruiter: ApiClient, make: Factories, hands: Hands, monkeypatch: pytest.MonkeyPatch, operation_id: str
) -> None:
    for source in (None, await make.source()):
        application = await make.application(**({"source_id": source["id"]} if source else {}))
        if operation_id == "get_time_to_hire_report":
            await make.command(application, "hire")
        if operation_id == "get_missing_scorecards_report":
            await make.interview(application, by="admin" if source else "recruiter")
    hands.advance(timedelta(days=9))
    path = contract.operations()[operation_id].path
    complete = await recruiter.data("GET", path)
    assert complete["is_complete"]
    assert {len(complete[name]) for name in SHOWN[operation_id]} == {2}
    monkeypatch.setattr(operations, "GROUPS_MAX", 1)
    cut = await recruiter.data("GET", path)
    assert not cut["is_complete"]
    for name in SHOWN[operation_id]:
        assert cut[name] == complete[name][:1]
