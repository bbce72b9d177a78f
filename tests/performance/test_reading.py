"""The benchmark of resumes measures what it says: each subject reads the shipped files, all of their text."""

import pytest

from scripts.bench.resumes.measured import measure
from scripts.bench.resumes.subjects import EVERY, OURS, SUBJECTS, is_there
from scripts.eval.samples.__main__ import DATA


@pytest.mark.parametrize("name", [name for name in SUBJECTS if is_there(name)])
def test_each_subject_reads_the_shipped_files(name: str) -> None:
    make, suffixes, _ = SUBJECTS[name]
    contents = [path.read_bytes() for path in sorted(DATA.iterdir()) if path.suffix in suffixes]

    measured = measure(make(), contents, 0.0)

    assert (measured.files, measured.failed) == (len(contents), 0)
    assert measured.characters > 400 * len(contents)
    if name == OURS:
        assert suffixes == EVERY
        assert measured.cpu_seconds / measured.files < 1.0, "far more than it takes on any machine"
