"""Applications in each status, and what each command is tested for."""

from itertools import pairwise
from typing import Any

import httpx2

from tests.services.habits import APPLICATIONS
from tests.support import contract
from tests.support.clients import ApiClient, problem
from tests.support.factories import V1, Data, Factories

ENDED = ("rejected", "withdrawn", "hired")
WITHDRAWN = "withdrawn_by_candidate"


def path_of(application: Data, rest: str = "") -> str:
    """`/api/v1/applications/{id}` and what follows it."""
    return f"{APPLICATIONS}/{application['id']}{rest}"


async def in_status(make: Factories, status: str, **fields: Any) -> Data:
    """An application that is active or has ended so; `fields` as `make.application` takes them."""
    application = await make.application(**fields)
    match status:
        case "rejected":
            reason = await make.rejection_reason()
            return await make.command(application, "reject", {"reason_id": reason["id"]})
        case "withdrawn":
            return await make.command(application, "withdraw")
        case "hired":
            return await make.command(application, "hire")
        case _:
            return application


def expect_refused_in(response: httpx2.Response, code: str, status: str) -> None:
    """The command was refused because of the status, and the answer names the commands that it takes instead."""
    commands = contract.document()["x-transitions"]["application"]["commands"]
    assert problem(response) == (409, code)
    assert response.json()["current_status"] == status
    assert response.json()["allowed"] == [each["operation"] for each in commands if status in each["from"]]


async def quarantine(client: ApiClient, application: Data) -> None:
    """Delete the candidate of an application."""
    await client.data("DELETE", f"{V1}/candidates/{application['candidate_id']}")


async def retire(client: ApiClient, job: Data, stages: list[Data], *retired: Data) -> None:
    """Take stages out of a job's pipeline."""
    left = [
        {"id": stage["id"], "name": stage["name"], "kind": stage["kind"]} for stage in stages if stage not in retired
    ]
    await client.data("PUT", f"{V1}/jobs/{job['id']}/pipeline", json={"stages": left})


async def history(client: ApiClient, application: Data) -> list[Data]:
    """The stays of an application, oldest first."""
    path = f"{V1}/stage_history?application_id={application['id']}&sort=entered_at"
    found: list[Data] = await client.data("GET", path)
    return found


async def expect_linear(client: ApiClient, application: Data, *stage_ids: str) -> list[Data]:
    """The stays are in these stages, none begins before the one before has ended, and each lasted as long as it says. Gives them."""
    stays = await history(client, application)
    assert [stay["stage_id"] for stay in stays] == list(stage_ids)
    for stay, following in pairwise(stays):
        assert stay["left_at"] is not None
        assert stay["left_at"] <= following["entered_at"]
    assert all((stay["left_at"] is None) == (stay["seconds"] is None) == (stay["outcome"] is None) for stay in stays)
    return stays
