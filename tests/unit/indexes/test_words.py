from collections import Counter
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hebrew.tokens import question_tokens, tokens
from indexes.errors import IndexDamaged
from indexes.fields import FIELDS
from indexes.words import LENGTH_WEIGHT, SATURATION, Words, write_segment

TEXTS = [
    "נוהל יציאה לחופשה. העובדים יוצאים לחופשות לאחר אישור הממונה.",
    "המשרד פתוח בימים א-ה בשעות 8:00 עד 16:00. טל' 02-6234567.",
    'הוועדה החליטה ביום 1.1.2020 כי עו"ד כהן ייצג את העירייה בבית המשפט.',
    "",
    "אישור הממונה נדרש לכל חופשה; חופשה בלי אישור היא היעדרות.",
    "Darash answers questions from documents, in Hebrew.",
    "תוכנית העבודה של הוועדה לשנת 2021 ושל ועדות המשנה",
]
QUESTIONS = [
    "מי מאשר חופשה לעובד?",
    "מתי פתוח המשרד?",
    "מה החליטה הוועדה ב-2020?",
    "documents in hebrew",
    "מי?",
    "",
    "ץ",
]
EXACT = {"rtol": 1e-5, "atol": 1e-6}


def reference(texts, live, question):
    """BM25 by its formula, one passage and one word at a time."""
    alive = [text if lives else None for text, lives in zip(texts, live, strict=True)]
    totals = [0.0] * len(texts)
    for field in FIELDS:
        bags = [t and Counter(f for w in tokens(t) for f in field.features(w)) for t in alive]
        known = [bag for bag in bags if bag is not None]
        known = [bag or Counter() for bag in known]
        mean = sum(bag.total() for bag in known) / max(1, len(known))
        for feature in [f for w in question_tokens(question) for f in field.features(w)]:
            df = sum(feature in bag for bag in known)
            idf = log(1 + (len(known) - df + 0.5) / (df + 0.5))
            for i, bag in enumerate(bags):
                if bag and feature in bag:
                    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * bag.total() / mean)
                    totals[i] += field.weight * idf * bag[feature] * (SATURATION + 1) / (bag[feature] + norm)
    return totals


def opened(folder, texts, live, cuts=()):
    """The texts in segments cut at those places."""
    edges = [0, *sorted(cuts), len(texts)]
    folders, masks = [], []
    for number, (start, end) in enumerate(pairwise(edges)):
        folders.append(folder / f"{number}")
        write_segment(folders[-1], texts[start:end])
        masks.append(np.array(live[start:end], np.bool_))
    return Words(folders, masks)


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_those_of_the_formula(tmp_path, question):
    """The postings give what BM25 gives word by word."""
    live = [True] * len(TEXTS)
    scores = opened(tmp_path, TEXTS, live).scores(question)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, reference(TEXTS, live, question), **EXACT)


SOME_WORDS = "חופשה החופשה חופשות עובד לעובדים ועדה הוועדה אישור 2020 1.1.2020 abc של מי בית"
WORDS = st.sampled_from(SOME_WORDS.split())
SOME_TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=8)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_segments_and_dead_passages_do_not_change_scores(tmp_path_factory, data):
    """However passages are spread, and whatever was deleted, live ones score as if they had been indexed alone."""
    texts = data.draw(SOME_TEXTS)
    live = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    cuts = data.draw(st.lists(st.integers(0, len(texts)), max_size=3))
    question = data.draw(st.lists(WORDS, max_size=5).map(" ".join))
    folder = tmp_path_factory.mktemp("words")
    scores = opened(folder / "spread", texts, live, cuts).scores(question)
    kept = [text for text, lives in zip(texts, live, strict=True) if lives]
    alone = opened(folder / "alone", kept, [True] * len(kept)).scores(question)
    np.testing.assert_array_equal(scores[np.array(live)], alone)
    assert not scores[~np.array(live)].any()
    np.testing.assert_allclose(scores, reference(texts, live, question), **EXACT)


def test_forms_of_a_word_find_each_other(tmp_path):
    """A question in one form finds a passage in another: prefix, number and spelling do not matter."""
    words = opened(tmp_path, TEXTS, [True] * len(TEXTS))
    assert words.scores("תכניות").argmax() == 6
    assert words.scores("ממונים ואישורים לחופשות").argmax() in (0, 4)
    assert words.scores('צה"ל').max() == 0


def test_an_index_of_nothing_answers_nothing(tmp_path):
    """No segments, an empty segment or only dead passages are no error."""
    assert Words([], []).scores("חופשה").shape == (0,)
    assert Words([], []).idf("חופשה") == pytest.approx(log(2))
    assert opened(tmp_path / "empty", [], []).scores("חופשה").shape == (0,)
    assert not opened(tmp_path / "dead", ["חופשה"], [False]).scores("חופשה").any()


def test_rare_words_weigh_more(tmp_path):
    """The weight of a word falls with the live passages that have it, in whatever prefixed form."""
    words = opened(tmp_path, TEXTS, [True] * len(TEXTS), cuts=(3,))
    assert words.idf("לחופשה") == words.idf("חופשה") == pytest.approx(log(1 + (7 - 2 + 0.5) / (2 + 0.5)))
    assert words.idf("עירייה") > words.idf("חופשה")


def test_matched_words_are_given_as_they_stand(tmp_path):
    """The reason of a hit quotes the passage: with prefix, without punctuation around, each word once."""
    text = 'העובדים יוצאים ל"חופשות", ורק לאחר אישור-הממונה. חופשה; העובדים!'
    assert Words.matched("מי מאשר לעובד חופשה, הממונה?", text) == ("העובדים", 'ל"חופשות', "אישור-הממונה", "חופשה")
    assert Words.matched("צבע", text) == ()


def test_a_damaged_segment_says_so(tmp_path):
    """A missing or cut file, or a wrong number of passages, is named, with what to do."""
    write_segment(tmp_path / "a", TEXTS)
    with pytest.raises(IndexDamaged, match="rebuild"):
        Words([tmp_path / "a"], [np.ones(3, np.bool_)])
    (tmp_path / "a" / "counts.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(IndexDamaged, match="rebuild"):
        Words([tmp_path / "a"], [np.ones(len(TEXTS), np.bool_)])
    with pytest.raises(IndexDamaged, match="rebuild"):
        Words([tmp_path / "b"], [np.ones(3, np.bool_)])
