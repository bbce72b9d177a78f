"""What else the words and the layout of a resume say: general rules, one a test."""

from datetime import date
from typing import Any

import pytest

from impl.resumes.document import Document, Text, normalized
from impl.resumes.parsing import parse
from impl.resumes.reading import read

TODAY = date(2026, 11, 1)


def _read(text: str) -> dict[str, Any]:
    return parse(Document("text/plain", (Text("plain", normalized(text)),)), today=TODAY).resume()


def _jobs(*lines: str) -> list[tuple[str | None, str | None]]:
    found = _read(
        "\n".join(["Orla Quist", "orla@quist.example", "", "EXPERIENCE", *lines, "", "SKILLS", "Copywriting"])
    )
    return [(job.get("position"), job.get("name")) for job in found["work"]]


@pytest.mark.parametrize(
    ("contacts", "number"),
    [
        ("06 55 50 01 78 | orla@quist.fr\nLangues: italien, anglais", "+33655500178"),
        ("617-555-0112\nCambridge, MA", "+16175550112"),
        ("300 555 0148\nMedellín, Colombia", "+573005550148"),
        ("06-12345098\nUtrecht", "+31612345098"),
        ("quist@mail.example / +47 912 34 567 / Bergen", "+4791234567"),
        ("020 7946 0123\nBradford", "+442079460123"),
        ("+351 912 555 034\nChicago", "+351912555034"),
    ],
)
def test_a_number_is_of_the_country_that_stands_beside_it(contacts: str, number: str) -> None:
    assert _read(f"Orla Quist\n{contacts}\n\nEXPERIENCE\nClerk, Bramble Ltd, Beijing, 2015 - 2018")["basics"][
        "phones"
    ] == [number]


def test_what_only_looks_like_a_number_is_none() -> None:
    found = _read("Orla Quist\norcid.org 0000-0002-1825-0097\n02/2015 06/2016 Phone: none")

    assert found["basics"]["phones"] == []


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Orla Quist, LL.M.", "Orla Quist"),
        ("Orla Quist, M.Ed.", "Orla Quist"),
        ("ORLA VAN DER QUIST, PMP", "Orla Van Der Quist"),
        ("Orla Quist Jr.", "Orla Quist Jr."),
        ('Orla "Olly" Quist', 'Orla "Olly" Quist'),
        ("Orla Teresa van\nder Quist", "Orla Teresa van der Quist"),
        ("Personal information\tOrla Quist", "Orla Quist"),
    ],
)
def test_a_name_is_what_somebody_is_called(said: str, name: str) -> None:
    assert _read(f"{said}\nBookkeeper\nquist@example.org\n555-010-0199")["basics"]["name"] == name


def test_what_is_told_in_a_few_words_is_no_employer() -> None:
    assert _jobs(
        "Quuxer\tMay 2015 – June 2018", "Vexley", "Supervised concrete works.", "Trains captains since 2019."
    ) == [("Quuxer", "Vexley")]


def test_small_words_in_a_name_make_no_sentence_of_it() -> None:
    assert _jobs("Chambre de commerce de Grenoble", "Stagiaire juriste", "03/2014 - 08/2014") == [
        ("Stagiaire juriste", "Chambre de commerce de Grenoble")
    ]


@pytest.mark.parametrize("town", ["Geel", "Fribourg", "Port Harcourt", "Bradford"])
def test_a_town_behind_a_comma_is_no_part_of_the_employer(town: str) -> None:
    assert _jobs(f"Quux Glass, {town}", "Planner", "2014 - 2018") == [("Planner", "Quux Glass")]


def test_a_unit_behind_a_comma_is_a_part_of_the_title() -> None:
    assert _jobs("Charge Nurse, Intensive Care Unit", "Samaritan Regional Hospital", "05/2020 - present") == [
        ("Charge Nurse, Intensive Care Unit", "Samaritan Regional Hospital")
    ]


def test_partners_are_a_firm() -> None:
    assert _jobs("2015 – 2018: Rechtsanwältin, Kanzlei Brandauer & Partner, Wien") == [
        ("Rechtsanwältin", "Kanzlei Brandauer & Partner")
    ]


