"""`generated/` is what the contract gives, and what the generators write means what the contract says."""

import dataclasses
import functools
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.routing import APIRoute
from starlette.responses import Response

from generated import api, operations
from scripts.generate import __main__ as generate
from scripts.generate import documents

SMALL = Path(__file__).with_name("small.yaml")


@functools.cache
def contract() -> dict[str, Any]:
    """The contract as it is written."""
    return documents.load(generate.SPEC)


# ------------------------------------------------------------------------------------------------ drift


@pytest.mark.promise("L1")
def test_generated_is_what_the_contract_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--check"]) == 0, capsys.readouterr().out


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of `generated/` to spoil."""
    return shutil.copytree(generate.OUTPUT, tmp_path / "generated", ignore=shutil.ignore_patterns("__pycache__"))


def test_a_hand_edit_is_noticed(copy: Path) -> None:
    module = copy / "enums.py"
    module.write_text(module.read_text() + "x = 1\n")
    assert "-x = 1" in generate.differences(copy, generate.OUTPUT)


@pytest.mark.parametrize(("find", "put"), [(b"\n", b"\r\n"), (b"}\n", b"}"), (b"paths", b"p\xffths")])
def test_every_byte_counts(copy: Path, find: bytes, put: bytes) -> None:
    document = copy / "openapi.json"
    document.write_bytes(document.read_bytes().replace(find, put))
    assert generate.differences(copy, generate.OUTPUT)


def test_an_extra_file_is_noticed(copy: Path) -> None:
    (copy / "api" / "extra.py").write_text("")
    assert generate.differences(copy, generate.OUTPUT) == ["generated/api/extra.py: not from the contract"]


def test_a_missing_file_is_noticed(copy: Path) -> None:
    (copy / "openapi.json").unlink()
    assert generate.differences(copy, generate.OUTPUT) == ["generated/openapi.json: missing"]


def test_compiled_files_do_not_count(copy: Path) -> None:
    (copy / "__pycache__").mkdir()
    (copy / "__pycache__" / "enums.cpython-311.pyc").write_bytes(b"\xff")
    assert generate.differences(copy, generate.OUTPUT) == []


@pytest.mark.parametrize("tool", ["SCHEMAS_TOOL", "STUBS_TOOL"])
@pytest.mark.parametrize("script", ["exit 0", "echo broken; exit 3"])
def test_a_generator_that_writes_nothing_replaces_nothing(
    copy: Path, tool: str, script: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    idle = copy.parent / "idle"
    idle.write_text(f"#!/bin/sh\n{script}\n")
    idle.chmod(0o755)
    monkeypatch.setattr(generate, tool, idle)
    assert generate.main(["--spec", str(SMALL), "--output", str(copy)]) == 1
    assert ("broken" if "broken" in script else "wrote no") in capsys.readouterr().err
    assert generate.differences(copy, generate.OUTPUT) == []
    assert sorted(path.name for path in copy.parent.iterdir()) == ["generated", "idle"]


def test_a_generator_that_is_not_installed_says_how_to_get_it(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(generate, "STUBS_TOOL", copy / "nowhere")
    assert generate.main(["--spec", str(SMALL), "--output", str(copy)]) == 1
    assert "make setup" in capsys.readouterr().err


def test_an_operation_that_the_generator_forgot_fails(copy: Path) -> None:
    table = copy / "operations.py"
    table.write_text(table.read_text().replace("\nOPEN_JOB: Final", "\nGONE: Final"))
    with pytest.raises(generate.GenerationError, match="open_job"):
        generate._refuse_incomplete(copy, contract())


# ------------------------------------------------------------------------------------------------ the whole contract


def test_every_operation_is_in_the_table() -> None:
    wanted = {
        (operation["operationId"], method.upper(), path) for path, method, operation in documents.operations(contract())
    }
    assert {(o.operation_id, o.method, o.path) for o in operations.OPERATIONS.values()} == wanted
    assert all(name == operation.operation_id for name, operation in operations.OPERATIONS.items())


def test_every_operation_has_exactly_one_route() -> None:
    fields = [field.name for field in dataclasses.fields(api.Implementations)]
    filled = {
        tag: _filled(getattr(sys.modules[f"generated.api.{tag}"], f"{documents.pascal(tag)}Operations"))
        for tag in fields
    }
    routers = api.routers(api.Implementations(**filled), _no_call)
    routes = [route for router in routers for route in router.routes if isinstance(route, APIRoute)]
    found = sorted((str(route.operation_id), route.path, *(route.methods or ())) for route in routes)
    assert found == sorted((o.operation_id, o.path, o.method) for o in operations.OPERATIONS.values())


def _no_call() -> Any:
    raise AssertionError("no request is made here")


def _filled(abstract: Any) -> Any:
    """An instance whose abstract methods are filled in."""
    return type("Filled", (abstract,), dict.fromkeys(abstract.__abstractmethods__, Response))()


@pytest.mark.parametrize("operation_id", sorted(operations.OPERATIONS))
def test_a_missing_method_is_named_at_start(operation_id: str) -> None:
    tag = operations.OPERATIONS[operation_id].tag
    abstract = getattr(sys.modules[f"generated.api.{tag}"], f"{documents.pascal(tag)}Operations")
    others = abstract.__abstractmethods__ - {operation_id}
    with pytest.raises(TypeError, match=rf"\b{operation_id}\b"):
        type("Unfinished", (abstract,), dict.fromkeys(others, Response))()


def test_the_document_is_served_as_it_is_written() -> None:
    assert (generate.OUTPUT / "openapi.yaml").read_bytes() == generate.SPEC.read_bytes()
    assert json.loads((generate.OUTPUT / "openapi.json").read_bytes()) == contract()


def test_operations_can_be_keys() -> None:
    assert len(set(operations.OPERATIONS.values())) == len(operations.OPERATIONS)


# ------------------------------------------------------------------------------------------------ what a contract may say


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a `generated` package made from `small.yaml`."""
    folder = tmp_path_factory.mktemp("small")
    assert generate.main(["--spec", str(SMALL), "--output", str(folder / "generated")]) == 0
    return folder


