"""Passwords."""

import asyncio
import string
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pwdlib.hashers.argon2 import Argon2Hasher

from impl.lib import passwords

pytestmark = pytest.mark.promise("H5")

GOOD = "orchid lamp river"


@pytest.fixture(autouse=True)
def cheap() -> Iterator[None]:
    with passwords.use(passwords.Cost(1, 8)):
        yield


async def test_the_right_password_verifies_and_no_other() -> None:
    stored = await passwords.hash_password(GOOD)
    assert stored.startswith("$argon2id$")
    assert await passwords.verify_password(GOOD, stored)
    assert not await passwords.verify_password(GOOD + " ", stored)
    assert not await passwords.verify_password("", stored)
    assert not await passwords.verify_password(GOOD, "not a hash")
    assert not await passwords.verify_password(GOOD, None)


async def test_the_same_password_never_hashes_alike() -> None:
    assert await passwords.hash_password(GOOD) != await passwords.hash_password(GOOD)


async def test_another_way_of_typing_it_is_the_same_password() -> None:
    stored = await passwords.hash_password("cafe\u0301 cafe\u0301 cafe\u0301")
    assert await passwords.verify_password("café café café", stored)


async def test_any_text_can_be_tried() -> None:
    stored = await passwords.hash_password(GOOD)
    for text in ("\ud800", "\0", "x" * 100_000, "🔑" * 40):
        assert not await passwords.verify_password(text, stored)
    assert await passwords.verify_password("🔑" * 40, await passwords.hash_password("🔑" * 40))


async def test_an_unknown_user_costs_one_verification_of_the_same_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    verified: list[str] = []

    def spy(self: Argon2Hasher, password: Any, hash: Any) -> bool:
        verified.append(str(hash))
        return verify(self, password, hash)

    verify = Argon2Hasher.verify
    monkeypatch.setattr(Argon2Hasher, "verify", spy)
    stored = await passwords.hash_password(GOOD)
    await passwords.verify_password("wrong", stored)
    await passwords.verify_password("wrong", None)
    known, unknown = (hashed.split("$") for hashed in verified)
    assert known[:4] == unknown[:4]
    assert [len(part) for part in known] == [len(part) for part in unknown]


async def test_the_usual_cost_is_above_the_owasp_minimum_and_a_cheaper_hash_is_due_for_renewal() -> None:
    cheap = await passwords.hash_password(GOOD)
    assert not passwords.needs_rehash(cheap)
    with passwords.use(passwords.Cost()):
        assert passwords.needs_rehash(cheap)
        assert await passwords.verify_password(GOOD, cheap)
        stored = await passwords.hash_password(GOOD)
    parameters = dict(pair.split("=") for pair in stored.split("$")[3].split(","))
    assert int(parameters["m"]) >= 19 * 1024
    assert int(parameters["t"]) >= 2


async def test_hashing_leaves_the_loop_free_and_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    running, most, lock = 0, 0, threading.Lock()
    full, release = threading.Event(), threading.Event()

    def slow(self: Argon2Hasher, password: Any, **_: Any) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            if running == 2:
                full.set()
        release.wait(10)
        with lock:
            running -= 1
        return "hash"

    monkeypatch.setattr(Argon2Hasher, "hash", slow)
    waiting = asyncio.gather(*(passwords.hash_password(GOOD) for _ in range(6)))
    assert await asyncio.to_thread(full.wait, 10)
    await asyncio.sleep(0.05)
    release.set()
    assert await waiting == ["hash"] * 6
    assert most == 2


@pytest.mark.parametrize(
    ("password", "weaknesses"),
    [
        (GOOD, []),
        ("x" * 5 + "yzab" * 2, []),
        ("elevenchars", ["too_short"]),
        ("", ["too_short"]),
        ("ab" * 65, ["too_long"]),
        ("password1234", ["too_common"]),
        ("PassWord1234", ["too_common"]),
        ("Welcome@2024", ["too_common"]),
        ("aaaaaaaaaaaa", ["too_common"]),
        ("123456789012", ["too_common"]),
        ("qwertyuiop12", ["too_common"]),
        ("correcthorsebatterystaple", ["too_common"]),
    ],
)
def test_strength(password: str, weaknesses: list[str]) -> None:
    assert passwords.check_strength(password) == weaknesses


@given(st.text(string.printable, min_size=12, max_size=128))
def test_a_random_password_of_allowed_length_needs_no_composition(password: str) -> None:
    weaknesses = passwords.check_strength(password)
    assert weaknesses == [] or (weaknesses == ["too_common"] and len(set(password)) <= 2)
