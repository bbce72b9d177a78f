"""Fictional people and the jobs that some of them fit: resumes are written from facts, so that one fact at a time can be changed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from impl.resumes.document import Document, Text, normalized
from impl.resumes.parsing import parse
from impl.screening import Reading, Result, Rubric, blinded, score

AS_OF = date(2026, 11, 26)
SECTIONS = ("summary", "work", "education", "skills", "languages")
PRONOUNS = {"she": ("She", "her", "Ms."), "he": ("He", "his", "Mr.")}


@dataclass(frozen=True)
class Position:
    """One position; an empty end is one that goes on."""

    title: str
    company: str
    start: str
    end: str
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    pronoun: str
    title: str
    summary: str
    work: tuple[Position, ...]
    degree: str
    school: str
    graduated: str
    skills: tuple[str, ...]
    languages: tuple[str, ...] = ("English (native)",)
    address: str = "12 Oak Street, Springfield, IL 62704"
    phone: str = "+1 217 555 0133"
    birth: str = ""
    extra: tuple[str, ...] = ()

    def but(self, **changes: Any) -> "Person":
        return replace(self, **changes)

    def without(self, skill: str) -> "Person":
        """The same person, who has never met a skill."""
        work = tuple(
            replace(each, lines=tuple(line for line in each.lines if skill.lower() not in line.lower()))
            for each in self.work
        )
        return self.but(skills=tuple(each for each in self.skills if each != skill), work=work)


def resume_of(person: Person, order: Sequence[str] = SECTIONS) -> str:
    """The resume as text, its sections in `order`."""
    subject, own, title = PRONOUNS[person.pronoun]
    mail = person.name.lower().replace(" ", ".")
    head = [person.name, person.title, person.address, f"{person.phone} | {mail}@example.org | linkedin.com/in/{mail}"]
    if person.birth:
        head.append(f"Date of birth: {person.birth}")
    parts = {
        "summary": ["Summary", f"{subject} is {person.summary}. {title} {person.name.split()[-1]} likes {own} work."],
        "work": ["Experience", *(line for each in person.work for line in _position(each))],
        "education": ["Education", f"{person.degree}, {person.school}, {person.graduated}"],
        "skills": ["Skills", ", ".join(person.skills)],
        "languages": ["Languages", ", ".join(person.languages)],
    }
    return "\n\n".join("\n".join(part) for part in (head, *(parts[name] for name in order), list(person.extra)) if part)


def _position(each: Position) -> list[str]:
    return [
        f"{each.title}, {each.company}",
        f"{each.start} - {each.end or 'present'}",
        *(f"- {line}" for line in each.lines),
    ]


@cache
def reading_of(text: str, **options: bool) -> Reading:
    """What screening reads of a resume: through the parser and the blinding, as for a file."""
    clean = normalized(text)
    profile = parse(Document("text/plain", (Text("plain", clean),)), today=AS_OF)
    return blinded(profile.resume(), profile.evidence(clean), clean, **options)


def scored(rubric: Sequence[Mapping[str, Any]], person: Person | str, **options: bool) -> Result:
    text = resume_of(person) if isinstance(person, Person) else person
    return score(Rubric.of(rubric), reading_of(text, **options), as_of=AS_OF)


def skill(
    name: str, *synonyms: str, weight: int = 3, required: bool = True, related: Sequence[str] = ()
) -> dict[str, Any]:
    words = {"name": name, "synonyms": list(synonyms), "related": list(related)}
    return _criterion(name, "skill", weight, required) | words


def years(minimum: int, within: str, *terms: str, weight: int = 3, required: bool = True) -> dict[str, Any]:
    words = {"minimum_years": minimum, "within": within, "terms": list(terms)}
    return _criterion(f"years {' '.join(terms)}", "years", weight, required) | words


def degree(minimum: str, *fields: str, weight: int = 2, required: bool = False) -> dict[str, Any]:
    return _criterion(minimum, "education", weight, required) | {"minimum_degree": minimum, "fields": list(fields)}


def language(code: str, level: str, weight: int = 2, required: bool = False) -> dict[str, Any]:
    return _criterion(f"language {code}", "language", weight, required) | {"language": code, "minimum_level": level}


def _criterion(name: str, kind: str, weight: int, required: bool) -> dict[str, Any]:
    key = "".join(letter if letter.isalnum() else "_" for letter in name.lower())
    return {"key": f"k_{key}", "kind": kind, "importance": "required" if required else "preferred", "weight": weight}


#: The jobs, each with somebody who fits it wholly and the skill that makes or breaks it.
JOBS: dict[str, tuple[list[dict[str, Any]], Person, str]] = {
    "baker": (
        [
            skill("Sourdough", "levain"),
            skill("HACCP", weight=2),
            skill("Lamination", "laminated dough", weight=1, required=False),
            years(5, "title", "baker"),
            degree("vocational", "baking", "bakery"),
        ],
        Person(
            "Mira Okafor", "she", "Head Baker", "a baker who runs mornings",
            (
                Position("Head Baker", "Sunrise Bakery", "March 2018", "", ("Led six people on the sourdough bench", "HACCP plans and audits")),
                Position("Baker", "Morgenrot GmbH", "January 2014", "February 2018", ("Laminated dough for two shops",)),
            ),
            "Apprenticeship in Baking", "Springfield College", "2013",
            ("Sourdough", "HACCP", "Lamination", "Shift planning"),
        ),
        "Sourdough",
    ),
    "backend": (
        [
            skill("Python", required=True),
            skill("PostgreSQL", "Postgres"),
            skill("Kubernetes", "k8s", weight=2, required=False, related=["Docker"]),
            years(4, "skill", "Python"),
            degree("bachelor", "computer science", "informatics"),
            language("en", "B2"),
        ],
        Person(
            "Tomas Lindqvist", "he", "Backend Engineer", "an engineer of services that keep running",
            (
                Position("Backend Engineer", "Nordlicht AB", "June 2019", "", ("Python services on PostgreSQL", "Moved forty jobs to Kubernetes")),
                Position("Software Developer", "Kvarn Systems", "August 2016", "May 2019", ("Reporting in Python and SQL",)),
            ),
            "Bachelor of Science in Computer Science", "University of Uppsala", "2016",
            ("Python", "PostgreSQL", "Kubernetes", "Docker", "Redis"),
        ),
        "PostgreSQL",
    ),
    "nurse": (
        [
            skill("Intensive care", "ICU"),
            skill("Ventilation", "ventilator management", weight=2),
            skill("Triage", weight=1, required=False),
            years(3, "title", "nurse"),
            degree("bachelor", "nursing"),
            language("de", "B2", required=True),
        ],
        Person(
            "Adaeze Brandt", "she", "Registered Nurse", "a nurse who stays calm",
            (
                Position("Registered Nurse", "Klinikum Ostend", "May 2020", "", ("Intensive care for adults", "Ventilation of long-term patients")),
                Position("Staff Nurse", "St. Anna Hospital", "April 2017", "April 2020", ("Triage at night",)),
            ),
            "Bachelor of Science in Nursing", "Hochschule Fulda", "2017",
            ("Intensive care", "Ventilation", "Triage", "Wound care"),
            ("German (C1)", "English (native)"),
        ),
        "Intensive care",
    ),
    "accountant": (
        [
            skill("IFRS"),
            skill("SAP FI", "SAP Finance", weight=2),
            skill("Excel", weight=1, required=False),
            years(6, "title", "accountant", "controller"),
            degree("bachelor", "accounting", "finance"),
        ],
        Person(
            "Rohan Keller", "he", "Senior Accountant", "an accountant who closes on day three",
            (
                Position("Senior Accountant", "Hafen Logistik AG", "2019-02", "", ("Monthly close under IFRS", "Key user of SAP FI")),
                Position("Accountant", "Brook & Sons Ltd", "2014-09", "2019-01", ("Receivables in Excel",)),
            ),
            "Bachelor of Arts in Accounting and Finance", "University of Leeds", "2014",
            ("IFRS", "SAP FI", "Excel", "VAT"),
        ),
        "IFRS",
    ),
    "electrician": (
        [
            skill("Switchgear"),
            skill("PLC", "programmable logic controllers", weight=2),
            skill("AutoCAD", weight=1, required=False, related=["EPLAN"]),
            years(4, "title", "electrician"),
            degree("vocational", "electrical"),
        ],
        Person(
            "Lena Moreau", "she", "Industrial Electrician", "an electrician for plants",
            (
                Position("Industrial Electrician", "Usine du Lac", "October 2017", "", ("Medium-voltage switchgear", "PLC faults at night", "AutoCAD drawings")),
                Position("Electrician", "Volta Services", "September 2013", "September 2017", ("Switchgear in schools",)),
            ),
            "Apprenticeship in Electrical Installation", "Lycée Pasteur", "2013",
            ("Switchgear", "PLC", "AutoCAD", "First aid"),
        ),
        "Switchgear",
    ),
    "analyst": (
        [
            skill("SQL"),
            skill("Power BI", "PowerBI"),
            skill("Forecasting", weight=1, required=False),
            years(3, "title", "analyst"),
            degree("master", "statistics", "economics"),
            language("fr", "B1"),
        ],
        Person(
            "Jonas Adeyemi", "he", "Data Analyst", "an analyst who asks first",
            (
                Position("Data Analyst", "Marché Vert SA", "January 2021", "", ("Dashboards in Power BI", "SQL for forty stores")),
                Position("Junior Analyst", "Census Office", "February 2019", "December 2020", ("Forecasting of demand",)),
            ),
            "Master of Science in Statistics", "Université de Lyon", "2018",
            ("SQL", "Power BI", "Forecasting", "R"),
            ("English (native)", "French (B2)"),
        ),
        "Power BI",
    ),
}  # fmt: skip


def matrix(name: str) -> list[tuple[int, Person]]:
    """People for a job with how well they fit: 3 wholly, 2 but for something wished, 1 but for what the job stands on, 0 not at all."""
    rubric, person, core = JOBS[name]
    wished = next(each["name"] for each in rubric if each["kind"] == "skill" and each["importance"] == "preferred")
    alone = person.without(core)
    first, *_ = person.work
    others = [other for job, (_, other, _) in JOBS.items() if job != name]
    near = [
        (2, person.without(wished).but(work=tuple(replace(each, lines=each.lines[:1]) for each in person.work), name="Noor Haddad")),
        (1, alone.but(extra=(f"No experience with {core} yet.",), name="Kim Sato")),
        (1, alone.but(extra=(f"Eager to learn {core}.",), name="Ines Duarte")),
        (1, alone.but(work=(replace(first, start="June 2026", lines=()),), name="Pavel Novak")),
    ]  # fmt: skip
    return [(3, person), *near, *((0, other) for other in others)]
