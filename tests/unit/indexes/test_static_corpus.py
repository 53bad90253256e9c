import numpy as np
import pytest

from scripts.static_corpus import Corpus, Pairing

PARAGRAPHS = 20


def paragraph(number):
    """A title and three sentences; each word names its paragraph and its part, so that it can be told where it is."""
    return [[f"{number} {part} {place}" for place in range(12)] for part in range(4)]


@pytest.fixture(scope="module")
def corpus_and_words():
    words = {}
    corpus = Corpus(
        [paragraph(number) for number in range(PARAGRAPHS)],
        lambda word: np.array([words.setdefault(word, len(words))]),
    )
    return corpus, {number: word for word, number in words.items()}


def lists(bags, words):
    """The words of each bag, split into paragraph, part and place."""
    ends = [*bags.starts[1:], len(bags.tokens)]
    return [
        [tuple(map(int, words[int(token)].split())) for token in bags.tokens[start:end]]
        for start, end in zip(bags.starts, ends, strict=True)
    ]


@pytest.mark.parametrize("pairing", [Pairing(), Pairing(titles=0), Pairing(titles=1, apart=1, thinned=0)])
def test_a_pair_is_one_part_of_a_paragraph_and_the_others(corpus_and_words, pairing):
    """What is asked is from the title or one sentence alone; the paragraph has nothing of it or of others."""
    corpus, words = corpus_and_words
    chosen = np.arange(PARAGRAPHS)[::-1]
    asked, rest = corpus.pairs(chosen, pairing, np.random.default_rng(0))
    for number, of_asked, of_rest in zip(chosen, lists(asked, words), lists(rest, words), strict=True):
        assert {each[0] for each in (*of_asked, *of_rest)} <= {number}
        parts = {each[1] for each in of_asked}
        assert len(parts) <= 1
        assert parts.isdisjoint(each[1] for each in of_rest)


def test_titles_are_asked_as_often_as_wanted(corpus_and_words):
    """Always, where every pair is to begin with one, and then whole."""
    corpus, words = corpus_and_words
    asked, _ = corpus.pairs(np.arange(PARAGRAPHS), Pairing(titles=1), np.random.default_rng(0))
    assert all(len(each) == 12 and {part for _, part, _ in each} == {0} for each in lists(asked, words))


def test_the_same_seed_gives_the_same_pairs(corpus_and_words):
    """The model can be made again."""
    corpus, _ = corpus_and_words
    first, again = (corpus.pairs(np.arange(PARAGRAPHS), Pairing(), np.random.default_rng(7)) for _ in range(2))
    assert all(np.array_equal(a.tokens, b.tokens) for a, b in zip(first, again, strict=True))


def test_paragraphs_of_one_title_are_known_and_short_ones_left_out():
    """Two paragraphs of a document are no wrong answers to each other; a line is no paragraph."""
    title, long, short = ["title"], [["word"] * 9, ["more"] * 9], [["word"]]
    corpus = Corpus([[title, *long], [title, *long], [[], *long], [title, *short]], lambda word: np.array([len(word)]))
    assert len(corpus) == 3
    assert corpus.subjects[0] == corpus.subjects[1] != corpus.subjects[2]
