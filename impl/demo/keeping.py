"""For how long the demo organization keeps its candidates, whom it may not forget, and who was entered twice."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Final
from uuid import UUID

from generated import requests
from generated.api import Implementations
from generated.enums import ContactKind, RetentionAction, RetentionOutcome
from impl.core.actor import Actor
from impl.core.context import Context

Do = Callable[..., Awaitable[Any]]

# How an application ended, after how many days what happens, and whether the worker does it.
POLICIES: Final = (
    (RetentionOutcome.REJECTED, 180, RetentionAction.ANONYMIZE, False),
    (RetentionOutcome.NO_APPLICATION, 365, RetentionAction.ERASE, False),
    (RetentionOutcome.HIRED, 3650, RetentionAction.ANONYMIZE, True),
)
CLAIM: Final = "Claim 41/26 before the labour court: keep everything until it is decided."


async def end(do: Do, admin: Actor, services: Implementations[Context], candidates: Sequence[UUID]) -> None:
    """Set the policies, hold the first of `candidates`, and merge a second entry of the second one into it."""
    privacy = services.privacy
    for outcome, days, action, is_enabled in POLICIES:
        policy = requests.RetentionPolicyPut(after_days=days, action=action, is_enabled=is_enabled)
        await do(admin, "put_retention_policy", privacy.put_retention_policy, outcome, policy)
    held, survivor_id = candidates[:2]
    hold = requests.LegalHoldCreate(reason=CLAIM)
    await do(admin, "place_legal_hold", privacy.place_legal_hold, held, hold)
    survivor = await do(admin, "get_candidate", services.candidates.get_candidate, survivor_id)
    twice = requests.CandidateProfileCreate(
        full_name=survivor.profile.full_name,
        emails=[requests.CandidateEmail(address="second.entry@example.org", kind=ContactKind.WORK)],
    )
    create = services.candidates.create_candidate
    duplicate = await do(admin, "create_candidate", create, requests.CandidateCreate(profile=twice))
    merge = requests.CandidateMergeCreate(duplicate_id=duplicate.id)
    query = requests.MergeCandidatesQuery()
    await do(admin, "merge_candidates", services.duplicates.merge_candidates, survivor_id, query, merge)
