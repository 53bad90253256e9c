"""Tables for spreadsheets."""

import csv
import io

import pytest

from webui.sharing.csv_file import cell_text, csv_file


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\u2212"]
)
@pytest.mark.parametrize("before", ["", " ", "\u00a0", "\u200f", "\u202e", "\ufeff", "\u2066 "])
def test_no_cell_is_a_formula(sign, before):
    """What begins with a sign of a formula, in any width and behind anything unseen, becomes a text."""
    assert cell_text(f"{before}{sign}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("value", ["שלום", "1,250 ש״ח", "'כבר", "a=b", "(03-1234567)", ""])
def test_other_cells_stay_as_they_are(value):
    """Ordinary text is not touched."""
    assert cell_text(value) == value


def test_a_table_is_read_back():
    """Excel knows the file by its mark; quotation marks, commas and ends of lines come back; numbers are numbers."""
    content = csv_file(("שם", "עמודים"), [('דו"ח, חלק א', 12), ("שורה\nושורה", -1), ("=1+1", 0), ("\0\ud800", 1)])
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert rows[:4] == [["שם", "עמודים"], ['דו"ח, חלק א', "12"], ["שורה\nושורה", "-1"], ["'=1+1", "0"]]
