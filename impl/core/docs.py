"""The API reference at `/docs`: Swagger UI served by us, without a CDN, an inline script or a request to another host.

The assets come from the package fastapi-swagger (MIT; it ships the files of swagger-ui-dist, Apache-2.0, a few weeks after each
release). Only its files are used, never its code. The page reads `/openapi.json` and sends its trial requests to this server.
"""

import gzip
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from impl.core.render import is_same

_PACKAGE: Final = "fastapi_swagger"
_FOLDER: Final = "resources"
_SHIPPED: Final = {
    "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
    "swagger-ui.css": "text/css; charset=utf-8",
    "favicon-32x32.png": "image/png",
}
_CSP: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# Addresses are relative to the page, so that it also works below a proxy's prefix.
_PAGE: Final = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>API reference</title>
<link rel="icon" type="image/png" href="docs/favicon-32x32.png">
<link rel="stylesheet" href="docs/swagger-ui.css">
<link rel="stylesheet" href="docs/page.css">
</head>
<body>
<div id="reference"></div>
<noscript>This page needs JavaScript. The same reference as a document: <a href="openapi.yaml">openapi.yaml</a>.</noscript>
<script src="docs/swagger-ui-bundle.js"></script>
<script src="docs/page.js"></script>
</body>
</html>
"""

# validatorUrl: null, or the page would show this document to a foreign validator. A pasted key is forgotten on reload.
_SCRIPT: Final = """"use strict";
SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#reference",
  validatorUrl: null,
  queryConfigEnabled: false,
  deepLinking: true,
  docExpansion: "list",
  defaultModelsExpandDepth: 0,
  displayOperationId: true,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: false,
  tryItOutEnabled: true,
  presets: [SwaggerUIBundle.presets.apis],
  layout: "BaseLayout",
});
"""
_STYLE: Final = (
    "body { margin: 0; background: #fafafa; }\nnoscript { display: block; padding: 2rem; font-family: sans-serif; }\n"
)


@dataclass(frozen=True)
class Asset:
    """A file held in memory with what HTTP needs of it."""

    body: bytes
    media_type: str
    cache_control: str

    @cached_property
    def etag(self) -> str:
        """Strong, from the content."""
        return f'"{sha256(self.body).hexdigest()[:32]}"'

    @cached_property
    def gzipped(self) -> bytes:
        """The body compressed, made at the first request that wants it."""
        return gzip.compress(self.body, compresslevel=6, mtime=0)

    def answer(self, request: Request) -> Response:
        """304 when the caller has it, otherwise the whole file, compressed when the caller takes that."""
        headers = {
            "ETag": self.etag,
            "Cache-Control": self.cache_control,
            "Content-Security-Policy": _CSP,
            "Vary": "Accept-Encoding",
        }
        body = self.body
        if not self.media_type.startswith("image/") and "gzip" in request.headers.get("accept-encoding", ""):
            body = self.gzipped
            headers["Content-Encoding"] = "gzip"
            headers["ETag"] = f'{self.etag[:-1]}-gzip"'  # another representation has another strong tag
        if is_same(request.headers.get("if-none-match", ""), headers["ETag"]):
            return Response(status_code=304, headers=headers)
        return Response(body, headers=headers, media_type=self.media_type)


class Docs:
    """The page and the files that it loads."""

    def __init__(self) -> None:
        self.page = Asset(_PAGE.encode(), "text/html; charset=utf-8", "no-cache")
        self.assets = _assets()


def _assets() -> dict[str, Asset]:
    folder = _resources()
    cache = "public, max-age=3600, must-revalidate"
    shipped = {name: Asset((folder / name).read_bytes(), media_type, cache) for name, media_type in _SHIPPED.items()}
    return shipped | {
        "page.js": Asset(_SCRIPT.encode(), "text/javascript; charset=utf-8", "no-cache"),
        "page.css": Asset(_STYLE.encode(), "text/css; charset=utf-8", "no-cache"),
    }


def _resources() -> Path:
    # Found without importing it: only its files are wanted.
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError(f"the package {_PACKAGE}, which ships the files of /docs, is not installed")
    return Path(spec.submodule_search_locations[0]) / _FOLDER
