from pathlib import Path

import pytest

from evals.encodings import ENCODINGS, cuts_of, hebrew_texts, right

TEXTS = ["המועצה תדון בבקשה – תוך 30 יום ותשיב בכתב.", "קצר", "No Hebrew here at all, in a text that is long"]


def test_cuts_are_the_same_every_time_and_fit_the_encoding() -> None:
    """Cuts have the length asked for, Hebrew letters, and only characters that the encoding has."""
    cuts = list(cuts_of(TEXTS, 20, 50, "iso-8859-8"))
    assert cuts == list(cuts_of(TEXTS, 20, 50, "iso-8859-8"))
    assert all(len(cut) == 20 and cut.encode("iso-8859-8") for cut in cuts)
    assert not any("–" in cut for cut in cuts)


def test_the_share_of_cuts_that_come_back() -> None:
    """All or nothing for each cut."""
    assert right(["שלום עולם"], "cp1255") == 1.0
    assert right(["caf\u00e9"], "cp1252") == 0.0


@pytest.mark.data
@pytest.mark.parametrize("encoding", ENCODINGS)
def test_cuts_of_forty_characters_of_real_text(data_folder: Path, encoding: str) -> None:
    """Every cut of forty characters is decoded right."""
    assert right(list(cuts_of(hebrew_texts(data_folder), 40, 500, encoding)), encoding) == 1.0
