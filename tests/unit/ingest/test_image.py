"""Reading pictures of pages: what is different from file to file, with and without the real tesseract."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
import pytest
from PIL import Image

from indexes.page import Page
from ingest.errors import TooExpanded, UnreadableFile
from ingest.readers.image import read_image
from ingest.readers.ocr import find_tesseract

LETTER = Path(__file__).parents[2] / "fixtures" / "letter.pdf"
DPI = 300
SENTENCE = "החלטת הוועדה היא סופית"


@pytest.fixture(scope="module")
def picture() -> Image.Image:
    """The upper half of the last page of the letter, in grey."""
    document = pdfium.PdfDocument(LETTER)
    drawn: Image.Image = document[2].render(scale=DPI / 72).to_pil().convert("L")
    document.close()
    return drawn.crop((0, 0, drawn.width, drawn.height // 2))


@pytest.fixture
def no_tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine on which no program can be found."""
    monkeypatch.setenv("PATH", str(tmp_path))
    find_tesseract.cache_clear()
    yield
    find_tesseract.cache_clear()


@pytest.fixture
def tesseract() -> None:
    if find_tesseract() is None:
        pytest.skip("NOT TESTED: tesseract with Hebrew is not installed (Debian: tesseract-ocr-heb)")


def read(path: Path, images: Path | None = None) -> list[Page]:
    return list(read_image(path, images, lambda done, total: None).pages)


def said(page: Page) -> str:
    return " ".join(page.text.split())


@pytest.mark.usefixtures("tesseract")
def test_a_picture_is_a_page_with_words_and_an_image(tmp_path: Path, picture: Image.Image) -> None:
    """The text has boxes on a page as large as the paper was, and the image has its shape."""
    picture.save(tmp_path / "scan.png", dpi=(DPI, DPI))
    (page,) = read(tmp_path / "scan.png", tmp_path / "images")
    assert SENTENCE in said(page)
    assert page.came_from_ocr
    assert page.warnings == ("read_from_scan",)
    assert page.width == pytest.approx(picture.width * 72 / DPI, rel=0.01)
    for word in page.words:
        assert 0 <= word.box[0] < word.box[2] <= page.width
        assert 0 <= word.box[1] < word.box[3] <= page.height
    with Image.open(tmp_path / "images" / "1.webp") as shown:
        assert shown.width / shown.height == pytest.approx(page.width / page.height, rel=0.01)


@pytest.mark.usefixtures("tesseract")
def test_a_tiff_has_many_pages(tmp_path: Path, picture: Image.Image) -> None:
    """Every page of a TIFF is read, black and white ones too, and reported when done."""
    done = []
    picture.save(tmp_path / "fax.tif", save_all=True, append_images=[picture.convert("1")], dpi=(DPI, DPI))
    document = read_image(tmp_path / "fax.tif", None, lambda *progress: done.append(progress))
    assert [page.number for page in document.pages] == [1, 2]
    assert all(SENTENCE in said(page) for page in document.pages)
    assert done == [(1, 2), (2, 2)]


@pytest.mark.usefixtures("tesseract")
def test_a_photograph_says_how_it_was_held(tmp_path: Path, picture: Image.Image) -> None:
    """A picture that a camera took on its side is read, and shown, upright."""
    exif = Image.Exif()
    exif[0x0112] = 6
    picture.transpose(Image.Transpose.ROTATE_90).save(tmp_path / "photo.jpg", exif=exif)
    (page,) = read(tmp_path / "photo.jpg")
    assert SENTENCE in said(page)
    assert page.width > page.height


@pytest.mark.usefixtures("tesseract")
@pytest.mark.parametrize("name", ["colours.jpg", "paper.png", "deep.png", "screen.png"])
def test_kinds_of_pictures(tmp_path: Path, picture: Image.Image, name: str) -> None:
    """Four inks, transparent paper, 16 bits a dot and few dots without a size are all read."""
    clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.putalpha(picture.point(lambda grey: 255 - grey))
    kinds = {
        "colours.jpg": picture.convert("CMYK"),
        "paper.png": clear,
        "deep.png": Image.fromarray(np.asarray(picture, dtype=np.uint16) * 200),
        "screen.png": picture.resize((picture.width // 2, picture.height // 2)),
    }
    kinds[name].save(tmp_path / name)
    assert SENTENCE in said(read(tmp_path / name)[0])


@pytest.mark.usefixtures("tesseract")
def test_a_picture_without_text_is_marked(tmp_path: Path) -> None:
    """A white sheet is a page without text, and says so."""
    Image.new("L", (600, 800), 255).save(tmp_path / "white.png")
    (page,) = read(tmp_path / "white.png")
    assert (page.text, page.warnings, page.came_from_ocr) == ("", ("scanned_without_text",), False)


@pytest.mark.usefixtures("no_tesseract")
def test_without_tesseract_a_picture_is_marked(tmp_path: Path, picture: Image.Image) -> None:
    """Where tesseract is not installed, the page is there to look at and carries a warning."""
    picture.save(tmp_path / "scan.jpg", dpi=(DPI, DPI))
    (page,) = read(tmp_path / "scan.jpg", tmp_path / "images")
    assert (page.text, page.warnings) == ("", ("scanned_without_text",))
    assert (tmp_path / "images" / "1.webp").exists()


def test_a_small_file_of_very_many_dots_is_refused(tmp_path: Path) -> None:
    """A picture that would fill the memory is not opened."""
    Image.new("1", (20_000, 20_000), 1).save(tmp_path / "bomb.png")
    with pytest.raises(TooExpanded):
        read(tmp_path / "bomb.png")


def test_a_damaged_picture_is_unreadable(tmp_path: Path, picture: Image.Image) -> None:
    """Half a file, or something else, is refused with a reason."""
    picture.save(tmp_path / "whole.jpg")
    (tmp_path / "half.jpg").write_bytes((tmp_path / "whole.jpg").read_bytes()[:5000])
    (tmp_path / "other.png").write_text("שלום")
    for name in ("half.jpg", "other.png"):
        with pytest.raises(UnreadableFile):
            read(tmp_path / name)
