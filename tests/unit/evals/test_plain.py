from collections import Counter
from math import log

import numpy as np
import pytest

from evals.plain import LibraryWords, PlainWords, best_places

TEXTS = ["בית גדול", "בית", "גן", "בית ליד בית, בבית גדול"]


def slow(texts, question):
    """BM25 in ten lines."""
    split = [text.replace(",", "").split() for text in texts]
    mean = sum(map(len, split)) / len(split)
    scores = []
    for words in split:
        score = 0.0
        for word in question.split():
            n, count = sum(word in each for each in split), Counter(words)[word]
            idf = log(1 + (len(split) - n + 0.5) / (n + 0.5))
            score += idf * count * 2.2 / (count + 1.2 * (0.25 + 0.75 * len(words) / mean))
        scores.append(score)
    return scores


@pytest.mark.parametrize("question", ["גן", "בית גדול", "בית", "בית בית גן", "אין"])
def test_plain_words_are_bm25(question):
    """The order is that of the formula written out."""
    scores = slow(TEXTS, question)
    expected = sorted((place for place in range(4) if scores[place]), key=lambda place: -scores[place])
    assert PlainWords(TEXTS).ranked(question, 5) == expected


def test_plain_words_know_no_hebrew():
    """A prefix makes another word; case does not."""
    assert PlainWords(["הבית", "House"]).ranked("בית", 5) == []
    assert PlainWords(["הבית", "House"]).ranked("house?", 5) == [1]


def test_nothing_is_found_in_nothing():
    """An empty pool is no error."""
    assert PlainWords([]).ranked("בית", 5) == PlainWords(["", "."]).ranked("בית", 5) == []


def test_the_library_finds_words_too():
    """bm25s with its defaults: words of two letters and more."""
    pytest.importorskip("bm25s")
    library = LibraryWords(TEXTS)
    assert library.ranked("גן", 5) == [2]
    assert library.ranked("בית גדול", 1) == [0]
    assert library.ranked("אין", 5) == []


def test_the_best_places_are_those_of_a_whole_sort():
    """Also where many are equal; 0 and less is not found."""
    scores = np.random.default_rng(0).integers(-2, 9, 300).astype(float)
    every = [int(place) for place in np.argsort(-scores, kind="stable") if scores[place] > 0]
    assert best_places(scores, 40) == every[:40]
    assert best_places(scores, 400) == every
