"""Check the contract: `python -m scripts.check_spec [file]`. Exit status 1 when anything is wrong, 2 when it cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from scripts.check_spec.document import DuplicateKey, load
from scripts.check_spec.rules import RULES, check
from scripts.check_spec.tools import openapi_spec_validator, redocly

DEFAULT = Path("spec/ats.v1.yaml")


def main(arguments: Sequence[str]) -> int:
    """Print each finding as `file:json-pointer: rule: message`."""
    path = Path(arguments[0]) if arguments else DEFAULT
    try:
        document = load(path)
    except (OSError, yaml.YAMLError, DuplicateKey) as error:
        sys.stderr.write(f"{path}: {error}\n")
        return 2
    findings = [*check(document), *openapi_spec_validator(document), *redocly(path)]
    for each in findings:
        sys.stdout.write(f"{path}:{each.pointer}: {each.rule}: {each.message}\n")
    operations = sum(1 for _ in document.operations())
    sys.stdout.write(f"{path}: {operations} operations, {len(RULES)} rules of ours, {len(findings)} findings\n")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
