"""Which pages go to OCR, and which of two texts is kept."""

import pytest

from ingest.quality import quality
from ingest.readers.pdf.triage import Verdict, is_better, is_worth_keeping, verdict

GOOD = "הוועדה החליטה לאשר את הבקשה של התושבים ולהחזיר להם את הכסף ששילמו עבור השירות."
JUNK = "קצפגט שדזסבח טןםלךגק צתנכג דגכעצ ןםפגכ זסבהצ קכעיח צדגנמ"
POOR = "הוועדה החליטה קצפגט לאשר שדזסבח את הבקשה טןםלךגק"


def judged(text: str, unmapped: float = 0.0, invisible: float = 0.0, *, is_picture: bool = False) -> Verdict:
    return verdict(text, quality(text), unmapped, invisible, is_picture=is_picture)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (GOOD, Verdict.GOOD),
        ("12", Verdict.GOOD),
        ("", Verdict.GOOD),
        ("The committee has decided to approve the request. " * 8, Verdict.GOOD),
        ("מבוא ........................................................................ 5", Verdict.GOOD),
        (JUNK, Verdict.DOUBTFUL),
        (" ".join(word[::-1] for word in GOOD.split()), Verdict.DOUBTFUL),
        (" ".join("akuo gubu nrdha vhuo xhpur acug nujrho zfrubu" for _ in range(8)), Verdict.DOUBTFUL),
        ("-./01 23456 (&!'$% *+,-) @#$ (&!'$% *+,-) :;<=> ?ABC (&!'$% *+,-)", Verdict.DOUBTFUL),
    ],
)
def test_text_alone(text: str, found: Verdict) -> None:
    """Junk, backwards Hebrew, letters of no language and signs are doubted; short, English and good texts are not."""
    assert judged(text) is found


def test_what_the_file_says_of_its_characters() -> None:
    """Characters without letters are no text, however they look; invisible ones are an old layer, unless it is good."""
    assert judged(GOOD, unmapped=0.1) is Verdict.UNKNOWN
    assert judged("\ufffd" * 50, unmapped=1.0) is Verdict.UNKNOWN
    assert judged(POOR, invisible=1.0) is Verdict.OLD_LAYER
    assert judged(f"{GOOD} {JUNK[:5]}", invisible=1.0) is Verdict.OLD_LAYER
    assert judged(GOOD * 3, invisible=1.0) is Verdict.GOOD


def test_a_stamp_on_a_scan_is_not_its_text() -> None:
    """A page that is one picture with a line of text has not said all it has to say."""
    assert judged("נחתם דיגיטלית ביום 1.2.2024", is_picture=True) is Verdict.MISSING
    assert judged(GOOD * 4, is_picture=True) is Verdict.GOOD
    assert judged("", is_picture=True) is Verdict.MISSING


def test_the_better_text_is_kept() -> None:
    """An old layer that is as good as our reading stays; more text beats a stamp; anything beats unknown letters."""
    assert not is_better(GOOD, GOOD, Verdict.OLD_LAYER)
    assert is_better(GOOD, POOR, Verdict.OLD_LAYER)
    assert not is_better("הוועדה", POOR * 3, Verdict.OLD_LAYER)
    assert is_better(GOOD, "נחתם דיגיטלית ביום 1.2.2024", Verdict.MISSING)
    assert not is_better(JUNK * 3, "נחתם דיגיטלית ביום 1.2.2024", Verdict.MISSING)
    assert is_better(JUNK, "7", Verdict.MISSING)
    assert is_better(POOR, "\ufffd" * 50, Verdict.UNKNOWN)
    assert not is_better("", "\ufffd" * 50, Verdict.UNKNOWN)


def test_half_unknown_text_is_not_kept() -> None:
    """Text with some unknown letters is kept where there is no other, mostly unknown text is not."""
    assert is_worth_keeping(0.1)
    assert not is_worth_keeping(0.5)
