"""Resumes filled in like a form: a value stands behind or below its label, in columns however narrow."""

from datetime import date

import pytest

from impl.resumes.document import Document, Text
from impl.resumes.parsing import parse

TODAY = date(2026, 11, 1)

EUROPASS = {
    "en": ("Work experience", "Occupation or position held", "Main activities and\nresponsibilities",
           "Name and address of\nemployer", "Education and training", "Title of qualification\nawarded",
           "Name and type of\norganisation providing\neducation and training", "Personal skills and\ncompetences",
           "Mother tongue(s)", "Other language(s)"),
    "fr": ("Expérience professionnelle", "Fonction ou poste occupé", "Principales activités et\nresponsabilités",
           "Nom et adresse de\nl'employeur", "Education et formation", "Intitulé du certificat ou\ndiplôme délivré",
           "Nom et type de\nl'établissement\nd'enseignement ou de\nformation", "Aptitudes et\ncompétences\npersonnelles",
           "Langue maternelle", "Autre(s) langue(s)"),
    "it": ("Esperienza professionale", "Lavoro o posizione ricoperti", "Principali attività e\nresponsabilità",
           "Nome e indirizzo del\ndatore di lavoro", "Istruzione e formazione", "Titolo della qualifica\nrilasciata",
           "Nome e tipo\nd'organizzazione\nerogatrice dell'istruzione\ne formazione", "Capacità e competenze\npersonali",
           "Madrelingua", "Altra(e) lingua(e)"),
}  # fmt: skip


def _read(text: str) -> dict[str, list[dict[str, str]]]:
    profile = parse(Document("text/plain", (Text("plain", text),)), today=TODAY).resume()
    return {kind: profile[kind] for kind in ("work", "education", "languages", "skills")}


@pytest.mark.parametrize("language", EUROPASS)
def test_labels_in_a_narrow_column_head_their_values(language: str) -> None:
    work, title, told, employer, education, degree, school, skills, mother, other = EUROPASS[language]
    dates = {"en": "Dates", "fr": "Dates", "it": "Date"}[language]
    found = _read(
        f"Orla Quist\norla@quist.example\n{work}\n"
        f"{dates} 03/2019 - 08/2024\n{title} Quuxer\n{told}\nKept the quuxes.\n{employer}\nVexley Mount\nDublin\n"
        f"{dates} 01/2015 - 02/2019\n{title} Wobbler\n{told}\nWobbled daily.\n{employer}\nTarn & Fell\nCork\n"
        f"{education}\n{dates} 2011 - 2014\n{degree}\nBachelor of Arts\n{school}\nTrinity College\n"
        f"{skills}\n{mother} English\n{other} Italian, French\n"
    )

    assert [(job["position"], job["name"]) for job in found["work"]] == [
        ("Quuxer", "Vexley Mount"),
        ("Wobbler", "Tarn & Fell"),
    ]
    assert [(job["startDate"], job["endDate"]) for job in found["work"]] == [
        ("2019-03", "2024-08"),
        ("2015-01", "2019-02"),
    ]
    assert [(one["studyType"], one["institution"]) for one in found["education"]] == [
        ("Bachelor of Arts", "Trinity College")
    ]
    assert [one["code"] for one in found["languages"]] == ["en", "it", "fr"]


def test_labels_say_what_no_word_would() -> None:
    found = _read(
        "Orla Quist\n\nWORK HISTORY\nPeriod: 05/2021 - present\nCompany: Brindle, Fribourg\nPosition: Grand Quuxer, Alps\n\n"
        "Period: 2018 - 2021\nCompany: Manager\nPosition: Tarn\n\nEDUCATION\nInstitution: Lathe\nQualification: Quuxing\n"
        "Period: 2014 - 2018\n"
    )

    assert [(job["position"], job["name"]) for job in found["work"]] == [
        ("Grand Quuxer, Alps", "Brindle"),
        ("Tarn", "Manager"),
    ]
    assert found["work"][0]["location"] == "Fribourg"
    assert [(one["studyType"], one["institution"]) for one in found["education"]] == [("Quuxing", "Lathe")]
