"""The contract breaks no rule, and each rule catches the defect that it is there for."""

from __future__ import annotations

import functools
import pickle
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scripts.check_spec import __main__ as command
from scripts.check_spec import examples, links, operations, problems, schemas
from scripts.check_spec.document import Document, DuplicateKey, Finding, load
from scripts.check_spec.rules import RULES, check
from scripts.check_spec.tools import REDOCLY, openapi_spec_validator, redocly

SPEC = Path(__file__).resolve().parents[2] / "spec/ats.v1.yaml"
SMALL = Path(__file__).with_name("small.yaml")
Defect = Callable[[dict[str, Any]], object]
Rule = Callable[[Document], Iterator[Finding]]


def at(data: dict[str, Any], path: str) -> Any:
    """What stands at `a > b > c`; keys may hold slashes."""
    node: Any = data
    for key in path.split(" > "):
        node = node[int(key)] if isinstance(node, list) else node[key]
    return node


def drop(path: str) -> Defect:
    parent, _, key = path.rpartition(" > ")
    return lambda data: at(data, parent).pop(key)


def put(path: str, value: object) -> Defect:
    parent, _, key = path.rpartition(" > ")
    return lambda data: at(data, parent).__setitem__(int(key) if key.isdigit() and key < "100" else key, value)


def remove(path: str, value: object) -> Defect:
    return lambda data: at(data, path).remove(value)


def add(path: str, value: object) -> Defect:
    return lambda data: at(data, path).append(value)


def without_parameter(path: str, name: str) -> Defect:
    return lambda data: at(data, path).remove({"$ref": f"#/components/parameters/{name}"})


SCHEMAS = "components > schemas"
TITLE = f"{SCHEMAS} > JobCreate > properties > title"
PRIVATE = f"{SCHEMAS} > Job > properties > private_custom_fields"
JOBS = "paths > /api/v1/jobs"
JOB = "paths > /api/v1/jobs/{job_id}"
OPEN = "paths > /api/v1/jobs/{job_id}/open > post"
CREATED = f"{JOBS} > post > responses > 201"
APPLIED = "paths > /api/v1/applications > post > responses > 201 > links"

