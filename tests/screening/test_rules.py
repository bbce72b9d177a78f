"""Each rule alone, over readings written by hand."""

from typing import Any

import pytest

from impl.screening import Band, Reading, Rubric, Verdict, blinded, score
from impl.screening.result import Answer
from tests.screening.people import AS_OF, degree, language, skill, years

MET, PARTLY, NOT_FOUND = Verdict.MET, Verdict.PARTLY, Verdict.NOT_FOUND


def answer(criterion: dict[str, Any], reading: Reading | None) -> Answer:
    return score(Rubric.of([criterion]), reading, as_of=AS_OF).answers[0]


def other(kind: str, **fields: Any) -> dict[str, Any]:
    return {"key": kind, "kind": kind, "importance": "preferred", "weight": 1} | fields


@pytest.mark.parametrize(
    ("name", "text", "verdict"),
    [
        ("Java", "Wrote JavaScript", NOT_FOUND),
        ("Java", "Java, Kotlin", MET),
        ("C", "C++ and C#", NOT_FOUND),
        ("C", "Languages: C, Rust", MET),
        ("C", "Vitamin C in diets", NOT_FOUND),
        ("C++", "modern C++17", NOT_FOUND),
        ("C++", "modern C++.", MET),
        ("Go", "Ready to go", NOT_FOUND),
        ("Go", "Rust, Go, Zig", MET),
        (".NET", "C# and .NET services", MET),
        ("Node.js", "Node.js", MET),
        ("SQL", "NoSQL stores", NOT_FOUND),
        ("machine learning", "Machine-Learning pipelines", MET),
        ("machine learning", "machine\nlearning", MET),
        ("microservice", "Microservices in Go", MET),
        ("Pâtisserie", "PATISSERIE", MET),
        ("Straßenbau", "STRASSENBAU", MET),
        ("Bäcker", "gelernte Bäckerin", MET),
        ("Bäckerin", "Bäcker/in gesucht", MET),
        ("waiter", "Waitress at the Lake Inn", MET),
        ("Python", "I have no experience with Python.", NOT_FOUND),
        ("Python", "Keine Kenntnisse in Python", NOT_FOUND),
        ("Python", "Not only experience with Python but also with Go", MET),
        ("Python", "Have never used Python", NOT_FOUND),
        ("Python", "Currently learning Python", PARTLY),
        ("Python", "Never late. Python every day.", MET),
    ],
)
def test_skills_are_found_by_their_names_alone(name: str, text: str, verdict: Verdict) -> None:
    assert answer(skill(name), blinded({}, {}, text)).verdict is verdict


def test_a_related_skill_counts_half() -> None:
    found = answer(skill("Kubernetes", related=["Docker"]), Reading(text="Docker"))
    assert (found.verdict, found.rule, found.evidence[0].text) == (PARTLY, "related_alias", "Docker")


def work(*periods: tuple[str, str | None], position: str = "Baker") -> Reading:
    entries = [{"position": position, "startDate": start, "endDate": end} for start, end in periods]
    return Reading(profile={"work": entries})


@pytest.mark.parametrize(
    ("periods", "months", "verdict"),
    [
        ([("2018", "2020")], 24, PARTLY),
        ([("2018-01", "2020-01"), ("2019-01", "2021-01")], 36, MET),
        ([("2018-01", "2020-01"), ("2018-06", "2018-09")], 24, PARTLY),
        ([("2024-11", None)], 24, PARTLY),
        ([("2025-11", None)], 12, NOT_FOUND),
        ([("2020-01", "2035-01")], 82, MET),
        ([("2030-01", "2035-01")], None, NOT_FOUND),
        ([("soon", None)], None, NOT_FOUND),
        ([("2020-13", None)], None, NOT_FOUND),
        ([("2020-05", "2019-05")], None, NOT_FOUND),
    ],
)
def test_years_are_merged_months(periods: list[tuple[str, str | None]], months: int | None, verdict: Verdict) -> None:
    found = answer(years(3, "title", "baker"), work(*periods))
    assert (found.months, found.verdict, found.is_unknown) == (months, verdict, months is None)
    anything = answer(years(3, "any"), work(*periods))
    assert anything.months == months


def test_years_of_another_title_do_not_count() -> None:
    found = answer(years(3, "title", "nurse"), work(("2010", "2020")))
    assert (found.months, found.verdict, found.evidence) == (0, NOT_FOUND, ())


@pytest.mark.parametrize(
    ("said", "wanted", "verdict"),
    [
        ({"studyType": "M.Sc.", "area": "Statistics"}, degree("bachelor", "statistics"), MET),
        ({"studyType": "Bachelor of Arts", "area": "History"}, degree("bachelor", "statistics"), PARTLY),
        ({"studyType": "Bachelor of Science", "area": "Statistics"}, degree("master", "statistics"), PARTLY),
        ({"studyType": "Abitur"}, degree("master"), NOT_FOUND),
        ({"studyType": "Ausbildung zur Kauffrau"}, degree("vocational"), MET),
        ({"studyType": "Ph.D.", "area": "Physics"}, degree("doctorate", "physics"), MET),
        ({"studyType": "Licence", "area": "Économie"}, degree("bachelor", "economie"), MET),
        ({"studyType": "Something"}, degree("secondary"), NOT_FOUND),
        ({"area": "Statistics"}, degree("secondary"), NOT_FOUND),
    ],
)
def test_degrees_have_an_order(said: dict[str, str], wanted: dict[str, Any], verdict: Verdict) -> None:
    assert answer(wanted, Reading(profile={"education": [said]})).verdict is verdict


