import pytest

from evals.reading_metrics import answer_tokens, distance, exact_match, f1, holds, tlnls


def test_tokens_are_those_of_squad():
    """Lower case, no ASCII punctuation, no English article; Hebrew quotes inside words go too."""
    assert answer_tokens('The  צה"ל, of A-Z!') == ["צהל", "of", "az"]


@pytest.mark.parametrize(
    ("one", "other", "steps"),
    [("", "", 0), ("בית", "", 3), ("בית", "בית", 0), ("הבית", "בית", 1), ("kitten", "sitting", 3)],
)
def test_the_distance_is_that_of_levenshtein(one, other, steps):
    """Both ways the same."""
    assert distance(one, other) == distance(other, one) == steps


def test_exact_match_is_of_all_tokens():
    """With one of the answers."""
    assert exact_match("רבי אלעזר.", ["משה", "רבי אלעזר"]) == 1
    assert exact_match("לרבי אלעזר", ["רבי אלעזר"]) == 0


def test_f1_by_hand():
    """Two of three tokens said are among the four of the answer: 2 * 2 / (3 + 4); the nearest answer counts."""
    assert f1("ראש עיריית חיפה", ["ראש ממשלת ישראל חיפה"]) == pytest.approx(4 / 7)
    assert f1("ראש עיריית חיפה", ["אחר", "חיפה"]) == pytest.approx(2 / 4)
    assert f1("", ["חיפה"]) == f1("חיפה", []) == 0


def test_tlnls_by_hand():
    """Of two tokens one is the same and one has a letter more of four: (1 + 3 / 4) / 2; a prefix costs little."""
    assert tlnls("בית הספר", ["בית ספר"]) == pytest.approx((1 + 3 / 4) / 2)
    # "three" is nearest to nothing: of the answer's one token the best is 3 / 4, over the three that were said
    assert tlnls("אבגד הוזח טיכל", ["אבג"]) == pytest.approx((3 / 4) / 3)
    assert tlnls("", ["בית"]) == 0


def test_tlnls_of_a_number_is_f1():
    """1948 is not three quarters of 1947."""
    assert tlnls("1948", ["1947"]) == 0
    assert tlnls("1948", ["1948"]) == 1


@pytest.mark.parametrize(
    ("text", "answer", "there"),
    [
        ("הוא גר\nבעיר  חיפה.", "בעיר חיפה", True),
        ("לרבי אלעזר", "רבי אלעזר", True),
        ("בשנת 2012", "12", False),
        ("בשנת 2012", "2012", True),
        ("עד 12:30", "12", True),
        ("דבר", "", False),
    ],
)
def test_a_text_holds_an_answer(text, answer, there):
    """Whatever space is between the words; a number is not held by a longer one."""
    assert holds(text, [answer]) == there