DEFECTS: dict[str, tuple[Rule, Defect]] = {
    # schemas
    "string without maxLength": (schemas.bounded_strings, drop(f"{TITLE} > maxLength")),
    "string without a pattern": (schemas.bounded_strings, drop(f"{TITLE} > pattern")),
    "header without maxLength": (schemas.bounded_strings, drop("components > parameters > IfMatch > schema > maxLength")),
    "pattern that admits NUL": (schemas.patterns, put(f"{TITLE} > pattern", "^.*$")),
    "pattern with a class of one engine": (schemas.patterns, put(f"{TITLE} > pattern", r"^\w+$")),
    "pattern with a lookahead": (schemas.patterns, put(f"{TITLE} > pattern", "^(?!x)[a-z]+$")),
    "pattern for a part only": (schemas.patterns, put(f"{TITLE} > pattern", "[a-z]+")),
    "integer without maximum": (schemas.bounded_numbers, drop(f"{SCHEMAS} > JobCreate > properties > openings_count > maximum")),
    "integer beyond its column": (
        schemas.bounded_numbers, put(f"{SCHEMAS} > JobCreate > properties > openings_count > maximum", 2**31),
    ),
    "float": (schemas.bounded_numbers, put(f"{SCHEMAS} > Money > properties > amount_minor > type", "number")),
    "array without maxItems": (schemas.bounded_arrays, drop(f"{SCHEMAS} > PipelinePut > properties > stages > maxItems")),
    "open request object": (schemas.closed_requests, drop(f"{SCHEMAS} > JobCreate > additionalProperties")),
    "open nested object": (schemas.closed_requests, put(f"{SCHEMAS} > Money > additionalProperties", value=True)),
    "optional response property": (schemas.complete_responses, remove(f"{SCHEMAS} > Job > required", "title")),
    "uuid of nothing": (schemas.resources, drop(f"{SCHEMAS} > ApplicationCreate > properties > job_id > x-resource")),
    "uuid of something unknown": (
        schemas.resources, put("components > parameters > JobId > schema > x-resource", "vacancy"),
    ),
    "personal data unmarked": (
        schemas.personal_data, drop(f"{SCHEMAS} > CandidateProfile > properties > full_name > x-pii"),
    ),
    "object under paths": (
        schemas.inline_objects, put(f"{JOBS} > post > requestBody > content > application/json > schema", {"type": "object"}),
    ),
    "allOf that narrows": (
        schemas.narrowing, put(f"{SCHEMAS} > OpeningUpdate", {"allOf": [
            {"$ref": "#/components/schemas/OpeningCreate"}, {"properties": {"external_id": {"type": "string"}}}]}),
    ),
    "map of anything": (schemas.closed_requests, put(f"{SCHEMAS} > CustomFieldValues > additionalProperties", value=True)),
    "map without end": (schemas.closed_requests, drop(f"{SCHEMAS} > CustomFieldValues > maxProperties")),
    "for a scope that nobody holds": (schemas.visible_to, put(f"{PRIVATE} > x-visible-to", ["jobs:rule"])),
    "for nobody": (schemas.visible_to, put(f"{PRIVATE} > x-visible-to", [])),
    "for some and required": (schemas.visible_to, add(f"{SCHEMAS} > Job > required", "private_custom_fields")),
    "for some in a part of a body": (
        schemas.visible_to, put(f"{SCHEMAS} > CandidateProfileCreate > properties > headline > x-visible-to", ["notes:admin"]),
    ),
    # operations
    "operationId in camel case": (operations.names, put(f"{JOBS} > get > operationId", "listJobs")),
    "operationId twice": (operations.names, put(f"{JOBS} > get > operationId", "get_job")),
    "no description": (operations.texts, drop(f"{OPEN} > description")),
    "undeclared tag": (operations.texts, put(f"{OPEN} > tags", ["vacancies"])),
    "second success": (operations.one_success, put(f"{OPEN} > responses > 202", {"description": "Later."})),
    "no rate class": (operations.limits, drop(f"{OPEN} > x-rate-class")),
    "no deadline": (operations.limits, drop(f"{OPEN} > x-deadline-seconds")),
    "no security": (operations.rights, drop(f"{OPEN} > security")),
    "scope that nobody holds": (operations.rights, put(f"{OPEN} > security", [{"bearer": ["jobs:rule"]}])),
    "role with an unknown scope": (operations.roles, add("x-roles > interviewer > scopes", "jobs:rule")),
    "role that no user has": (operations.roles, put("x-roles > owner", {"visibility": "organization", "scopes": []})),
    "organization-wide without its refusal": (operations.wide, put(f"{OPEN} > x-organization-wide", value=True)),
    "404 missing": (operations.statuses, drop(f"{OPEN} > responses > 404")),
    "412 missing": (operations.statuses, drop(f"{OPEN} > responses > 412")),
    "POST that cannot be retried": (operations.retries, without_parameter(f"{OPEN} > parameters", "IdempotencyKey")),
    "key for what only asks": (operations.asking, put(f"{OPEN} > x-safe", value=True)),
    "retry without its code": (operations.retries, remove(f"{OPEN} > responses > 409 > x-codes", "idempotency_in_progress")),
    "command without dry_run": (operations.commands, without_parameter(f"{OPEN} > parameters", "DryRun")),
    "command without effects": (operations.commands, drop(f"{SCHEMAS} > JobCommandResponse > properties > effects")),
    "201 without Location": (operations.headers, drop(f"{CREATED} > headers > Location")),
    "429 without Retry-After": (
        operations.headers, drop("components > responses > TooManyRequests > headers > Retry-After"),
    ),
    "list without Link": (operations.pages, drop(f"{JOBS} > get > responses > 200 > headers > Link")),
    "resource without ETag": (operations.entity_tags, drop(f"{JOB} > get > responses > 200 > headers > ETag")),
    "PATCH without If-Match": (operations.entity_tags, without_parameter(f"{JOB} > patch > parameters", "IfMatch")),
    "exploded array": (operations.lists_in_queries, put(f"{JOBS} > get > parameters > 2 > explode", value=True)),
    # problems
    "refusal as plain JSON": (
        problems.problem_documents, put("components > responses > NotFound > content", {"application/json": {"schema": {}}}),
    ),
    "refusal without codes": (problems.problem_documents, drop("components > responses > NotFound > x-codes")),
    "unknown code": (problems.codes, add(f"{OPEN} > responses > 409 > x-codes", "job_on_fire")),
    "unused code": (problems.codes, add(f"{SCHEMAS} > ProblemCode > enum", "job_on_fire")),
    "code of two statuses": (problems.codes, add(f"{OPEN} > responses > 409 > x-codes", "not_found")),
    "example of another code": (problems.examples, put("components > examples > NotFound > value > code", "missing_scope")),
    # links
    "link to nowhere": (links.broken_links, put(f"{CREATED} > links > open_job > operationId", "start_job")),
    "link with an unknown parameter": (links.broken_links, put(f"{CREATED} > links > open_job > parameters > id", "x")),
    "link without its path": (links.broken_links, drop(f"{CREATED} > links > open_job > parameters")),
    "link from an absent property": (
        links.broken_links, put(f"{CREATED} > links > open_job > parameters > job_id", "$response.body#/data/job_id"),
    ),
    "link with an unknown field": (links.broken_links, put(f"{APPLIED} > reject_application > requestBody", {"why": "x"})),
    "link with a wrong field": (links.broken_links, put(f"{APPLIED} > reject_application > requestBody", {"reason_id": 7})),
    "link with no such action": (links.broken_links, put(f"{APPLIED} > bulk_move > requestBody > action", "promote")),
    "201 without links": (links.created_links, drop(f"{CREATED} > links")),
    "list without its next page": (links.next_pages, drop(f"{JOBS} > get > responses > 200 > links > next_page")),
    "state outside the enum": (links.machines, add("x-transitions > job > states", "archived")),
    "transition by no operation": (
        links.machines, put("x-transitions > job > commands > 1 > operation", "start_job"),
    ),
    "refusal that is not declared": (links.machines, put("x-transitions > job > refused_with", "job_not_open")),
    "edge of the calendar to nowhere": (links.by_worker, put("x-transitions > consent > by_time > 0 > to", "flying")),
    "another outcome that is no state": (links.machines, put("x-transitions > offer > commands > 3 > or", ["flying"])),
    "edge of the worker to nowhere": (links.by_worker, put("x-transitions > task > by_worker > 1 > to", "flying")),
    "edge that no link walks": (links.walks, drop(f"{OPEN} > responses > 200 > links")),
    # examples
    "body without an example": (
        examples.present, drop(f"{JOBS} > post > requestBody > content > application/json > examples"),
    ),
    "example that does not fit": (examples.valid, put("components > examples > Job > value > data > status", "paused")),
    "example with a bad date": (
        examples.valid, put("components > examples > Opening > value > data > target_start_on", "2027-02-30"),
    ),
    "parameter example that does not fit": (examples.valid_parameters, put("components > parameters > Limit > example", 1000)),
    "default that does not fit": (examples.schema_examples, put(f"{SCHEMAS} > JobSort > default", "age")),
    "unused component": (examples.used_components, put("components > headers > Unused", {"schema": {"type": "string"}})),
    "broken reference": (examples.references, put(f"{TITLE}", {"$ref": "#/components/schemas/Titel"})),
}  # fmt: skip


