"""What is told of the characters of a page: how many are not drawn, and which of them share a glyph."""

from pathlib import Path

import pypdf
import pypdfium2 as pdfium
import pytest
from pypdf.generic import DecodedStreamObject, NameObject

from evals.extraction import darash_text, score
from ingest.readers.pdf.characters import PageCharacters, page_characters, page_frames
from ingest.readers.pdf.text import page_lines

LETTER = Path(__file__).parents[2] / "fixtures" / "letter.pdf"


def characters_of(path: Path) -> PageCharacters:
    """The characters of the first page."""
    document = pdfium.PdfDocument(path)
    try:
        return page_characters(document[0])
    finally:
        document.close()


def texts_of(path: Path) -> list[str]:
    """The lines of the first page."""
    document = pdfium.PdfDocument(path)
    try:
        return [line.text for line in page_lines(page_characters(document[0]), page_frames(document[0]), 0)]
    finally:
        document.close()


def test_a_page_says_how_much_of_it_is_not_drawn(tmp_path: Path) -> None:
    """The letters that an OCR program lays over a picture are not drawn; they are read like all others."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    page = writer.pages[0]
    hidden = DecodedStreamObject()
    hidden.set_data(b"3 Tr " + page.get_contents().get_data())
    page[NameObject("/Contents")] = writer._add_object(hidden)
    writer.write(tmp_path / "hidden.pdf")
    assert characters_of(LETTER).invisible == 0.0
    assert characters_of(tmp_path / "hidden.pdf").invisible == 1.0
    assert texts_of(tmp_path / "hidden.pdf") == texts_of(LETTER)


def test_a_stamp_on_its_side_does_not_break_lines(tmp_path: Path) -> None:
    """Text that runs upwards across the page is read after the lines that it crosses."""
    writer = pypdf.PdfWriter(clone_from=LETTER)
    across = pypdf.Transformation().scale(0.5).rotate(90).translate(400, 20)
    writer.pages[0].merge_transformed_page(pypdf.PdfReader(LETTER).pages[2], across)
    writer.write(tmp_path / "stamped.pdf")
    upright = texts_of(LETTER)
    stamped = texts_of(tmp_path / "stamped.pdf")
    assert stamped[: len(upright)] == upright
    assert stamped[len(upright)] == "סוף המסמך"


@pytest.mark.data
@pytest.mark.parametrize("producer", ["chromium", "libreoffice", "pango"])
@pytest.mark.parametrize("kind", ["niqqud", "presforms"])
def test_pointed_words_stay_whole(data_folder: Path, producer: str, kind: str) -> None:
    """Every word of vocalised text is found, with every point on its letter, however the points are drawn."""
    path = data_folder / "extraction" / f"{producer}__{kind}.pdf"
    if not path.exists():
        pytest.skip(f"{producer} has no {kind}")
    assert score(darash_text(path), path.with_suffix(".txt").read_text("utf-8"), []).pointed == 1.0
