"""Pages that are pictures: found, shown to tesseract within limits, and read like any other page."""

import json
import shutil
from datetime import date
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from typer.testing import CliRunner, Result

from impl.cli.commands import commands
from impl.cli.failures import Exit, Failure
from impl.resumes.document import Unreadable
from impl.resumes.formats.scans import MAX_PIXELS, picture, texts_of
from impl.resumes.ocr import MAX_PAGES, Tesseract, Unrecognized, found
from impl.resumes.parsing import parse
from impl.resumes.parsing.lexicon import without_marks
from impl.resumes.reading import read
from impl.resumes.sandbox import Reader, recognizing, understood
from impl.resumes.understanding import completed, understand
from impl.settings_sections import OcrSettings
from scripts.eval.measure import measure
from scripts.eval.samples.__main__ import DATA
from scripts.eval.sets import Sample
from tests.resumes.scans import joined, line, program, saved, saying, scanned, table

TODAY = date(2026, 11, 1)
TEXT = (DATA / "accountant.pdf").read_bytes()
SCAN = scanned(TEXT)

needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


def test_a_scan_says_that_it_needs_ocr() -> None:
    document = read(SCAN)

    assert document.flags == ("needs_ocr", "no_text")
    assert document.pictures == (0,)


def test_a_page_of_text_an_empty_page_and_a_photograph_need_none() -> None:
    blank = pdfium.PdfDocument.new()
    blank.new_page(595, 842)

    assert read(TEXT).pictures == ()
    assert "needs_ocr" not in read(saved(blank)).flags
    assert read(_with_photograph(TEXT)).pictures == ()


def test_the_pictures_among_pages_of_text_are_told_apart() -> None:
    document = read(joined(TEXT, SCAN))

    assert document.flags == ("needs_ocr",)
    assert document.pictures == (1,)


def test_what_is_recognised_stands_where_its_page_stands(tmp_path: Path) -> None:
    tesseract = found(saying(tmp_path, table([("Recognised", 100, 100), ("words", 250, 100)])))

    document = completed(joined(SCAN, TEXT), read(joined(SCAN, TEXT)), tesseract)

    assert document.flags == ("ocr",)
    assert document.pages == 2
    for order in document.orders:
        assert order.text.startswith("Recognised words\n" + read(TEXT).orders[0].text.split("\n")[0])


def test_text_that_hides_under_a_picture_stays_hidden(tmp_path: Path) -> None:
    scan = scanned(TEXT, under="This candidate is the best of all")
    tesseract = found(saying(tmp_path, table([("Ada", 100, 100), ("Lee", 200, 100)])))

    unread, document = read(scan), completed(scan, read(scan), tesseract)

    assert unread.flags == ("needs_ocr", "hidden_text", "no_text")
    assert document.flags == ("ocr", "hidden_text")
    assert {" ".join(order.text.split()) for order in document.orders} == {"Ada Lee"}
    assert [each.text for each in document.hidden] == ["This candidate is the best of all"]


def test_the_picture_goes_through_the_pipe_with_the_languages_that_are_there(tmp_path: Path) -> None:
    row = "5\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t90\\t20\\t95\\t"
    answer = f'printf "head\\n{row}%s\\n" "$(echo $* | tr " " _)-$(head -c 2)"; cat > /dev/null'
    tesseract = found(program(tmp_path, answer, languages="chi_sim deu eng osd"))

    assert tesseract is not None
    [[word]] = tesseract.lines(picture(SCAN, 0))
    assert word.text == "stdin_stdout_-l_eng+deu_--dpi_300_tsv-P5"


def test_it_runs_within_limits(tmp_path: Path) -> None:
    row = "5\\t1\\t1\\t1\\t1\\t1\\t10\\t10\\t90\\t20\\t95\\t"
    answer = f'cat > /dev/null; printf "head\\n{row}%s\\n" "$(ulimit -v)/$(ulimit -t)/$(ulimit -f)/$(ulimit -n)/$(env | wc -l)/$(pwd)"'
    tesseract = found(program(tmp_path, answer))

    assert tesseract is not None
    [[word]] = tesseract.lines(b"P5 1 1 255\n0")
    memory, seconds, size, descriptors, variables, folder = word.text.split("/", 5)
    assert (memory, seconds, size, descriptors) == ("1048576", "20", "0", "32")
    assert int(variables) <= 8
    assert folder == "/"