def planted(defect: Defect) -> Document:
    """The contract with one defect."""
    document = contract()
    defect(document.data)
    return document


@functools.cache
def _kept() -> bytes:
    return pickle.dumps(load(SPEC).data)


def contract() -> Document:
    """A copy of the contract, which takes a second to read and no time to copy."""
    return Document(pickle.loads(_kept()))  # noqa: S301  # its own


def test_the_contract_breaks_no_rule() -> None:
    assert check(contract()) == []


def test_the_contract_satisfies_the_validator() -> None:
    assert list(openapi_spec_validator(contract())) == []


@pytest.mark.skipif(not REDOCLY.exists(), reason="redocly is not installed; `make check` installs and runs it")
def test_the_contract_satisfies_redocly() -> None:
    assert list(redocly(SPEC)) == []


@pytest.mark.parametrize("name", DEFECTS)
def test_a_planted_defect_is_found(name: str) -> None:
    rule, defect = DEFECTS[name]
    assert list(rule(planted(defect))) != []


def test_every_rule_has_a_planted_defect() -> None:
    assert {rule for rule, _ in DEFECTS.values()} == {*RULES, examples.references}


def test_the_validator_finds_a_default_outside_its_range() -> None:
    broken = planted(put("components > parameters > Limit > schema > default", 1000))
    assert list(openapi_spec_validator(broken)) != []


@pytest.mark.parametrize(
    "pattern", ["^[A-Za-z0-9_-]+$", r"^ *[^\x00-\x20\x7f][^\x00-\x1f\x7f]*$", r"^[0-9]+(\.[0-9]{1,6})?Z$"]
)
def test_a_portable_pattern_has_no_fault(pattern: str) -> None:
    assert list(schemas.pattern_faults(pattern, is_request=True)) == []


def test_a_key_written_twice_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "twice.yaml"
    path.write_text("openapi: 3.1.1\ninfo: {title: a, title: b}\n", encoding="utf-8")
    with pytest.raises(DuplicateKey, match="line 2"):
        load(path)
    assert command.main([str(path)]) == 2
    assert "stands here twice" in capsys.readouterr().err


def test_a_finding_names_file_place_rule_and_reason(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "broken.yaml"
    path.write_text(
        SMALL.read_text(encoding="utf-8").replace("operationId: get_pet\n", "operationId: getPet\n"), encoding="utf-8"
    )
    assert command.main([str(path)]) == 1
    wanted = f"{path}:/paths/~1pets~1{{number}}/get/operationId: operation-name: 'getPet' is not verb_noun"
    assert wanted in capsys.readouterr().out