def test_headings_in_a_column_of_their_own_head_what_stands_beside_them() -> None:
    found = _read(
        "Orla Quist\norla@quist.example\nWork\tSenior Quuxer, Vexley Ltd\nMay 2015 – June 2018\n"
        "Education\tBachelor of Arts\nTrinity College\n2011 – 2014\nSkills\tWelding, Soldering\nLanguages\tEnglish, French"
    )

    assert [(job["position"], job["name"]) for job in found["work"]] == [("Senior Quuxer", "Vexley Ltd")]
    assert [one["institution"] for one in found["education"]] == ["Trinity College"]
    assert [skill["name"] for skill in found["skills"]] == ["Welding", "Soldering"]
    assert [language["code"] for language in found["languages"]] == ["en", "fr"]


def test_a_heading_goes_on_in_the_next_line() -> None:
    found = _read("Orla Quist\n\nFORMACIÓN\nACADÉMICA\n2011 - 2014\nUNIVERSIDAD CES\nEnfermería")

    assert [one["institution"] for one in found["education"]] == ["UNIVERSIDAD CES"]


def test_categories_in_cells_are_no_skills() -> None:
    found = _read(
        "Orla Quist\n\nSKILLS\nClinical\tTriage, Suturing\nSystems\tEpic, Cerner\n\nSKILLS\nJava (Less than 1 year)"
    )

    assert [skill["name"] for skill in found["skills"]] == ["Triage", "Suturing", "Epic", "Cerner", "Java"]


@pytest.mark.parametrize("line", ["Languages known: English, Hindi", "+91 98455 50123\tEnglish, Hindi"])
def test_a_line_of_languages_needs_no_heading(line: str) -> None:
    assert [language["code"] for language in _read(f"Orla Quist\n{line}\n\nEXPERIENCE")["languages"]] == ["en", "hi"]


def test_the_signs_of_old_latex_fonts_are_letters_and_dashes_again() -> None:
    assert (
        normalized("O\x1ece 2015\x152018 pro\x1cle a\x1fuent e\x1bect \x1dy")
        == "Office 2015–2018 profile affluent effect fly"
    )


def test_a_sentence_about_the_employer_may_stand_before_the_title() -> None:
    assert _jobs(
        "Quux Works, Chicago\tMay 2015 – June 2018", "A leading provider of quuxes in its region.", "Sales Manager", "- Sold quuxes",
    ) == [("Sales Manager", "Quux Works")]  # fmt: skip


def test_what_is_said_behind_the_year_is_no_name() -> None:
    found = _read(
        "Orla Quist\n\nEducation\nPh.D. in Physics, University of Quux, 2016. Advisor: Prof. P. Placeholder.\n"
        "M.Sc. in Physics, Quux College, 2012. Thesis: Nothing at all."
    )

    assert [(one["studyType"], one["institution"], one["endDate"]) for one in found["education"]] == [
        ("Ph.D.", "University of Quux", "2016"),
        ("M.Sc.", "Quux College", "2012"),
    ]


def test_a_degree_may_be_told_below_its_school() -> None:
    found = _read(
        "Orla Quist\n\nEDUCATION\nQuux Anderson School of Management\t2003–07\n• B.A., Economics\n• GPA: 3.98"
    )

    assert [(one["studyType"], one["institution"]) for one in found["education"]] == [
        ("B.A.", "Quux Anderson School of Management")
    ]


def test_one_year_is_enough_where_every_line_begins_with_its_years() -> None:
    assert _jobs("2013–2018: Planner, Quux Glass", "2012: Clerk, Vexley Ltd") == [
        ("Planner", "Quux Glass"),
        ("Clerk", "Vexley Ltd"),
    ]


def test_one_year_is_enough_at_the_right_margin_too() -> None:
    assert _jobs("Planner, Quux Glass\t2013–2018", "- Planned", "Clerk, Vexley Ltd\t2012", "- Filed") == [
        ("Planner", "Quux Glass"),
        ("Clerk", "Vexley Ltd"),
    ]


