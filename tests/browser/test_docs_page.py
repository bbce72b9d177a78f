"""The reference page in a real browser, against the real service: it works, says no error and asks nobody else."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
import uvicorn
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from impl.app import build
from impl.db.embedded import Server
from impl.settings import Settings
from tests.browser.conftest import Watched, open_page
from tests.support.application import fastapi_of
from tests.support.clients import ApiClient

pytestmark = pytest.mark.promise("L3")

BUILD = Path(__file__).parents[2] / "build"
CONTROL = """<!doctype html><meta charset="utf-8"><script>console.error("inline ran")</script>
<img src="https://elsewhere.test/x.png"><script>document.title = "inline ran"</script><p id="end">end</p>"""


async def control(request: Request) -> Response:
    policy = "default-src 'none'; script-src 'self'; img-src 'self'"
    return HTMLResponse(
        CONTROL,
        headers={"Content-Security-Policy": policy}
        if request.url.path == "/control"
        else {"Content-Security-Policy": "img-src *; script-src 'unsafe-inline'"},
    )


@pytest_asyncio.fixture(scope="module")
async def base_url(settings: Settings, server: Server, database_name: str) -> AsyncIterator[str]:
    app = build(settings, server.url("ats_app", database_name))
    # Two pages that break the rules on purpose, to prove that the watch sees it.
    fastapi_of(app).router.routes.extend([Route("/control", control), Route("/open-control", control)])
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False, proxy_headers=False)
    service = uvicorn.Server(config)
    task = asyncio.create_task(service.serve())
    while not service.started:  # noqa: ASYNC110 - uvicorn tells nobody when it has started
        await asyncio.sleep(0.02)
    yield f"http://127.0.0.1:{service.servers[0].sockets[0].getsockname()[1]}"
    service.should_exit = True
    await task


FILTER = ".operation-filter-input"


async def silent(watched: Watched) -> None:
    assert watched.console == []
    assert watched.errors == []
    assert await watched.violations() == []
    assert watched.foreign == []


async def test_operations_are_shown_without_any_complaint(base_url: str, watch: Watched) -> None:
    page = await open_page(watch, f"{base_url}/docs")
    # Only what is in view is in the document; so many operations are found by the filter.
    await page.fill(FILTER, "jobs")
    await page.wait_for_selector("#operations-jobs-create_job")
    assert await page.title() == "API reference"
    path = await page.inner_text("#operations-jobs-create_job .opblock-summary-path")
    assert path.replace("\u200b", "") == "/api/v1/jobs"
    await page.click("#operations-jobs-create_job .opblock-summary-control")
    await page.wait_for_selector("#operations-jobs-create_job textarea")
    await page.wait_for_load_state("networkidle")
    BUILD.mkdir(exist_ok=True)
    await page.screenshot(path=BUILD / "docs.png")
    await silent(watch)


async def test_a_pasted_key_signs_in_and_a_trial_request_is_sent(
    base_url: str, watch: Watched, machine: ApiClient
) -> None:
    assert machine.token is not None
    page = await open_page(watch, f"{base_url}/docs")
    await page.click("button.authorize")
    await page.fill(".modal-ux input", machine.token)
    await page.click(".modal-ux button.authorize")
    await page.click(".modal-ux button.btn-done")
    operation = page.locator("#operations-auth-get_me")
    await operation.locator(".opblock-summary-control").click()
    await operation.locator("button.execute").click()
    await operation.locator(".live-responses-table .response-col_status").first.wait_for()
    answer = json.loads(await operation.locator(".live-responses-table .highlight-code code").first.inner_text())
    assert answer["data"]["actor"] == {"type": "api_key", "id": str(machine.id)}
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert machine.token not in kept
    await page.screenshot(path=BUILD / "docs-try-it-out.png")
    await silent(watch)


async def test_a_trial_request_with_a_body_is_sent(base_url: str, watch: Watched, machine: ApiClient) -> None:
    assert machine.token is not None
    page = await open_page(watch, f"{base_url}/docs")
    await page.click("button.authorize")
    await page.fill(".modal-ux input", machine.token)
    await page.click(".modal-ux button.authorize")
    await page.click(".modal-ux button.btn-done")
    await page.fill(FILTER, "/api/v1/sources")
    operation = page.locator("#operations-organization-create_source")
    await operation.locator(".opblock-summary-control").click()
    await operation.locator("textarea").first.fill('{"name": "Meetup", "kind": "event"}')
    await operation.locator("button.execute").click()
    await operation.locator(".live-responses-table .response-col_status").first.wait_for()
    answer = json.loads(await operation.locator(".live-responses-table .highlight-code code").first.inner_text())
    assert (answer["data"]["name"], answer["data"]["kind"]) == ("Meetup", "event")
    await silent(watch)


async def test_the_watch_sees_what_it_must_see(base_url: str, watch: Watched) -> None:
    page = await open_page(watch, f"{base_url}/control")
    await page.wait_for_selector("#end")
    assert len(await watch.violations()) == 3
    assert len(watch.console) >= 3
    assert await page.title() == ""
    await open_page(watch, f"{base_url}/open-control")
    await page.wait_for_selector("#end")
    assert await page.title() == "inline ran"
    assert watch.foreign == ["https://elsewhere.test/x.png"] * len(watch.foreign) != []
