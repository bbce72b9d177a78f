"""D3 (third part): what happens to one offer at the same moment happens in some order, and nothing is lost or done twice."""

import asyncio
from collections import Counter
from typing import Any

import pytest

from tests.services.offers.habits import drafts_path, offer_path
from tests.support.cast import Cast
from tests.support.factories import V1, Data, Factories
from tests.support.rows import Rows

ROUNDS = 6
YES, NO = {"decision": "accepted"}, {"decision": "declined"}

pytestmark = pytest.mark.promise("D3")


async def raced(cast: Cast, *calls: tuple[str, Any]) -> list[str]:
    """What each of these calls is told, all sent at the same moment: `ok` or the problem code."""
    client = cast.client("recruiter")
    answers = await asyncio.gather(*(client.post(path, json=body) for path, body in calls))
    return ["ok" if answer.is_success else str(answer.json()["code"]) for answer in answers]


async def status_of(cast: Cast, offer: Data) -> str:
    return str((await cast.client("recruiter").data("GET", offer_path(offer)))["status"])


async def test_only_one_answer_counts(cast: Cast, make: Factories, rows: Rows) -> None:
    for _ in range(ROUNDS):
        offer = await make.offer(status="sent")
        answers = [YES, NO] * 5
        told = await raced(cast, *((offer_path(offer, "/respond"), answer) for answer in answers))
        assert Counter(told) == {"ok": 1, "offer_transition_refused": 9}
        assert await status_of(cast, offer) == answers[told.index("ok")]["decision"]
    types = Counter(await rows.event_types(cast.organization_id))
    assert types["offer.accepted"] + types["offer.declined"] == ROUNDS


async def test_an_offer_is_accepted_or_withdrawn(cast: Cast, make: Factories) -> None:
    for _ in range(ROUNDS):
        offer = await make.offer(status="sent")
        accept, withdraw = (offer_path(offer, "/respond"), YES), (offer_path(offer, "/withdraw"), None)
        told = await raced(cast, accept, withdraw)
        assert sorted(told) == ["offer_transition_refused", "ok"]
        assert await status_of(cast, offer) == ("accepted" if told[0] == "ok" else "withdrawn")


async def test_an_offer_is_accepted_or_its_application_ends(cast: Cast, make: Factories) -> None:
    """Whoever comes second meets what the first has done: no accepted offer stands on an ended application."""
    for _ in range(ROUNDS):
        application = await make.application()
        offer = await make.offer(application, status="sent")
        end, body = f"{V1}/applications/{application['id']}/withdraw", {"withdraw_offer": True}
        told = await raced(cast, (offer_path(offer, "/respond"), YES), (end, body))
        # An offer that was accepted just before is out as well, and is withdrawn with the application.
        assert told[1] == "ok"
        assert told[0] in ("ok", "offer_transition_refused")
        assert await status_of(cast, offer) == "withdrawn"


async def test_an_offer_that_goes_out_is_never_lost_with_its_application(cast: Cast, make: Factories) -> None:
    for _ in range(ROUNDS):
        application = await make.application()
        offer = await make.offer(application, status="approved")
        end = f"{V1}/applications/{application['id']}/withdraw"
        told = await raced(cast, (offer_path(offer, "/send"), None), (end, {}))
        assert told in (["ok", "offer_outstanding"], ["offer_transition_refused", "ok"])
        assert await status_of(cast, offer) == ("sent" if told[0] == "ok" else "withdrawn")


async def test_no_draft_slips_onto_an_ended_application(cast: Cast, make: Factories) -> None:
    for _ in range(ROUNDS):
        application = await make.application()
        end = f"{V1}/applications/{application['id']}/withdraw"
        told = await raced(cast, (drafts_path(application), {}), (end, {}))
        assert told in (["ok", "ok"], ["application_not_active", "ok"])
        found = await cast.client("recruiter").data("GET", f"{V1}/offers?application_id={application['id']}")
        assert {offer["status"] for offer in found} <= {"withdrawn"}


async def test_revising_accepting_hiring_and_rejecting_at_once_come_to_an_end(cast: Cast, make: Factories) -> None:
    """They lock the same rows in the same order: none waits for another for ever, and what comes out fits together."""
    job, reason = await make.job(openings=ROUNDS, auto_close=False), await make.rejection_reason()
    for _ in range(ROUNDS):
        application = await make.application(job)
        offer = await make.offer(application, status="sent")
        path = f"{V1}/applications/{application['id']}"
        told = await raced(
            cast,
            (offer_path(offer, "/revise"), None),
            (offer_path(offer, "/respond"), YES),
            (f"{path}/hire", {}),
            (f"{path}/reject", {"reason_id": reason["id"]}),
        )
        assert not set(told) & {"internal_error", "database_unavailable"}, told
        client = cast.client("recruiter")
        ended = await client.data("GET", path)
        offers = await client.data("GET", f"{V1}/offers?application_id={application['id']}&sort=created_at")
        live = [each for each in offers if each["status"] in ("draft", "sent", "accepted")]
        assert len(live) <= 1
        if ended["status"] == "hired":
            by = ended["hire"]["offer_id"]
            assert by is None or [(each["id"], each["status"]) for each in live] == [(by, "accepted")]
        if ended["status"] == "rejected":
            assert live == []
