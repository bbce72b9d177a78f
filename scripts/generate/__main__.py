"""`python -m scripts.generate` writes `generated/` anew; with `--check` it only compares and prints what differs."""

from __future__ import annotations

import argparse
import difflib
import json
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from scripts.generate import documents

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
SPEC = ROOT / "spec" / "ats.v1.yaml"
OUTPUT = ROOT / "generated"
SCHEMAS_TOOL = ROOT / ".tools" / "schemas" / "bin" / "datamodel-codegen"
STUBS_TOOL = ROOT / ".tools" / "stubs" / "bin" / "fastapi-codegen"
HEADER = "# generated from spec/ats.v1.yaml by `make generate`; do not edit\n"
SHARED_FLAGS = shlex.split("""
    --input-file-type openapi --target-python-version 3.11 --strict-refs --ignore-pyproject
    --use-annotated --strict-nullable --use-type-alias --use-standard-collections --use-union-operator --use-exact-imports
    --enum-field-as-literal none --use-specialized-enum --capitalise-enum-members
    --use-schema-description --use-field-description --use-single-line-docstring
    --use-double-quotes --disable-timestamp --formatters builtin
    --type-mappings string+uri=string string+uri-reference=string string+email=string string+password=string
""")
FAMILY_FLAGS: dict[str, list[str]] = {
    "enums": [],
    "requests": shlex.split("""
        --output-model-type pydantic_v2.BaseModel --target-pydantic-version 2.14 --use-missing-sentinel
        --deserialize-default-values enum --disable-future-imports
    """),
    "responses": shlex.split("""
        --output-model-type msgspec.Struct --base-class generated.contract.Resource --keyword-only
        --use-msgspec-tagged-unions --use-standard-primitive-types --output-datetime-class datetime
    """),
}
MODULES = {"__init__.py", "contract.py", "enums.py", "requests.py", "responses.py", "operations.py", "transitions.py"}


class GenerationError(RuntimeError):
    """A generator failed, or wrote less than it must."""


def build(spec: Path, work: Path) -> Path:
    """Generate everything inside the empty folder `work` and answer the new package's folder."""
    package = work / "generated"
    (package / "api").mkdir(parents=True)
    document = documents.load(shutil.copyfile(spec, package / "openapi.yaml"))
    families = documents.split(documents.with_query_schemas(document))
    for name, content in {"contract": document, **families}.items():
        (work / f"{name}.json").write_text(json.dumps(content), encoding="utf-8")
    shared = {name: f"generated.enums.{name}" for name in families["enums"]["components"]["schemas"]}
    with ThreadPoolExecutor() as pool:
        running = [pool.submit(_write_schemas, family, work, shared) for family in families]
        _write_stubs(work)
        for future in running:
            future.result()
    (package / "__init__.py").write_text('"""What the contract says, in Python."""\n', encoding="utf-8")
    shutil.copyfile(HERE / "contract.py", package / "contract.py")
    _format(package)
    (package / "openapi.json").write_text(
        json.dumps(document, ensure_ascii=False, indent=2) + "\n", encoding="utf-8", newline="\n"
    )
    _refuse_incomplete(package, document)
    return package


def _write_schemas(family: str, work: Path, enums: Mapping[str, str]) -> None:
    files = ["--input", f"{family}.json", "--output", f"generated/{family}.py"]
    imported = ["--type-overrides", json.dumps(enums)] if family != "enums" else []
    _run([SCHEMAS_TOOL, *files, *SHARED_FLAGS, *FAMILY_FLAGS[family], *imported], work)


def _write_stubs(work: Path) -> None:
    flags = ["--generate-routers", "--disable-timestamp", "--python-version", "3.11"]
    ours: list[str | Path] = ["--template-dir", HERE / "templates", "--custom-visitor", HERE / "visitor.py"]
    _run([STUBS_TOOL, "--input", "contract.json", "--output", "stubs", *flags, *ours], work)
    package, stubs = work / "generated", work / "stubs"
    written = {stubs / "operations.py": package, stubs / "transitions.py": package}
    written[stubs / "implementations.py"] = package / "api" / "__init__.py"
    written |= dict.fromkeys((stubs / "routers").glob("*.py"), package / "api")
    for source, target in written.items():
        if source.is_file():
            shutil.copy(source, target)


