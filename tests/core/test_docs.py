"""The reference page's HTTP side: its files, policy, caching, and the switch."""

import gzip
import re

import pytest
from pydantic import SecretStr
from starlette.types import ASGIApp

from impl.app import build
from impl.lib.crypto import MasterKey
from impl.settings import Settings
from impl.settings_sections import DocsSettings, SecuritySettings
from tests.support.asgi import Answer, call

pytestmark = pytest.mark.promise("L3")


def app(*, enabled: bool = True) -> ASGIApp:
    """The service; nothing here needs its database."""
    security = SecuritySettings(master_key=SecretStr(MasterKey.generate()))
    settings = Settings(_env_file=None, docs=DocsSettings(enabled=enabled), security=security)
    return build(settings, "postgresql://nobody@127.0.0.1:1/none")


async def get(path: str, **headers: str) -> Answer:
    return await call(
        app(), path=path, headers=[(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    )


async def test_the_page_loads_only_our_own_files() -> None:
    page = await get("/docs")
    html = page.body.decode()
    assert (page.status, page.one("content-type")) == (200, "text/html; charset=utf-8")
    assert '<meta charset="utf-8">' in html
    assert "://" not in html
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\son\w+=|javascript:|style=", html)
    for reference in re.findall(r'(?:src|href)="(docs/[^"]+)"', html):
        assert (await get(f"/{reference}")).status == 200


@pytest.mark.parametrize("path", ["/docs", "/docs/page.js", "/docs/swagger-ui-bundle.js"])
async def test_the_policy_allows_nothing_inline_or_foreign(path: str) -> None:
    policy = (await get(path)).one("content-security-policy")
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == directives["frame-ancestors"] == directives["form-action"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == directives["connect-src"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


@pytest.mark.parametrize("name", ["swagger-ui-bundle.js", "swagger-ui.css", "favicon-32x32.png", "page.js", "page.css"])
async def test_assets_are_cached_and_compressed(name: str) -> None:
    whole = await get(f"/docs/{name}")
    assert whole.one("cache-control") in {"public, max-age=3600, must-revalidate", "no-cache"}
    again = await get(f"/docs/{name}", if_none_match=whole.one("etag"))
    assert (again.status, again.body) == (304, b"")
    assert (await get(f"/docs/{name}", if_none_match='"other"')).status == 200
    packed = await get(f"/docs/{name}", accept_encoding="gzip, br")
    if name.endswith(".png"):
        assert packed.all("content-encoding") == []
    else:
        assert packed.one("content-encoding") == "gzip"
        assert gzip.decompress(packed.body) == whole.body
        assert "Accept-Encoding" in packed.all("vary")
        assert (await get(f"/docs/{name}", accept_encoding="gzip", if_none_match=packed.one("etag"))).status == 304


async def test_the_bundle_is_a_current_swagger_ui() -> None:
    found = re.search(rb'PACKAGE_VERSION:"(\d+)\.(\d+)\.', (await get("/docs/swagger-ui-bundle.js")).body)
    assert found is not None
    assert (int(found[1]), int(found[2])) >= (5, 30)


@pytest.mark.parametrize("path", ["/docs/nothing.js", "/docs/..%2fmain.py", "/docs/__init__.py", "/docs/"])
async def test_nothing_else_is_served(path: str) -> None:
    assert (await get(path)).status in {404, 422}


async def test_the_page_can_be_switched_off() -> None:
    for path in ("/docs", "/docs/swagger-ui-bundle.js"):
        assert (await call(app(enabled=False), path=path)).status == 404
