"""`ats parse` reads resumes without a server and without a database."""

import json
from pathlib import Path

from typer.testing import CliRunner

from impl.cli.commands import commands
from impl.cli.failures import Exit, Failure
from scripts.eval.samples.__main__ import DATA
from tests.support.documents import docx

NURSE = str(DATA / "nurse.txt")


def test_a_line_of_json_a_file_and_the_reason_for_a_broken_one(tmp_path: Path) -> None:
    folder = tmp_path / "inbox" / "deep"
    folder.mkdir(parents=True)
    (folder / "a.rtf").write_bytes((DATA / "cook.rtf").read_bytes())
    (folder / "b.pdf").write_bytes(b"%PDF-1.7 broken")
    (folder / "c.png").write_bytes(b"not looked at")

    done = CliRunner().invoke(commands, ["parse", str(tmp_path), "--format", "ndjson", "--jobs", "2"])

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(line["path"]).name for line in lines] == ["a.rtf", "b.pdf"]
    assert lines[0]["profile"]["basics"]["name"] == "Solène Castagnac"
    assert lines[0]["flags"] == []
    assert lines[0]["timings"].keys() == {"read_ms", "parse_ms"}
    assert lines[1]["error"] == {"code": "damaged", "message": "The PDF is damaged."}
    assert isinstance(done.exception, Failure)
    assert done.exception.code is Exit.FAILED
    assert str(done.exception) == "1 of 2 files could not be read."


def test_json_resume_with_evidence() -> None:
    done = CliRunner().invoke(commands, ["parse", NURSE, "--format", "json"])

    said = json.loads(done.stdout)
    assert done.exit_code == Exit.OK
    assert said["profile"]["work"][0]["position"] == "Senior Staff Nurse"
    [span] = said["evidence"]["/work/0/position"]["spans"]
    assert span["text"] == "Senior Staff Nurse"


def test_a_table_for_people() -> None:
    done = CliRunner().invoke(commands, ["parse", NURSE, "--format", "table"])

    assert done.exit_code == Exit.OK
    assert "Senior Staff Nurse · Aireview General Hospital · 2019-03 – now" in done.stdout


def test_nothing_to_read_is_a_wrong_usage(tmp_path: Path) -> None:
    done = CliRunner().invoke(commands, ["parse", str(tmp_path)])

    assert isinstance(done.exception, Failure)
    assert done.exception.code is Exit.USAGE


def test_a_bomb_in_a_folder_is_a_line_with_its_reason(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes((DATA / "nurse.txt").read_bytes())
    (tmp_path / "b.docx").write_bytes(docx({"word/document.xml": b"<d>" + b"<p/>" * 12_000_000 + b"</d>"}))
    (tmp_path / "c.txt").write_bytes((DATA / "nurse.txt").read_bytes())

    done = CliRunner().invoke(commands, ["parse", str(tmp_path), "--format", "ndjson", "--jobs", "1"])

    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [Path(line["path"]).name for line in lines] == ["a.txt", "b.docx", "c.txt"]
    assert lines[1]["error"]["code"] in ("out_of_memory", "timed_out")
    assert lines[0]["profile"] == lines[2]["profile"]
