"""The organization (the tenant), its keys, and the lists that jobs and applications refer to."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import RejectionReasonKind, ResumeReadingModel, SourceKind
from impl.lib import clock, ids, time_zones
from impl.lib.problems import FieldError, Problem
from impl.models.base import Base, NameTaken, Resource, belongs_to, choice, of_organization


class UnknownTimeZone(Problem):
    status, code, title = 422, "unknown_time_zone", "The time zone is not known"


def expect_time_zone(name: str | None) -> None:
    """The name is one of the IANA database, or None."""
    if name is not None and not time_zones.is_known(name):
        message = "Must be the name of an IANA time zone, such as Europe/Berlin."
        raise UnknownTimeZone(errors=[FieldError("/time_zone", "unknown_time_zone", message)])


class Organization(Base):
    """The tenant. `is_suspended` closes every door to it without touching its rows."""

    __tablename__ = "organizations"
    __table_args__ = (UniqueConstraint("slug"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id)
    slug: Mapped[str]
    name: Mapped[str]
    time_zone: Mapped[str] = mapped_column(default="UTC")
    default_currency: Mapped[str] = mapped_column(default="EUR")
    require_if_match: Mapped[bool] = mapped_column(default=False)
    auto_close_jobs: Mapped[bool] = mapped_column(default=True)
    full_text_search: Mapped[bool] = mapped_column(default=True)
    quarantine_days: Mapped[int] = mapped_column(default=30)
    hide_scorecards_until_submitted: Mapped[bool] = mapped_column(default=True, server_default=true())
    reply_days: Mapped[int] = mapped_column(server_default=text("7"))
    resume_model: Mapped[ResumeReadingModel] = mapped_column(
        choice(ResumeReadingModel, "resume_model"), default=ResumeReadingModel.OFF, server_default=text("'off'")
    )
    redact_contacts: Mapped[bool] = mapped_column(default=True, server_default=true())
    daily_token_budget: Mapped[int] = mapped_column(default=1_000_000, server_default=text("1000000"))
    similar_wording: Mapped[bool] = mapped_column(default=False, server_default=false())
    is_suspended: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now)
    version: Mapped[int] = mapped_column(default=1)


class OrganizationKey(Base):
    """The organization's key set, wrapped by the master key."""

    __tablename__ = "organization_keys"
    __table_args__ = (of_organization(),)

    organization_id: Mapped[UUID] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class DeploymentKey(Base):
    """The one key set of the whole deployment (it finds staff by e-mail before their organization is known)."""

    __tablename__ = "deployment_keys"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False, default=1)
    wrapped: Mapped[bytes]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)


class ParentCycle(Problem):
    status, code, title = 409, "parent_cycle", "A tree cannot contain itself"


class Department(Resource):
    """A node of the tree of departments."""

    __tablename__ = "departments"
    __table_args__ = (
        of_organization(),
        belongs_to("departments", "parent_id"),
        UniqueConstraint("organization_id", "name", "parent_id", postgresql_nulls_not_distinct=True),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_departments_organization_id_name_parent_id": NameTaken}

    name: Mapped[str]
    parent_id: Mapped[UUID | None]
    is_archived: Mapped[bool] = mapped_column(default=False)


class Office(Resource):
    """A node of the tree of offices."""

    __tablename__ = "offices"
    __table_args__ = (
        of_organization(),
        belongs_to("offices", "parent_id"),
        UniqueConstraint("organization_id", "name", "parent_id", postgresql_nulls_not_distinct=True),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_offices_organization_id_name_parent_id": NameTaken}

    name: Mapped[str]
    parent_id: Mapped[UUID | None]
    city: Mapped[str | None]
    region: Mapped[str | None]
    country_code: Mapped[str | None]
    time_zone: Mapped[str | None]
    is_archived: Mapped[bool] = mapped_column(default=False)


class ReasonArchived(Problem):
    status, code, title = 409, "reason_archived", "The rejection reason is archived"


class ReasonOfOtherKind(Problem):
    status, code, title = 409, "reason_of_other_kind", "The reason is meant for another kind of ending"


class RejectionReason(Resource):
    """Why an application ended, in the organization's own words."""

    __tablename__ = "rejection_reasons"
    __table_args__ = (of_organization(), UniqueConstraint("organization_id", "kind", "name"))
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_rejection_reasons_organization_id_kind_name": NameTaken}

    name: Mapped[str]
    kind: Mapped[RejectionReasonKind] = mapped_column(choice(RejectionReasonKind, "kind"))
    is_archived: Mapped[bool] = mapped_column(default=False)

    def expect_usable(self, kind: RejectionReasonKind) -> None:
        """The reason may be given now, for an end of this kind."""
        if self.is_archived:
            raise ReasonArchived("Choose a reason that is not archived.")
        if self.kind != kind:
            raise ReasonOfOtherKind(f"The reason is for {self.kind}, not for {kind}.")


class Source(Resource):
    """Where candidates come from."""

    __tablename__ = "sources"
    __table_args__ = (of_organization(), UniqueConstraint("organization_id", "name"))
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_sources_organization_id_name": NameTaken}

    name: Mapped[str]
    kind: Mapped[SourceKind] = mapped_column(choice(SourceKind, "kind"))
    is_archived: Mapped[bool] = mapped_column(default=False)
