"""Tags: the organization's words for candidates, and which candidate has which."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from impl.lib import clock
from impl.lib.problems import Problem
from impl.models.base import NameTaken, Resource, TenantRow, belongs_to, of_organization

TAGS_MAX = 50


class TagArchived(Problem):
    status, code, title = 409, "tag_archived", "The tag is archived"


class TooManyTags(Problem):
    status, code, title = 409, "too_many_tags", "The candidate has too many tags"


class Tag(Resource):
    """A word that candidates are marked with."""

    __tablename__ = "tags"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "name"),
        Index("ix_tags_name", "organization_id", "name", "id"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_tags_organization_id_name": NameTaken}

    name: Mapped[str]
    is_archived: Mapped[bool] = mapped_column(default=False)


class CandidateTag(TenantRow):
    """One tag of one candidate."""

    __tablename__ = "candidate_tags"
    __table_args__ = (
        belongs_to("candidates", "candidate_id", ondelete="CASCADE"),
        belongs_to("tags", "tag_id"),
        UniqueConstraint("organization_id", "candidate_id", "tag_id"),
        Index("ix_candidate_tags_tag_id", "organization_id", "tag_id", "candidate_id"),
    )

    candidate_id: Mapped[UUID]
    tag_id: Mapped[UUID]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
