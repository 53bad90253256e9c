"""What a page of text is worth."""

from pathlib import Path

import pytest

from ingest.quality import LOW_QUALITY, quality

SENTENCE = "הוועדה החליטה לאשר את הבקשה של GPT-4 בסך 1,250.50"


def test_quality_tells_words_from_noise() -> None:
    """Known Hebrew, other scripts and numbers count as words; random letters and signs do not."""
    assert quality(SENTENCE) == 1
    assert quality("קצפגט שדזסבח טןםלךגק") < 0.2
    assert quality("#$%& *&^%$ @#$%^") == 0
    assert quality("") == 1


def test_leaders_of_dots_are_no_noise() -> None:
    """A table of contents is as good as its words."""
    assert quality("מבוא ............. 5\nסיכום _______ 7") == 1


def test_text_that_is_written_backwards_is_worth_nothing() -> None:
    """Hebrew in the order of the screen is no Hebrew, though some of its words exist."""
    assert quality(" ".join(word[::-1] for word in f"{SENTENCE} של כל הילדים הגדולים שלהם".split())) == 0


@pytest.mark.data
def test_text_of_good_files_is_good(data_folder: Path) -> None:
    """The exact texts of the truth set are well above the line."""
    texts = [path.read_text("utf-8") for path in (data_folder / "extraction").glob("*.txt")]
    assert min(map(quality, texts)) > LOW_QUALITY + 0.05
