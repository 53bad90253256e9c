import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import UnreadableFile
from ingest.readers.mail.rtf_body import _BEGINNING, text_of, unpacked

# The examples of MS-OXRTFCP, 4.1.1 and 4.1.2.
SIMPLE = bytes.fromhex(
    "2d0000002b0000004c5a4675f1c5c7a7 03000a00 72637067 31323542 320af320 68656c09 002062 7705b06c 647d0a80 0fa0"
)
REPEATED = bytes.fromhex("1a0000001c0000004c5a4675e2d44b51410004205758595a0d6e7d010eb0")


def packed_simply(data: bytes) -> bytes:
    """Compressed RTF in which nothing is compressed: eight bytes as they are after each control byte of zeros."""
    body = b"".join(b"\0" + data[at : at + 8] for at in range(0, len(data), 8))
    return struct.pack("<II4sI", len(body) + 12, len(data), b"LZFu", 0) + body


def test_the_examples_of_the_specification() -> None:
    """Both give what the specification says, one of them with a copy that overlaps itself."""
    assert unpacked(SIMPLE) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    assert unpacked(REPEATED) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"


def test_the_dictionary_begins_as_the_specification_says() -> None:
    """207 bytes."""
    assert len(_BEGINNING) == 207


@given(st.binary(max_size=9000))
def test_what_was_not_compressed_comes_back(data: bytes) -> None:
    """Across the end of the dictionary too."""
    assert unpacked(packed_simply(data)) == data
    assert unpacked(struct.pack("<II4sI", len(data) + 12, len(data), b"MELA", 0) + data) == data


@given(st.binary(max_size=300))
def test_any_bytes_end(data: bytes) -> None:
    """Damage gives some bytes, at most nine times as many."""
    assert len(unpacked(struct.pack("<II4sI", 0, 0, b"LZFu", 0) + data)) <= 9 * len(data)
    text_of(data)
    text_of(b"{\\rtf1" + data)


@pytest.mark.parametrize("data", [b"", b"x" * 15, b"x" * 40])
def test_other_bytes_are_refused(data: bytes) -> None:
    """What has no header of compressed RTF is none."""
    with pytest.raises(UnreadableFile):
        unpacked(data)


@pytest.mark.parametrize(
    ("rtf", "text"),
    [
        (rb"{\rtf1\ansi\ansicpg1255 \'f9\'ec\'e5\'ed\~\'f8\'e1\par\b1 \'e0\b0 x\tab\{y\}}", "שלום\u00a0רב\nאx\t{y}"),
        (rb"{\rtf1\ansicpg1252\uc1 \u1513?\u1500?{\uc2\u1493??}\u1501? \u-10179?\u-8704?}", "שלום \U0001f600"),
        (rb"{\rtf1{\fonttbl{\f0 Arial;}}{\*\generator x;}{\pict 00ff}a\emdash b\cell c\row}", "a\u2014b | c\n"),
        (rb"{\rtf1\fromhtml1{\*\htmltag <p>}\htmlrtf{\htmlrtf0 text{\*\htmltag </p>}\htmlrtf\par}\htmlrtf0 }", "text"),
        (b"{\\rtf1 a\r\nb\\\nc}", "ab\nc"),
        (b"}}{{\\rtf", ""),
    ],
)  # fmt: skip
def test_the_text_of_rtf(rtf: bytes, text: str) -> None:
    """Characters of any kind, paragraphs and cells; not the tables of fonts, pictures, or what programs keep there."""
    assert text_of(rtf) == text
