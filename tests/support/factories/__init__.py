"""Rows for a test, made through the API as a recruiter would: each method gives the `data` of the answer."""

import pytest

from tests.support.cast import Cast
from tests.support.factories.assessments import OFFER_WAYS, OfAssessments
from tests.support.factories.base import V1, Data
from tests.support.factories.jobs import MOTIVATION

__all__ = ["MOTIVATION", "OFFER_WAYS", "V1", "Data", "Factories", "make", "make_elsewhere"]


class Factories(OfAssessments):
    """Makes resources of one organization as its administrator. What a test does not name has a plain value of its own."""


@pytest.fixture
def make(cast: Cast) -> Factories:
    """Makes rows in this test's organization."""
    return Factories(cast)


@pytest.fixture
def make_elsewhere(other_cast: Cast) -> Factories:
    """Makes rows in the organization next door (the outsider's)."""
    return Factories(other_cast)