def test_what_stands_behind_a_hyphen_makes_a_title() -> None:
    assert _jobs("2012 – 2016", "CNC-Fräser", "Rheinfall Quux", "- Fräste") == [("CNC-Fräser", "Rheinfall Quux")]


def test_a_type_behind_a_title_belongs_to_it() -> None:
    assert _jobs("Captain, Airbus A320, Emerald Wings, Dublin, 2015-Present") == [
        ("Captain, Airbus A320", "Emerald Wings")
    ]


def test_a_skill_is_nobodys_name() -> None:
    assert "name" not in _read("BOOKKEEPER\n\nSkills\nTalent Acquisition, Payroll")["basics"]


def test_years_below_each_other_are_a_period() -> None:
    found = _read(
        "Orla Quist\n\nEDUCATION\n2013\n2015\nQuux University\nMaster of Arts\n2007\n2011\nTarn College\nBachelor of Arts"
    )

    assert [(one["institution"], one["startDate"], one["endDate"]) for one in found["education"]] == [
        ("Quux University", "2013", "2015"),
        ("Tarn College", "2007", "2011"),
    ]


def test_salaries_hours_and_supervisors_are_passed_over() -> None:
    assert _jobs(
        "Quux Electric Works", "Detroit, MI United States", "", "03/2016 - Present", "Salary: 62,000.00 USD Per Year",
        "Hours per week: 40", "Journeyman", "Duties, Accomplishments and Related Skills:", "Install conduit.",
        "Supervisor: Pat Example", "Okay to contact this Supervisor: Yes", "", "Vexley Power & Light", "Dearborn, MI United States",
        "", "09/2011 - 02/2016", "Salary: 40,000.00 USD Per Year", "Hours per week: 40", "Apprentice Electrician",
    ) == [("Journeyman", "Quux Electric Works"), ("Apprentice Electrician", "Vexley Power & Light")]  # fmt: skip


@pytest.mark.parametrize(
    ("said", "title", "firm"),
    [
        ("Elektricien bij Quux Techniek", "Elektricien", "Quux Techniek"),
        ("Enfermera en Clínica Quux", "Enfermera", "Clínica Quux"),
        ("Analista na Empresa Quux", "Analista", "Empresa Quux"),
    ],
)
def test_the_employer_stands_behind_a_small_word(said: str, title: str, firm: str) -> None:
    assert _jobs(f"{said} (2015 - 2018)") == [(title, firm)]


def test_markdown_says_what_it_says_without_its_signs() -> None:
    text = "# Orla Quist\n**Planner**\n\n## Skills\n\n- **Tools:** AutoCAD, snake_case\n\n## Languages\n\n- *English*: C1\n"
    document = read(text.encode())

    assert document.orders[0].text.splitlines()[0] == "Orla Quist"
    assert [skill["name"] for skill in parse(document, today=TODAY).resume()["skills"]] == ["AutoCAD", "snake_case"]


def test_a_name_above_a_list_is_no_item_of_it() -> None:
    found = _read("Orla Quist\n\nSKILLS\nTechniques\nTriage, Suturing\nTools\nEpic, Cerner, Excel")

    assert [skill["name"] for skill in found["skills"]] == ["Triage", "Suturing", "Epic", "Cerner", "Excel"]


def test_a_number_alone_in_its_line_is_a_telephone() -> None:
    found = _read("Orla Quist\n\nABOUT\nColumbus, Ohio\n614-555-0129\n\nEXPERIENCE\n2015 - 2018 Clerk, Quux Ltd")

    assert found["basics"]["phones"] == ["+16145550129"]


def test_languages_of_programming_are_skills() -> None:
    found = _read("Orla Quist\n\nSKILLS\nDocker, Git\nLanguages\nPython, Java, C++\n\nLANGUAGES\nEnglish")

    assert [skill["name"] for skill in found["skills"]] == ["Docker", "Git", "Python", "Java", "C++"]
    assert [language["code"] for language in found["languages"]] == ["en"]


