"""Recognising letters with the real tesseract, on pictures of a PDF whose text is known."""

from collections import Counter
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from PIL import Image

from indexes.page import Box
from ingest.readers.ocr import find_tesseract, recognise
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


def once(places: list[tuple[str, Box]]) -> dict[str, Box]:
    """The places of words that stand only once on the page."""
    counts = Counter(word for word, _ in places)
    return {word: box for word, box in places if counts[word] == 1}


def test_words_are_recognised_where_they_stand(tesseract: str) -> None:
    """Nine of ten words of a clean page come out, each with its middle in the box that the PDF gives it."""
    page = read_pdf(LETTER, None, lambda done, total: None).pages[2]
    lines = recognise(tesseract, picture(3), DOTS_PER_POINT)
    true = once([(page.text[word.start : word.end], word.box) for word in page.words])
    found = once([(line.text[word.start : word.end], word.box) for line in lines for word in line.words])
    both = true.keys() & found.keys()
    assert len(both) >= 0.9 * len(true)
    for word in both:
        x, y = (found[word][0] + found[word][2]) / 2, (found[word][1] + found[word][3]) / 2
        left, top, right, bottom = true[word]
        assert left < x < right, word
        assert top < y < bottom, word


def test_lines_come_in_reading_order_with_their_paragraphs(tesseract: str) -> None:
    """The first line is the heading, and not every line begins a paragraph."""
    lines = recognise(tesseract, picture(3), DOTS_PER_POINT)
    assert lines[0].text == "סוף המסמך"
    assert lines[0].opens
    assert not all(line.opens for line in lines)


def test_english_in_a_hebrew_page_is_read_a_second_time(tesseract: str) -> None:
    """Latin words, which the Hebrew data cannot read, come from a second reading."""
    text = " ".join(line.text for line in recognise(tesseract, picture(1), DOTS_PER_POINT))
    assert "GPT-4" in text
    assert "15/03/2024" in text


def test_a_final_mem_is_not_taken_for_a_samekh(tesseract: str) -> None:
    """A word that only exists with a final mem gets it back."""
    text = " ".join(line.text for line in recognise(tesseract, picture(1), DOTS_PER_POINT))
    assert "תשלום" in text


def test_a_white_picture_has_no_lines(tesseract: str) -> None:
    """Nothing is recognised where nothing is."""
    assert recognise(tesseract, Image.new("L", (600, 800), 255), DOTS_PER_POINT) == []


def test_a_tesseract_that_fails_recognises_nothing() -> None:
    """A program that ends with an error costs the page its text, not the document."""
    assert recognise("/bin/false", picture(3), DOTS_PER_POINT) == []


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
def test_numbers_keep_all_their_digits() -> None:
    """The Hebrew reading loses the first digit of some numbers and is sure of it; a second reading brings it back."""
    permit = next(path for path in sample_files() if "פסטיבל" in path.name)
    text = read_pdf(permit, None, lambda done, total: None).pages[1].text
    assert "ברוח של 80" in text
    assert "במרחק של 20 מטרים" in text
