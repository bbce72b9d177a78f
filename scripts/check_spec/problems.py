"""Rules about problems: each refusal is one document with a code, and each code means one thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from scripts.check_spec.document import Document, Finding, Place, media

PROBLEM = "#/components/schemas/Problem"


def refusals(document: Document) -> Iterator[tuple[str, Place]]:
    """Every 4xx and 5xx answer with its status, also those to paths that no operation has."""
    for operation in document.operations():
        for status, response in operation.responses():
            if status[0] in "45":
                yield status, response
    for status, node in document.data.get("x-unrouted", {}).get("responses", {}).items():
        yield str(status), document.follow(f"/x-unrouted/responses/{status}", node)


def problem_documents(document: Document) -> Iterator[Finding]:
    """A refusal is a problem document that lists its codes, with an example of each."""
    for response in sorted({place.pointer for _, place in refusals(document)}):
        place = Place(response, document.find(f"#{response}"))
        content, codes = place.node.get("content", {}), place.node.get("x-codes", [])
        if list(content) != ["application/problem+json"]:
            yield Finding(response, "problem", "a refusal is application/problem+json and nothing else")
            continue
        body = next(media(place))
        if body.node.get("schema") != {"$ref": PROBLEM}:
            yield Finding(body.child("schema"), "problem", f"the schema is {PROBLEM}")
        if not codes or len(set(codes)) != len(codes):
            yield Finding(response, "problem", "x-codes lists the codes of this status, each once")
        if set(body.node.get("examples", {})) != set(codes):
            yield Finding(body.child("examples"), "problem", "there is one example per code, under its name")


def codes(document: Document) -> Iterator[Finding]:
    """Every code used is in ProblemCode, every code of ProblemCode is used, and each belongs to one status."""
    known = document.component("schemas").get("ProblemCode", {}).get("enum", [])
    pointer, by_code = "/components/schemas/ProblemCode", defaultdict(set)
    for status, response in refusals(document):
        for code in response.node.get("x-codes", []):
            by_code[code].add(status)
            if code not in known:
                yield Finding(f"{response.pointer}/x-codes", "problem-code", f"{code!r} is not in ProblemCode")
    for code in known:
        if code not in by_code:
            yield Finding(pointer, "problem-code", f"{code!r} is never answered")
        elif len(by_code[code]) > 1:
            yield Finding(pointer, "problem-code", f"{code!r} has several statuses: {', '.join(sorted(by_code[code]))}")


def examples(document: Document) -> Iterator[Finding]:
    """The example of a code has that code, its status and its type."""
    for status, response in refusals(document):
        for body in media(response):
            for name, node in body.node.get("examples", {}).items():
                example = document.follow(body.child("examples", name), node)
                value = example.node.get("value", {})
                said = (value.get("code"), str(value.get("status")), value.get("type"))
                if said != (name, status, f"/problems/{name}"):
                    yield Finding(
                        example.pointer, "problem-example", f"it says {said}, but stands for {name} of {status}"
                    )


RULES = (problem_documents, codes, examples)
