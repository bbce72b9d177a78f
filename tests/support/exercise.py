"""What the suite has exercised: operations, statuses and problem codes, gathered over all workers and held against the contract."""

import json
import os
import shutil
from collections import Counter
from pathlib import Path

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from tests.support import contract

FOLDER = Path(__file__).parents[2] / "build" / "exercised"
Shown = tuple[str, int, str]

shown: Counter[Shown] = Counter()


class Checked:
    """An application whose every answer is held against the contract; one that does not fit raises Undocumented."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or _is_preflight(scope):
            await self.app(scope, receive, send)
            return
        sent: list[Message] = []

        async def keep(message: Message) -> None:
            sent.append(message)

        await self.app(scope, receive, keep)
        # Checked before it is passed on: the caller then sees the check fail, not the answer that failed it.
        _check(scope["method"], scope["path"], sent)
        for message in sent:
            await send(message)


def _check(method: str, path: str, sent: list[Message]) -> None:
    if not sent:
        raise contract.Undocumented(f"{method} {path} was not answered")
    headers = [(name.decode("latin-1"), value.decode("latin-1")) for name, value in sent[0]["headers"]]
    body = b"".join(message.get("body", b"") for message in sent[1:])
    shown[contract.check(method, path, sent[0]["status"], headers, body)] += 1


def _is_preflight(scope: Scope) -> bool:
    return scope["method"] == "OPTIONS" and any(
        name == b"access-control-request-method" for name, _ in scope["headers"]
    )


def record(operation_id: str, status: int, code: str = "") -> None:
    """Count an answer that was checked elsewhere, of a service in another process."""
    shown[operation_id, status, code] += 1


def missing(exercised: set[Shown]) -> list[Shown]:
    """What the contract documents and nothing showed."""
    documented = {(name, *pair) for name, operation in contract.operations().items() for pair in operation.documented}
    return sorted(documented - exercised)


def begin(config: pytest.Config) -> None:
    """Give this run an id that its workers know too."""
    if not hasattr(config, "workerinput"):
        config.option.testrunuid = getattr(config.option, "testrunuid", None) or f"run-{os.getpid()}"


def save(config: pytest.Config) -> None:
    """Keep what this process has seen."""
    folder = _folder(config)
    folder.mkdir(parents=True, exist_ok=True)
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    (folder / f"{worker}.json").write_text(json.dumps(sorted([*key, count] for key, count in shown.items())))


def gathered(config: pytest.Config) -> set[Shown]:
    """What all processes of this run have seen; their files are removed."""
    folder = _folder(config)
    found = {(row[0], row[1], row[2]) for file in folder.glob("*.json") for row in json.loads(file.read_text())}
    shutil.rmtree(folder)
    return found


def _folder(config: pytest.Config) -> Path:
    workerinput: dict[str, str] = getattr(config, "workerinput", {})
    return FOLDER / (workerinput.get("testrunuid") or config.option.testrunuid)


def is_whole_suite(config: pytest.Config) -> bool:
    """Whether every test was asked for: no file, keyword or marker narrows the run."""
    option = config.option
    narrowed = option.keyword or option.collectonly or getattr(option, "lf", False) or getattr(option, "maxfail", 0)
    unmarked = option.markexpr in ("", "not fuzz")
    return not narrowed and unmarked and config.args == list(config.getini("testpaths"))