@pytest.mark.parametrize(
    ("text", "read_as"),
    [
        ("Accoun\x02\ntant", "Accountant"),
        ("linkedin.com/in/orla\x02\nquist", "linkedin.com/in/orla-quist"),
        ("Fitzgerald\x02\nMoore", "Fitzgerald-Moore"),
        ("MANAGE\x02\nMENT", "MANAGEMENT"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_where_it_is_a_words_own(text: str, read_as: str) -> None:
    assert normalized(text) == read_as


@pytest.mark.parametrize(
    "lines",
    [
        ["Line Cook, Oyster & Ember, Nowhereham", "2011 – 2014"],
        ["2011 – 2014: Line Cook (Oyster & Ember, Nowhereham)"],
        ["Oyster & Ember, Nowhereham\t2011 – 2014", "Line Cook"],
        ["2011 – PresentLine Cook\tOyster & Ember"],
        ["2011 – 2014", "Line Cook@Oyster & Ember"],
    ],
)
def test_a_place_that_nobody_knows_is_no_part_of_a_name(lines: list[str]) -> None:
    assert _jobs(*lines, "- Cooked") == [("Line Cook", "Oyster & Ember")]


def test_what_stands_above_a_title_is_rather_its_employer_than_what_stands_below_the_dates() -> None:
    assert _jobs(
        "Quux Vex", "Line Cook", "2011 – 2014", "Nowhereham", "- Cooked", "Tarn Fell", "Waiter", "2009 – 2011", "Elseham", "- Served"
    ) == [("Line Cook", "Quux Vex"), ("Waiter", "Tarn Fell")]  # fmt: skip


def test_a_name_stands_where_the_other_entries_have_theirs() -> None:
    told = "Lançamento da carteira digital"

    assert _jobs(
        "Gestor de produto – 01/2021 – presente", "Minho Pay – Braga", told,
        "Analista de negócio – 09/2016 – 12/2020", "Seguros Lusa Vida – Porto", "Levantamento de requisitos",
        "Estagiário – 09/2015 – 08/2016", "Câmara Municipal de Braga – Braga", "Apoio à informática",
    ) == [("Gestor de produto", "Minho Pay"), ("Analista de negócio", "Seguros Lusa Vida"), ("Estagiário", "Câmara Municipal de Braga")]  # fmt: skip


def test_who_works_for_nobody_else_says_so() -> None:
    assert _jobs("Taxi Driver - Self-employed [2009 - 2017]", "Driver - Quux Cabs [2005 - 2009]") == [
        ("Taxi Driver", "Self-employed"),
        ("Driver", "Quux Cabs"),
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("Wondzorg\nKlinisch\nredeneren\nCoaching\nECD Nedap", ["Wondzorg", "Klinisch redeneren", "Coaching", "ECD Nedap"]),
        ("Risk, Contract\nManagement, Cost\nControl, Jira,\nVBA", ["Risk", "Contract Management", "Cost Control", "Jira", "VBA"]),
        ("Classroom\nManagement\nLatin Drama", ["Classroom Management", "Latin Drama"]),
        ("Python\nGit\nSystem Dynamics", ["Python", "Git", "System Dynamics"]),
    ],
)  # fmt: skip
def test_a_skill_goes_on_in_the_next_line_of_a_narrow_column(lines: str, names: list[str]) -> None:
    assert [skill["name"] for skill in _read(f"Orla Quist\n\nSkills\n{lines}")["skills"]] == names


def test_a_part_of_an_address_is_no_link() -> None:
    assert _read("Orla Quist\norla.de.quist@mail.example\n")["basics"]["profiles"] == []


def test_a_period_goes_on_below_in_a_column_of_its_own() -> None:
    found = _read(
        "Orla Quist\n\nBerufserfahrung\nseit Oktober 2018\tPlanerin\nQuux Glas, Ulm\n"
        "April 2014 bis\tSekretärin\nSeptember 2018\tVexley, Ulm\nNovember 2008 bis\tBuchhalterin\nMärz 2014\tZinnwerk, Ulm"
    )

    assert [(job["position"], job["name"], job["startDate"], job["endDate"]) for job in found["work"]] == [
        ("Planerin", "Quux Glas", "2018-10", None),
        ("Sekretärin", "Vexley", "2014-04", "2018-09"),
        ("Buchhalterin", "Zinnwerk", "2008-11", "2014-03"),
    ]


def test_a_letter_may_be_the_sign_of_a_list() -> None:
    assert _jobs(
        "Vexley, Bergen\t2014 - 2020", "Designer, 03/2016 - 09/2020", "o Built the economy", "Tester, 08/2014 - 02/2016", "o Filed 2,300 bugs"
    ) == [("Designer", "Vexley"), ("Tester", "Vexley")]  # fmt: skip


def test_what_goes_on_in_the_next_line_of_a_narrow_column_is_one_name() -> None:
    studies = _read(
        "Orla Quist\n\nFormation\n2012 - 2015\nINSA Toulouse\n• Diplôme d'ingénieur, génie\nmécanique\n"
        "2010 - 2012\nLycée Quux\n• Classe préparatoire PTSI"
    )["education"]

    assert [(study["studyType"], study.get("area"), study["institution"]) for study in studies] == [
        ("Diplôme d'ingénieur", "génie mécanique", "INSA Toulouse"),
        ("Classe préparatoire PTSI", None, "Lycée Quux"),
    ]


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ("SAP TM  Route Planning  C++  Excel", ["SAP TM", "Route Planning", "C++", "Excel"]),
        ("Kafka\tGo\nGoogle Cloud\nPerl\tBash", ["Kafka", "Go", "Google Cloud", "Perl", "Bash"]),
        ("Platforms\nKafka\tGo\nCode\nPerl\tBash", ["Kafka", "Go", "Perl", "Bash"]),
    ],
)
def test_skills_stand_apart_without_signs(lines: str, names: list[str]) -> None:
    assert [skill["name"] for skill in _read(f"Orla Quist\n\nSkills\n{lines}")["skills"]] == names