def _run(folder: Path, program: str) -> Any:
    """What `program` prints as JSON, with that folder's `generated` in place of ours."""
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    command = [sys.executable, "-c", f"import json\n{program}"]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_operations_carry_what_the_seam_needs(small: Path) -> None:
    program = """
from dataclasses import asdict
from generated.operations import CREATE_PET, GET_HEALTH, OPERATIONS, PROBLEM_CODES, SCOPES
from generated.transitions import TRANSITIONS
print(json.dumps([
    {k: v for k, v in asdict(CREATE_PET).items() if not k.endswith("schema")},
    [GET_HEALTH.public, sorted(SCOPES), PROBLEM_CODES, OPERATIONS["get_pet"].path_schema["required"],
     OPERATIONS["list_pets"].withheld, OPERATIONS["update_pet"].withheld],
    [[c.operation, c.sources, c.target, c.refused_with] for c in TRANSITIONS["pet"].commands],
], default=lambda value: sorted(value) if isinstance(value, frozenset) else str(value)))
"""
    create_pet, others, commands = _run(small, program)
    assert create_pet == {
        "operation_id": "create_pet",
        "method": "POST",
        "path": "/pets",
        "tag": "pets",
        "summary": "Create a pet",
        "success_status": 201,
        "rate_class": "read",
        "deadline_seconds": 0.5,
        "public": False,
        "scopes": ["pets:write"],
        "mutates": True,
        "is_list": False,
        "takes_idempotency_key": True,
        "takes_dry_run": False,
        "takes_if_match": False,
        "takes_if_none_match": False,
        "target": None,
        "location": "/pets/{number}",
        "location_parameters": {"number": "$response.body#/data/id"},
        "request_media_type": "application/json",
        "request_required": True,
        "takes_files": False,
        "response_media_types": ["application/json"],
        "response_headers": ["Location"],
        "problem_codes": {"409": ["pet_sold", "pet_gone"]},
        "withheld": [[["note"], ["pets:groom"]]],
        "reserved": {"tags": ["pets:groom", "pets:write"]},
        "deprecated": True,
        "sunset": "2027-01-31",
    }
    assert others == [True, ["pets:groom", "pets:write"], {"pet_gone": 409, "pet_sold": 409}, ["number"]] + [
        [[[*way, "note"], ["pets:groom"]]] for way in (["data", "*"], ["*"])
    ]
    assert commands == [["create_pet", [None], "new", "pet_sold"], ["get_pet", ["new"], "sold", "pet_gone"]]


