"""The reference page in a real browser, against a real server: it works, says no error and asks nobody else."""

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route

from impl.core.docs import docs_routes
from impl.core.edge import Edge, leave_to_edge
from impl.lib.metrics import Metrics
from impl.settings import Settings
from tests.browser.conftest import Watched, open_page

pytestmark = pytest.mark.promise("L3")

BUILD = Path(__file__).parents[2] / "build"
KEY = "ats_dev_pasted-by-a-person"
DOCUMENT = {
    "openapi": "3.1.1",
    "info": {
        "title": "ATS",
        "version": "1.0.0",
        "description": "**Bold**, `code` and a [link](https://elsewhere.test/).",
    },
    "servers": [{"url": "/"}],
    "security": [{"bearer": []}],
    "tags": [{"name": "candidates", "description": "People."}],
    "paths": {
        "/v1/candidates/{candidate_id}": {
            "get": {
                "operationId": "get_candidate",
                "tags": ["candidates"],
                "summary": "One candidate",
                "parameters": [
                    {
                        "name": "candidate_id",
                        "in": "path",
                        "required": True,
                        "schema": {"type": "string", "format": "uuid"},
                        "example": "0198c0ff-ee00-7000-8000-000000000001",
                    }
                ],
                "responses": {
                    "200": {
                        "description": "The candidate.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Candidate"}}},
                    }
                },
            }
        },
        "/v1/candidates": {
            "post": {
                "operationId": "create_candidate",
                "tags": ["candidates"],
                "summary": "Add a candidate",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Candidate"}}},
                },
                "responses": {"201": {"description": "Added."}},
            }
        },
    },
    "components": {
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer", "description": "An API key."}},
        "schemas": {
            "Candidate": {
                "type": "object",
                "properties": {
                    "name": {"type": ["string", "null"], "maxLength": 10},
                    "stage": {"enum": ["new", "hired"]},
                },
                "oneOf": [{"required": ["name"]}, {"required": ["stage"]}],
            }
        },
    },
}
CONTROL = """<!doctype html><meta charset="utf-8"><script>console.error("inline ran")</script>
<img src="https://elsewhere.test/x.png"><script>document.title = "inline ran"</script><p id="end">end</p>"""


async def echo(request: Request) -> Response:
    body = await request.body()
    return JSONResponse(
        {
            "method": request.method,
            "path": request.url.path,
            "authorization": request.headers.get("authorization"),
            "body": body.decode(),
        }
    )


async def document(_request: Request) -> Response:
    return JSONResponse(DOCUMENT)


async def control(request: Request) -> Response:
    policy = "default-src 'none'; script-src 'self'; img-src 'self'"
    return HTMLResponse(
        CONTROL,
        headers={"Content-Security-Policy": policy}
        if request.url.path == "/control"
        else {"Content-Security-Policy": "img-src *; script-src 'unsafe-inline'"},
    )


@pytest.fixture(scope="module")
def base_url() -> Iterator[str]:
    settings = Settings(_env_file=None)
    routes = [
        Route("/openapi.json", document),
        Route("/v1/candidates", echo, methods=["POST"]),
        Route("/v1/candidates/{candidate_id}", echo),
        Route("/control", control),
        Route("/open-control", control),
        *docs_routes(settings),
    ]
    app = Edge(
        Starlette(routes=routes, exception_handlers={Exception: leave_to_edge}),
        settings,
        Metrics(version="1", environment="dev"),
    )
    config = uvicorn.Config(app, port=0, log_config=None, access_log=False, server_header=False, proxy_headers=False)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(10)


async def silent(watched: Watched) -> None:
    assert watched.console == []
    assert watched.errors == []
    assert await watched.violations() == []
    assert watched.foreign == []


async def test_operations_are_shown_without_any_complaint(base_url: str, watch: Watched) -> None:
    page = await open_page(watch, f"{base_url}/docs")
    await page.wait_for_selector("#operations-candidates-get_candidate")
    assert await page.title() == "API reference"
    path = await page.inner_text("#operations-candidates-create_candidate .opblock-summary-path")
    assert path.replace("\u200b", "") == "/v1/candidates"
    assert await page.locator(".info strong").inner_text() == "Bold"
    await page.click("#operations-candidates-create_candidate .opblock-summary-control")
    await page.wait_for_selector("#operations-candidates-create_candidate textarea")
    await page.wait_for_load_state("networkidle")
    BUILD.mkdir(exist_ok=True)
    await page.screenshot(path=BUILD / "docs.png", full_page=True)
    await silent(watch)


async def test_a_pasted_key_signs_in_and_a_trial_request_is_sent(base_url: str, watch: Watched) -> None:
    page = await open_page(watch, f"{base_url}/docs")
    await page.click("button.authorize")
    await page.fill(".modal-ux input", KEY)
    await page.click(".modal-ux button.authorize")
    await page.click(".modal-ux button.btn-done")
    operation = page.locator("#operations-candidates-get_candidate")
    await operation.locator(".opblock-summary-control").click()
    await operation.locator("button.execute").click()
    await operation.locator(".live-responses-table .response-col_status").first.wait_for()
    answer = json.loads(await operation.locator(".live-responses-table .highlight-code code").first.inner_text())
    assert answer["authorization"] == f"Bearer {KEY}"
    assert answer["path"] == "/v1/candidates/0198c0ff-ee00-7000-8000-000000000001"
    kept = await page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert KEY not in kept
    await page.screenshot(path=BUILD / "docs-try-it-out.png", full_page=True)
    await silent(watch)


async def test_a_trial_request_with_a_body_is_sent(base_url: str, watch: Watched) -> None:
    page = await open_page(watch, f"{base_url}/docs")
    operation = page.locator("#operations-candidates-create_candidate")
    await operation.locator(".opblock-summary-control").click()
    await operation.locator("textarea").first.fill('{"name": "Ada"}')
    await operation.locator("button.execute").click()
    await operation.locator(".live-responses-table .response-col_status").first.wait_for()
    answer = json.loads(await operation.locator(".live-responses-table .highlight-code code").first.inner_text())
    assert (answer["method"], json.loads(answer["body"])) == ("POST", {"name": "Ada"})
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
