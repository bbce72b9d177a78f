"""Candidates and what is known of them."""

import itertools
from collections.abc import Mapping
from typing import TYPE_CHECKING

from tests.support.factories import V1, Factories
from tests.support.world.recipes.kinds import OneMore, Recipe, plain

if TYPE_CHECKING:
    from tests.support.world.scene import Scene

_number = itertools.count(1)


async def _candidate(scene: "Scene", state: str | None) -> str:
    candidate = await scene.make.reachable()
    if state == "merged":
        await scene.make.merged(duplicate=candidate)
    if state == "quarantined":
        await scene.make.admin.data("DELETE", f"{V1}/candidates/{candidate['id']}")
    return str(candidate["id"])


async def _tag(scene: "Scene", state: str | None) -> str:
    """One that the candidate has, where it is to be taken away."""
    tag_id = str((await scene.make.tag())["id"])
    if scene.operation is not None and scene.operation.operation_id == "remove_candidate_tag":
        await scene.make.admin.data("PUT", f"{V1}/candidates/{scene.target['candidate']}/tags/{tag_id}")
    return tag_id


async def _job_for(make: Factories, path: Mapping[str, str]) -> None:
    """A job that is called what the candidate does."""
    change = {"profile": {"headline": "Sourdough baker"}}
    await make.admin.data("PATCH", f"{V1}/candidates/{path['candidate_id']}", json=change)
    await make.job(title="Sourdough baker")


async def _consent_of(make: Factories, path: Mapping[str, str]) -> None:
    await make.consent({"id": path["candidate_id"]})


async def _note_on(make: Factories, path: Mapping[str, str]) -> None:
    await make.note(await make.application(candidate={"id": path["candidate_id"]}))


async def _change_of(make: Factories, path: Mapping[str, str]) -> None:
    external_id = f"changed {next(_number)}"
    await make.admin.data("PATCH", f"{V1}/candidates/{path['candidate_id']}", json={"external_id": external_id})


async def _hold_on(make: Factories, path: Mapping[str, str]) -> None:
    await make.legal_hold({"id": path["candidate_id"]})


RECIPES: Mapping[str, Recipe] = {
    "candidate": _candidate,
    "consent": plain("consent"),
    "note": plain("note"),
    "legal_hold": plain("legal_hold"),
    "tag": _tag,
}
LISTED_BELOW: Mapping[str, OneMore] = {
    "list_candidate_matches": _job_for,
    "list_candidate_consents": _consent_of,
    "list_candidate_notes": _note_on,
    "list_candidate_timeline": _change_of,
    "list_legal_holds": _hold_on,
}
