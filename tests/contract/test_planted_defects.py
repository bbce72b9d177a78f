"""The fuzzing gate turns red for each planted defect, by the check that is there for it."""

from pathlib import Path
from typing import Any

import pytest

from scripts.fuzz import planted as prover
from scripts.fuzz import world
from scripts.fuzz.aim import Aim
from scripts.fuzz.service import Round, run
from scripts.fuzz.transitions import States
from tests.contract.planted import DEFECTS

pytestmark = pytest.mark.promise("B1")
ROW = "0198c0ff-ee00-7000-8000-000000004001"
# Enough of the gate for a defect of departments, in seconds.
ALONE = ("--include-operation-id", "list_departments", "--include-operation-id", "create_department")


@pytest.fixture(autouse=True)
def _own_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two workers never write the same reports."""
    monkeypatch.setattr("scripts.fuzz.service.OUTPUT", tmp_path)


@pytest.mark.timeout(180)
def test_a_sound_service_passes(tmp_path: Path) -> None:
    """Without this, a gate that always fails would pass for one that finds everything."""
    result = run(Round("sound", (("--phases", "coverage", *ALONE),)), tmp_path, quiet=True)
    assert (result.exit_code, dict(result.outcomes.failures)) == (0, {})
    assert result.requests > 50


@pytest.mark.timeout(180)
@pytest.mark.parametrize("name", ["no_auth"])
def test_the_gate_turns_red(name: str) -> None:
    assert prover.judge(name, DEFECTS[name]).is_found


@pytest.mark.fuzz
@pytest.mark.timeout(600)
@pytest.mark.parametrize("name", DEFECTS)
def test_every_defect_is_found_by_its_check(name: str) -> None:
    assert prover.judge(name, DEFECTS[name]).is_found


@pytest.mark.parametrize(
    ("before", "command", "status", "body", "verdict"),
    [
        ("active", "hire_application", 200, {"data": {"id": ROW, "status": "hired"}}, None),
        ("rejected", "hire_application", 200, {"data": {"id": ROW, "status": "hired"}}, "took"),
        ("active", "hire_application", 200, {"data": {"id": ROW, "status": "active"}}, "led to"),
        ("active", "hire_application", 409, {"code": "application_not_active"}, "refused"),
        ("hired", "hire_application", 409, {"code": "application_not_active"}, None),
        ("active", "hire_application", 409, {"code": "opening_required"}, None),
        ("active", "update_application", 200, {"data": {"id": ROW, "status": "active"}}, None),
    ],
)
def test_the_oracle_knows_the_table(before: str, command: str, status: int, body: Any, verdict: str | None) -> None:
    states = States()
    states.learn("get_application", ROW, 200, {"data": {"id": ROW, "status": before}})
    said = states.wrong(command, ROW, status, body)
    assert (said is None) if verdict is None else (said is not None and verdict in said)


def test_the_oracle_forgets_what_a_far_reaching_command_may_have_changed() -> None:
    states = States()
    states.learn("get_application", ROW, 200, {"data": {"id": ROW, "status": "active"}})
    states.learn("close_job", "another", 200, {"data": {"id": "another", "status": "closed"}})
    assert states.wrong("reopen_application", ROW, 200, {"data": {"id": ROW, "status": "active"}}) is None


def test_aiming_is_a_function_of_the_request() -> None:
    """The same request meets the same fate; ids that the service has told stay as they are."""
    told, unknown = "01a207a2-4ff7-7000-8000-00437c38ed65", "e3e70682-c209-1cac-a29f-6fbed82c07cd"
    results = []
    for _ in range(2):
        aim = Aim()
        aim.learn(told)
        path, body = {"job_id": told}, {"candidate_id": unknown, "cursor": "made-up", "name": "Ada"}
        aim.take("create_application", iter([path, body]), b"salt", is_linked=True)
        results.append((path, body))
    assert results[0] == results[1]
    assert results[0][0] == {"job_id": told}


def test_a_command_is_sent_to_a_row_in_its_state_unless_a_link_names_the_row() -> None:
    told = "01a207a2-4ff7-7000-8000-00437c38ed65"
    for is_linked in (True, False):
        aim, kept = Aim(), 0
        aim.learn(told)
        for number in range(100):
            path = {"post_id": told}
            aim.take("publish_post", iter([path]), str(number).encode(), is_linked=is_linked)
            kept += path["post_id"] == told
        assert kept == 100 if is_linked else kept < 40


def test_no_number_means_rows_of_two_kinds() -> None:
    """The oracle knows a row by its id alone."""
    numbers = [number for kind in world.SPARES.values() for number in kind]
    assert len(numbers) == len(set(numbers))


def test_few_requests_keep_what_names_nothing_and_some_name_the_neighbour() -> None:
    aim, seen = Aim(), []
    for number in range(2000):
        path: dict[str, Any] = {"job_id": "e3e70682-c209-1cac-a29f-6fbed82c07cd"}
        aim.take("get_job", iter([path]), str(number).encode(), is_linked=False)
        seen.append(path["job_id"])
    foreign = sum(job_id.startswith("0198c0ff-ee01-") for job_id in seen)
    kept = sum(job_id.startswith("e3e70682") for job_id in seen)
    assert 30 < foreign < 150
    assert 150 < kept < 350
