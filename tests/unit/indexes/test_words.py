from collections import Counter
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hebrew.terms import Term, question_terms
from hebrew.tokens import tokens
from indexes.bm25 import LENGTH_WEIGHT, SATURATION
from indexes.errors import IndexDamaged
from indexes.fields import FIELDS, form_hashes
from indexes.words import Words, write_segment

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


def reference(texts, live, terms):
    """BM25 by its formula, one passage and one word at a time."""
    alive = [text if lives else None for text, lives in zip(texts, live, strict=True)]
    totals = [0.0] * len(texts)
    for field in FIELDS:
        bags = [t and Counter(f for w in tokens(t) for f in field.features(w)) for t in alive]
        known = [bag for bag in bags if bag is not None]
        known = [bag or Counter() for bag in known]
        mean = sum(bag.total() for bag in known) / max(1, len(known))
        for feature, weight in [(f, term.weight) for term in terms for f in field.features(term.token)]:
            df = sum(feature in bag for bag in known)
            idf = log(1 + (len(known) - df + 0.5) / (df + 0.5))
            for i, bag in enumerate(bags):
                if bag and feature in bag:
                    norm = SATURATION * (1 - LENGTH_WEIGHT + LENGTH_WEIGHT * bag.total() / mean)
                    totals[i] += weight * field.weight * idf * bag[feature] * (SATURATION + 1) / (bag[feature] + norm)
    return totals


def opened(folder, texts, live, cuts=()):
    """The texts in segments cut at those places."""
    edges = [0, *sorted(cuts), len(texts)]
    folders, masks = [], []
    for number, (start, end) in enumerate(pairwise(edges)):
        folders.append(folder / f"{number}")
        write_segment(folders[-1], [text.partition("|")[::2] for text in texts[start:end]])
        masks.append(np.array(live[start:end], np.bool_))
    return Words(folders, masks)


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_are_those_of_the_formula(tmp_path, question):
    """The postings give what BM25 gives word by word."""
    live = [True] * len(TEXTS)
    terms = question_terms(question)
    scores = opened(tmp_path, TEXTS, live).scores(terms)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, reference(TEXTS, live, terms), **EXACT)


SOME_WORDS = "חופשה החופשה חופשות עובד לעובדים ועדה הוועדה אישור 2020 1.1.2020 abc של מי בית"
WORDS = st.sampled_from(SOME_WORDS.split())
SOME_TEXTS = st.lists(st.lists(WORDS, max_size=8).map(" ".join), min_size=1, max_size=8)
TERMS = st.lists(st.builds(Term, WORDS, st.integers(0, 3), st.sampled_from([1.0, 0.5, 0.25])), max_size=5)


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_segments_and_dead_passages_do_not_change_scores(tmp_path_factory, data):
    """However passages are spread, and whatever was deleted, live ones score as if they had been indexed alone."""
    texts = data.draw(SOME_TEXTS)
    live = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    cuts = data.draw(st.lists(st.integers(0, len(texts)), max_size=3))
    terms, count = data.draw(TERMS), data.draw(st.integers(0, 9))
    folder = tmp_path_factory.mktemp("words")
    words = opened(folder / "spread", texts, live, cuts)
    scores = words.scores(terms)
    kept = [text for text, lives in zip(texts, live, strict=True) if lives]
    alone = opened(folder / "alone", kept, [True] * len(kept)).scores(terms)
    np.testing.assert_array_equal(scores[np.array(live)], alone)
    assert not scores[~np.array(live)].any()
    np.testing.assert_allclose(scores, reference(texts, live, terms), **EXACT)
    check_best(words, terms, count)


def check_best(words, terms, count):
    """The best passages are the first ones of all in the order of their scores, by position where those are equal."""
    scores = words.scores(terms)
    order = np.argsort(-scores, kind="stable")[:count]
    positions, found = words.best(terms, count)
    np.testing.assert_array_equal(positions, order[scores[order] > 0])
    np.testing.assert_array_equal(found, scores[positions])
    every = np.arange(len(scores))[::-1]
    np.testing.assert_array_equal(words.scores_at(terms, every), scores[every])