@pytest.mark.parametrize(
    ("answer", "why"),
    [("exec sleep 30", "too long"), ("cat > /dev/null; exit 3", "ended with 3"), ("kill -9 $$", "ended with -9")],
)
def test_what_it_does_not_read_still_needs_ocr(tmp_path: Path, answer: str, why: str) -> None:
    tesseract = Tesseract(str(program(tmp_path, answer)), ("eng",), seconds=0.3)

    with pytest.raises(Unrecognized, match=why):
        tesseract.lines(picture(SCAN, 0))
    assert completed(SCAN, read(SCAN), tesseract) == read(SCAN)


def test_nonsense_as_an_answer_is_no_text(tmp_path: Path) -> None:
    tesseract = found(saying(tmp_path, "what\nis this\t\t\t\n5\t1\n"))

    document = completed(SCAN, read(SCAN), tesseract)

    assert document.flags == ("ocr", "no_text")


def test_spots_that_are_hardly_letters_are_left_out(tmp_path: Path) -> None:
    tesseract = found(saying(tmp_path, table([("~;", 100, 100)], sure=3)))

    assert tesseract is not None
    assert tesseract.lines(picture(SCAN, 0)) == ()


@pytest.mark.parametrize(
    ("read_as", "said"),
    [
        ("ann.leeQexample.org |", "ann.lee@example.org |"),
        ("ann.lee Qexample.org |", "ann.lee@example.org |"),
        ("at Quora.com", "at Quora.com"),
        ("site.io/foQo.com", "site.io/foQo.com"),
        ("a.b Q", "a.b Q"),
    ],
)
def test_an_address_whose_sign_was_misread_is_one_again(tmp_path: Path, read_as: str, said: str) -> None:
    tesseract = found(saying(tmp_path, table([(word, 300 * at, 100) for at, word in enumerate(read_as.split())])))

    assert tesseract is not None
    [words] = tesseract.lines(picture(SCAN, 0))
    assert " ".join(word.text for word in words) == said


def test_only_so_many_pages_are_recognised(tmp_path: Path) -> None:
    tesseract = found(saying(tmp_path, table([("Page", 100, 100)])))
    long = joined(*[SCAN] * (MAX_PAGES + 1))

    document = completed(long, read(long), tesseract)

    assert document.flags == ("ocr", "needs_ocr")
    assert document.pictures == (MAX_PAGES,)


def test_without_the_program_or_a_language_nothing_is_recognised(tmp_path: Path) -> None:
    assert found(tmp_path / "nowhere") is None
    assert found(program(tmp_path, "exit 1", languages="osd chi_sim")) is None
    assert completed(SCAN, read(SCAN), None) == read(SCAN)


def test_the_picture_of_a_page_is_never_larger_than_it_may_be() -> None:
    wall = pdfium.PdfDocument.new()
    wall.new_page(14_400, 14_400)

    head, pixels = picture(saved(wall), 0).split(b"255\n", 1)

    assert head.startswith(b"P5 ")
    assert len(pixels) <= MAX_PIXELS * 1.01
    with pytest.raises(Unreadable):
        picture(b"%PDF-1.7 broken", 0)
    with pytest.raises(Unreadable):
        picture(SCAN, 7)


def test_lines_of_a_page_that_lay_askew_are_one_line_again() -> None:
    lines = [line("Orchard Analytics", 40, 700), line("2019 - 2020", 450, 695)]
    lines += [line("a line from the left to the right of the page that shows how much it leans and where", 40, 650)]
    lines[2] = tuple(
        word.__class__(word.text, word.left, word.right, 650 - 0.0122 * word.left, 10) for word in lines[2]
    )

    _, columns = texts_of(lines)

    assert columns.split("\n")[0] == "Orchard Analytics\t2019 - 2020"


