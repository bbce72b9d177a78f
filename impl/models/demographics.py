"""What applicants say about themselves for statistics, apart from everything about them."""

from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import DemographicAnswer as Answer
from generated.enums import DemographicQuestion
from impl.lib import ids
from impl.models.base import TenantRow, belongs_to, choice, of_organization


class DemographicAnswer(TenantRow):
    """One answer to one question, of nobody in particular: without a time finer than the quarter of a year, and with an id that says
    nothing of when it was made. Answers of one person do not hang together."""

    __tablename__ = "demographic_answers"
    __table_args__ = (
        of_organization(),
        belongs_to("departments", "department_id"),
        Index("ix_demographic_answers_quarter", "organization_id", "quarter_starts_on", "question"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_unordered_id, sort_order=-1)
    department_id: Mapped[UUID | None]
    quarter_starts_on: Mapped[date]
    question: Mapped[DemographicQuestion] = mapped_column(choice(DemographicQuestion, "question"))
    answer: Mapped[Answer] = mapped_column(choice(Answer, "answer"))


class Quarter:
    """A quarter of a year, in UTC."""

    def __init__(self, year: int, number: int) -> None:
        self.name = f"{year}-Q{number}"
        self.starts_on = date(year, 3 * number - 2, 1)
        self.ends_at = datetime(year + number // 4, 3 * number % 12 + 1, 1, tzinfo=UTC)

    @classmethod
    def of(cls, moment: datetime) -> "Quarter":
        """The quarter in which a moment lies."""
        at = moment.astimezone(UTC)
        return cls(at.year, (at.month + 2) // 3)

    @classmethod
    def last_before(cls, moment: datetime) -> "Quarter":
        """The last quarter that is over by then."""
        return cls.of(datetime.combine(cls.of(moment).starts_on, time.min, UTC) - timedelta(days=1))

    @classmethod
    def named(cls, name: str) -> "Quarter":
        """The quarter with a name of the contract, as 2026-Q3."""
        year, number = name.split("-Q")
        return cls(int(year), int(number))
