"""All rules of ours in the order of their files."""

from __future__ import annotations

from scripts.check_spec import examples, links, operations, problems, schemas
from scripts.check_spec.document import Document, Finding

RULES = (*schemas.RULES, *operations.RULES, *problems.RULES, *links.RULES, *examples.RULES)


def check(document: Document) -> list[Finding]:
    """Every breach of every rule, sorted by place. Broken references hide the rest, which cannot be walked then."""
    broken = list(examples.references(document))
    return broken or sorted({finding for rule in RULES for finding in rule(document)})
