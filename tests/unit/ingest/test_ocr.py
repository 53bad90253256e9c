"""Recognising letters with the real tesseract, on pictures of a PDF whose text is known."""

from collections import Counter
from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from PIL import Image, ImageDraw

from indexes.page import Box
from ingest.readers.leaf import Leaf, text_of
from ingest.readers.ocr import find_tesseract, recognise
from ingest.readers.ocr.dashes import longest_dash, with_range_in_order
from ingest.readers.ocr.mending import mended
from ingest.readers.ocr.slant import slant_of
from ingest.readers.ocr.tesseract import Seen
from ingest.readers.page_image import turned
from ingest.readers.pdf import read_pdf
from ingest.samples import sample_files

LETTER = Path(__file__).parents[2] / "fixtures" / "letter.pdf"
DOTS_PER_POINT = 300 / 72


@pytest.fixture(scope="module")
def tesseract() -> str:
    program = find_tesseract()
    if program is None:
        pytest.skip("NOT TESTED: tesseract with Hebrew is not installed (Debian: tesseract-ocr-heb)")
    return program


def picture(page: int) -> Image.Image:
    document = pdfium.PdfDocument(LETTER)
    drawn = document[page - 1].render(scale=DOTS_PER_POINT).to_pil()
    document.close()
    return drawn


@pytest.fixture(scope="module")
def first(tesseract: str) -> Leaf:
    """The first page of the letter, with a table, English and numbers."""
    return recognise(tesseract, picture(1), DOTS_PER_POINT)


@pytest.fixture(scope="module")
def last(tesseract: str) -> Leaf:
    """The last page, of a heading and prose."""
    return recognise(tesseract, picture(3), DOTS_PER_POINT)


def once(places: list[tuple[str, Box]]) -> dict[str, Box]:
    """The places of words that stand only once on the page."""
    counts = Counter(word for word, _ in places)
    return {word: box for word, box in places if counts[word] == 1}


def test_words_are_recognised_where_they_stand(last: Leaf) -> None:
    """Nine of ten words of a clean page come out, each with its middle in the box that the PDF gives it."""
    page = read_pdf(LETTER, None, lambda done, total: None).pages[2]
    true = once([(page.text[word.start : word.end], word.box) for word in page.words])
    found = once([(line.text[word.start : word.end], word.box) for line in last.lines for word in line.words])
    both = true.keys() & found.keys()
    assert len(both) >= 0.9 * len(true)
    for word in both:
        x, y = (found[word][0] + found[word][2]) / 2, (found[word][1] + found[word][3]) / 2
        left, top, right, bottom = true[word]
        assert left < x < right, word
        assert top < y < bottom, word


def test_lines_come_in_reading_order_with_their_paragraphs(last: Leaf) -> None:
    """The first line is the heading, and not every line begins a paragraph."""
    assert last.lines[0].text == "סוף המסמך"
    assert last.lines[0].opens
    assert not all(line.opens for line in last.lines)


def test_english_and_numbers_are_read_a_second_time(first: Leaf) -> None:
    """What the Hebrew data cannot read comes from a second reading, in its place among the Hebrew."""
    text = " ".join(text_of(first.lines).split())
    assert "המערכת GPT-4 (מודל שפה)" in text
    assert "עד 15/03/2024 בשעה 14:30 (שעון ישראל) לטלפון 03-1234567." in text
    assert "ארנונה | 1,250.50 | לשנה" in text


def test_a_clean_page_is_read_with_confidence_and_noise_is_not(tesseract: str, last: Leaf) -> None:
    """How much a page is worth tells print from a picture without words."""
    assert last.worth > 0.85
    noise = Image.effect_noise((1200, 900), 200)
    assert recognise(tesseract, noise, DOTS_PER_POINT).worth < 0.5


def test_a_final_mem_is_not_taken_for_a_samekh(first: Leaf) -> None:
    """A word that only exists with a final mem gets it back."""
    assert "תשלום" in text_of(first.lines)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_page_that_lies_on_its_side_is_turned(tesseract: str, last: Leaf, turns: int) -> None:
    """A scan that was put in the wrong way reads as if it were upright, and says how to turn it."""
    leaf = recognise(tesseract, turned(picture(3), turns), DOTS_PER_POINT)
    assert leaf.turns == 4 - turns
    assert (leaf.width, leaf.height) == (last.width, last.height)
    assert text_of(leaf.lines) == text_of(last.lines)


