"""D4: a seat is sold once."""

import asyncio
from collections import Counter

import pytest

from tests.support.cast import Cast
from tests.support.factories import V1, Factories
from tests.support.rows import Rows

TOGETHER = 20


@pytest.mark.promise("D4")
@pytest.mark.parametrize(("applicants", "seats"), [(200, 1), (40, 3)])
async def test_parallel_hires_fill_each_seat_once(
    cast: Cast, make: Factories, rows: Rows, applicants: int, seats: int
) -> None:
    job = await make.job(openings=seats, requires_opening=True, auto_close=False)
    applications = []
    for _ in range(applicants // TOGETHER):
        applications += await asyncio.gather(*(make.application(job=job) for _ in range(TOGETHER)))
    client = cast.client("recruiter")

    hires = [client.post(f"{V1}/applications/{each['id']}/hire", json={}) for each in applications]
    answers = await asyncio.gather(*hires)

    told = Counter((answer.status_code, answer.json().get("code")) for answer in answers)
    # On a busy machine the last in the queue may hear that it took too long; that, too, is a refusal without an effect.
    refused = told[409, "opening_required"] + told[503, "deadline_exceeded"]
    assert (told[200, None], refused) == (seats, applicants - seats), told
    filled = await make.openings(job)
    hired = {answer.json()["data"]["id"] for answer in answers if answer.is_success}
    assert {opening["application_id"] for opening in filled} == hired
    assert [opening["status"] for opening in filled] == ["filled"] * seats
    types = Counter(await rows.event_types(cast.organization_id))
    assert (types["application.hired"], types["opening.filled"]) == (seats, seats)
