"""What schemathesis is told beyond the contract: what its values mean, how not to lock itself out, and checks of ours.

No operation is left out. `before_call` gives valid requests meaning (`aim`), gives each different write an idempotency key of
its own, and replaces what would end the run (the fuzzer's own key, the organization's demand for `If-Match`).
"""

import hashlib
import os
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

import schemathesis
from schemathesis import Case, CheckContext, HookContext, Response
from schemathesis.core import NotSet
from schemathesis.core.failures import Failure
from schemathesis.generation.meta import TestPhase
from schemathesis.openapi.checks import EnsureResourceAvailability, UseAfterFree
from schemathesis.transport.serialization import Binary

from generated.operations import OPERATIONS
from impl.core import answers
from scripts.fuzz import aim, fields, outcomes, transitions, world

OUTCOMES: Final = Path(os.environ.get("ATS_TEST_FUZZ_OUTCOMES", "build/fuzz-outcomes.json"))
#: What may refuse a request that fits its schema: the code says which rule beyond the schema it breaks.
MEANINGS: Final = frozenset(
    {
        "invalid_cursor",
        "cursor_mismatch",
        "idempotency_key_reused",
        "salary_range_invalid",
        "form_invalid",
        "answers_invalid",
        "unknown_time_zone",
        "duplicate_items",
        "instant_out_of_range",
        "date_out_of_range",
        "password_too_weak",
        "template_invalid",
        "variables_missing",
        "file_type_unsupported",
        "file_type_mismatch",
        "file_unsafe",
        "message_incomplete",
        "custom_fields_invalid",
        "search_query_invalid",
        "options_invalid",
        "pointer_unknown",
        "rubric_invalid",
    }
)
#: The fields of answers that hold ids of resources; others may hold any text, such as one that looks like an id.
RESOURCE_FIELDS: Final = frozenset(
    f"{name}_id"
    for name in (
        *world.NUMBERS,
        "organization",
        "parent",
        "reason",
        "resource",
        "conflicting",
        "actor",
        "template",
        "interviewer",
        "policy",
        "requested_by",
    )
) | {"id", "job_ids", "interviewer_ids", "approver_ids"}
#: What a key cannot do: these are sent by the user who holds the planted interviews and decides on the planted approvals.
USERS_OWN: Final = frozenset({"put_scorecard", "submit_scorecard", "decide_approval"})
#: Commands that change the row which their body names in this field, and not the one in the path.
ABOUT_BODY: Final = {"merge_candidates": "duplicate_id"}
BOUNDARY: Final = "ats-fuzz-boundary"
OWN_KEY: Final = world.ALICE.id(world.OWN_KEY)
SPARE_KEY: Final = world.ALICE.id(world.SPARES["api_key"][0])

_sign_outs = iter(world.session_tokens())
_interviewer = world.interviewer_token()
_own_authorization = f"Bearer {world.credential('alice')}"
_seen = outcomes.Outcomes()
_aim = aim.Aim()
_deleted: set[str] = set()
#: By the path of what was created: the ids that it belongs to.
_created: dict[str, frozenset[str]] = {}
_states = transitions.States()


@schemathesis.hook
def before_call(context: HookContext, case: Case[Any], kwargs: dict[str, Any]) -> None:
    """Make one request meaningful, and safe for the requests after it."""
    operation_id = case.operation.definition.raw["operationId"]
    if _is_positive(case) and case.meta is not None and case.meta.phase.name is not TestPhase.EXAMPLES:
        _give_meaning(operation_id, case, is_linked=case.meta.phase.name is TestPhase.STATEFUL)
    if "Idempotency-Key" in (case.headers or ()) and _is_positive(case):
        case.headers["Idempotency-Key"] = _salt(case).hex()
    if operation_id == "revoke_api_key" and case.path_parameters.get("api_key_id") == str(OWN_KEY):
        case.path_parameters["api_key_id"] = str(SPARE_KEY)
    if operation_id == "upload_attachment" and _is_positive(case):
        _upload(case, kwargs)
    if operation_id == "update_organization":
        _keep_usable(case.body, _salt(case))
    if operation_id in ("create_approval_policy", "update_approval_policy"):
        _keep_quiet(operation_id, case.body)
    _sign(operation_id, case)


def _sign(operation_id: str, case: Case[Any]) -> None:
    """What a key cannot do is sent by who can; each sign-out ends a session of its own."""
    if operation_id in USERS_OWN and case.headers.get("Authorization") == _own_authorization:
        case.headers["Authorization"] = f"Bearer {_interviewer}"
    if operation_id == "delete_current_session" and case.headers.get("Authorization") == _own_authorization:
        case.headers["Authorization"] = f"Bearer {next(_sign_outs)}"


