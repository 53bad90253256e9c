import re

import numpy as np
import pytest

from evals import report
from evals.measured import measure
from evals.outcome import outcome
from evals.questions import Benchmark, Passage, Question, Wanted

PASSAGES = (
    Passage("a", "נוהל <b>חופשות</b>", "עובד רשאי לצאת לחופשה & לשוב."),
    Passage("b", "", "אגרת הרישום היא 120 שקלים. " * 40),
)
QUESTIONS = (
    Question("מי <script>רשאי</script>?", {"a": 1.0}),
    Question("כמה?", {"b": 1.0}),
    Question("אין?", {"a": 1.0}),
)
FACTS = {
    "settings": {"questions": "mine.json", "pool": ["a.json", "b.json"], "limit": None, "titles": True, "embedder": ""},
    "sizes": {"questions": 3, "passages": 2},
}


def done(questions, asks, least=False):
    measured = [measure(name, questions, ask) for name, ask in asks.items()]
    return outcome(measured, Benchmark(questions, PASSAGES), np.full(len(questions), least), FACTS)


@pytest.fixture
def page():
    """A report in which one question found its passage first, one second, and one nothing."""
    ask = {"מי <script>רשאי</script>?": [PASSAGES[1], PASSAGES[0]], "כמה?": [PASSAGES[1]], "אין?": []}
    names = (
        "plain word BM25",
        "Hebrew fields + <i>model</i> + rerank",
        "Hebrew fields + static vectors + rerank (default)",
    )
    return report.as_html(done(QUESTIONS, dict.fromkeys(names, ask.get), least=True))


def test_the_report_is_hebrew_and_needs_nothing_from_outside(page):
    """Right to left; no script, no address, no file but itself, and a policy that says so."""
    assert '<html lang="he" dir="rtl">' in page
    assert "default-src 'none'" in page
    assert not re.search(r"<script|<link|<img|<iframe|https?:|url\(|@import", page)
    assert "prefers-color-scheme: dark" in page


def test_texts_from_outside_are_escaped(page):
    """Questions, titles, passages and names of models are text."""
    assert "מי &lt;script&gt;רשאי" in page
    assert "נוהל &lt;b&gt;חופשות" in page
    assert "חופשה &amp; לשוב" in page
    assert "&lt;i&gt;model" in page


def test_names_of_configurations_are_in_hebrew(page):
    """Those that are ours; a model keeps its name."""
    assert "מילים כמות שהן (BM25)" in page
    assert "מילים בעברית + וקטורים + דירוג חוזר (ברירת המחדל)" in page


def test_questions_that_failed_come_with_what_was_wanted_and_what_came(page):
    """Those not found at all first; a right first passage is no failure; long passages are cut."""
    summaries = re.findall(r"<summary><bdi>(.*?)</bdi><span class=\"quiet\">(.*?)</span>", page)
    assert summaries == [("אין?", "לא נמצא"), ("מי &lt;script&gt;רשאי&lt;/script&gt;?", "מקום 2")]
    assert "לא נמצא דבר." in page
    assert "\u2026" in page
    assert PASSAGES[1].text not in page


def test_every_number_has_its_interval(page):
    """Three configurations of six measures, two tests of four, and three rows of four for the least overlapping."""
    assert page.count('<small dir="ltr">') == 3 * 6 + 2 * (4 + 4) + 3 * 4


def test_one_configuration_and_no_failures_make_a_report_too():
    """A user's own questions to a collection, all answered; nothing is compared."""
    questions = (Question("מי?", wanted=Wanted("נוהל", "רשאי לצאת")),)
    facts = {
        "settings": {"questions": "mine.jsonl", "collection": "כללי", "documents": 3},
        "sizes": {"questions": 1, "passages": 0},
    }
    asked = measure("Darash", questions, lambda _: [Passage("x", "נוהל", "רשאי לצאת")])
    page = report.as_html(outcome([asked], Benchmark(questions, ()), np.zeros(1, np.bool_), facts))
    assert "בכל השאלות הקטע הנכון בא ראשון" in page
    assert "לעומת" not in page


def test_a_long_list_of_failures_is_cut():
    """And says how many there are besides."""
    questions = (QUESTIONS[2],) * (report.SHOWN + 7)
    page = report.as_html(done(questions, {"Darash": lambda _: []}))
    assert page.count("<details>") == report.SHOWN
    assert "ועוד 7." in page