@pytest.mark.parametrize(
    ("said", "fluency", "verdict"),
    [
        ("German", "C1", MET),
        ("Deutsch", "verhandlungssicher", MET),
        ("Allemand", "langue maternelle", MET),
        ("German", "B1", PARTLY),
        ("German", "A2", NOT_FOUND),
        ("German", None, PARTLY),
        ("German (fluent)", None, MET),
        ("French", "native", NOT_FOUND),
        ("German", "basic", NOT_FOUND),
    ],
)
def test_languages_have_levels(said: str, fluency: str | None, verdict: Verdict) -> None:
    reading = Reading(profile={"languages": [{"language": said, "fluency": fluency}]})
    assert answer(language("de", "B2"), reading).verdict is verdict


def test_the_best_of_two_levels_counts() -> None:
    entries = [{"language": "German", "fluency": "A1"}, {"language": "German", "fluency": "C2"}, {"language": 3}]
    assert answer(language("de", "B2"), Reading(profile={"languages": entries})).verdict is MET


def test_where_somebody_lives_counts_unless_it_is_hidden() -> None:
    wanted = other("location", places=["Berlin", "Potsdam"])
    there, elsewhere = Reading(places=("10115 Berlin",)), Reading(places=("Lyon",))
    assert [answer(wanted, each).verdict for each in (there, elsewhere)] == [MET, NOT_FOUND]
    hidden = answer(wanted, Reading(places=None))
    assert (hidden.verdict, hidden.rule, hidden.is_unknown) == (NOT_FOUND, "hidden", True)


def test_ways_of_working() -> None:
    wanted = other("work_mode", modes=["remote"])
    assert answer(wanted, Reading(text="Open to remote work")).verdict is MET
    assert answer(wanted, Reading(text="Open to anything")).is_unknown


PROFILE = {
    "work": [{"position": "Baker", "name": "Morgenrot GmbH", "startDate": "2014-01", "highlights": ["Ovens", "Shifts"]}, {"position": "Head"}],
    "skills": [{"name": "Bread"}, {"name": "Cakes", "level": "good"}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("pointer", "operator", "value", "texts"),
    [
        ("/work/*/name", "contains", "gmbh", ["Morgenrot GmbH"]),
        ("/work/0/position", "equals", "BAKER", ["Baker"]),
        ("/work/*/position", "starts_with", "he", ["Head"]),
        ("/work/*/position", "one_of", ["cook", "head"], ["Head"]),
        ("/work/*/highlights", "contains", "oven", ["Ovens"]),
        ("/work/*/highlights/1", "exists", None, ["Shifts"]),
        ("/work/*/startDate", "at_most", 2015, ["2014-01"]),
        ("/work/*/startDate", "at_least", 2015, []),
        ("/skills", "count_at_least", 2, ["Bread", "Good"]),
        ("/skills", "count_at_least", 3, []),
        ("/skills/*/level", "exists", None, ["good"]),
        ("/languages", "exists", None, []),
    ],
)
def test_predicates(pointer: str, operator: str, value: Any, texts: list[str]) -> None:
    operand = {} if value is None else {{str: "text", int: "amount", list: "texts"}[type(value)]: value}
    found = answer(other("predicate", pointer=pointer, operator=operator, **operand), Reading(profile=PROFILE))
    assert [span.text.lower() for span in found.evidence] == [text.lower() for text in texts]
    assert (found.verdict is MET) == bool(texts)


def test_without_a_resume_nothing_is_found_and_nothing_known() -> None:
    result = score(Rubric.of([skill("Python"), years(3, "any")]), None, as_of=AS_OF)
    assert (str(result.score), result.band, result.unknowns) == ("0.00", Band.NO_RESUME, ("k_python", "k_years_"))
    assert {found.rule for found in result.answers} == {"no_resume"}


@pytest.mark.parametrize(
    ("weights", "met", "number", "hundredths"),
    [
        ((1, 1, 1), 1, "33.33", 3333),
        ((1, 1, 1), 2, "66.67", 6667),
        ((3, 5), 1, "37.50", 3750),
        ((10, 6), 1, "62.50", 6250),
    ],
)
def test_the_number_is_the_weighted_mean(weights: tuple[int, ...], met: int, number: str, hundredths: int) -> None:
    criteria = [skill(f"Skill{index}x", weight=weight) for index, weight in enumerate(weights)]
    result = score(Rubric.of(criteria), Reading(text=", ".join(each["name"] for each in criteria[:met])), as_of=AS_OF)
    assert (str(result.score), result.hundredths) == (number, hundredths)


def test_a_rubric_without_criteria_scores_nothing() -> None:
    assert str(score(Rubric(()), Reading(), as_of=AS_OF).score) == "0.00"
