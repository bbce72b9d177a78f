"""What each operation answered during a run."""

from collections import Counter, defaultdict
from typing import Any

from generated.operations import OPERATIONS


class Outcomes:
    """Counts answers by operation and by `status code` (`409 name_taken`)."""

    def __init__(self) -> None:
        self._counts: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def add(self, operation_id: str, status: int, code: str) -> None:
        self._counts[operation_id][f"{status} {code}".strip()] += 1

    def merge(self, counts: dict[str, dict[str, int]]) -> None:
        """Add what another run has counted."""
        for operation_id, answers in counts.items():
            self._counts[operation_id].update(answers)

    def as_json(self) -> dict[str, Any]:
        return {operation_id: dict(answers) for operation_id, answers in self._counts.items()}

    @property
    def total(self) -> int:
        return sum(answers.total() for answers in self._counts.values())

    def unanswered(self) -> list[str]:
        """The operations that never answered with their own success."""
        return [
            operation.operation_id
            for operation in OPERATIONS.values()
            if not self._counts[operation.operation_id][str(operation.success_status)]
        ]
