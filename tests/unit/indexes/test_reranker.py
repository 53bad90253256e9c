import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hebrew.terms import Term, question_terms
from hebrew.tokens import asks_for_number, tokens
from indexes.fields import form_hashes
from indexes.occurrences import Sought
from indexes.passage_tokens import PassageTokens
from indexes.reranker import WEIGHTS, features, reranked


def passages(*entries):
    """The tokens of passages, each a pair of head and text."""
    every = [(tokens(head), tokens(text)) for head, text in entries]
    words = [word for head, text in every for word in head + text]
    return PassageTokens(
        np.array([form_hashes(word) for word in words], np.uint64).reshape(-1, 3),
        np.cumsum([0, *(len(head) + len(text) for head, text in every)]),
        np.array([len(head) for head, _ in every], np.int64),
        np.array([word[0].isdigit() for word in words], np.bool_),
    )


def sought(terms, rarity=None):
    terms = sorted(terms, key=lambda term: term.word)
    words = 1 + max((term.word for term in terms), default=-1)
    return Sought(
        np.array([form_hashes(term.token) for term in terms], np.uint64).reshape(-1, 3),
        np.array([term.word for term in terms], np.int64),
        np.array([term.weight for term in terms], np.float32),
        np.ones(words, np.float32) if rarity is None else np.array(rarity, np.float32),
    )


def rows(question, *entries, rarity=None):
    asked = sought(question_terms(question), rarity)
    return features(asked, asks_for_number(question), passages(*entries), np.ones(len(entries), np.float32))[0]


def feature(name, question, text, head="", rarity=None):
    return rows(question, (head, text), rarity=rarity)[0][list(WEIGHTS).index(name)]


def test_words_near_each_other_beat_words_apart():
    """Of two passages with the same words and BM25 score, the one that has them together comes first."""
    apart = "השעות נקבעו מזמן " + "מילים רבות באמצע " * 10 + "והפתיחה נדחתה וגם המשרד עבר"
    together = "מילים רבות באמצע " * 10 + "שעות הפתיחה של המשרד"
    first, second = reranked(rows("מהן שעות הפתיחה של המשרד?", ("", apart), ("", together)))
    assert first < second


def test_a_date_answers_a_question_of_when():
    """With all else equal, a question of when prefers the passage with a number; another question does not."""
    entries = ("", "ההסכם נחתם בעיר"), ("", "ההסכם נחתם ב-1979")
    without, having = reranked(rows("מתי נחתם ההסכם?", *entries))
    assert without < having
    without, having = reranked(rows("איפה נחתם ההסכם?", *entries))
    assert without == having


def test_numbers_of_a_title_answer_nothing():
    """A year in the title of a document is not the number that is asked for."""
    assert feature("number", "מתי נחתם ההסכם?", "ההסכם נחתם", head="דוח 1979") == 0


@pytest.mark.parametrize(
    ("question", "text", "share"),
    [
        ("אישור חופשה", "אישור חופשה", 1.0),
        ("אישור חופשה", "אישור מילים רבות כאלה ואחרות עד חופשה", 0.5),
        ("אישור חופשה", "האישור לחופשה", 1.0),
        ("אישור חופשה", "אישורים לחופשות", 0.8),
        ("אישור חופשה", "דבר אחר", 0.0),
        ("אישור אישור", "אישור", 1.0),
    ],
)
def test_nearness_is_the_share_of_the_question(question, text, share):
    """Words count in full with the same form after the prefix, a little less with another ending, within six tokens."""
    assert feature("near6", question, text) == pytest.approx(share)


def test_rare_words_count_for_more():
    """The share is by the rarity of the words, not by their number."""
    assert feature("near6", "אישור חופשה", "אישור", rarity=[3.0, 1.0]) == pytest.approx(0.75)


