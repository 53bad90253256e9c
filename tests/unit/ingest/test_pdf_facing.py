"""Brackets named after their shapes."""

from itertools import pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from ingest.readers.pdf.characters import page_characters
from ingest.readers.pdf.lines import lines_of
from ingest.readers.pdf.row_text import shown_in

pytestmark = pytest.mark.data


@pytest.mark.parametrize("producer", ["libreoffice", "pango", "rl_line"])
def test_brackets_face_each_other_on_the_page(data_folder: Path, producer: str) -> None:
    """Whatever the file calls them, opening and closing ones alternate in a line as they are drawn."""
    pdf = pdfium.PdfDocument(data_folder / "extraction" / f"{producer}__mixed.pdf")
    characters = page_characters(pdf[0])
    pdf.close()
    shown = [shown_in(segment) for line in lines_of(characters.by_turns[0]) for segment in line]
    assert characters.brackets_told
    for text in shown:
        brackets = [each for each in text if each in "()"]
        assert all(first != second for first, second in pairwise(brackets))
