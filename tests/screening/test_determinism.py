"""Promise: the same rubric, reading and date give the same bytes, however often and in however many processes."""

import hashlib
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from tests.screening.people import JOBS, resume_of, scored

TIMES = 100


def digest_of(job: str) -> str:
    """The hash of a result, made anew."""
    rubric, person, _ = JOBS[job]
    return hashlib.sha256(scored(rubric, resume_of(person)).canonical()).hexdigest()


def test_a_hundred_times_in_one_process() -> None:
    for job in JOBS:
        assert len({digest_of(job) for _ in range(TIMES)}) == 1


def test_a_hundred_times_in_four_processes() -> None:
    jobs = list(JOBS) * (TIMES // len(JOBS) + 1)
    # Each process has a hash seed of its own, so that no order of a set can help.
    with ProcessPoolExecutor(4, mp_context=get_context("spawn")) as pool:
        there = dict(zip(jobs, pool.map(digest_of, jobs), strict=True))
        again = list(pool.map(digest_of, jobs))
    assert again == [there[job] for job in jobs]
    assert there == {job: digest_of(job) for job in JOBS}
