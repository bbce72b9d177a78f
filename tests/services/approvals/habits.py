"""What the operations of approvals are tested with."""

from typing import Any

from tests.support.cast import Cast
from tests.support.factories import V1, Data, Factories

POLICIES = f"{V1}/approval_policies"
APPROVALS = f"{V1}/approvals"
YES, NO = {"decision": "approved"}, {"decision": "rejected"}


def approval_path(approval: Data, rest: str = "") -> str:
    """`/api/v1/approvals/{id}` and what follows it."""
    return f"{APPROVALS}/{approval['id']}{rest}"


def policy_path(policy: Data) -> str:
    """`/api/v1/approval_policies/{id}`."""
    return f"{POLICIES}/{policy['id']}"


def user_id(cast: Cast, role: str) -> str:
    """The id of one of the cast."""
    return str(cast.people[role].id)


async def asked_for_offer(make: Factories, *steps: list[str], **fields: Any) -> tuple[Data, Data]:
    """An offer that waits for the approval of these steps, and the approval; the administrator has submitted it."""
    await make.approval_policy(*steps, subject="offer", **fields)
    offer = await make.offer(status="approved")
    [approval] = await make.admin.data("GET", f"{APPROVALS}?offer_id={offer['id']}")
    return offer, approval


async def asked_for_job(make: Factories, *steps: list[str], **fields: Any) -> tuple[Data, Data]:
    """A draft that waits for the approval of these steps, and the approval; the administrator has asked."""
    department = await make.department()
    await make.approval_policy(*steps, department_id=department["id"], **fields)
    job = await make.job(status="draft", department_id=department["id"])
    approval = await make.admin.data("POST", f"{V1}/jobs/{job['id']}/approvals")
    return job, approval
