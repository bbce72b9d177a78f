"""What the reads of approvals and their policies select."""

from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    ColumnElement,
    Select,
    Text,
    Uuid,
    any_,
    bindparam,
    exists,
    false,
    literal_column,
    or_,
)

from generated.enums import ApprovalStatus, Visibility
from generated.operations import ROLES
from impl.core.access import mine
from impl.core.context import ScopedQuery
from impl.core.pages import Listing, Sort
from impl.models import Approval, ApprovalPolicy, ApprovalVote, JobGrant, User
from impl.models.base import Base

DECIDES = "approvals:write"


def _columns(model: type[Base], *without: str) -> list[Any]:
    skipped = ("organization_id", *without)
    return [getattr(model, column.key) for column in model.__table__.columns if column.key not in skipped]


def _policies(visibility: Visibility) -> Select[Any]:
    return mine(ApprovalPolicy, visibility, *_columns(ApprovalPolicy))


ONE_POLICY = ScopedQuery(lambda visibility: _policies(visibility).where(ApprovalPolicy.id == bindparam("id")))

POLICIES = Listing(
    select=_policies,
    filters={
        "subject": lambda: ApprovalPolicy.subject == bindparam("subject", type_=Text),
        "department_id": lambda: ApprovalPolicy.department_id == bindparam("department_id"),
        "is_archived": lambda: ApprovalPolicy.is_archived == bindparam("is_archived"),
        "created_after": lambda: ApprovalPolicy.created_at > bindparam("created_after"),
        "updated_after": lambda: ApprovalPolicy.updated_at > bindparam("updated_after"),
    },
    sorts={
        "name": Sort((ApprovalPolicy.name, ApprovalPolicy.id)),
        "-name": Sort((ApprovalPolicy.name, ApprovalPolicy.id), is_descending=True),
        "created_at": Sort((ApprovalPolicy.id,)),
        "-created_at": Sort((ApprovalPolicy.id,), is_descending=True),
    },
)


def _fits() -> ColumnElement[bool]:
    department_id = bindparam("department_id", type_=Uuid)
    return or_(ApprovalPolicy.department_id.is_(None), ApprovalPolicy.department_id == department_id)


# The policies that fit a job: those of its department before those for all, the oldest first.
FITTING = ScopedQuery(
    lambda visibility: (
        mine(ApprovalPolicy, visibility, *_columns(ApprovalPolicy))
        .where(
            ApprovalPolicy.subject == bindparam("subject", type_=Text),
            ApprovalPolicy.is_archived.is_(False),
            _fits(),
        )
        .order_by(ApprovalPolicy.department_id.is_(None), ApprovalPolicy.id)
        .limit(1)
    )
)


def _approvals(visibility: Visibility) -> Select[Any]:
    return mine(Approval, visibility, *_columns(Approval))


def _awaits_reader() -> ColumnElement[bool]:
    own = exists(literal_column("1")).where(
        ApprovalVote.organization_id == Approval.organization_id,
        ApprovalVote.approval_id == Approval.id,
        ApprovalVote.step == Approval.current_step,
        ApprovalVote.user_id == bindparam("reader_id", type_=Uuid),
        ApprovalVote.decision.is_(None),
    )
    return (Approval.status == ApprovalStatus.PENDING.value) & own


ONE_APPROVAL = ScopedQuery(lambda visibility: _approvals(visibility).where(Approval.id == bindparam("id")))

APPROVALS = Listing(
    select=_approvals,
    filters={
        "status": lambda: Approval.status == any_(bindparam("status", type_=ARRAY(Text))),
        "subject": lambda: Approval.subject == bindparam("subject", type_=Text),
        "job_id": lambda: Approval.job_id == bindparam("job_id"),
        "offer_id": lambda: Approval.offer_id == bindparam("offer_id"),
        # Given together: who reads, and whether what waits for the reader is asked for.
        "reader_id": lambda: _awaits_reader() == bindparam("waits", type_=Boolean),
        "waits": lambda: bindparam("waits", type_=Boolean).is_not(None),
        "created_after": lambda: Approval.created_at > bindparam("created_after"),
        "updated_after": lambda: Approval.updated_at > bindparam("updated_after"),
    },
    sorts={"-created_at": Sort((Approval.id,), is_descending=True), "created_at": Sort((Approval.id,))},
)

VOTES = ScopedQuery(
    lambda visibility: (
        mine(ApprovalVote, visibility, *_columns(ApprovalVote))
        .where(ApprovalVote.approval_id == any_(bindparam("ids", type_=ARRAY(Uuid))))
        .order_by(ApprovalVote.approval_id, ApprovalVote.step, ApprovalVote.id)
    )
)


def _has_role(*, seeing_all: bool) -> ColumnElement[bool]:
    """A role that may decide, on all jobs or on granted ones."""
    roles = [
        role.name
        for role in ROLES.values()
        if DECIDES in role.scopes and (role.visibility == Visibility.ORGANIZATION) is seeing_all
    ]
    return or_(false(), *(User.role == name for name in roles))


def _is_granted() -> ColumnElement[bool]:
    return exists(literal_column("1")).where(
        JobGrant.organization_id == User.organization_id,
        JobGrant.user_id == User.id,
        JobGrant.job_id == bindparam("job_id", type_=Uuid),
    )


def _deciders(visibility: Visibility) -> Select[Any]:
    of_ids = User.id == any_(bindparam("user_ids", type_=ARRAY(Uuid)))
    return mine(User, visibility, User.id).where(of_ids, User.is_active)


# Of these users, who may decide at all, and who may decide on a job.
DECIDERS = ScopedQuery(
    lambda visibility: _deciders(visibility).where(or_(_has_role(seeing_all=True), _has_role(seeing_all=False)))
)
DECIDERS_ON = ScopedQuery(
    lambda visibility: _deciders(visibility).where(
        or_(_has_role(seeing_all=True), _has_role(seeing_all=False) & _is_granted())
    )
)

USERS = ScopedQuery(
    lambda visibility: mine(User, visibility, User.id).where(User.id == any_(bindparam("user_ids", type_=ARRAY(Uuid))))
)
