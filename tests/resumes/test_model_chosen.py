"""Which model the settings choose, and how it is spoken to."""

from pathlib import Path

import pytest

from impl.resumes.model.chosen import model_of
from impl.resumes.model.reading import Degraded, Read, read
from impl.resumes.model.text import prepared
from impl.settings import load
from impl.settings_checks import problems_of
from impl.settings_sections import OpenAISettings
from tests.support.fake_model import fake_model, hangs, refuses, says
from tests.support.resume_answers import honestly, parsed


def settings_with(**openai: object) -> OpenAISettings:
    return OpenAISettings.model_validate({"api_key": "sk-anything", **openai})


def test_without_a_key_there_is_none() -> None:
    assert model_of(OpenAISettings()) is None


def test_there_is_one_for_the_process() -> None:
    assert model_of(settings_with(model="one")) is model_of(settings_with(model="one"))
    assert model_of(settings_with(model="one")) is not model_of(settings_with(model="two"))


@pytest.mark.parametrize(("flavour", "spoken"), [(None, "chat"), ("chat", "chat"), ("responses", "responses")])
async def test_another_server_is_spoken_to_as_most_understand(flavour: str | None, spoken: str) -> None:
    offline = parsed()
    async with fake_model(says(honestly)) as fake:
        model = model_of(settings_with(base_url=f"{fake.url}/", flavour=flavour, model="local", output_tokens_max=777))
        assert model is not None
        found = await read(model, prepared(offline, redacts=False, characters_max=32_000), offline)

    assert isinstance(found, Read)
    [asked] = fake.requests
    assert (asked.flavour, asked.body["model"]) == (spoken, "local")
    assert asked.body["max_tokens" if spoken == "chat" else "max_output_tokens"] == 777
    assert asked.headers["authorization"] == "Bearer sk-anything"


async def test_the_settings_bound_tries_and_times() -> None:
    offline = parsed()
    sent = prepared(offline, redacts=False, characters_max=32_000)
    async with fake_model(hangs) as fake:
        model = model_of(settings_with(base_url=fake.url, tries_max=1, timeout_seconds=0.05))
        assert model is not None
        ended = await read(model, sent, offline)
        assert isinstance(ended, Degraded)
        assert (ended.reason, len(fake.requests)) == ("timed_out", 1)
    async with fake_model(refuses(401)) as fake:
        model = model_of(settings_with(base_url=fake.url, circuit_failures_max=2))
        assert model is not None
        reasons = [await read(model, sent, offline) for _ in range(3)]
        assert [each.reason for each in reasons if isinstance(each, Degraded)] == [
            "rejected",
            "rejected",
            "circuit_open",
        ]
        assert len(fake.requests) == 2


@pytest.mark.parametrize(
    ("url", "is_refused"),
    [
        ("https://models.example/v1", False),
        ("http://127.0.0.1:11434/v1", False),
        ("http://localhost:8000/v1", False),
        ("http://models.internal/v1", True),
        ("ftp://models.example", True),
    ],
)
def test_outside_dev_the_way_to_the_model_is_encrypted_or_on_this_machine(
    tmp_path: Path, url: str, is_refused: bool
) -> None:
    settings = load(env_file=None, data_dir=tmp_path)
    changed = settings.model_copy(update={"environment": "prod", "openai": settings_with(base_url=url)})

    assert any(problem.startswith("ATS_OPENAI__BASE_URL") for problem in problems_of(changed)) is is_refused
