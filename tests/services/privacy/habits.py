"""Candidates about whom much is kept."""

from typing import Any

from impl.services.resumes import parsing
from tests.services.candidates.habits import WHOLE, path_of
from tests.support import resumes
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories


async def known(make: Factories, word: str = "Zyzzyva") -> tuple[Data, Data]:
    """A candidate with everything that can be kept about one, each with `word` in it, and the rejected application."""
    address = {"address": f"{word}@example.org", "kind": "work"}
    profile = WHOLE | {"full_name": f"Quokka {word}", "headline": word, "emails": [address]}
    tag = await make.tag()
    keys = [(await make.custom_field(applies_to=each))["key"] for each in ("candidate", "application")]
    own, applied = [{key: f"Value {word}"} for key in keys]
    candidate = await make.candidate(profile=profile, external_id=f"C-{word}", tag_ids=[tag["id"]], custom_fields=own)
    application = await make.application(candidate=candidate, external_id=f"A-{word}", custom_fields=applied)
    await make.note(application, body=f"Note {word}")
    await make.consent(candidate, evidence=f"Letter {word}")
    await make.message(application, subject=f"Subject {word}", body=f"Body {word}")
    await make.scorecard(await make.interview(application), status="submitted")
    await _declined_offer(make, application, word)
    outcome = parsing.Reading(
        resumes.understood(f"Quokka {word}", hidden=({"text": f"Hidden {word}", "reason": "tiny"},))
    )
    await make.wordings(await make.parse(application, outcome, take_over=["/basics/name"]), f"Place {word}")
    await make.screening_result(application, reason=f"Word {word}")
    await make.identified(application)
    await make.command(application, "move")
    reason = await make.rejection_reason()
    rejected = await make.command(application, "reject", {"reason_id": reason["id"], "note": f"Reason {word}"})
    return candidate, rejected


async def _declined_offer(make: Factories, application: Data, word: str) -> None:
    """An offer that was approved, sent and declined."""
    policy = await make.approval_policy(subject="offer", allow_self_approval=True)
    offer = await make.offer(application, status="approved", bonus=f"Bonus {word}")
    path, comment = f"{V1}/offers/{offer['id']}", {"decision": "approved", "comment": f"Comment {word}"}
    [approval] = await make.admin.data("GET", f"{V1}/approvals?offer_id={offer['id']}")
    await make.admin.data("POST", f"{V1}/approvals/{approval['id']}/decide", json=comment)
    await make.admin.data("PATCH", f"{V1}/approval_policies/{policy['id']}", json={"is_archived": True})
    await make.admin.data("POST", f"{path}/send")
    await make.admin.data("POST", f"{path}/respond", json={"decision": "declined", "note": f"Answer {word}"})


async def numbers(client: ApiClient) -> dict[str, Any]:
    """What reports and lists say of applications, without whom they are."""
    reports = [
        await client.data("GET", f"{V1}/reports/{name}")
        for name in ("time_in_stage", "funnel", "source_yield", "time_to_hire", "overdue_replies")
    ]
    history = await client.data("GET", f"{V1}/stage_history?sort=entered_at")
    applications = await client.data("GET", f"{V1}/applications?sort=created_at")
    kept = ("id", "candidate_id", "job_id", "stage_id", "status", "source_id", "applied_at")
    return {
        "reports": [{name: value for name, value in report.items() if name != "as_of"} for report in reports],
        "history": history,
        "applications": [{name: each[name] for name in kept} for each in applications],
    }


__all__ = ["known", "numbers", "path_of"]
