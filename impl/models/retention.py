"""For how long candidates are kept."""

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import RetentionAction, RetentionOutcome
from impl.models.base import Resource, choice, of_organization


class RetentionPolicy(Resource):
    """The policy for the candidates of one outcome."""

    __tablename__ = "retention_policies"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "outcome"),
        CheckConstraint("after_days > 0", name="after_days"),
    )

    outcome: Mapped[RetentionOutcome] = mapped_column(choice(RetentionOutcome, "outcome"))
    after_days: Mapped[int]
    action: Mapped[RetentionAction] = mapped_column(choice(RetentionAction, "action"))
    is_enabled: Mapped[bool] = mapped_column(default=False)
