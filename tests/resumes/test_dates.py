"""Dates and periods as resumes write them."""

import pytest

from impl.resumes.parsing.dates import periods

PERIODS = [
    ("Jan 2019 - Present", "2019-01", None),
    ("January 2019 – December 2020", "2019-01", "2020-12"),
    ("01/2019 - heute", "2019-01", None),
    ("01.02.2019 – 31.03.2020", "2019-02", "2020-03"),
    ("März 2016 bis Juni 2018", "2016-03", "2018-06"),
    ("seit 09/2018", "2018-09", None),
    ("since January 2016", "2016-01", None),
    ("depuis mars 2019", "2019-03", None),
    ("de mars 2019 à juin 2020", "2019-03", "2020-06"),
    ("septembre 2017 – aujourd'hui", "2017-09", None),
    ("enero de 2014 - actualidad", "2014-01", None),
    ("desde febrero de 2019", "2019-02", None),
    ("gennaio 2018 – in corso", "2018-01", None),
    ("mei 2016 tot heden", "2016-05", None),
    ("março de 2021 - atualmente", "2021-03", None),
    ("2014-16", "2014", "2016"),
    ("1999–01", "1999", "2001"),
    ("2019-03 to 2021-11", "2019-03", "2021-11"),
    ("May – Aug 2019", "2019-05", "2019-08"),
    ("Oct '20 – Nov '21", "2020-10", "2021-11"),
    ("2015 — 2019", "2015", "2019"),
    ("2021 -", "2021", None),
    ("09/14-01/19", "2014-09", "2019-01"),
    ("kwi. 2017 – obecnie", "2017-04", None),
    ("Since 02/19", "2019-02", None),
    ("seit 07/18", "2018-07", None),
    ("Summer 2018 - Spring 2019", "2018", "2019"),
]


@pytest.mark.parametrize(("text", "start", "end"), PERIODS)
def test_a_period_is_read(text: str, start: str, end: str | None) -> None:
    [period] = periods(f"Clerk, {text}", 100)

    assert period.start is not None
    assert period.start.value == start
    assert (period.end and period.end.value) == end
    assert period.is_open is (end is None)
    assert not period.is_single
    assert period.span[0] >= 107


@pytest.mark.parametrize(
    ("text", "value"),
    [("May 2015", "2015-05"), ("2019", "2019"), ("06/2020", "2020-06"), ("Class of 2012", "2012"), ("Q3 2018", "2018")],
)
def test_a_single_date_is_read(text: str, value: str) -> None:
    [period] = periods(text)

    assert period.is_single
    assert period.end is not None
    assert period.end.value == value


@pytest.mark.parametrize(
    "text", ["$2,000", "served 2019% more", "ISO 27001", "call 555 2019 33", "in 20 days", "item 12/13", ""]
)
def test_other_numbers_are_no_periods(text: str) -> None:
    assert all(period.is_single for period in periods(text))


def test_a_period_that_would_end_before_it_begins_is_none() -> None:
    assert all(period.is_single for period in periods("2020 - 2015"))
