"""Jobs with their openings, stages and rubrics."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.factories import V1, Factories
from tests.support.world.recipes.kinds import Fitting, OneMore, Recipe, plain

if TYPE_CHECKING:
    from tests.support.world.scene import Scene


async def _job(scene: "Scene", state: str | None) -> str:
    if scene.operation is not None and scene.operation.operation_id == "request_job_approval":
        return str((await scene.make.governed_job())["id"])
    job = await scene.make.job(status=state or "open", openings=2)
    scene.job = scene.job or job
    if scene.operation is not None and scene.operation.operation_id == "create_screening_run":
        await scene.make.screening_rubric(job)
    return str(job["id"])


async def _opening(scene: "Scene", state: str | None) -> str:
    job = await scene.its_job()
    opening = (await scene.make.openings(job))[scene.next("opening", 2)]
    if state == "cancelled":
        await scene.make.admin.data("POST", f"{V1}/openings/{opening['id']}/cancel")
    return str(opening["id"])


async def _its_job(scene: "Scene") -> str:
    """The call's own job; where the target stands in it already, another one."""
    if scene.application is not None:
        return str((await scene.make.job(openings=2))["id"])
    return str((await scene.its_job())["id"])


async def _stage(scene: "Scene") -> str:
    """Not the one that the application stands in: stages are places to go to."""
    stages = await scene.make.stages(await scene.its_job())
    if scene.operation is not None and scene.operation.operation_id.startswith(("move_", "bulk_")):
        return str(stages[1]["id"])
    return str(stages[scene.next("stage", len(stages))]["id"])


async def _opening_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.opening({"id": path["job_id"]})


async def _run_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.screening_run(await make.application({"id": path["job_id"]}))


async def _found_in(make: Factories, path: Mapping[str, str]) -> None:
    await make.found_in(path["screening_run_id"])


async def _result_of(make: Factories, path: Mapping[str, str]) -> None:
    """Another result of the application."""
    await make.screening_run(await make.admin.data("GET", f"{V1}/applications/{path['application_id']}"))


async def _rubric_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.screening_rubric({"id": path["job_id"]})


async def _match_of(make: Factories, path: Mapping[str, str]) -> None:
    """Somebody who does what the job is called."""
    job = await make.admin.data("GET", f"{V1}/jobs/{path['job_id']}")
    await make.candidate(profile={"full_name": "Mira Okafor", "headline": job["title"]})


RECIPES: Mapping[str, Recipe] = {
    "any": _job,
    "job": _job,
    "opening": _opening,
    "screening_run": plain("screening_run"),
    "screening_result": plain("screening_result"),
}
RELATED: Mapping[str, Fitting] = {
    "job": _its_job,
    "stage": _stage,
}
LISTED_BELOW: Mapping[str, OneMore] = {
    "list_job_openings": _opening_of,
    "list_screening_runs": _run_of,
    "list_screening_run_results": _found_in,
    "list_application_screening_results": _result_of,
    "list_job_screening_rubrics": _rubric_of,
    "list_job_matches": _match_of,
}
