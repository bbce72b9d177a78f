"""Vectors as bytes, one for each number, and how near two of them are. Whole numbers, so that every machine finds the same."""

from collections.abc import Sequence
from typing import Any, Final

import numpy

_MOST: Final = 127


def packed(vectors: Sequence[Sequence[float]]) -> list[bytes]:
    """Each vector in a byte a number, its direction kept to a hundredth of a degree or so."""
    given = numpy.asarray(vectors, dtype=numpy.float64)
    longest = numpy.abs(given).max(axis=1, keepdims=True)
    rounded = numpy.rint(given / longest * _MOST).astype(numpy.int8)
    return [row.tobytes() for row in rounded]


def percents(wanted: Sequence[bytes], given: Sequence[bytes]) -> list[list[int]]:
    """For each of `wanted` how near each of `given` is, in percent of the cosine; 0 for what points elsewhere. All have one length."""
    if not wanted or not given:
        return [[] for _ in wanted]
    ours, theirs = _rows(wanted), _rows(given)
    lengths = numpy.sqrt((ours * ours).sum(axis=1)[:, None] * (theirs * theirs).sum(axis=1))
    cosines = (ours @ theirs.T) / numpy.maximum(lengths, 1)
    found: list[list[int]] = numpy.clip(numpy.floor(cosines * 100), 0, 100).astype(int).tolist()
    return found


def _rows(each: Sequence[bytes]) -> Any:
    """As doubles, which hold every sum of these products exactly, in whichever order a machine adds them up."""
    return numpy.frombuffer(b"".join(each), dtype=numpy.int8).reshape(len(each), -1).astype(numpy.float64)
