"""A headless Chromium that watches a page: what it says, what it may not do, and whom it asks.

Playwright's synchronous API would leave a running event loop behind, which breaks every asynchronous test after it.
"""

import os
import shutil
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import pytest
from playwright.async_api import Browser, Page, async_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""


@dataclass
class Watched:
    """A page and everything that was seen of it."""

    page: Page
    host: str
    console: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)

    async def violations(self) -> list[str]:
        """What the Content-Security-Policy refused."""
        found: list[str] = await self.page.evaluate("window.violations")
        return found

    @property
    def foreign(self) -> list[str]:
        """Requests to another host than the page's."""
        return [
            url
            for url in self.urls
            if urlsplit(url).scheme not in {"data", "blob"} and urlsplit(url).netloc != self.host
        ]


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = os.environ.get("ATS_CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no Chromium: install the package `chromium` or name its binary in ATS_CHROMIUM")
    # Chromium's sandbox cannot be set up by root; no name but loopback resolves, so the page is offline.
    arguments = ["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        await chromium.close()


@pytest.fixture
async def watch(browser: Browser) -> AsyncIterator[Watched]:
    """A fresh page; call `open_page` with it."""
    context = await browser.new_context(viewport={"width": 1280, "height": 1000})
    page = await context.new_page()
    await page.add_init_script(WATCH)
    watched = Watched(page, "")
    page.on("console", lambda message: watched.console.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: watched.errors.append(str(error)))
    page.on("request", lambda request: watched.urls.append(request.url))
    yield watched
    await context.close()


async def open_page(watched: Watched, url: str) -> Page:
    """Load `url` and remember its host as the page's own."""
    watched.host = urlsplit(url).netloc
    await watched.page.goto(url)
    return watched.page
