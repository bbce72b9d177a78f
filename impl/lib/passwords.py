"""Passwords: Argon2id off the event loop, equal time for unknown users, and a small check of strength.

One hash takes about 50 ms and 32 MiB, so no more than `_PARALLEL` run at a time; further ones wait in line.
"""

import asyncio
from base64 import b64encode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from secrets import token_bytes
from typing import Final, Literal
from unicodedata import normalize

from pwdlib.hashers.argon2 import Argon2Hasher

LENGTH_MIN: Final = 12
LENGTH_MAX: Final = 128

Weakness = Literal["too_short", "too_long", "too_common"]

_PARALLEL: Final = 2


@dataclass(frozen=True, slots=True)
class Cost:
    """What one Argon2id hash costs. The default is above the OWASP minimum (19 MiB, two passes)."""

    passes: int = 2
    memory_kib: int = 32_768
    lanes: int = 1


class _Hasher:
    """Argon2id of one cost, and a hash of that cost which no password has."""

    def __init__(self, cost: Cost) -> None:
        self.argon2: Final = Argon2Hasher(cost.passes, cost.memory_kib, cost.lanes)
        self.of_nobody: Final = f"$argon2id$v=19$m={cost.memory_kib},t={cost.passes},p={cost.lanes}${_base64(token_bytes(16))}${_base64(token_bytes(32))}"


def _base64(data: bytes) -> str:
    return b64encode(data).rstrip(b"=").decode()


_hasher = _Hasher(Cost())
_threads: Final = ThreadPoolExecutor(_PARALLEL, thread_name_prefix="argon2")


@contextmanager
def use(cost: Cost) -> Iterator[None]:
    """Hash at another cost until the block ends: `Cost(1, 8)` for tests. Hashes of any cost are still verified."""
    global _hasher  # noqa: PLW0603 - one cost for the process, threads included, is the point
    previous, _hasher = _hasher, _Hasher(cost)
    try:
        yield
    finally:
        _hasher = previous


async def hash_password(password: str) -> str:
    """The encoded Argon2id hash (`$argon2id$…`, some 97 characters) to store."""
    return await asyncio.get_running_loop().run_in_executor(_threads, _hasher.argon2.hash, _encode(password))


async def verify_password(password: str, stored_hash: str | None) -> bool:
    """Whether `password` is the one that was hashed. Pass None for an unknown user: False, after the same time."""
    hasher = _hasher
    is_right = await asyncio.get_running_loop().run_in_executor(
        _threads, hasher.argon2.verify, _encode(password), hasher.of_nobody if stored_hash is None else stored_hash
    )
    return is_right and stored_hash is not None


def needs_rehash(stored_hash: str) -> bool:
    """Whether a hash was made at another cost than today's; hash the password anew after the next good sign-in."""
    return _hasher.argon2.check_needs_rehash(stored_hash)


def check_strength(password: str) -> list[Weakness]:
    """What is wrong with a new password; empty when nothing is. Length in characters, and no other rule of composition."""
    password = normalize("NFKC", password)
    weaknesses: list[Weakness] = []
    if len(password) < LENGTH_MIN:
        weaknesses.append("too_short")
    if len(password) > LENGTH_MAX:
        weaknesses.append("too_long")
    if password.casefold() in _COMMON:
        weaknesses.append("too_common")
    return weaknesses


def _encode(password: str) -> bytes:
    # The same keys give other code points on other systems; NFKC makes them one password.
    return normalize("NFKC", password).encode("utf-8", "surrogatepass")


def _common_passwords() -> Iterator[str]:
    """The usual long passwords: known ones, a usual word with a usual tail, and a unit over and over."""
    yield from _KNOWN.split()
    for word in _WORDS.split():
        yield word + word
        yield from (word + tail for tail in _TAILS.split())
        yield from (f"{word}{mark}{year}" for mark in ("", "@", "!", "#") for year in range(2015, 2036))
    for unit in [chr(code) for code in range(32, 127)] + _UNITS.split():
        yield from ((unit * LENGTH_MAX)[:length] for length in range(LENGTH_MIN, 33))


