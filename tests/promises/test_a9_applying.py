"""A9: applying tells nobody who is known here: equal words, equal work, and a limit."""

import pytest

from impl.core.runtime import Runtime
from tests.services.public.habits import apply, applying, tracking
from tests.support.background import run_due
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import Factories
from tests.support.forms import File
from tests.support.rows import queries_of

pytestmark = pytest.mark.promise("A9")
PEOPLE = {
    "has applied": "one@example.org",
    "is known": "two@example.org",
    "is deleted": "six@example.org",
    "is new": "new@example.org",
}


async def test_the_work_and_the_words_are_the_same(cast: Cast, make: Factories, runtime: Runtime) -> None:
    """Whether the address belongs to an applicant, to a candidate, to a deleted one, or to nobody."""
    post, client = await make.post(), ApiClient(cast.app)
    await make.application({"id": post["job_id"]}, await make.candidate(email=PEOPLE["has applied"]))
    await make.candidate(email=PEOPLE["is known"])
    deleted = await make.candidate(email=PEOPLE["is deleted"])
    await make.admin.data("DELETE", f"/api/v1/candidates/{deleted['id']}")
    await apply(client, applying(cast, post), File(), email="warm@example.org")

    seen = {}
    for who, address in PEOPLE.items():
        with queries_of(runtime) as applied:
            answer = await apply(client, applying(cast, post), File(), email=address)
        path = tracking(cast, answer.json()["data"]["token"])
        await run_due(runtime, cast.organization_id)
        with queries_of(runtime) as looked:
            page = await client.get(path)
        with queries_of(runtime) as withdrawn:
            ended = await client.post(f"{path}/withdraw")
        names = [set(each.headers) for each in (answer, page, ended)]
        statuses = (answer.status_code, page.status_code, ended.status_code)
        said = (page.json()["data"]["status"], ended.json()["data"]["status"], len(answer.content), len(page.content))
        seen[who] = (statuses, names, said, applied, looked, withdrawn)
    first = seen["is new"]
    assert first[0] == (201, 200, 200)
    assert first[2][:2] == ("in_review", "withdrawn")
    assert [who for who, found in seen.items() if found != first] == []