def _upload(case: Case[Any], kwargs: dict[str, Any]) -> None:
    """A schema cannot say what a file is: most of the time send a text instead of the bytes that were generated, never the same."""
    salt, body = _salt(case), case.body
    if salt[3] < aim.KEPT and isinstance(body, MutableMapping) and isinstance(body.get("file"), Binary):
        return
    kind = str(body.get("kind", "other")) if isinstance(body, MutableMapping) else "other"
    head = 'Content-Disposition: form-data; name="{}"'
    parts = [
        head.format("kind") + f"\r\n\r\n{kind}",
        head.format("file") + f'; filename="{salt.hex()[:8]}.txt"\r\nContent-Type: text/plain\r\n\r\n{salt.hex()}',
    ]
    kwargs["data"] = "".join(f"--{BOUNDARY}\r\n{part}\r\n" for part in parts).encode() + f"--{BOUNDARY}--\r\n".encode()
    case.headers["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"


def _give_meaning(operation_id: str, case: Case[Any], *, is_linked: bool) -> None:
    salt = _salt(case)
    # A form with a file that is changed counts as wrong from then on: schemathesis cannot hold it against its schema again.
    body = None if any(isinstance(part, Binary) for part in _parts(case.body)) else case.body
    _aim.take(operation_id, iter((case.path_parameters, case.query, body)), salt, is_linked=is_linked)
    fields.fit(operation_id, case.query, body, salt)
    if salt[2] >= aim.KEPT:
        _aim.answer(body)
    _aim.pair((case.path_parameters or {}).get("job_id"), body)
    if "If-Match" in (case.headers or ()) and salt[0] >= aim.KEPT * 2:
        case.headers["If-Match"] = "*"


@schemathesis.hook
def after_call(context: HookContext, case: Case[Any], response: Response) -> None:
    """Count what each operation has answered, and learn from it."""
    operation_id = case.operation.definition.raw["operationId"]
    if response.status_code < 300:
        _aim.learn(_text(response))
    _remember_deletion(operation_id, case, response)
    _seen.add(operation_id, response.status_code, _code(response))


@schemathesis.hook
def filter_failure(context: HookContext, failure: Failure, case: Case[Any], response: Response) -> bool:
    """Keep a failure, unless a rule of the contract that schemathesis does not know explains the answer: a deleted candidate was
    restored since, or not the resource in the path is missing but one that the body names."""
    if isinstance(failure, UseAfterFree):
        is_kept = _deleted.issuperset((case.path_parameters or {}).values())
    else:
        is_kept = not isinstance(failure, EnsureResourceAvailability) or _code(response) != "reference_not_found"
    if is_kept:
        _seen.fail(failure)
    return is_kept


@schemathesis.check
def refused_by_meaning(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A request that fits its schema is refused with 400 or 422 only by a rule that a schema cannot say."""
    if not _is_positive(case) or response.status_code not in (400, 422):
        return
    code = _code(response)
    if code not in MEANINGS:
        raise AssertionError(f"A valid request was refused with {response.status_code} {code}: {_text(response)[:500]}")


@schemathesis.check
def no_foreign_rows(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """An answer to alice never holds a row of the other organization: no field that names a resource names one of bob's."""
    if case.auth_identity != "alice" or world.FOREIGN not in _text(response):
        return
    told = response.json()
    leaked = sorted({f"{name}={value}" for name, value in _foreign(told)})
    if leaked:
        raise AssertionError(f"An answer to alice holds rows of bob: {', '.join(leaked[:10])}")


@schemathesis.check
def created_is_there(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """What a 201 pointed at can be read. (`ensure_resource_availability` looks only at requests without optional parameters.)"""
    if case.auth_identity != "alice":
        return
    if response.status_code == 201:
        owners = frozenset(aim.UUID.findall(_text(response)))
        _created.update(dict.fromkeys(response.headers.get("location", []), owners))
    path = urlsplit(response.request.url or "").path
    if response.request.method == "GET" and path in _created and _code(response) == "not_found":
        raise AssertionError(f"{path} was created and cannot be found")


@schemathesis.check
def answered_as_documented(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """The answer is one that the contract documents: status, code, headers, and no property that is not named."""
    if response.request.method == "OPTIONS":
        return
    path = unquote(urlsplit(response.request.url or "").path)
    headers = [(name, value) for name, values in response.headers.items() for value in values]
    try:
        answers.check(response.request.method or "", path, response.status_code, headers, response.content)
    except answers.Undocumented as undocumented:
        raise AssertionError(undocumented.reason) from None


@schemathesis.check
def transitions_hold(ctx: CheckContext, response: Response, case: Case[Any]) -> None:
    """A command does to a status what the contract's table says, and nothing else."""
    if case.auth_identity != "alice" or "idempotency-replayed" in response.headers:
        return
    told, body = _about(case, response), _json(response)
    wrong = _states.wrong(*told, body)
    if not _is_dry(case):
        _states.learn(*told, body)
    if wrong is not None:
        raise AssertionError(wrong)


@schemathesis.check
class AtTheEnd:
    """Writes down what was seen, for the summary and the gate."""

    def after_response(self, ctx: CheckContext, response: Response, case: Case[Any]) -> None:
        """Nothing to say about one answer: `after_call` has counted it."""

    def after_run(self, ctx: CheckContext) -> None:
        """The run is over."""
        _seen.write(OUTCOMES)


def _about(case: Case[Any], response: Response) -> tuple[str, str, int]:
    """The operation, the row that it is for, and the status."""
    operation = OPERATIONS[case.operation.definition.raw["operationId"]]
    is_own_method = response.request.method == operation.method
    if not is_own_method:
        return "", "", response.status_code
    named: Any = case.path_parameters or {}
    field = operation.target or ""
    if operation.operation_id in ABOUT_BODY:
        named, field = case.body if isinstance(case.body, MutableMapping) else {}, ABOUT_BODY[operation.operation_id]
    return operation.operation_id, str(named.get(field, "")), response.status_code


def _is_dry(case: Case[Any]) -> bool:
    return str((case.query or {}).get("dry_run", "")).lower() == "true"


def _json(response: Response) -> Any:
    try:
        return response.json()
    except ValueError:
        return None


def _foreign(node: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """The fields of an answer that name rows of bob. A bulk command says of each id it was given what became of it: that it found
    none is no row."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key != "application_id" or node.get("status") != 404:
                yield from _foreign(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _foreign(value, name)
    elif isinstance(node, str) and node.startswith(world.FOREIGN) and name in RESOURCE_FIELDS:
        yield name, node


def _remember_deletion(operation_id: str, case: Case[Any], response: Response) -> None:
    """What was deleted is gone, and so is what belongs to it."""
    ids = (case.path_parameters or {}).values()
    if response.request.method == "DELETE" and response.status_code == 204:
        for path in [path for path, owners in _created.items() if not owners.isdisjoint(ids)]:
            del _created[path]
    if (operation_id, response.status_code) == ("delete_candidate", 204):
        _deleted.update(ids)
    elif (operation_id, response.status_code) == ("restore_candidate", 200) and not _is_dry(case):
        _deleted.difference_update(ids)


def _is_positive(case: Case[Any]) -> bool:
    return case.meta is not None and case.meta.generation.mode.is_positive


def _salt(case: Case[Any]) -> bytes:
    """A hash of the whole request: a different one never meets its idempotency key, the same one again is answered from the kept
    answer."""
    headers = sorted((case.headers or {}).items())
    body = None if isinstance(case.body, NotSet) else case.body  # the marker's repr is its address
    files = [
        part.data for part in _parts(body) if isinstance(part, Binary)
    ]  # the repr of one does not tell what it holds
    content = (case.operation.label, case.path_parameters, case.query, headers, body, files)
    return hashlib.sha256(repr(content).encode("utf-8", "surrogatepass")).digest()


def _parts(body: Any) -> Iterator[Any]:
    """The values of a form, those of its arrays one by one."""
    for value in body.values() if isinstance(body, MutableMapping) else ():
        yield from value if isinstance(value, list) else [value]


def _keep_usable(body: Any, salt: bytes) -> None:
    """Nothing may demand `If-Match` of everybody, and most of the time words can be searched for."""
    settings = body.get("settings") if isinstance(body, MutableMapping) else None
    if isinstance(settings, MutableMapping):
        if settings.get("require_if_match") is True:
            settings["require_if_match"] = False
        if settings.get("full_text_search") is False and salt[1] >= aim.KEPT:
            settings["full_text_search"] = True


def _keep_quiet(operation_id: str, body: Any) -> None:
    """A policy asks for nothing, as it is for a department without jobs; and each approver is named once in a step."""
    if not isinstance(body, MutableMapping):
        return
    if ("department_id" not in body and operation_id == "create_approval_policy") or body.get(
        "department_id", 0
    ) is None:
        body["department_id"] = str(world.ALICE.id(world.SPARES["quiet_department"][0]))
    steps = body.get("steps")
    for step in steps if isinstance(steps, list) else ():
        if isinstance(step, dict) and isinstance(step.get("approver_ids"), list) and len(step["approver_ids"]) > 1:
            staff = {str(world.ALICE.id(number)) for number in world.SPARES["staff"]}
            if staff.issuperset(filter(None, map(str, step["approver_ids"]))):
                step["approver_ids"] = sorted(set(step["approver_ids"]))


def _code(response: Response) -> str:
    """The code of a problem; empty for any other answer."""
    body = _json(response) if response.status_code >= 400 else None
    return str(body.get("code", "")) if isinstance(body, dict) else ""


def _text(response: Response) -> str:
    return response.content.decode("utf-8", "replace")
