import json

import numpy as np
import pytest

from evals.measured import MEASURES, measure
from evals.outcome import as_json, as_text, compare, outcome
from evals.questions import Benchmark, Passage, Question

PASSAGES = tuple(Passage(name, "כותרת", f"טקסט {name}") for name in "abc")
QUESTIONS = tuple(Question(f"{name}?", {name: 1.0}, name) for name in "abcabcabc")
BENCHMARK = Benchmark(QUESTIONS, PASSAGES)
FACTS = {"settings": {"questions": "mine.json"}, "sizes": {"questions": 9, "passages": 3}}


def always(names):
    return lambda question: [PASSAGES["abc".index(name)] for name in names]


def right(question):
    return [PASSAGES["abc".index(question[0])]]


@pytest.fixture
def measured():
    """Two configurations: one that always finds the same, and one that finds what is right."""
    return [measure("plain", QUESTIONS, always("ab")), measure("product", QUESTIONS, right)]


def test_the_last_configuration_is_compared_with_each_other(measured):
    """Here it is right for all, where the other is right for a third at once and a third second."""
    compared = compare(measured, QUESTIONS)
    assert compared.default.name == "product"
    (differences,) = compared.differences
    assert differences[MEASURES.index("recall@1")].mean == pytest.approx(200 / 3)
    assert differences[MEASURES.index("mrr@10")].mean == pytest.approx(50)
    assert differences[MEASURES.index("recall@1")].p < 1


def test_the_json_has_what_programs_look_for(measured):
    """A list of configurations, the product's last, with the measures in percent; all of it is plain JSON."""
    found = json.loads(json.dumps(as_json(outcome(measured, BENCHMARK, np.zeros(9, np.bool_), FACTS))))
    assert [each["name"] for each in found["configurations"]] == ["plain", "product"]
    plain, product = (each["metrics"] for each in found["configurations"])
    assert {"recall@1", "recall@5", "recall@10", "recall@50", "mrr@10", "ndcg@10"} <= set(plain)
    assert (plain["recall@1"], plain["mrr@10"], product["recall@1"], product["ndcg@10"]) == (33.333, 50, 100, 100)
    low, high = found["configurations"][0]["intervals"]["recall@1"]
    assert low <= 33.333 <= high
    (pair,) = found["paired"]
    assert (pair["first"], pair["second"]) == ("product", "plain")
    assert set(pair["differences"]["mrr@10"]) == {"mean", "interval", "p"}
    assert found["sizes"] == FACTS["sizes"]
    assert "least_overlap" not in found


def test_some_questions_may_be_reported_apart(measured):
    """With how they were chosen and how many they are."""
    some = np.array([question.text == "c?" for question in QUESTIONS])
    done = outcome(measured, BENCHMARK, some, FACTS)
    least = as_json(done)["least_overlap"]
    assert (least["questions"], least["configurations"][0]["metrics"]["recall@10"]) == (3, 0)
    assert "distinct content stems" in as_text(done)


def test_the_table_has_every_configuration_with_its_interval_below(measured):
    """And a line for each paired test."""
    lines = as_text(outcome(measured, BENCHMARK, np.zeros(9, np.bool_), FACTS)).splitlines()
    assert lines[0].split()[:3] == ["R@1", "R@5", "R@10"]
    assert lines[1].split()[:2] == ["plain", "33.3"]
    assert lines[2].split()[0].count("-") == 1
    assert any(line.startswith("default less plain: R@1 +66.7 [") for line in lines)


def test_several_relevant_passages_are_explained():
    """Then the table says what recall means, and whether any was found."""
    benchmark = Benchmark((Question("a?", {"a": 1.0, "b": 1.0}),), PASSAGES)
    done = outcome([measure("product", benchmark.questions, right)], benchmark, np.zeros(1, np.bool_), FACTS)
    assert "any of them is first" in as_text(done)
    assert "default less" not in as_text(done)
