"""API keys and session tokens."""

import ast
import hmac
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impl.lib import tokens

pytestmark = pytest.mark.promise("H5")

ROOT = Path(__file__).parents[2]
EQUAL_BY_OPERATOR = re.compile(r"(^|_)(secret|secret_hash|stored_hash)$")


def every_kind() -> list[tokens.MintedToken]:
    return [
        tokens.mint_session(),
        tokens.mint_tracking(),
        *[tokens.mint_api_key(environment) for environment in tokens.ENVIRONMENTS],
    ]


def test_a_minted_token_parses_and_matches_its_hash() -> None:
    for environment in tokens.ENVIRONMENTS:
        minted = tokens.mint_api_key(environment)
        parsed = tokens.parse(minted.token)
        assert parsed is not None
        assert (parsed.kind, parsed.environment, parsed.public_id) == ("api_key", environment, minted.public_id)
        assert tokens.matches(parsed.secret, minted.secret_hash)
    session = tokens.parse(tokens.mint_session().token)
    assert session is not None
    assert (session.kind, session.environment) == ("session", None)
    tracking = tokens.parse(tokens.mint_tracking().token)
    assert tracking is not None
    assert (tracking.kind, tracking.environment) == ("tracking", None)


def test_the_form_is_the_documented_one() -> None:
    key = tokens.mint_api_key("staging").token
    assert re.fullmatch(r"ats_staging_[0-9a-z]{16}_[0-9a-z]{32}_[0-9a-z]{7}", key)
    assert re.fullmatch(r"atss_[0-9a-z]{16}_[0-9a-z]{32}_[0-9a-z]{7}", tokens.mint_session().token)
    assert re.fullmatch(r"atst_[0-9a-z]{16}_[0-9a-z]{32}_[0-9a-z]{7}", tokens.mint_tracking().token)


def test_a_scanner_finds_every_token_in_a_text() -> None:
    minted = every_kind()
    text = "".join(f'key="{one.token}";\n' for one in minted) + "ats_prod_not_a_key"
    assert re.findall(tokens.PATTERN, text) == [one.token for one in minted]


def test_secrets_are_160_bits_that_never_repeat() -> None:
    secrets = [parsed.secret for parsed in (tokens.parse(tokens.mint_session().token) for _ in range(500)) if parsed]
    assert len(set(secrets)) == 500
    assert all(len(set(column)) > 16 for column in zip(*secrets, strict=True)), "a place of the secret hardly varies"


@given(st.integers(0, 4), st.data())
def test_any_single_change_is_refused_without_a_database(kind: int, data: st.DataObject) -> None:
    token = every_kind()[kind].token
    at = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.characters().filter(lambda character: character != token[at]))
    assert tokens.parse(token[:at] + other + token[at + 1 :]) is None
    assert tokens.parse(token[:at]) is None
    assert tokens.parse(token[:at] + other + token[at:]) is None


@given(st.text() | st.from_regex(tokens.PATTERN, fullmatch=True))
def test_junk_is_refused(text: str) -> None:
    assert tokens.parse(text) is None


def test_the_environment_cannot_be_exchanged() -> None:
    assert tokens.parse(tokens.mint_api_key("dev").token.replace("ats_dev_", "ats_prod_")) is None


def test_another_secret_or_hash_or_no_row_does_not_match() -> None:
    one, other = (tokens.parse(tokens.mint_session().token) for _ in range(2))
    assert one is not None
    assert other is not None
    assert not tokens.matches(one.secret, tokens.secret_hash(other.secret))
    assert not tokens.matches(one.secret, b"")
    assert not tokens.matches(one.secret, None)


def test_compares_in_constant_time_on_every_path(monkeypatch: pytest.MonkeyPatch) -> None:
    calls: list[tuple[bytes, bytes]] = []

    def spy(left: bytes, right: bytes) -> bool:
        calls.append((left, right))
        return compare(left, right)

    compare = hmac.compare_digest
    monkeypatch.setattr(hmac, "compare_digest", spy)
    stored = tokens.secret_hash("right")
    assert [
        tokens.matches(secret, hashed) for secret, hashed in [("right", stored), ("wrong", stored), ("x", None)]
    ] == [
        True,
        False,
        False,
    ]
    assert [(len(left), len(right)) for left, right in calls] == [(32, 32)] * 3


def test_nothing_secret_is_shown_or_compared_by_accident() -> None:
    minted = tokens.mint_api_key("prod")
    parsed = tokens.parse(minted.token)
    assert parsed is not None
    for value in (minted, parsed):
        assert parsed.secret not in repr(value)
        assert parsed.secret not in f"{value}"
        assert minted.public_id in repr(value)
    assert repr(minted.secret_hash) not in repr(minted)
    assert parsed != tokens.parse(minted.token), "tokens have no equality"


def test_no_source_compares_a_secret_by_operator() -> None:
    assert [_name(operand) for operand in _operands(ast.parse("if row.secret_hash == x: pass"))] == ["secret_hash", "x"]
    found = [
        f"{path.relative_to(ROOT)}:{operand.lineno}"
        for path in (ROOT / "impl").rglob("*.py")
        for operand in _operands(ast.parse(path.read_text()))
        if EQUAL_BY_OPERATOR.search(_name(operand))
    ]
    assert found == []


def _operands(tree: ast.AST) -> list[ast.expr]:
    """What stands beside `==` and `!=`."""
    compares = [node for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    return [
        operand
        for node in compares
        if any(isinstance(operator, ast.Eq | ast.NotEq) for operator in node.ops)
        for operand in (node.left, *node.comparators)
    ]


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
