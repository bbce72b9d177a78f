"""What reading resumes by a language model has taken."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from impl.models.base import TenantRow, of_organization


class ModelUsage(TenantRow):
    """One day (UTC) of one organization. `reserved_tokens` are held back for what is being read, and given back afterwards."""

    __tablename__ = "model_usage"
    __table_args__ = (of_organization(), UniqueConstraint("organization_id", "day"))

    day: Mapped[date]
    calls_count: Mapped[int] = mapped_column(default=0)
    tries_count: Mapped[int] = mapped_column(default=0)
    failed_count: Mapped[int] = mapped_column(default=0)
    cache_hits_count: Mapped[int] = mapped_column(default=0)
    input_tokens: Mapped[int] = mapped_column(default=0)
    output_tokens: Mapped[int] = mapped_column(default=0)
    reserved_tokens: Mapped[int] = mapped_column(default=0)
