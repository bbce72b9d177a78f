"""Who may call what: every operation against every kind of credential, as the contract has it.

`python -m tests.support.matrix` writes the golden file; the change of a permission is then a visible diff.
"""

import json
from pathlib import Path

from generated.operations import ROLES, SCOPES
from tests.support import contract
from tests.support.contract import Documented

GOLDEN = Path(__file__).parents[1] / "promises" / "authorization_matrix.json"
REFUSED = ("none", "garbage", "wrong_environment", "expired", "revoked", "suspended")
Row = dict[str, str]


def scopes_of(operation: Documented) -> frozenset[str] | None:
    """The scopes that the credential must hold; None for a public operation."""
    security = operation.node.get("security", contract.document()["security"])
    return None if security == [] else frozenset(security[0]["bearer"])


def is_organization_wide(operation: Documented) -> bool:
    """Whether an actor of granted jobs is refused although it holds the scopes."""
    return "missing_grant" in operation.responses.get(403, {}).get("x-codes", [])


def expected(operation: Documented) -> Row:
    """What each credential gets: `ok`, or status and problem code."""
    needed = scopes_of(operation)
    if needed is None:
        return {"anybody": "ok"}
    row = dict.fromkeys(REFUSED, "401 invalid_token") | {"none": "401 unauthenticated"}
    for scope in sorted(SCOPES):
        row[f"key {scope}"] = "ok" if needed <= {scope} else "403 missing_scope"
    for role in ROLES.values():
        row[f"role {role.name}"] = _of_role(operation, needed, role.scopes, role.visibility)
    row["key of one job"] = _of_role(operation, needed, SCOPES, "granted_jobs")
    return row


def _of_role(operation: Documented, needed: frozenset[str], held: frozenset[str], visibility: str) -> str:
    if not needed <= held:
        return "403 missing_scope"
    return "403 missing_grant" if visibility == "granted_jobs" and is_organization_wide(operation) else "ok"


def whole() -> dict[str, Row]:
    """The matrix of the whole contract."""
    return {name: expected(operation) for name, operation in sorted(contract.operations().items())}


def main() -> None:
    GOLDEN.write_text(json.dumps(whole(), indent=1) + "\n")


if __name__ == "__main__":
    main()
