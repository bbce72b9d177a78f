"""The public tools that check the contract, too: openapi-spec-validator and redocly."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

from openapi_spec_validator import OpenAPIV31SpecValidator

from scripts.check_spec.document import Document, Finding, escape

ROOT = Path(__file__).resolve().parents[2]
REDOCLY = ROOT / ".tools/redocly/node_modules/.bin/redocly"
NODE = ROOT / ".tools/node/bin"
REDOCLY_SECONDS = 120


def openapi_spec_validator(document: Document) -> Iterator[Finding]:
    """What the validator of OpenAPI 3.1 finds."""
    for error in OpenAPIV31SpecValidator(document.data).iter_errors():
        pointer = "".join(f"/{escape(str(step))}" for step in error.absolute_path)
        yield Finding(pointer, "openapi-spec-validator", error.message[:300])


def redocly(path: Path) -> Iterator[Finding]:
    """What `redocly lint` finds with the rules of spec/redocly.yaml."""
    if not REDOCLY.exists():
        yield Finding("", "redocly", "it is not installed; run `make setup`")
        return
    # It would otherwise ask the registry for a newer version and report its use.
    environment = {
        **os.environ, "PATH": f"{NODE}:{os.environ.get('PATH', '')}",
        "REDOCLY_TELEMETRY": "off", "REDOCLY_SUPPRESS_UPDATE_NOTICE": "true",
    }  # fmt: skip
    done = subprocess.run(
        [str(REDOCLY), "lint", str(path), "--config", str(ROOT / "spec/redocly.yaml"), "--format=json"],
        capture_output=True, text=True, check=False, env=environment, timeout=REDOCLY_SECONDS,
    )  # fmt: skip
    try:
        problems = json.loads(done.stdout)["problems"]
    except (ValueError, KeyError):
        yield Finding("", "redocly", f"it did not run: {(done.stderr or done.stdout).strip()[:500]}")
        return
    for problem in problems:
        pointer = str(problem["location"][0].get("pointer", "")).removeprefix("#")
        yield Finding(pointer, f"redocly {problem['ruleId']}", str(problem["message"]))
