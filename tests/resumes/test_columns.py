"""The reading order of a page with columns."""

from impl.resumes.formats.columns import Word, text_of
from impl.resumes.formats.glyphs import Glyph, stream_of
from impl.resumes.formats.torn import is_torn, parted


def _row(text: str, left: float, base: float) -> list[Word]:
    words, at = [], left
    for word in text.split():
        words.append(Word(word, at, at + 5.0 * len(word), base, 10.0))
        at += 5.0 * len(word) + 3.0
    return words


def _column(lines: list[str], left: float, top: float) -> list[Word]:
    return [word for index, line in enumerate(lines) for word in _row(line, left, top - 14.0 * index)]


def test_a_side_column_is_read_as_a_whole() -> None:
    side = ["Contact", "ann@example.org", "Skills", "Welding", "Casting", "Languages", "English"]
    main = [
        "Experience",
        "Welder",
        "Ironbridge Works",
        "made gates and fences",
        "Education",
        "Trade School",
        "and more",
    ]

    text = text_of([*_row("Ann Smith", 40, 800), *_column(side, 40, 770), *_column(main, 250, 772)])

    assert text.replace("\n\n", "\n").split("\n") == ["Ann Smith", *side, *main]


def test_dates_at_the_right_margin_stay_with_their_lines() -> None:
    jobs = ["Welder", "Ironbridge Works", "Smith", "Coalbrook Forge", "Apprentice", "Severn Yard"]
    dates = ["2019 - 2020", "Telford", "2017 - 2019", "Telford", "2015 - 2017", "Bewdley"]

    text = text_of([*_column(jobs, 40, 700), *_column(dates, 450, 700)])

    assert "Welder\t2019 - 2020" in text
    assert "Severn Yard\tBewdley" in text


def test_letters_that_stand_apart_are_words_again() -> None:
    words, at = [], 40.0
    for letter in "ANN SMITH":
        if letter != " ":
            words.append(Word(letter, at, at + 6, 700, 12))
        at += 14.0 if letter != " " else 10.0

    assert text_of(words) == "ANN SMITH"


def _drawn(text: str, left: float, base: float = 700.0) -> list[Glyph]:
    return [
        Glyph(0, letter, left + 5.0 * at, left + 5.0 * at + 5.0, base, base + 7.0, left + 5.0 * at, base, 10.0)
        for at, letter in enumerate(text)
    ]


def test_a_wide_gap_is_a_tab_in_the_order_of_the_stream_too() -> None:
    glyphs = [*_drawn("Tools", 50), Glyph(0, " "), *_drawn("Epic", 90), Glyph(0, " "), *_drawn("Cerner", 113)]

    assert stream_of(glyphs, {}) == "Tools\tEpic Cerner"
    assert stream_of([*glyphs, Glyph(0, "\n"), *_drawn("End", 50, 680)], {5: "!"}) == "Tools!\tEpic Cerner\nEnd"


def test_no_column_border_runs_through_the_space_between_two_words() -> None:
    name = [Word("VALENTINA", 50, 240, 780, 26), Word("RESTREPO", 262, 440, 780, 26)]
    rows = [
        word
        for at in range(8)
        for word in (Word("Skill", 50, 110, 700 - 14 * at, 9), Word("Told", 280, 420, 700 - 14 * at, 9))
    ]

    assert text_of([*name, *rows]).splitlines()[0] == "VALENTINA RESTREPO"


def test_the_cells_beside_dates_stay_with_them() -> None:
    dates = [("2019 - now", 0), ("2017 - 2019", 3), ("2015 - 2017", 6)]
    jobs = ["Welder", "made gates", "and fences", "Smith", "shod horses", "all day", "Apprentice", "swept"]
    firms = ["Ironbridge Works", "Telford", "", "Coalbrook Forge", "Telford", "", "Severn Yard", "Bewdley"]

    text = text_of(
        [
            *[word for date, line in dates for word in _row(date, 40, 700 - 14.0 * line)],
            *_column(jobs, 160, 700),
            *_column(firms, 400, 700),
        ]
    )

    assert "2019 - now\tWelder\tIronbridge Works\nmade gates\tTelford" in text
    assert "2015 - 2017\tApprentice\tSevern Yard" in text


def test_letters_that_are_taken_for_columns_are_lines_again() -> None:
    torn = [part for letter in _drawn("Welding 2011", 50) for part in (letter, Glyph(0, "\r"), Glyph(0, "\n"))]
    blank = next(at for at, glyph in enumerate(torn) if glyph.text == " ")
    torn[blank] = Glyph(0, " ")
    torn.extend(_drawn("Casting", 50, 680))

    assert is_torn(torn)
    assert "".join(glyph.text + sign for glyph, sign in parted(torn)) == "Welding 2011\nCasting"
    assert not is_torn([*_drawn("Welding", 50), Glyph(0, "\r"), Glyph(0, "\n"), *_drawn("Casting", 50, 680)] * 9)
