"""Signing in and out, and who one is."""

import asyncio
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from generated import requests, responses
from generated.api.auth import AuthOperations
from generated.enums import ActorType, Scope, UserRole, Visibility
from impl import models
from impl.core import patch
from impl.core.access import mine
from impl.core.actor import user_actor
from impl.core.authentication import CHALLENGE
from impl.core.context import Context, ScopedQuery
from impl.db.query import Query
from impl.lib import clock, ids, passwords, tokens
from impl.lib.problems import Problem
from impl.services.api_keys import queries as api_keys
from impl.services.users import profile


class InvalidCredentials(Problem):
    status, code, title = 401, "invalid_credentials", "The address and the password do not belong together"


class OrganizationRequired(Problem):
    status, code, title = 409, "organization_required", "Which organization?"


class NotASession(Problem):
    status, code, title = 409, "not_a_session", "The credential is not a session"


# A definer function: it finds who may sign in with an address before the organization is known, and nothing else.
SIGN_INS = Query(text("SELECT * FROM find_sign_ins(CAST(:sign_in_hash AS bytea))"))
SUMMARY = ScopedQuery(
    lambda visibility: mine(
        models.Organization, visibility, models.Organization.id, models.Organization.slug, models.Organization.name
    )
)


class Auth(AuthOperations[Context]):
    """Sessions of users, and the identity behind any credential."""

    async def create_session(self, ctx: Context, body: requests.SessionCreate) -> responses.Session:
        found = await _who(ctx, body)
        session_id, minted = ids.new_id(), tokens.mint_session()
        await ctx.sign_in(user_actor(found["organization_id"], found["user_id"], session_id, found["role"]))
        user = await ctx.load(models.User, found["user_id"], lock=True)
        if not user.is_active or user.password_hash != found["password_hash"]:
            # Somebody changed it since it was looked up: the new password ends what the old one began.
            raise _refused()
        if passwords.needs_rehash(found["password_hash"]):
            user.password_hash = await passwords.hash_password(body.password)
        user.last_signed_in_at = clock.now()
        session = await ctx.insert(
            models.Session,
            id=session_id,
            public_id=minted.public_id,
            secret_hash=minted.secret_hash,
            user_id=user.id,
            expires_at=clock.now() + timedelta(hours=ctx.runtime.settings.security.session_hours),
        )
        ctx.record("session.created", session)
        await ctx.connection.flush()
        return await _session(ctx, session, minted.token)

    async def delete_current_session(self, ctx: Context) -> None:
        if ctx.actor.user_id is None:
            raise NotASession("An API key is revoked, not signed out.", allowed=["revoke_api_key"])
        session = await ctx.load(models.Session, ctx.actor.credential_id, lock=True)
        if session.is_live:
            session.end()
            ctx.record("session.ended", session)
            await ctx.forget_credentials()

    async def get_me(self, ctx: Context) -> responses.Me:
        actor = ctx.actor
        user = await profile.read(ctx, actor.user_id) if actor.user_id else None
        row = None if user else await ctx.row(api_keys.ONE_API_KEY, id=actor.holder_id)
        key = responses.ApiKey(**row) if row else None
        granted = user.job_ids if user else key and key.job_ids
        return responses.Me(
            actor=responses.Actor(type=ActorType(actor.type), id=actor.holder_id),
            user=user,
            api_key=key,
            organization=responses.OrganizationSummary(**await ctx.row(SUMMARY)),
            role=UserRole(actor.role) if actor.role else None,
            scopes=sorted(map(Scope, actor.scopes)),
            visibility=Visibility(actor.visibility),
            job_ids=[] if actor.visibility == Visibility.ORGANIZATION else granted or [],
        )


async def _who(ctx: Context, body: requests.SessionCreate) -> Any:
    """The one user whom address, password and organization name. Whatever does not fit, it costs and answers the same."""
    address_hash = profile.sign_in_hash(ctx, body.email)
    await ctx.runtime.limits.take("sign_in", address_hash.hex())
    organization = patch.given(body).get("organization")
    rows = [
        row
        for row in await ctx.connection.rows(SIGN_INS, sign_in_hash=address_hash)
        if organization in (None, row["slug"])
    ]
    hashes = [row["password_hash"] for row in rows] or [None]
    fits = await asyncio.gather(*(passwords.verify_password(body.password, stored) for stored in hashes))
    fitting = [row for row, is_right in zip(rows, fits, strict=False) if is_right]
    if not fitting:
        raise _refused()
    if len(fitting) > 1:
        raise OrganizationRequired("The address belongs to users of several organizations; name one.")
    return fitting[0]


def _refused() -> InvalidCredentials:
    return InvalidCredentials("Check the address, the password and the organization.", headers=CHALLENGE)


async def _session(ctx: Context, session: models.Session, token: str) -> responses.Session:
    user = await profile.read(ctx, session.user_id)
    if user is None:
        raise _refused()
    return responses.Session(
        id=session.id,
        token=token,
        user=user,
        organization_id=session.organization_id,
        expires_at=session.expires_at,
        created_at=session.created_at,
    )
