"""Writes PROMISES.md: every promise, the tests that prove it, and how they last went.

Run the tests first (`make test`): they leave their outcomes in `build/promises.json`. `--check` writes nothing and fails when a
promise has no test, or a test of it did not pass.
"""

import argparse
import json
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "build" / "promises.json"
TARGET = ROOT / "PROMISES.md"

PROMISES = {
    "A1": "No operation shows or changes another organization's data, whichever id, cursor or key it is given.",
    "A2": "Row-level security and the service's own predicate are each enough alone; the catalogue says so for every table.",
    "A3": "No organization's context leaks through a pooled connection to another one's transaction.",
    "A4": "Every operation answers every kind of credential as the contract's scopes and roles say; a refusal changes nothing.",
    "A5": "A change of rights bites at once: at the next request, in every process, and for what was begun before.",
    "A6": "Nothing can be set that the contract does not offer, in a body or in a query.",
    "A7": "Nobody reads what is meant for others: who sees a thing is decided by scope and authorship.",
    "A8": "Nothing outside one's organization and granted jobs can be noticed by a filter, an order, a count, a facet, a cursor or an error.",
    "A9": "Signing in and applying tell nobody which addresses are known, in words, work or time, and are limited.",
    "B1": "No request causes a 5xx, and none is wrongly accepted; what is stored reads back identical.",
    "B2": "Bodies are bounded in size and time, also without an announced length; strangers are answered before their body.",
    "B4": "Each operation has a deadline that stops its query in the database and gives its connection back.",
    "C1": "What a file is, its content says; what disguises itself, is encrypted or carries macros is refused, and nothing of it is kept.",
    "C2": "A container is counted while it is read: members, sizes, names, and what stands before and behind it.",
    "C3": "A stranger's file is read in a process that ends within its limits, can do nothing else, and leaves nothing; the next one is read.",
    "C4": "A file's name is data: it lies under ids of ours, and its name comes back as it was.",
    "C5": "What is downloaded is inert: an attachment without a script, a frame or a guess at its type.",
    "C6": "A link works for one file, one method and a short time, and for nobody once the file is gone.",
    "C7": "What lies in the storage and what the tables say agree, also after deaths; what was altered is noticed.",
    "C8": "With a virus scanner, what it has not looked at waits, is handed to nobody and is not read; what it finds something in stays so.",
    "D1": "The same idempotency key means one effect, for every POST, however many requests come at once.",
    "D2": "A service killed at any point of a POST leaves nothing half-done; a retry ends as a single run does.",
    "D3": "No update is lost: preconditions are honoured, and what happens at once could have happened in some order.",
    "D4": "A seat is filled once, however many hires are tried at once.",
    "D5": "Deadlocks and serialization failures are tried again, unseen.",
    "D6": "A walk over the pages shows every row that stays exactly once, whatever comes and goes.",
    "E1": "An event stands there if, and only if, its change was committed; the feed never skips a late commit.",
    "E2": "A worker killed anywhere loses no task and repeats no effect that was noted; others take its tasks up.",
    "E3": "What always fails ends as a dead letter that a person sees; one organization's pile delays no other.",
    "E4": "What happens by the clock happens once per slot, whoever keeps the clock.",
    "E5": "A worker that must stop finishes its tasks or puts them back.",
    "G1": "A model that fails, hangs, drips or talks nonsense delays no application: few tries, a deadline, a breaker, a reason, the parser's profile.",
    "G2": "A resume that talks a model into anything changes nothing but its own profile, and there only to what stands in its text.",
    "G3": "A model is sent the visible text of one resume and nothing else; contact data stay here if so wished, and all of it when it is off.",
    "H1": "A dump of the database, its files and its log show no personal data without the master key.",
    "H2": "A sealed value opens only in its own organization, table, column and row, and unaltered.",
    "H3": "Keys are rotated while the service runs.",
    "H4": "Blind indexes find equal addresses inside an organization, differ between organizations, and never show.",
    "H5": "Credentials have 160 secret bits, are shown once, stored as a hash, and compared in constant time.",
    "I2": "A database that restarts, drops links or refuses costs 503s only, and the service heals by itself.",
    "H6": "Erasing is complete: nothing of the person is left in any table, file or kept answer, and the numbers stay.",
    "H7": "Retention does what its dry run shows, on time, once, and never to whom a hold is on.",
    "H8": "The export holds every field of a person that the list of tables knows.",
    "J1": "No personal datum and no secret reaches a log line, a metric or an error body.",
    "J2": "Every log line is one JSON object with its request, organization and actor; none can be forged.",
    "J3": "An error's body tells nothing of the inside, and its request id is in the log.",
    "J4": "Metrics have bounded labels: what is asked for adds no series.",
    "J5": "Alive is not ready: without its database the service lives, says 503, and heals by itself.",
    "J6": "History is only ever added to.",
    "K5": "The service refuses to start with unsafe settings or a database role that is not bound.",
    "L1": "A path takes the methods of the contract and no others; HEAD is GET without its body.",
    "L2": "Every answer carries the security headers, errors too.",
    "L3": "The reference page is served by us alone, under its own strict policy, and can be switched off.",
    "L4": "Only listed origins may read answers from a browser.",
    "L5": "Forwarded addresses count only from trusted proxies.",
    "L6": "Who calls too often is told so, with the time to wait.",
    "L7": "The routes are exactly the contract's, every answer is documented, and nothing documented is untested.",
}


def rows(results: dict[str, dict[str, dict[str, int]]]) -> list[tuple[str, str, str, str]]:
    """Id, promise, tests and last result of each promise."""
    found = []
    for promise in sorted({*PROMISES, *results}):
        tests = results.get(promise, {})
        links = "<br>".join(f"`{name.removeprefix('tests/')}`" for name in sorted(tests))
        found.append((promise, PROMISES.get(promise, "(no text yet)"), links or "none", _result(tests)))
    return found


def _result(tests: dict[str, dict[str, int]]) -> str:
    if not tests:
        return "no test has run"
    passed = sum(outcomes.get("passed", 0) for outcomes in tests.values())
    failed = sorted(name for name, outcomes in tests.items() if outcomes.get("failed"))
    if failed:
        return f"**failed**: {', '.join(name.rpartition('::')[2] for name in failed)}"
    return f"passed, {passed} cases"


def render(results: dict[str, dict[str, dict[str, int]]]) -> str:
    """The document."""
    lines = [
        "# Promises",
        "",
        "Each promise, the tests that prove it, and how they last went. Made by `make promises` from a run of the tests; most tests are",
        "generated from the contract, so that a new operation is covered the moment it is in the spec.",
        "",
        "| Id | Promise | Tests | Last result |",
        "|---|---|---|---|",
        *(f"| {promise} | {text} | {tests} | {result} |" for promise, text, tests, result in rows(results)),
        "",
    ]
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; fail for a promise without a passing test")
    check = parser.parse_args().check
    results = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    unproven = [promise for promise, _, _, result in rows(results) if not result.startswith("passed")]
    if not check:
        TARGET.write_text(render(results))
        print(f"{TARGET.name}: {len(rows(results))} promises, {len(unproven)} unproven {unproven or ''}".rstrip())
        return 0
    if unproven:
        print("unproven: " + ", ".join(unproven))
    return 1 if unproven else 0


if __name__ == "__main__":
    sys.exit(main())