_WORDS: Final = """
    password passw0rd p@ssword p@ssw0rd pa55word pass passwort motdepasse contrasena senha welcome welcome1 willkommen bienvenue
    qwerty qwertz azerty qwertyuiop qwerty123 asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx 1q2w3e 1q2w3e4r 1qaz2wsx
    admin administrator adminadmin root rootroot toor user username login letmein letmeinnow changeme changeit default
    secret secret123 topsecret temp temporary test testing tester test123 demo guest master manager server system company
    office office365 internet computer windows google facebook linkedin instagram apple samsung hello helloworld
    iloveyou iloveu love loveme lovely princess sunshine monkey dragon football baseball basketball soccer liverpool chelsea arsenal
    superman batman spiderman pokemon starwars shadow michael jennifer jessica jordan charlie ashley daniel thomas
    summer winter spring autumn january february march april june july august september october november december
    monday friday london newyork paris berlin america australia canada germany france freedom whatever trustno1 access
    recruiter recruiting recruitment hiring candidate interview applicant career careers jobs
"""
_TAILS: Final = """
    1 12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0 01 007 00 000 0000 11 111 1111 321 4321 54321 654321
    ! !! !!! ? . 1! 12! 123! 1234! 12345! 123456! @1 @12 @123 @1234 @12345 @123456 #1 #123 #1234 _123 _1234 -123 -1234 $123
    !1 !12 !123 !1234 !12345 123456!! 123123 123321 112233 121212 696969 666666 777777 888888 999999 abc abc123 qwerty xyz 1q2w3e
"""
_UNITS: Final = """
    12 123 1234 12345 123456 1234567 12345678 123456789 1234567890 0123456789 0987654321 987654321 321 4321 54321 654321 1234567890-=
    ab abc abcd abcde abcdef abcdefgh abcdefghijklmnopqrstuvwxyz abc123 a1b2c3 a1b2c3d4 aa1122 112233 121212 123123 123321 1122 1212 0101
    qwe qwer qwert qwerty qwertyuiop qwertyuiop[] qwertyuiopasdfghjklzxcvbnm asd asdf asdfgh asdfghjkl asdfghjkl; zxc zxcv zxcvbn zxcvbnm
    qaz wsx qazwsx qazwsxedc qazwsxedcrfv 1qaz 1qaz2wsx 1qaz2wsx3edc 1qaz2wsx3edc4rfv 1q2w 1q2w3e 1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y
    q1w2e3 q1w2e3r4 q1w2e3r4t5 zaq1 zaq12wsx xsw2 !qaz2wsx !qaz@wsx 1qaz!qaz !@# !@#$ !@#$% !@#$%^ !@#$%^&*()
"""
_KNOWN: Final = """
    correcthorsebatterystaple correct-horse-battery-staple thequickbrownfox tobeornottobe maytheforcebewithyou
    letmeinletmein ihatepasswords idontknow123 idontcare123 nopassword123 nopasswordhere passwordpassword123 mypassword123 mypassword1234
    yourpassword yourpassword123 thisismypassword thisisapassword password1password enterpassword newpassword123 oldpassword123
    masterpassword supersecret123 supersecretpassword verysecret123 topsecret1234 changeme12345 changemeplease changethispassword
    administrator1 administrator123 adminpassword rootpassword testpassword defaultpassword temppassword temporarypassword
    welcometothejungle welcomehome123 iloveyou1234 iloveyouforever iloveyousomuch ilovemyfamily ilovemyself123 jesuschrist1 jesusislord
    manchesterunited manchester123 liverpoolfc1 realmadrid123 barcelona123 fcbarcelona1 juventus1234 galatasaray fenerbahce1907 besiktas1903
    unitedstates christopher1 alexander123 elizabeth123 stephanie123 abcdefghijkl abcdefghijklm abcdefghijklmn abcdefg12345 abcd12345678
    abcdef123456 123456abcdef 123456789abc 1234567890abc 12345qwerty12345 1234qwerasdf 1234qwerasdfzxcv qwerasdfzxcv qwerasdfzxcv1234
    qwer1234qwer asdf1234asdf qwerty123456 qwerty1234567 qwerty12345678 123456qwerty 123qweasdzxc 123qwe123qwe 1q2w3e4r5t6y7u 1qazxsw23edc
    zxcvbnm12345 asdfghjkl123 asdfghjkl1234 zaq12wsxcde3 p@ssw0rd1234 p@ssw0rd12345 p@$$w0rd1234 passw0rd1234 pa$$w0rd1234 pa$$word1234
"""
_COMMON: Final = frozenset(password for password in _common_passwords() if len(password) >= LENGTH_MIN)