@settings(max_examples=10, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_the_best_of_many_are_found_without_scoring_all(tmp_path_factory, seed, count):
    """With words from very common to unique, equal passages and dead ones, nothing that belongs to the best is lost."""
    chance = np.random.default_rng(seed)
    words = np.array([f"{letter}{number}" for letter in ("abcde", "abcfg", "hij") for number in "klmnopqrstuvwxyz"])
    drawn = words[np.minimum(chance.geometric(0.08, (900, 9)), len(words)) - 1]
    texts = [" ".join(row[: chance.integers(1, 9)]) for row in drawn]
    live = list(chance.random(900) < 0.9)
    opened_words = opened(tmp_path_factory.mktemp("many"), texts, live, (5, 30, 700))
    for size in (1, 3, 6):
        terms = [Term(str(word), 0, float(chance.choice([1, 0.5]))) for word in chance.choice(words, size)]
        check_best(opened_words, terms, count)


def test_the_tokens_of_passages_are_kept_in_order(tmp_path):
    """Each passage gives the forms of its tokens, those of the head first, whatever segment it is in."""
    texts = ["נוהל חופשה|לעובדים 2020", "", "|שלום", "כותרת|"]
    words = opened(tmp_path, texts, [True] * 4, (1, 3))
    found = words.tokens_of(np.array([3, 0, 1, 2, 0]))
    expected = [tokens(texts[place].replace("|", " ")) for place in (3, 0, 1, 2, 0)]
    assert found.forms.tolist() == [list(form_hashes(token)) for row in expected for token in row]
    assert found.starts.tolist() == [0, 1, 5, 5, 6, 10]
    assert found.heads.tolist() == [1, 2, 0, 0, 2]
    assert found.numbers.tolist() == [token[0].isdigit() for row in expected for token in row]
    assert words.tokens_of(np.empty(0, np.int64)).forms.shape == (0, 3)
    assert Words([], []).tokens_of(np.empty(0, np.int64)).starts.tolist() == [0]


def test_forms_of_a_word_find_each_other(tmp_path):
    """A question in one form finds a passage in another: prefix, number and spelling do not matter."""
    words = opened(tmp_path, TEXTS, [True] * len(TEXTS))
    assert words.scores(question_terms("תכניות")).argmax() == 6
    assert words.scores(question_terms("ממונים ואישורים לחופשות")).argmax() in (0, 4)
    assert words.scores(question_terms('צה"ל')).max() == 0


def test_an_index_of_nothing_answers_nothing(tmp_path):
    """No segments, an empty segment or only dead passages are no error."""
    assert Words([], []).scores(question_terms("חופשה")).shape == (0,)
    assert Words([], []).idf("חופשה") == pytest.approx(log(2))
    assert opened(tmp_path / "empty", [], []).scores(question_terms("חופשה")).shape == (0,)
    assert not opened(tmp_path / "dead", ["חופשה"], [False]).scores(question_terms("חופשה")).any()


def test_rare_words_weigh_more(tmp_path):
    """The weight of a word falls with the live passages that have it, in whatever prefixed form."""
    words = opened(tmp_path, TEXTS, [True] * len(TEXTS), cuts=(3,))
    assert words.idf("לחופשה") == words.idf("חופשה") == pytest.approx(log(1 + (7 - 2 + 0.5) / (2 + 0.5)))
    assert words.idf("עירייה") > words.idf("חופשה")


def test_a_damaged_segment_says_so(tmp_path):
    """A missing or cut file, or a wrong number of passages, is named, with what to do."""
    write_segment(tmp_path / "a", [("", text) for text in TEXTS])
    with pytest.raises(IndexDamaged, match="darash reindex"):
        Words([tmp_path / "a"], [np.ones(3, np.bool_)])
    (tmp_path / "a" / "counts.npy").write_bytes(b"\x93NUMPY")
    with pytest.raises(IndexDamaged, match="darash reindex"):
        Words([tmp_path / "a"], [np.ones(len(TEXTS), np.bool_)])
    with pytest.raises(IndexDamaged, match="darash reindex"):
        Words([tmp_path / "b"], [np.ones(3, np.bool_)])
