"""What every table shares: naming, the tenant key, timestamps and versions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Enum, ForeignKeyConstraint, MetaData, Text, Uuid
from sqlalchemy.dialects.postgresql import BYTEA
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from impl.lib import clock, ids
from impl.lib.problems import Problem

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The root of every table."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        datetime: DateTime(timezone=True),
        UUID: Uuid(),
        bytes: BYTEA(),
    }


class TenantRow(Base):
    """A row of one organization. Its key is `(organization_id, id)`, so that no foreign key can cross organizations."""

    __abstract__ = True

    organization_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-2)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=ids.new_id, sort_order=-1)

    # Which column names the job whose grant makes a row visible to an actor of granted jobs; None: visible to the organization.
    job_column: ClassVar[str | None] = None

    # Which problem a caller has who breaks a rule of the table, by the rule's name.
    refusals: ClassVar[Mapping[str, type[Problem]]] = {}

    # Of which fields an event names the change without the values: they would outlive the person.
    unsaid: ClassVar[frozenset[str]] = frozenset()


class Resource(TenantRow):
    """A row that the API shows: it has timestamps (UTC) and a version that each recorded change raises by one."""

    __abstract__ = True

    created_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=100)
    updated_at: Mapped[datetime] = mapped_column(default=clock.now, sort_order=101)
    version: Mapped[int] = mapped_column(default=1, sort_order=102)


class ExternalIdTaken(Problem):
    status, code, title = 409, "external_id_taken", "Another resource has this external id"


class InstantOutOfRange(Problem):
    status, code, title = 422, "instant_out_of_range", "The instant does not fit"


class NameTaken(Problem):
    status, code, title = 409, "name_taken", "Another resource has this name"


def belongs_to(
    table: str, *columns: str, target: Sequence[str] = ("id",), ondelete: str | None = None, name: str | None = None
) -> ForeignKeyConstraint:
    """A composite foreign key inside the organization: `columns` of this table refer to `target` of `table`."""
    return ForeignKeyConstraint(
        ["organization_id", *columns],
        [f"{table}.organization_id", *(f"{table}.{column}" for column in target)],
        ondelete=ondelete,
        name=name,
    )


def of_organization() -> ForeignKeyConstraint:
    """The foreign key of a tenant table that nothing else ties to its organization."""
    return ForeignKeyConstraint(["organization_id"], ["organizations.id"])


class Choice(Enum):
    """One of an enum's values, in a text column with a CHECK (native enums defeat indexes under row-level security)."""


@compiles(Choice)
def _as_text(kind: Choice, compiler: Any, **options: Any) -> str:
    return "TEXT"


def choice(values: type[StrEnum], name: str) -> Choice:
    """The type of a column that takes the values of one enum of the contract."""
    return Choice(
        values,
        name=name,
        native_enum=False,
        create_constraint=True,
        length=None,
        values_callable=lambda members: [member.value for member in members],
    )