def test_methods_are_typed_by_the_contract(small: Path) -> None:
    program = """
import inspect
from generated.api.pets import PetsOperations
from generated.api.service import ServiceOperations
from generated.contract import Uploads
print(json.dumps({
    name: str(inspect.signature(method)).replace(str(Uploads), "Uploads").replace("generated.", "").replace("~C", "C")
    for kind in (PetsOperations, ServiceOperations)
    for name, method in inspect.getmembers(kind, inspect.isfunction)
}))
"""
    assert _run(small, program) == {
        "create_pet": "(self, ctx: C, body: requests.PetCreate) -> responses.Pet",
        "delete_pet": "(self, ctx: C, number: int) -> None",
        "get_health": "(self, request: starlette.requests.Request) -> starlette.responses.Response",
        "get_pet": "(self, ctx: C, number: int) -> responses.Pet",
        "list_pets": "(self, ctx: C, query: requests.ListPetsQuery) -> responses.PetList",
        "show_pet": "(self, ctx: C, number: int, body: requests.PetPicture, uploads: Uploads) -> responses.Pet",
        "update_pet": "(self, ctx: C, number: int, body: requests.PetUpdate | None) -> list[responses.Pet]",
    }


def test_responses_print_what_the_contract_says(small: Path) -> None:
    program = """
import datetime, uuid, msgspec
from generated.enums import Kind, Sort
from generated.responses import Key, Pet
pet = Pet(
    id=uuid.UUID(int=1), kind=Kind.GUINEA_PIG, owner=Key(key_id=uuid.UUID(int=2)),
    born_at=datetime.datetime(2026, 1, 2, tzinfo=datetime.UTC), born_on=None,
)
print(json.dumps([json.loads(msgspec.json.encode(pet)), [member.name for member in Sort]]))
"""
    assert _run(small, program) == [
        {
            "id": "00000000-0000-0000-0000-000000000001",
            "kind": "guinea-pig",
            "owner": {"type": "key", "key_id": "00000000-0000-0000-0000-000000000002"},
            "born_at": "2026-01-02T00:00:00Z",
            "born_on": None,
        },
        ["BORN_ON", "BORN_ON_DESC"],
    ]