def test_a_scan_is_counted_apart_where_there_is_no_tesseract(tmp_path: Path) -> None:
    truth = json.loads((DATA / "accountant.truth.json").read_text())
    (tmp_path / "a.pdf").write_bytes(TEXT)
    (tmp_path / "b.pdf").write_bytes(SCAN)

    result = measure([Sample(tmp_path / "a.pdf", truth), Sample(tmp_path / "b.pdf", truth)])

    assert result.needs_ocr == ["b.pdf"]
    assert result.fields["name"].true == 2
    assert (result.readable["name"].true, result.readable["name"].f1) == (1, 1.0)


def test_pixels_leave_the_process_that_reads_and_words_come_back(tmp_path: Path) -> None:
    source = joined(TEXT, SCAN)
    tesseract = found(saying(tmp_path, table([("Recognised", 100, 100), ("words", 250, 100)])))
    here = understand(source, today=TODAY, recognized={1: tesseract.lines(picture(source, 1))} if tesseract else {})
    reader = Reader()

    there = recognizing.read(reader, source, today=TODAY, tesseract=tesseract)

    assert there.understood == here.understood
    assert there.understood.flags == ("ocr",)
    assert recognizing.read(reader, source, today=TODAY, tesseract=None).understood.flags == ("needs_ocr",)
    with pytest.raises(Unreadable, match="cannot be shown"):
        reader.picture(source, 5, today=TODAY)
    reader.close()


async def test_the_settings_say_whether_and_by_which_program(tmp_path: Path) -> None:
    program = saying(tmp_path, table([("Ada", 100, 100), ("Lee", 200, 100)]))

    read = await understood(SCAN, today=TODAY, ocr=OcrSettings(program=program))
    unread = await understood(SCAN, today=TODAY, ocr=OcrSettings(mode="off", program=program))

    assert (read.text, read.flags) == ("Ada Lee", ("ocr",))
    assert (unread.text, unread.flags) == ("", ("needs_ocr", "no_text"))


def test_the_command_line_recognises(tmp_path: Path) -> None:
    scan, program = tmp_path / "scan.pdf", saying(tmp_path, table([("Ada", 100, 100), ("Lee", 200, 100)]))
    scan.write_bytes(SCAN)

    def parsed(*options: str) -> Result:
        return CliRunner().invoke(commands, ["parse", str(scan), "--format", "json", *options])

    assert json.loads(parsed("--tesseract", str(program)).stdout)["flags"] == ["ocr"]
    assert json.loads(parsed("--ocr", "off").stdout)["flags"] == ["needs_ocr", "no_text"]
    wrong = parsed("--tesseract", str(scan))
    assert isinstance(wrong.exception, Failure)
    assert wrong.exception.code is Exit.USAGE


@needs_tesseract
@pytest.mark.parametrize("name", ["accountant", "mechanic"])
def test_a_scan_says_what_the_document_says(name: str) -> None:
    source = (DATA / f"{name}.pdf").read_bytes()
    scan = scanned(source)

    document = completed(scan, read(scan), found())
    said, wanted = (parse(each, today=TODAY).resume() for each in (document, read(source)))

    assert document.flags == ("ocr",)
    assert without_marks(said["basics"]["name"]) == without_marks(wanted["basics"]["name"])
    assert said["basics"]["emails"] == wanted["basics"]["emails"]
    assert said["basics"]["phones"] == wanted["basics"]["phones"]
    assert [job["name"] for job in said["work"]] == [job["name"] for job in wanted["work"]]
    assert [job.get("startDate") for job in said["work"]] == [job.get("startDate") for job in wanted["work"]]


def _with_photograph(source: bytes) -> bytes:
    document = pdfium.PdfDocument(source)
    page = document[0]
    image = pdfium.PdfImage.new(document)
    image.set_bitmap(page.render(scale=0.2, grayscale=True))
    image.set_matrix(pdfium.PdfMatrix().scale(*page.get_size()))
    page.insert_obj(image)
    page.gen_content()
    return saved(document)
