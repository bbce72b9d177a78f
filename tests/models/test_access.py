"""Rules of users, sessions and API keys."""

from datetime import timedelta

import pytest

from generated.enums import UserRole
from impl.lib import clock, ids
from impl.lib.clock import Hands
from impl.models import ApiKey, Session, User
from impl.models.access import ApiKeyRevoked
from impl.models.base import InstantOutOfRange


@pytest.mark.parametrize("role", UserRole)
@pytest.mark.parametrize("is_active", [True, False])
@pytest.mark.parametrize("password_hash", [None, "$argon2id$…"])
def test_an_administrator_is_of_that_role_and_can_sign_in(
    role: UserRole, is_active: bool, password_hash: str | None
) -> None:
    user = User(id=ids.new_id(), role=role, is_active=is_active, password_hash=password_hash)

    assert user.is_administrator == (is_active and role == "admin" and password_hash is not None)


def test_a_session_lives_until_it_is_ended_or_expires(hands: Hands) -> None:
    session = Session(id=ids.new_id(), expires_at=clock.now() + timedelta(hours=1))
    assert session.is_live
    hands.advance(timedelta(hours=1))
    assert not session.is_live

    session = Session(id=ids.new_id(), expires_at=clock.now() + timedelta(hours=1))
    session.end()
    assert (session.is_live, session.revoked_at) == (False, clock.now())


def test_an_api_key_is_revoked_once(hands: Hands) -> None:
    key = ApiKey(id=ids.new_id())
    key.revoke()
    at = key.revoked_at

    hands.advance(timedelta(hours=1))
    with pytest.raises(ApiKeyRevoked):
        key.revoke()
    assert key.revoked_at == at


def test_an_expiry_lies_in_the_future(hands: Hands) -> None:
    ApiKey.expect_expiry(None)
    ApiKey.expect_expiry(clock.now() + timedelta(seconds=1))
    for past in (clock.now(), clock.now() - timedelta(days=1)):
        with pytest.raises(InstantOutOfRange) as refused:
            ApiKey.expect_expiry(past)
        assert [error.pointer for error in refused.value.errors] == ["/expires_at"]