def test_a_stand_in_counts_as_its_word_at_its_weight():
    """A word is found by the best of its terms: an acronym or a word of the glossary instead of the word itself."""
    asked = sought([Term("גמלאי", 0), Term("פנסיונר", 0, 0.7, "glossary"), Term("הנחה", 1)])
    found, covered = features(asked, False, passages(("", "הנחה לפנסיונר")), np.ones(1, np.float32))
    assert found[0][list(WEIGHTS).index("near6")] == pytest.approx(0.85)
    assert covered == pytest.approx([0.85])


def test_order_is_the_share_of_neighbours():
    """Only neighbours of the question that are neighbours in the same order count."""
    assert feature("order", "אישור חופשה ארוכה", "אישור חופשה קצרה") == pytest.approx(0.5)
    assert feature("order", "אישור חופשה", "חופשה אישור") == 0
    assert feature("order", "אישור", "אישור") == 0


def test_a_title_that_the_question_says():
    """The share of title and headings that the question says counts; the text does not count for it."""
    assert feature("titled", "אישור חופשה ארוכה", "דבר אחר", head="אישור חופשה") == pytest.approx(1)
    assert feature("titled", "אישור חופשה", "אישור חופשה", head="נוהל אישור") == pytest.approx(0.5)
    assert feature("titled", "אישור חופשה", "אישור חופשה") == 0


def test_a_longer_passage_is_a_little_more_likely():
    """With all else equal the longer of two passages comes first, and very long ones are as good as each other."""
    long, longer = "מילה " * 500, "מילה " * 1000
    found = rows("אישור חופשה", ("", ""), ("", "מילה אחת"), ("", "מילה " * 60), ("", long), ("", longer))
    column = found[:, list(WEIGHTS).index("long")]
    assert column[0] == 0 < column[1] < column[2] < column[3] == column[4] == 1


def test_words_of_neighbouring_passages_are_not_near():
    """A window never reaches into the next passage, nor from the title into the text."""
    found = rows("אישור חופשה", ("חופשה", "אישור"), ("", "חופשה"))
    assert found[:, list(WEIGHTS).index("near12")] == pytest.approx([0.5, 0.5])


SOME_WORDS = "אישור חופשה חופשות המשרד בית 1979 abc של"
TEXTS = st.lists(st.sampled_from(SOME_WORDS.split()), max_size=40).map(" ".join)


@settings(deadline=None)
@given(TEXTS, st.lists(st.tuples(TEXTS, TEXTS), min_size=1))
def test_all_features_are_shares(question, entries):
    """Features, scores and what is covered lie between 0 and 1, whatever goes in."""
    asked = sought(question_terms(question))
    found, covered = features(
        asked, asks_for_number(question), passages(*entries), np.linspace(0, 1, len(entries), dtype=np.float32)
    )
    assert found.shape == (len(entries), len(WEIGHTS))
    for values in (found, covered, reranked(found)):
        assert (values >= 0).all()
        assert (values <= 1 + 1e-5).all()


@settings(deadline=None)
@given(TEXTS, TEXTS, st.sampled_from([6, 12]))
def test_windows_are_those_of_trying_every_place(question, text, width):
    """Looking at all windows at once finds what trying one after the other finds."""
    words = tokens(text)
    windows = [" ".join(words[start : start + width]) for start in range(max(1, len(words)))]
    slow = max(feature("near12", question, window) for window in windows)
    assert feature(f"near{width}", question, text) == pytest.approx(slow, abs=1e-5)


@given(st.permutations(["אישור חופשה", "מילים אחרות", "חופשה", "אישור של דבר אחר ואז חופשה", ""]))
def test_a_passage_has_its_features_beside_whatever_others(texts):
    """No window reaches into the passage after it: features are the same alone and in any company."""
    entries = [(f"כותרת {text}", text) for text in texts]
    together = rows("אישור חופשה", *entries)
    alone = np.concatenate([rows("אישור חופשה", entry) for entry in entries])
    assert np.array_equal(together, alone)
