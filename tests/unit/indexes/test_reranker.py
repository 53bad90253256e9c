import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexes.chunk import Chunk, Hit
from indexes.reranker import WEIGHTS, features, rerank


def hit(text, score=1.0, name=""):
    return Hit(Chunk(name or text, "d", "c", "", (), (), text), score, {"words": score})


def same_weight(token):
    return 1.0


def feature(name, question, text, idf=same_weight):
    return features(question, [hit(text)], idf)[0][list(WEIGHTS).index(name)]


def test_words_near_each_other_beat_words_apart():
    """Of two passages with the same words and score, the one that has them together comes first."""
    apart = "השעות נקבעו מזמן " + "מילים רבות באמצע " * 10 + "והפתיחה נדחתה וגם המשרד עבר"
    together = "מילים רבות באמצע " * 10 + "שעות הפתיחה של המשרד"
    ranked = rerank("מהן שעות הפתיחה של המשרד?", [hit(apart), hit(together)], same_weight)
    assert [each.chunk.text for each in ranked] == [together, apart]


def test_a_date_answers_a_question_of_when():
    """With all else equal, a question of when prefers the passage with a number; another question does not."""
    hits = [hit("ההסכם נחתם בעיר"), hit("ההסכם נחתם ב-1979")]
    assert rerank("מתי נחתם ההסכם?", hits, same_weight)[0].chunk.text == "ההסכם נחתם ב-1979"
    assert rerank("איפה נחתם ההסכם?", hits, same_weight)[0].chunk.text == "ההסכם נחתם בעיר"


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
    """The share is by the weight of the words, not by their number."""
    weights = {"אישור": 3.0, "חופשה": 1.0}
    assert feature("near6", "אישור חופשה", "אישור", weights.__getitem__) == pytest.approx(0.75)


def test_order_is_the_share_of_neighbours():
    """Only neighbours of the question that are neighbours in the same order count."""
    assert feature("order", "אישור חופשה ארוכה", "אישור חופשה קצרה") == pytest.approx(0.5)
    assert feature("order", "אישור חופשה", "חופשה אישור") == 0
    assert feature("order", "אישור", "אישור") == 0


SOME_WORDS = "אישור חופשה חופשות המשרד בית 1979 abc של"
TEXTS = st.lists(st.sampled_from(SOME_WORDS.split()), max_size=20).map(" ".join)


@given(TEXTS, st.lists(st.tuples(TEXTS, st.floats(0, 2))), st.sampled_from([0.0, 1.0]))
def test_reranking_loses_nothing(question, entries, weight):
    """The same passages come out, best first, with scores and features between 0 and 1, whatever goes in."""
    hits = [hit(text, score, str(number)) for number, (text, score) in enumerate(entries)]
    ranked = rerank(question, hits, lambda token: weight)
    assert {each.chunk.id for each in ranked} == {each.chunk.id for each in hits}
    assert [each.score for each in ranked] == sorted((each.score for each in ranked), reverse=True)
    assert all(0 <= each.score <= 1 + 1e-9 and each.parts["rerank"] == each.score for each in ranked)
    assert all("words" in each.parts for each in ranked)
    rows = features(question, hits, lambda token: weight)
    assert rows.shape == (len(hits), len(WEIGHTS))
    assert (rows >= 0).all()
    assert (rows <= 1 + 1e-9).all()


@given(TEXTS, TEXTS, st.sampled_from([6, 12]))
def test_windows_are_those_of_trying_every_place(question, text, width):
    """Moving windows by matches finds what trying every window finds."""
    words = text.split()
    windows = [" ".join(words[start : start + width]) for start in range(max(1, len(words)))]
    slow = max(feature("near12", question, window) for window in windows)
    assert feature(f"near{width}", question, text) == pytest.approx(slow)
