"""What the rows of all kinds have in common."""

import itertools
from typing import Any

from impl.lib.crypto import OrganizationKeys
from scripts.fuzz.world.numbers import ALICE, NUMBERS, OFFERED, SPARES, WORKBENCH, WORKED_STAGES, Tenant, stage_of


class Rows:
    """The rows of one organization, layer by layer: each refers to those before it."""

    def __init__(self, tenant: Tenant, keys: OrganizationKeys) -> None:
        self._tenant = tenant
        self._keys = keys

    def _numbers(self, kind: str, *more: str) -> list[int]:
        """The row of the examples, and alice's spares of these kinds."""
        spares = itertools.chain.from_iterable(SPARES[name] for name in (kind, *more))
        return [NUMBERS[kind], *(spares if self._tenant is ALICE else ())]

    def _of(self, number: int) -> dict[str, Any]:
        return {"organization_id": self._tenant.id(1), "id": self._tenant.id(number)}

    def _name(self, word: str, number: int) -> str:
        """Whose it is can be told from every name."""
        return f"{word} {number:x} of {self._tenant.slug}"

    def _stay(self, number: int) -> dict[str, Any]:
        if number in OFFERED:
            place = number - OFFERED.start
            job, candidates = SPARES["offer_job"][place // 0x40], SPARES["steady_candidate"]
            ids = {"candidate_id": candidates[place % 0x40], "job_id": job, "stage_id": stage_of(job, 1)}
            return {name: self._tenant.id(value) for name, value in ids.items()}
        is_example = number == NUMBERS["application"]
        job, stage = (0x10, 0x11) if is_example else (WORKBENCH, WORKED_STAGES[0])
        # Ended ones have other candidates than active ones, so that they can be reopened.
        kind = "steady_candidate" if number in SPARES["ended_application"] else "candidate"
        kind = "interviewee" if number in SPARES["steady_application"] else kind
        candidate = NUMBERS["candidate"] if is_example else SPARES[kind][number % 0x100 % len(SPARES[kind])]
        return {
            "candidate_id": self._tenant.id(candidate),
            "job_id": self._tenant.id(job),
            "stage_id": self._tenant.id(stage),
        }
