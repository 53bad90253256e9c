import random
from pathlib import Path

import pytest

from ingest.errors import UnreadableFile
from ingest.readers.text import decode, read_text

SENTENCES = (
    'המועצה האזורית תדון בבקשה תוך 30 יום ותשיב בכתב. עו"ד כהן רשאי לערער, בכפוף לסעיף 4 (ב). '
    'יש לפנות בטלפון 03-1234567 או ל-info@example.org לפני 15/03/2024; ב"כ הצדדים יקבלו Word מעודכן.\r\n'
) * 5
ENCODINGS = ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1255", "iso-8859-8", "cp862"]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("length", [40, 120, 400])
def test_the_encoding_is_found_from_the_letters(encoding: str, length: int) -> None:
    """Sixty random cuts of Hebrew text, with numbers and English, are decoded right in every encoding."""
    chance = random.Random(1)
    for _ in range(60):
        start = chance.randrange(len(SENTENCES) - length)
        cut = SENTENCES[start : start + length]
        assert decode(cut.encode(encoding)) == cut


@pytest.mark.parametrize(
    "text", ["Terra Partners, Maniv ו-Bloom Ltd", "ם, Terra Venture Partners", "Undead Labs,\u00a0Games גם\u00a0Ninja"]
)
def test_few_hebrew_letters_of_dos(text: str) -> None:
    """A lone prefix or the end of a word is enough among foreign words, and no-break blanks do not count."""
    assert decode(text.encode("cp862")) == text


def test_typographic_marks_are_not_dos_letters() -> None:
    """English with curly quotes, dashes and an ellipsis in windows-1252 does not become Hebrew."""
    text = "\u201cWait \u2026 what\u201d \u2013 said the clerk\u2019s friend"
    assert decode(text.encode("cp1252")) == text


def test_niqqud_in_windows_1255() -> None:
    """Points, which only windows-1255 has of the old encodings, survive."""
    text = "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ"
    assert decode(text.encode("cp1255")) == text


def test_one_damaged_byte_does_not_spoil_utf8() -> None:
    """A UTF-8 file with a bad byte stays Hebrew, with a mark in the place of the byte."""
    data = SENTENCES.encode()
    assert decode(data[:101] + b"\xff" + data[101:]).count("\ufffd") <= 3
    assert "המועצה האזורית" in decode(b"\xff" * 2 + b" " + data[:0] + data)


def test_what_is_declared_is_believed_only_without_hebrew() -> None:
    """French that says it is Latin-1 is Latin-1; Hebrew letters that say so are Hebrew; nonsense names do no harm."""
    assert decode("Le café est fermé".encode("latin-1"), "iso-8859-1") == "Le café est fermé"
    assert decode("שלום עולם".encode("cp1255"), "iso-8859-1") == "שלום עולם"
    for name in ("zip", "idna", "no such thing", "x" * 1000, "\0"):
        assert decode("שלום".encode("cp1255"), name) == "שלום"


def test_text_keeps_paragraphs_and_loses_invisible_marks(tmp_path: Path) -> None:
    """Lines and paragraphs stay, direction marks and runs of blanks go."""
    path = tmp_path / "א.txt"
    path.write_text("\u200fשורה  ראשונה\r\nשורה שנייה\r\n \r\n\r\nפסקה\u00a0שנייה\n", encoding="utf-8")
    assert read_text(path).pages[0].text == "שורה ראשונה\nשורה שנייה\n\nפסקה שנייה"


def test_text_in_the_order_of_the_screen_is_put_right(tmp_path: Path) -> None:
    """Old files that store lines as they look, left to right, come out in reading order, numbers kept."""
    logical = "כל תושב של המועצה רשאי להגיש בקשה עד 31 בינואר, והיא תידון על ידי הוועדה לא יאוחר מן המועד שנקבע."
    line = logical[::-1].replace("13", "31")
    path = tmp_path / "א.txt"
    path.write_bytes(line.encode("cp862"))
    assert read_text(path).pages[0].text == logical


def test_binary_is_not_text(tmp_path: Path) -> None:
    """Random bytes called .txt are refused."""
    path = tmp_path / "א.txt"
    path.write_bytes(random.Random(2).randbytes(5000))
    with pytest.raises(UnreadableFile):
        read_text(path)


@pytest.mark.data
def test_real_windows_1255_files(data_folder: Path) -> None:
    """The real text files of the data are Hebrew after decoding."""
    files = sorted((data_folder / "documents" / "txt").glob("*.txt"))
    assert files
    for path in files:
        text = read_text(path).pages[0].text
        letters = [c for c in text if c.isalpha()]
        assert sum("א" <= c <= "ת" for c in letters) > 0.8 * len(letters), path.name
