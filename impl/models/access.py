"""Who may call: users, their sessions, API keys, and the jobs that each is granted."""

from collections.abc import Mapping
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from sqlalchemy import CheckConstraint, Computed, Index, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from generated.enums import UserRole
from impl.lib import clock
from impl.lib.problems import FieldError, Problem
from impl.models.base import InstantOutOfRange, Resource, TenantRow, belongs_to, choice, of_organization


class EmailTaken(Problem):
    status, code, title = 409, "email_taken", "Another user has this e-mail address"


class PasswordTooWeak(Problem):
    status, code, title = 422, "password_too_weak", "The password is too weak"


class LastAdmin(Problem):
    status, code, title = 409, "last_admin", "The organization needs an active administrator"


class User(Resource):
    """A member of staff. `profile_sealed` holds name and e-mail address; `email_hash` finds them inside the organization,
    `sign_in_hash` across organizations."""

    __tablename__ = "users"
    __table_args__ = (
        of_organization(),
        UniqueConstraint("organization_id", "email_hash"),
        Index("ix_users_sign_in_hash", "sign_in_hash"),
    )
    refusals: ClassVar[Mapping[str, type[Problem]]] = {"uq_users_organization_id_email_hash": EmailTaken}

    profile_sealed: Mapped[bytes]
    email_hash: Mapped[bytes]
    sign_in_hash: Mapped[bytes]
    password_hash: Mapped[str | None]
    role: Mapped[UserRole] = mapped_column(choice(UserRole, "role"))
    is_active: Mapped[bool] = mapped_column(default=True)
    last_signed_in_at: Mapped[datetime | None]

    @property
    def is_administrator(self) -> bool:
        """Whether this user can sign in and change everything; an organization that has such a user keeps one."""
        return self.is_active and self.role == UserRole.ADMIN and self.password_hash is not None


class Session(TenantRow):
    """A sign-in. Only the hash of its secret is kept."""

    __tablename__ = "sessions"
    __table_args__ = (
        belongs_to("users", "user_id", ondelete="CASCADE"),
        Index("ix_sessions_public_id", "public_id"),
        Index("ix_sessions_user_id", "organization_id", "user_id"),
    )

    public_id: Mapped[str]
    secret_hash: Mapped[bytes]
    user_id: Mapped[UUID]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None and self.expires_at > clock.now()

    def end(self) -> None:
        self.revoked_at = clock.now()


class ApiKeyRevoked(Problem):
    status, code, title = 409, "api_key_revoked", "The API key is revoked"


class ApiKey(Resource):
    """A credential of a machine. Only the hash of its secret is kept."""

    __tablename__ = "api_keys"
    __table_args__ = (
        of_organization(),
        belongs_to("users", "created_by_user_id"),
        Index("ix_api_keys_public_id", "public_id"),
    )

    name: Mapped[str]
    public_id: Mapped[str]
    secret_hash: Mapped[bytes]
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    is_job_granted: Mapped[bool] = mapped_column(default=False)
    created_by_user_id: Mapped[UUID | None]
    expires_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]

    @staticmethod
    def expect_expiry(expires_at: datetime | None) -> None:
        if expires_at is not None and expires_at <= clock.now():
            raise InstantOutOfRange(
                errors=[FieldError("/expires_at", "instant_out_of_range", "Must lie in the future.")]
            )

    def revoke(self) -> None:
        if self.revoked_at is not None:
            raise ApiKeyRevoked(f"The key was revoked at {self.revoked_at:%Y-%m-%dT%H:%M:%SZ}.")
        self.revoked_at = clock.now()


class JobGrant(TenantRow):
    """A job whose rows a user (a hiring manager, an interviewer) or an API key may see."""

    __tablename__ = "job_grants"
    __table_args__ = (
        belongs_to("jobs", "job_id", ondelete="CASCADE"),
        belongs_to("users", "user_id", ondelete="CASCADE"),
        belongs_to("api_keys", "api_key_id", ondelete="CASCADE"),
        CheckConstraint("num_nonnulls(user_id, api_key_id) = 1", name="one_holder"),
        UniqueConstraint("organization_id", "holder_id", "job_id"),
        Index("ix_job_grants_job_id", "organization_id", "job_id"),
    )

    job_id: Mapped[UUID]
    user_id: Mapped[UUID | None]
    api_key_id: Mapped[UUID | None]
    holder_id: Mapped[UUID] = mapped_column(Computed("coalesce(user_id, api_key_id)", persisted=True))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