def test_a_name_may_be_spread_over_two_lines() -> None:
    assert (
        _read("M A R C U S   D .\nQ U I S T\nP L A N N E R\nmarcus.quist@mail.example")["basics"]["name"]
        == "Marcus D. Quist"
    )


@pytest.mark.parametrize("gap", ["\n", "\t"])
def test_dates_may_stand_below_each_other(gap: str) -> None:
    entries = [("Mar 2021", "Present", "Quux & Co · Paralegal"), ("Jan 2018", "Feb 2021", "Vexley Legal · Clerk")]
    below = [f"{start}\n{end}\n{said}" if gap == "\n" else f"{start}\t{said}\n{end}" for start, end, said in entries]
    work = _read("\n".join(["Orla Quist", "", "Experience", *below]))["work"]

    assert [(job["position"], job["name"], job["startDate"], job["endDate"]) for job in work] == [
        ("Paralegal", "Quux & Co", "2021-03", None),
        ("Clerk", "Vexley Legal", "2018-01", "2021-02"),
    ]


def test_a_firm_below_a_full_line_is_no_end_of_it() -> None:
    assert _jobs(
        "Pinecrest (Seattle)", "Planner\t04/2021 – Present", "Designed the regional failover drill that every team now runs",
        "Tallyhouse (Portland)", "Clerk\t01/2018 – 03/2021", "Moved three hundred hosts without a minute of downtime",
    ) == [("Planner", "Pinecrest"), ("Clerk", "Tallyhouse")]  # fmt: skip


def test_an_associate_of_a_firm_has_no_degree_of_it() -> None:
    found = _read(
        "Orla Quist\n\nWarehouse Associate at Vexley Haulage\n2015 - 2017\n\nSVQ Level 2 Cookery, Forth Valley College\n2010 - 2011"
    )

    assert [job["name"] for job in found["work"]] == ["Vexley Haulage"]
    assert [study["institution"] for study in found["education"]] == ["Forth Valley College"]
