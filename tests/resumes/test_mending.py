"""What a narrow column broke over lines is whole again; what only stands in lines of its own stays there."""

import pytest

from impl.resumes.document import normalized
from impl.resumes.mending import mended


@pytest.mark.parametrize(
    ("broken", "whole"),
    [
        ("orla.quist\n@mail.example", "orla.quist@mail.example"),
        ("orla.quist@\nmail.example", "orla.quist@mail.example"),
        ("orla.quist@mail.\ncom", "orla.quist@mail.com"),
        ("orla.quist@mail.co\nm", "orla.quist@mail.com"),
        ("orla.teresa.qui\nst.illustrator@\nmail.com", "orla.teresa.quist.illustrator@mail.com"),
        ("Email: orla-\nquist@mail.com", "Email: orla-quist@mail.com"),
        ("linkedin.com/in/\norla-quist", "linkedin.com/in/orla-quist"),
        ("https://www.\nlinkedin.com/in/quist", "https://www.linkedin.com/in/quist"),
        ("Contact\ngithub.com/orla\n-quist-paints", "Contact\ngithub.com/orla-quist-paints"),
        ("+1 (206) 555-\n0187", "+1 (206) 555-0187"),
        ("(206)\n555-0187 00", "(206) 555-0187 00"),
    ],
)
def test_what_was_broken_is_whole(broken: str, whole: str) -> None:
    assert mended(f"{broken}\nSeattle") == f"{whole}\nSeattle"


@pytest.mark.parametrize(
    "lines",
    [
        "Email\norla@quist.example\nlinkedin.com/in/quist",
        "555-010-0199\nEmail\norla.q@quist.example",
        "orla@quist.co\nSkills",
        "orla@quist.example\nproof-reading",
        "github.com/orla\nPython",
        "linkedin.com/in/quist\ngithub.com/quist",
        "2012 -\n2015",
        "02/2015 - 06/2016\n12 34",
    ],
)
def test_what_stands_in_lines_of_its_own_stays_there(lines: str) -> None:
    assert mended(lines) == lines


def test_every_hyphen_is_the_same() -> None:
    assert normalized("09/14\u201101/19 \u2010 \u2212") == "09/14-01/19 - -"
