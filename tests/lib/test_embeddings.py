"""Vectors: how they are kept and compared, and how well the model in the package tells what is alike from what is not."""

import math
import random

from impl.lib.embeddings.local import LocalEncoder
from impl.lib.embeddings.packing import packed, percents

#: What a job asks for, and what somebody writes who does that and uses no word of it.
ALIKE = [
    ("continuous integration", "Set up automated build and test pipelines in Jenkins"),
    ("bookkeeping", "Kept the ledgers and prepared monthly accounts for small firms"),
    ("customer service", "Answered questions and complaints of shoppers by phone and e-mail"),
    ("public speaking", "Gave talks at six industry conferences"),
    ("machine learning", "Trained models that predict which subscribers will leave"),
    ("team leadership", "Managed a group of eight engineers"),
    ("teaching", "Taught mathematics to pupils of 12 to 16 years"),
    ("payroll", "Paid the wages of 300 employees each month"),
    ("web development", "Programmed sites in HTML, CSS and JavaScript"),
    ("search engine optimisation", "Raised organic traffic from Google by 40 percent"),
    ("social media", "Wrote posts for Instagram and Facebook with 50,000 followers"),
    ("warehouse logistics", "Picked, packed and dispatched goods with a forklift"),
    ("childcare", "Looked after toddlers in a kindergarten"),
    ("fundraising", "Collected donations for a charity from private donors"),
    ("gardening", "Planted trees, cut hedges and mowed lawns in city parks"),
    ("nursing", "Cared for patients on a surgical ward, gave medication"),
    ("accounting", "Erstellung von Jahresabschlüssen und Umsatzsteuererklärungen"),
    ("team leadership", "Führung eines Teams von acht Mitarbeitern"),
    ("customer service", "Accueil et conseil des clients en magasin"),
    ("project management", "Gestión de proyectos de construcción con un presupuesto de 3 millones"),
]
PERCENT_MIN = 28


def cosine(one: list[float], other: list[float]) -> float:
    return sum(a * b for a, b in zip(one, other, strict=True)) / (math.hypot(*one) * math.hypot(*other))


def test_packing_keeps_the_angle_to_a_percent_or_so() -> None:
    chance = random.Random(7)
    for length in (8, 512, 3072):
        rows = [[chance.gauss(0, 1) + bias for _ in range(length)] for bias in (0, 0.3, 1, -1)]
        kept = packed(rows)
        assert {len(each) for each in kept} == {length}
        for row, found in zip(rows, percents(kept, kept), strict=True):
            expected = [max(100 * cosine(row, other), 0) for other in rows]
            assert all(abs(percent - exact) <= 2 for percent, exact in zip(found, expected, strict=True))
    assert percents(packed([[1e-300] * 8, [1e300, *[0.0] * 7]]), packed([[1.0] * 8])) == [[100], [35]]
    assert percents(packed([[1.0] * 8]), []) == [[]]


async def test_the_local_model_finds_what_is_alike_and_says_the_same_each_time() -> None:
    """A third or more of what no word tells is found, and next to nothing that is not there; a newer model that is worse is seen."""
    wanted, given = [one for one, _ in ALIKE], [other for _, other in ALIKE]
    encoder = LocalEncoder()
    vectors = (await encoder.encode(wanted)).vectors, (await encoder.encode(given)).vectors
    again = await encoder.encode(given)
    assert packed(again.vectors) == packed(vectors[1])
    assert (again.dimension, again.spent.tries) == (512, 0)

    found = percents(packed(vectors[0]), packed(vectors[1]))
    same = [[one == other for other in wanted] for one in wanted]
    right = [row[at] for at, row in enumerate(found)]
    wrong = [
        percent
        for row, own in zip(found, same, strict=True)
        for percent, is_same in zip(row, own, strict=True)
        if not is_same
    ]
    assert sum(percent >= PERCENT_MIN for percent in right) / len(right) >= 0.35
    assert sum(percent >= PERCENT_MIN for percent in wrong) / len(wrong) <= 0.01
    best = [own[row.index(max(row))] for row, own in zip(found, same, strict=True)]
    assert sum(best) / len(best) >= 0.7
