"""The contract as the tests see it: what it documents, and whether an answer is part of that."""

from pathlib import Path

from impl.core.answers import (
    AT_THE_EDGE,
    PROBLEM,
    Documented,
    Headers,
    Json,
    Undocumented,
    check,
    document,
    operation_at,
    operations,
    resolve,
    validator,
)

SPEC = Path(__file__).parents[2] / "spec" / "ats.v1.yaml"

__all__ = [
    "AT_THE_EDGE",
    "PROBLEM",
    "SPEC",
    "Documented",
    "Headers",
    "Json",
    "Undocumented",
    "check",
    "document",
    "operation_at",
    "operations",
    "resolve",
    "validator",
]
