"""Masking: what looks like a credential or a person is taken out of text, and ordinary text stays."""

import time
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impl.lib import tokens
from impl.lib.masking import MASK, TEXT_MAX, mask_text, redact, redact_item, register_secrets

pytestmark = pytest.mark.promise("J1")


@pytest.mark.parametrize("environment", tokens.ENVIRONMENTS)
@pytest.mark.parametrize("around", ["{}", "key={}", '"{}"', "https://x/?k={}&b=1", "Bearer {}", "a/{}/b", "x{}y"])
def test_minted_tokens_never_survive(environment: tokens.Environment, around: str) -> None:
    for minted in (tokens.mint_api_key(environment), tokens.mint_session(), tokens.mint_tracking()):
        secret = minted.token.split("_")[-2]
        if around != "x{}y":  # glued to letters it is no token of ours any more
            assert secret not in mask_text(around.format(minted.token))


@pytest.mark.parametrize(
    ("text", "canary"),
    [
        ("postgresql://ats:Canary@h/db", "Canary"),
        ("password=Canary host=h", "Canary"),
        ("redis://:Can/ary@h:6379/0", "ary@"),
        ('{"password": "Canary"}', "Canary"),
        ("Authorization: Basic Q2FuYXJ5OkNhbmFyeQ==", "Q2FuYXJ5"),
        ("openai sk-proj-CanaryCanary123", "Canary"),
        ("https://h/f?expires=1&signature=Canary", "Canary"),
        ("Ada <ada.lovelace+x@mail.example.co.uk>", "lovelace"),
        ("https://h/?email=ada%40example.com", "ada"),
        ("duplicate key\nDETAIL:  Key (email)=(Canary (x)) already exists.", "Canary"),
        ("Failing row contains (1, Canary, null).", "Canary"),
        ("[SQL: INSERT]\n[parameters: ('Canary', 1)]", "Canary"),
        ("field\n  Input should be int [type=int, input_value='Canary', input_type=str]", "Canary"),
        ("OPENAI_API_KEY=Canary", "Canary"),
    ],
)
def test_text_is_masked(text: str, canary: str) -> None:
    assert canary not in mask_text(text)
    assert MASK in mask_text(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "GET /v1/jobs 200",
        "application_not_active",
        "Started server process [7]",
        "https://h:8443/a?b=c",
        "f(x) = y",
        "ats_http_requests_total",
    ],
)
def test_ordinary_text_stays(text: str) -> None:
    assert mask_text(text) == text


@given(
    secret=st.text(st.characters(codec="utf-8"), min_size=6, max_size=40),
    before=st.text(max_size=20),
    after=st.text(max_size=20),
)
def test_own_secrets_never_survive(secret: str, before: str, after: str) -> None:
    register_secrets([secret])
    try:
        for form in (secret, quote(secret, safe="")):
            assert form not in mask_text(f"{before}{form}{after}").replace(MASK, "\x00")
    finally:
        register_secrets([])


@pytest.mark.parametrize(
    "text",
    [
        "a" * TEXT_MAX,
        "a@" * 8000,
        "://" * 5000,
        "password" * 2000,
        "Key (" * 3000,
        "a." * 8000,
        "input_value=" * 1300,
        "_" * 16000,
    ],
)
def test_masking_takes_linear_time(text: str) -> None:
    started = time.process_time()
    mask_text(text)
    assert time.process_time() - started < 1.0


def test_keys_decide_for_values_of_any_kind() -> None:
    assert redact_item("X-Api-Key", "v") == MASK
    assert redact_item("phone", 491700000000) == MASK
    assert redact_item("token_count", 3) == 3
    assert redact_item("is_secret", True) is True
    assert redact_item("stage", "offer") == "offer"
    assert redact({"a": [{"password": "x", "b": (b"xyz", 1)}]}) == {"a": [{"password": MASK, "b": ["<3 bytes>", 1]}]}


def test_deep_and_long_values_are_cut() -> None:
    deep: object = "x"
    for _ in range(50):
        deep = [deep]
    assert len(repr(redact(deep))) < 60
    assert len(redact(list(range(10_000)))) == 200
    assert len(mask_text("x" * 1_000_000)) == TEXT_MAX + 1