def _format(package: Path) -> None:
    """Our header on every module, unused imports out, one style."""
    modules = sorted(package.rglob("*.py"))
    for module in modules:
        body = module.read_text(encoding="utf-8").splitlines(keepends=True)
        while body and (body[0].startswith("#") or not body[0].strip()):
            body.pop(0)
        module.write_text(HEADER + "".join(body), encoding="utf-8", newline="\n")
    ruff: list[str | Path] = [Path(sys.executable).parent / "ruff"]
    style = ["--isolated", "--no-cache", "--quiet", "--target-version", "py311", "--line-length", "120"]
    first_party = ["--config", 'lint.isort.known-first-party = ["generated"]']
    _run([*ruff, "check", *style, *first_party, "--select", "F401,I", "--fix-only", *modules], package)
    _run([*ruff, "format", *style, "--config", "format.skip-magic-trailing-comma = true", *modules], package)


def _run(command: Sequence[str | Path], folder: Path) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": "0", "PYTHONPATH": str(ROOT), "TYPER_STANDARD_TRACEBACK": "1"}
    try:
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    except OSError as error:
        raise GenerationError(f"{command[0]} cannot be run ({error.strerror}): `make setup` installs it") from error
    if done.returncode:
        raise GenerationError(f"{command[0]} failed:\n{done.stdout}{done.stderr}")


def _refuse_incomplete(package: Path, document: Mapping[str, Any]) -> None:
    """A generator that wrote nothing, or not everything, must not replace what was there."""
    tags = {operation["tags"][0] for _, _, operation in documents.operations(document)}
    for name in sorted(MODULES | {f"api/{tag}.py" for tag in tags | {"__init__"}}):
        module = package / name
        if not module.is_file() or not module.read_text(encoding="utf-8").removeprefix(HEADER).strip():
            raise GenerationError(f"the generators wrote no generated/{name}")
    table = (package / "operations.py").read_text(encoding="utf-8")
    for _, _, operation in documents.operations(document):
        if f"\n{operation['operationId'].upper()}: Final" not in table:
            raise GenerationError(f"{operation['operationId']} is missing from generated/operations.py")


def differences(current: Path, wanted: Path) -> list[str]:
    """A unified diff from the current package to the wanted one; new and vanished files are in it."""
    before, after = _texts(current), _texts(wanted)
    lines: list[str] = []
    for name in sorted(before.keys() | after.keys()):
        if name not in after:
            lines.append(f"generated/{name}: not from the contract")
        elif name not in before:
            lines.append(f"generated/{name}: missing")
        elif before[name] != after[name]:
            texts = before[name].splitlines(keepends=True), after[name].splitlines(keepends=True)
            changed = difflib.unified_diff(*texts, f"generated/{name}", f"generated/{name} (wanted)")
            lines += (line.rstrip("\n") for line in changed)
    return lines


def _texts(package: Path) -> dict[str, str]:
    return {
        str(path.relative_to(package)): path.read_bytes().decode("utf-8", "backslashreplace")
        for path in package.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }


def replace(current: Path, wanted: Path) -> None:
    """Put the wanted package in the current one's place by renaming; both lie in one file system."""
    old = wanted.with_name("old")
    if current.exists():
        current.rename(old)
    wanted.rename(current)


def main(arguments: list[str] | None = None) -> int:
    """Exit status 0, or 1 when something differs (`--check`) or the generation failed."""
    parser = argparse.ArgumentParser(prog="python -m scripts.generate", description=__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when something differs")
    parser.add_argument("--spec", type=Path, default=SPEC, help="the contract (default: spec/ats.v1.yaml)")
    parser.add_argument("--output", type=Path, default=OUTPUT, help="the package to write (default: generated/)")
    chosen = parser.parse_args(arguments)
    output: Path = chosen.output.resolve()
    with tempfile.TemporaryDirectory(prefix=".generate-", dir=output.parent) as folder:
        try:
            wanted = build(chosen.spec.resolve(), Path(folder))
        except (GenerationError, documents.SpecError) as error:
            print(error, file=sys.stderr)
            return 1
        changes = differences(output, wanted)
        if changes and not chosen.check:
            replace(output, wanted)
    if changes and chosen.check:
        print(*changes, "generated/ is not what the contract gives: run `make generate`", sep="\n")
    return int(bool(changes) and chosen.check)


if __name__ == "__main__":
    sys.exit(main())