@pytest.mark.parametrize("angle", [-9, 6])
def test_a_crooked_page_loses_nothing(tesseract: str, last: Leaf, angle: int) -> None:
    """A sheet that lay crooked in the scanner has the same text, and its words stand where they are in the picture."""
    crooked = picture(3).convert("L").rotate(angle, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
    leaf = recognise(tesseract, crooked, DOTS_PER_POINT)
    assert slant_of(crooked) == pytest.approx(-angle, abs=0.3)
    assert text_of(leaf.lines) == text_of(last.lines)
    ink = crooked.point(lambda grey: 255 if grey < 128 else 0)
    before = ink.histogram()[255]
    for word in (word for line in leaf.lines for word in line.words):
        ImageDraw.Draw(ink).rectangle([edge * DOTS_PER_POINT for edge in word.box], fill=0)
    assert ink.histogram()[255] < 0.2 * before


def test_a_picture_without_lines_has_no_slant() -> None:
    """Neither white paper nor noise is turned."""
    assert slant_of(Image.new("L", (600, 800), 255)) == 0
    assert slant_of(Image.effect_noise((600, 800), 200)) == 0


def test_a_white_picture_has_no_lines(tesseract: str) -> None:
    """Nothing is recognised where nothing is."""
    assert recognise(tesseract, Image.new("L", (600, 800), 255), DOTS_PER_POINT).lines == []


def test_a_tesseract_that_fails_recognises_nothing() -> None:
    """A program that ends with an error costs the page its text, not the document."""
    assert recognise("/bin/false", picture(3), DOTS_PER_POINT).lines == []


def seen(*words: str) -> list[Seen]:
    return [Seen(word, (0, 0, 10, 10), 90, (1, 1, 1)) for word in words]


def texts(words: list[Seen]) -> list[str]:
    return [word.text for word in words]


def test_samekh_becomes_mem_by_the_lexicon() -> None:
    """Words that only make sense with a final mem get it; names in samekh stay, unless the page is full of samekhs."""
    assert texts(mended(seen("תשלוס,", "כנס", "פריס"))) == ["תשלום,", "כנס", "פריס"]
    assert texts(mended(seen("תשלוס", "שס", "ילדיס", "אנשיס"))) == ["תשלום", "שם", "ילדים", "אנשים"]
    assert texts(mended(seen("הפרוטוקוליס", "ילדיס", "כנס"))) == ["הפרוטוקולים", "ילדים", "כנס"]


def test_two_yods_become_the_gershayim_of_an_acronym() -> None:
    """Two yods without which a word is far more common are the quotation mark of an acronym."""
    assert texts(mended(seen("מזכייל", "קייג,", "צה''ל", "עניים"))) == ['מזכ"ל', 'ק"ג,', 'צה"ל', "עניים"]


def number(dash: int) -> Image.Image:
    """A picture of two "digits", 20 dots wide and 40 high, with a dash of that many dots between them."""
    drawn = Image.new("L", (60 + dash, 40), 255)
    draw = ImageDraw.Draw(drawn)
    draw.rectangle((0, 0, 20, 39), fill=0)
    draw.rectangle((39 + dash, 0, 59 + dash, 39), fill=0)
    draw.rectangle((30, 18, 29 + dash, 22), fill=0)
    return drawn


def test_the_length_of_a_dash_is_measured() -> None:
    """A dash counts in heights of the digits beside it; digits are none."""
    assert longest_dash(number(12)) == pytest.approx(0.3)
    assert longest_dash(number(30)) == pytest.approx(0.75)
    assert longest_dash(Image.new("L", (40, 40), 255)) == 0


@pytest.mark.parametrize(
    ("text", "dash", "read"),
    [
        ("95-88", 30, "88\u201395"),
        ("(1995-1988).", 30, "(1988\u20131995)."),
        ("95-1988", 30, "1988\u201395"),
        ("88-95", 30, "88-95"),
        ("95-88", 12, "95-88"),
        ("95-88-77", 30, "95-88-77"),
    ],
)
def test_a_range_with_a_long_dash_is_read_from_the_right(text: str, dash: int, read: str) -> None:
    """A range with an en dash has its first number on the right; one with a hyphen, on the left."""
    drawn = number(dash)
    word = Seen(text, (0, 0, drawn.width, drawn.height), 90, (1, 1, 1))
    assert with_range_in_order(word, drawn).text == read


@pytest.mark.usefixtures("tesseract")
def test_a_scanned_page_of_a_pdf_is_recognised(tmp_path: Path) -> None:
    """A page that is only a picture gets text and boxes, and says where they came from."""
    picture(3).convert("L").save(tmp_path / "scan.pdf", "PDF", resolution=300)
    page = read_pdf(tmp_path / "scan.pdf", None, lambda done, total: None).pages[0]
    assert page.came_from_ocr
    assert page.warnings == ("read_from_scan",)
    assert "החלטת הוועדה היא סופית" in " ".join(page.text.split())
    assert [page.text[word.start : word.end] for word in page.words] == page.text.split()


@pytest.mark.usefixtures("tesseract")
def test_a_scan_on_its_side_is_shown_upright(tmp_path: Path) -> None:
    """The page and its image are those of the upright paper, so that boxes lie on the words."""
    turned(picture(3), 1).convert("L").save(tmp_path / "scan.pdf", "PDF", resolution=300)
    page = read_pdf(tmp_path / "scan.pdf", tmp_path, lambda done, total: None).pages[0]
    with Image.open(tmp_path / "1.webp") as shown:
        assert shown.width / shown.height == pytest.approx(page.width / page.height, rel=0.01)
    assert page.height > page.width


@pytest.mark.usefixtures("tesseract")
def test_numbers_keep_all_their_digits() -> None:
    """The Hebrew reading loses the first digit of some numbers and is sure of it; a second reading brings it back."""
    permit = next(path for path in sample_files() if "פסטיבל" in path.name)
    text = read_pdf(permit, None, lambda done, total: None).pages[1].text
    assert "ברוח של 80" in text
    assert "במרחק של 20 מטרים" in text


@pytest.mark.data
@pytest.mark.usefixtures("tesseract")
def test_an_old_text_layer_is_judged(data_folder: Path, tmp_path: Path) -> None:
    """The junk layer of a newspaper of 1863 gives way to our own reading, which says that it is poor as well."""
    paper = next((data_folder / "documents" / "pdf").glob("*HZT-1863*.pdf"))
    writer = pypdf.PdfWriter()
    writer.append(paper, pages=(0, 1))
    writer.write(tmp_path / "page.pdf")
    page = read_pdf(tmp_path / "page.pdf", None, lambda done, total: None).pages[0]
    assert "ירושלם" in page.text
    assert page.warnings == ("read_from_scan", "low_quality")
