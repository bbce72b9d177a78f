"""A worker with a model, under a test's hands."""

from dataclasses import replace
from typing import Any

from impl.core.runtime import Runtime
from impl.settings_sections import OpenAISettings
from tests.support.clients import ApiClient
from tests.support.factories import V1, Data, Factories
from tests.support.fake_model import Fake
from tests.support.forms import File
from tests.support.resume_answers import RESUME


def with_model(runtime: Runtime, fake: Fake, **openai: Any) -> Runtime:
    """The adapters of a worker whose model is the fake: one try, so that no test waits."""
    chosen = {"api_key": "sk-fake-key", "base_url": fake.url, "model": "fake", "tries_max": 1, **openai}
    settings = runtime.settings.model_copy(update={"openai": OpenAISettings.model_validate(chosen)})
    return replace(runtime, settings=settings)


async def switch(admin: ApiClient, **reading: Any) -> None:
    """Have the organization's resumes read by the model, or otherwise."""
    wish = {"model": "on", **reading}
    await admin.data("PATCH", f"{V1}/organization", json={"settings": {"resume_reading": wish}})


async def uploaded(make: Factories, text: str = RESUME, *, candidate: Data | None = None) -> Data:
    """A resume with this text; the attachment."""
    file = File("file", "resume.txt", text.encode(), "text/plain")
    return await make.attachment(file=file, candidate=candidate)


async def newest(client: ApiClient, attachment: Data) -> Data:
    """The last parse of an attachment."""
    where = f"{V1}/candidates/{attachment['candidate_id']}/resume_parses?attachment_id={attachment['id']}"
    [brief, *_] = await client.data("GET", where)
    parse: Data = await client.data("GET", f"{V1}/resume_parses/{brief['id']}")
    return parse


async def usage(admin: ApiClient) -> Data:
    """What the model has taken today."""
    [day] = (await admin.data("GET", f"{V1}/organization/model_usage"))["days"]
    found: Data = day
    return found
