"""What happened during a run: each operation's answers, and the checks that failed."""

import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from schemathesis.core.failures import CustomFailure, Failure

from generated.operations import OPERATIONS

#: Which check reports a failure of this class.
CHECKS: Final = {
    "AcceptedNegativeData": "negative_data_rejection",
    "AllowHeaderMismatch": "allow_header_conformance",
    "ContentTypeServerError": "not_a_server_error",
    "EnsureResourceAvailability": "ensure_resource_availability",
    "IgnoredAuth": "ignored_auth",
    "JsonSchemaError": "response_schema_conformance",
    "MalformedJson": "response_schema_conformance",
    "MissingContentType": "content_type_conformance",
    "MissingHeaderNotRejected": "missing_required_header",
    "MissingHeaders": "response_headers_conformance",
    "ObjectLevelAuthorizationViolation": "object_level_authorization",
    "RejectedPositiveData": "positive_data_acceptance",
    "ServerError": "not_a_server_error",
    "UndefinedContentType": "content_type_conformance",
    "UndefinedStatusCode": "status_code_conformance",
    "UnsupportedMethodResponse": "unsupported_method",
    "UseAfterFree": "use_after_free",
}


class Outcomes:
    """Counts answers by operation and by `status code` (`409 name_taken`), and failures by check."""

    def __init__(self) -> None:
        self._answers: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.failures: Counter[str] = Counter()

    def add(self, operation_id: str, status: int, code: str) -> None:
        """Count one answer."""
        self._answers[operation_id][f"{status} {code}".strip()] += 1

    def fail(self, failure: Failure) -> None:
        """Count one failure, by the name of its check."""
        if isinstance(failure, CustomFailure):
            self.failures[failure.title.partition("`")[2].rstrip("`") or failure.title] += 1
        else:
            name = type(failure).__name__
            self.failures[CHECKS.get(name, name)] += 1

    def read(self, path: Path) -> None:
        """Add what another run has counted; a run that ended early has left nothing."""
        if not path.exists():
            return
        found = json.loads(path.read_text())
        self.failures.update(found["failures"])
        for operation_id, answers in found["answers"].items():
            self._answers[operation_id].update(answers)

    def write(self, path: Path) -> None:
        """As JSON, for `read` and for people."""
        path.parent.mkdir(parents=True, exist_ok=True)
        answers = {operation_id: dict(counts) for operation_id, counts in self._answers.items()}
        path.write_text(json.dumps({"answers": answers, "failures": self.failures}, indent=1, sort_keys=True))

    def unanswered(self) -> list[str]:
        """The operations that never answered with their own success."""
        return [
            operation.operation_id
            for operation in OPERATIONS.values()
            if not self._answers[operation.operation_id][str(operation.success_status)]
        ]
