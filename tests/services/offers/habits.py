"""What the operations of offers are tested with."""

from typing import Any

from tests.services.habits import Watch, expect_if_match, expect_replay, expect_scope
from tests.support import contract
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import OFFER_WAYS, V1, Data, Factories

COMMANDS = contract.document()["x-transitions"]["offer"]["commands"]
OFFERS = f"{V1}/offers"
SALARY: Data = {"amount": {"amount_minor": 5000000, "currency": "EUR"}, "period": "year"}


def offer_path(offer: Data, rest: str = "") -> str:
    """`/api/v1/offers/{id}` and what follows it."""
    return f"{OFFERS}/{offer['id']}{rest}"


def drafts_path(application: Data) -> str:
    """Where offers on an application are made."""
    return f"{V1}/applications/{application['id']}/offers"


async def expect_refused_elsewhere(
    client: ApiClient, make: Factories, watched: Watch, command: str, body: Any, *takes: str
) -> None:
    """In every other status than those that it takes, a command is refused, and what is possible is named."""
    for status in OFFER_WAYS.keys() - takes:
        offer = await make.offer(status=status)
        await watched.begin()
        refused = await client.post(offer_path(offer, f"/{command}"), json=body)
        assert problem(refused) == (409, "offer_transition_refused"), status
        edges = [edge for edge in COMMANDS if status in edge["from"]]
        assert (refused.json()["current_status"], refused.json()["allowed"]) == (
            status,
            [edge["operation"] for edge in edges],
        )
        await watched.expect_nothing()


async def expect_manners(
    watched: Watch, recruiter: ApiClient, cast: Cast, make: Factories, command: str, body: Any, status: str
) -> None:
    """What every command on an offer has: replays, `If-Match`, 404 next door, 403 for who may only read."""
    path = f"/{command}"
    replayed = await make.offer(status=status)
    await expect_replay(
        watched, recruiter, offer_path(replayed, path), body, None if body is None else {**body, "note": "x"}
    )
    offer = await make.offer(status=status)
    await make.grant("hiring_manager", {"id": offer["job_id"]})
    await expect_scope(cast.client("hiring_manager"), "POST", offer_path(offer, path), body, "offers:write")
    await expect_if_match(watched, recruiter, "POST", offer_path(offer, path), body, offer_path(offer))


async def quarantined(make: Factories, status: str) -> Data:
    """An offer to a candidate who was deleted meanwhile."""
    offer = await make.offer(status=status)
    await make.admin.request("DELETE", f"{V1}/candidates/{offer['candidate_id']}")
    return offer
