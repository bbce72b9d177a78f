"""C5: a page that calls itself a document does not run in a real browser, however its link is opened."""

from contextlib import suppress
from pathlib import Path

import pytest
from playwright.async_api import Error

from tests.browser.conftest import Watched, open_page
from tests.browser.test_docs_page import base_url
from tests.support.cast import Cast
from tests.support.clients import ApiClient
from tests.support.factories import V1, Factories
from tests.support.forms import File

__all__ = ["base_url"]
pytestmark = pytest.mark.promise("C5")

PAGE = b"<!doctype html><title>calm</title><script>console.error('it ran'); document.title = 'it ran'</script>"
EMBEDDED = "<iframe src='{0}'></iframe><object data='{0}'></object><img src='{0}'><script src='{0}'></script>"


async def test_a_disguised_page_does_not_run(
    base_url: str, watch: Watched, cast: Cast, make: Factories, admin: ApiClient, tmp_path: Path
) -> None:
    """Opened, it is saved under a name that says what it is; embedded, nothing of it is loaded. The same page does run where nothing forbids it."""
    # The public side takes whatever kind of text it is sent, under whatever name.
    intake = await make.intake("processed", files=[File("resume", "resume.pdf", PAGE)])
    link = await admin.data("GET", f"{V1}/attachments/{intake['files'][0]['id']}/download")
    url = f"{base_url}{V1}/files/{link['token']}"

    page = await open_page(watch, f"{base_url}/healthz")
    async with page.expect_download() as started:
        with suppress(Error):  # what is saved is no page to go to
            await page.goto(url)
    saved = await started.value
    assert saved.suggested_filename == "resume.pdf.html"
    await saved.save_as(tmp_path / "saved")
    assert (tmp_path / "saved").read_bytes() == PAGE
    assert page.url == f"{base_url}/healthz"

    await page.set_content(EMBEDDED.format(url), wait_until="load")
    assert [each for each in watch.console if "it ran" in each] == []
    assert watch.errors == []
    titles = [await frame.title() for frame in page.frames]
    assert "it ran" not in titles
    ran: list[str] = []
    free = await watch.page.context.new_page()
    free.on("console", lambda message: ran.append(message.text))
    await free.set_content(PAGE.decode())
    assert (await free.title(), ran) == ("it ran", ["it ran"]), "vacuous"