def test_routes_answer(small: Path) -> None:
    program = """
from typing import Any
from fastapi import FastAPI, Request
from starlette.responses import JSONResponse, Response
from starlette.testclient import TestClient
from generated.api import Implementations, routers
from generated.api.pets import PetsOperations
from generated.api.service import ServiceOperations

class Pets(PetsOperations[Any]):
    async def create_pet(self, ctx, body): return body.model_dump(mode="json")
    async def list_pets(self, ctx, query): return query.model_dump(mode="json")
    async def get_pet(self, ctx, number): return number
    async def update_pet(self, ctx, number, body): return [number, body and body.model_dump(mode="json")]
    async def delete_pet(self, ctx, number): return None
    async def show_pet(self, ctx, number, body, uploads): return [number, body.model_dump(mode="json"), list(uploads)]

class Service(ServiceOperations[Any]):
    async def get_health(self, request): return Response(request.url.path)

class Call:
    def __init__(self, request, content): self.request, self.content = request, content
    def path(self, name, kind): return kind(self.request.path_params[name])
    def query(self, kind): return kind.model_validate(dict(self.request.query_params))
    def body(self, kind): return kind.validate_python(self.content)
    def uploads(self): return ("a file",)
    async def answer(self, method, *arguments): return JSONResponse([method.__name__, await method(None, *arguments)])

async def call(request: Request):
    raw = await request.body()
    return Call(request, json.loads(raw) if raw else None)

app = FastAPI(openapi_url=None)
for router in routers(Implementations(pets=Pets(), service=Service()), call):
    app.include_router(router)
client = TestClient(app)
patch = {"headers": {"content-type": "application/merge-patch+json"}}
print(json.dumps([[response.status_code, response.text] for response in (
    client.post("/pets", json={"name": "tom", "chip_id": None, "site": "x:y"}),
    client.get("/pets?is_old=true"),
    client.patch("/pets/7", content='{"born_on": null}', **patch),
    client.patch("/pets/7"),
    client.delete("/pets/7"),
    client.get("/healthz"),
    client.put("/pets/7", json={"title": "asleep"}),
)]))
"""
    answers = _run(small, program)
    assert [status for status, _ in answers] == [200] * 7
    found = [json.loads(answers[index][1]) for index in range(5)]
    assert found == [
        ["create_pet", {"name": "tom", "kind": "cat", "chip_id": None, "site": "x:y"}],
        ["list_pets", {"limit": 3, "sort": "-born_on", "is_old": True}],
        ["update_pet", [7, {"born_on": None}]],
        ["update_pet", [7, None]],
        ["delete_pet", None],
    ]
    assert answers[5][1] == "/healthz"
    assert json.loads(answers[6][1]) == ["show_pet", [7, {"title": "asleep"}, ["a file"]]]


def test_a_drifted_signature_fails_the_type_check(small: Path) -> None:
    (small / "drifted.py").write_text(
        "from generated import requests, responses\nfrom generated.api.pets import PetsOperations\n\n\n"
        "class Pets(PetsOperations[object]):\n"
        "    async def get_pet(self, ctx: object, number: str) -> responses.Pet:\n        raise NotImplementedError\n"
    )
    mypy = [sys.executable, "-m", "mypy", "--strict", "--config-file", os.devnull, "--cache-dir", os.devnull]
    done = subprocess.run(
        [*mypy, "-p", "generated", "-m", "drifted"], cwd=small, capture_output=True, text=True, check=False
    )
    errors = [line for line in done.stdout.splitlines() if ": error:" in line]
    assert len(errors) == 1, done.stdout + done.stderr
    assert 'Argument 2 of "get_pet" is incompatible with supertype' in errors[0]


@pytest.mark.parametrize(
    ("find", "put", "complaint"),
    [
        ('kind: {$ref: "#/components/schemas/Kind", default: cat}', "kind: {type: string, enum: [a, b]}", "component"),
        ("explode: false", "explode: true", "kinds"),
        ("Unused: {", "ListPetsQuery: {", "ListPetsQuery"),
        ("parameters/", "parameters/", "no paths"),
        ("#/components/schemas/PetCreate", "#/components/schemas/Nowhere", "Nowhere"),
    ],
)
def test_what_cannot_be_expressed_is_refused(
    find: str, put: str, complaint: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = SMALL.read_text()
    spoiled = text.replace(find, put) if find in text else "paths: {}\n"
    (tmp_path / "spec.yaml").write_text(spoiled)
    assert generate.main(["--spec", str(tmp_path / "spec.yaml"), "--output", str(tmp_path / "generated")]) == 1
    assert complaint in capsys.readouterr().err
    assert not (tmp_path / "generated").exists()


def test_yaml_is_read_as_version_1_2(tmp_path: Path) -> None:
    path = tmp_path / "spec.yaml"
    path.write_text(
        "paths: {on: no, off: 2026-11-23, at: 12:30:00, b: true, y: Yes, n: ~, i: 12, o: 012, f: 1e3, s: '1'}"
    )
    texts = {"on": "no", "off": "2026-11-23", "at": "12:30:00", "y": "Yes", "o": "012", "s": "1"}
    assert documents.load(path)["paths"] == {**texts, "b": True, "n": None, "i": 12, "f": 1000.0}
