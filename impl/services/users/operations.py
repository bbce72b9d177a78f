"""The staff of an organization: roles, sign-in and job grants."""

from typing import Any
from uuid import UUID

from generated import requests, responses
from generated.api.users import UsersOperations
from generated.operations import ROLES
from impl import models
from impl.core import grants, patch
from impl.core.context import Context
from impl.core.problems import NotFound
from impl.lib import clock, ids, passwords
from impl.lib.problems import FieldError
from impl.models.access import EmailTaken, LastAdmin, PasswordTooWeak
from impl.services.users import profile, queries
from impl.services.users.profile import Profile

RIGHTS = ("role", "is_active")
WEAKNESSES = {
    "too_short": f"At least {passwords.LENGTH_MIN} characters.",
    "too_long": f"At most {passwords.LENGTH_MAX} characters.",
    "too_common": "Too easy to guess: it is one of the passwords that everybody tries first.",
}


class Users(UsersOperations[Context]):
    """Members of the staff."""

    async def list_users(self, ctx: Context, query: requests.ListUsersQuery) -> responses.UserList:
        rows, page = await ctx.page(queries.USERS, query)
        return responses.UserList(data=[profile.shown(ctx, row) for row in rows], page=page)

    async def create_user(self, ctx: Context, body: requests.UserCreate) -> responses.User:
        values = patch.given(body)
        grants.expect_held(ctx, ROLES[body.role].scopes)
        _expect_strong(values.get("password"))
        await _expect_new_address(ctx, body.email)
        job_ids = await grants.expect_jobs(ctx, values.get("job_ids", ()))
        user_id = ids.new_id()
        user = await ctx.insert(
            models.User,
            id=user_id,
            **profile.columns(ctx, user_id, Profile(body.name, body.email)),
            password_hash=await _hashed(values.get("password")),
            role=body.role,
        )
        await grants.add(ctx, job_ids, user_id=user_id)
        ctx.record("user.created", user, role=(None, body.role), job_ids=(None, grants.named(job_ids) or None))
        return await _shown(ctx, user_id)

    async def get_user(self, ctx: Context, user_id: UUID) -> responses.User:
        return await _shown(ctx, user_id)

    async def update_user(self, ctx: Context, user_id: UUID, body: requests.UserUpdate) -> responses.User:
        values = patch.given(body)
        _expect_strong(values.get("password"))
        if any(name in values for name in (*RIGHTS, "password")):
            # Whoever takes rights away waits here, so that no two calls can each take away the other's last administrator.
            await ctx.load(models.Organization, ctx.organization_id, lock=True)
        user = await ctx.load(models.User, user_id, lock=True)
        grants.expect_held(ctx, ROLES[user.role].scopes | ROLES[values.get("role", user.role)].scopes)
        was_administrator = user.is_administrator
        changes = patch.apply(user, {name: values[name] for name in RIGHTS if name in values})
        is_renamed = _rename(ctx, user, values.get("name"))
        if "job_ids" in values:
            changes |= await _change_grants(ctx, user, values["job_ids"])
        if "password" in values:
            user.password_hash = await _hashed(values["password"])
        if was_administrator and not user.is_administrator:
            await _expect_other_administrator(ctx, user)
        if changes or is_renamed or "password" in values:
            ctx.record("user.updated", user, **changes)
            if not user.is_active or "password" in values:
                await _end_sessions(ctx, user)
            await ctx.forget_credentials()
        await ctx.connection.flush()
        return await _shown(ctx, user_id)


async def _shown(ctx: Context, user_id: UUID) -> responses.User:
    user = await profile.read(ctx, user_id)
    if user is None:
        raise NotFound("Check the id; it may also belong to something that you may not see.")
    return user


def _expect_strong(password: str | None) -> None:
    weaknesses = [] if password is None else passwords.check_strength(password)
    if weaknesses:
        raise PasswordTooWeak(errors=[FieldError("/password", code, WEAKNESSES[code]) for code in weaknesses])


async def _expect_new_address(ctx: Context, address: str) -> None:
    taken = await ctx.row(queries.BY_EMAIL, email_hash=profile.email_hash(ctx, address))
    if taken is not None:
        raise EmailTaken(conflicting_id=taken["id"])


async def _hashed(password: str | None) -> str | None:
    return None if password is None else await passwords.hash_password(password)


async def _expect_other_administrator(ctx: Context, user: models.User) -> None:
    """The organization keeps one who can sign in and change everything."""
    if await ctx.row(queries.OTHER_ADMINISTRATOR, id=user.id) is None:
        raise LastAdmin("Make somebody else an administrator first.")


def _rename(ctx: Context, user: models.User, name: str | None) -> bool:
    """Whether the name has changed."""
    before = profile.opened(ctx, user.id, user.profile_sealed)
    if name is None or name == before.name:
        return False
    user.profile_sealed = profile.sealed(ctx, user.id, Profile(name, before.email))
    return True


async def _change_grants(ctx: Context, user: models.User, job_ids: list[UUID]) -> dict[str, tuple[Any, Any]]:
    """Replace the jobs that the user is granted."""
    after = await grants.expect_jobs(ctx, job_ids)
    before = (await ctx.row(queries.ONE_USER, id=user.id))["job_ids"]
    if before == after:
        return {}
    await grants.remove(ctx, user.id, set(before) - set(after))
    await grants.add(ctx, sorted(set(after) - set(before)), user_id=user.id)
    return {"job_ids": (grants.named(before) or None, grants.named(after) or None)}


async def _end_sessions(ctx: Context, user: models.User) -> None:
    """End every session of the user, except the one that sets its own new password."""
    kept = ctx.actor.credential_id if user.is_active else None
    of_user = models.Session.user_id == user.id
    live = models.Session.revoked_at.is_(None), models.Session.expires_at > clock.now()
    for session in await ctx.all(models.Session, of_user, *live, lock=True):
        if session.id != kept:
            session.end()
            ctx.record("session.ended", session)
