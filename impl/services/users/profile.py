"""A user's profile (name and e-mail address): sealed as one document, found again by keyed hashes."""

from typing import Any
from uuid import UUID

import msgspec

from generated import responses
from impl import models
from impl.core.context import Context
from impl.lib import normalize
from impl.services.users import queries


class Profile(msgspec.Struct, frozen=True):
    """What is personal about a member of the staff."""

    name: str
    email: str


_decoder = msgspec.json.Decoder(Profile)
_encoder = msgspec.json.Encoder()


def columns(ctx: Context, user_id: UUID, profile: Profile) -> dict[str, bytes]:
    """What is stored of a profile: the sealed document, and the hashes by which the address is found."""
    return {
        "profile_sealed": sealed(ctx, user_id, profile),
        "email_hash": email_hash(ctx, profile.email),
        "sign_in_hash": sign_in_hash(ctx, profile.email),
    }


def sealed(ctx: Context, user_id: UUID, profile: Profile) -> bytes:
    """The profile as it is stored."""
    return ctx.seal(models.User, "profile", user_id, _encoder.encode(profile))


def opened(ctx: Context, user_id: UUID, profile_sealed: bytes) -> Profile:
    """The profile behind the stored bytes."""
    return _decoder.decode(ctx.unseal(models.User, "profile", user_id, profile_sealed))


def email_hash(ctx: Context, address: str) -> bytes:
    """The blind index by which an address is found inside the organization."""
    return ctx.keys.blind_index("users.email", normalize.email(address))


def sign_in_hash(ctx: Context, address: str) -> bytes:
    """The blind index by which an address is found before the organization is known."""
    return ctx.runtime.keys.deployment.blind_index("users.sign_in", normalize.email(address))


async def read(ctx: Context, user_id: UUID) -> responses.User | None:
    """One user as the API shows it."""
    row = await ctx.row(queries.ONE_USER, id=user_id)
    return None if row is None else shown(ctx, row)


def shown(ctx: Context, row: Any) -> responses.User:
    """A selected row as the API shows it."""
    values = dict(row)
    profile = opened(ctx, values["id"], values.pop("profile_sealed"))
    return responses.User(name=profile.name, email=profile.email, **values)
