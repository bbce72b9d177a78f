"""purge_quarantined: the worker erases candidates when their quarantine is over."""

from datetime import timedelta

from impl.core.runtime import Runtime
from impl.core.tasks import TaskRun
from impl.lib.clock import Hands
from impl.services.privacy.tasks import purge_quarantined
from tests.services.habits import CANDIDATES, Watch, ids_of
from tests.services.privacy.habits import known, path_of
from tests.support.cast import Cast
from tests.support.clients import ApiClient, problem
from tests.support.factories import Factories


async def purge(runtime: Runtime, cast: Cast) -> None:
    await purge_quarantined.work(TaskRun(runtime, cast.organization_id, "a-request", 1))


async def test_erases_who_is_due_and_no_one_else(
    admin: ApiClient, make: Factories, cast: Cast, runtime: Runtime, hands: Hands, watched: Watch
) -> None:
    due, _ = await known(make)
    kept, restored, late, active = [await make.candidate() for _ in range(4)]
    for each in (due, kept, restored):
        await admin.data("DELETE", path_of(each))
    await make.legal_hold(kept)
    await admin.data("POST", path_of(restored, "/restore"))
    hands.advance(timedelta(days=29, hours=23))
    await admin.data("DELETE", path_of(late))
    await watched.begin()

    await purge(runtime, cast)
    await watched.expect_nothing()
    hands.advance(timedelta(hours=1))
    await purge(runtime, cast)

    assert await watched.effects() == [("candidate.erased", due["id"])]
    [event] = await watched.events()
    assert event["actor_type"] == "system"
    assert problem(await admin.get(path_of(due))) == (410, "candidate_erased")
    assert problem(await admin.post(path_of(due, "/restore"))) == (410, "candidate_erased")
    quarantined = await admin.data("GET", f"{CANDIDATES}?status=quarantined&sort=created_at")
    assert ids_of(quarantined) == [kept["id"], late["id"]]
    assert ids_of(await admin.data("GET", f"{CANDIDATES}?sort=created_at")) == [restored["id"], active["id"]]
    await watched.begin()
    await purge(runtime, cast)
    await watched.expect_nothing()
