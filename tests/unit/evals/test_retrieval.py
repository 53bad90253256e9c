import json
import lzma

import pytest

from evals.benchmark import SETS, Benchmark, Passage, Question, load
from evals.metrics import recall_at_k
from evals.plain import PlainWords
from evals.retrieval import COLUMNS, build, main, measure, systems
from tests.fake_embedder import FakeEmbedder

PASSAGES = (
    Passage("vacation", "נוהל חופשות", "עובד רשאי לצאת לחופשה לאחר אישור הממונה."),
    Passage("office", "שעות קבלה", "המשרד פתוח בימי ראשון עד חמישי."),
    Passage("fees", "אגרות", "אגרת הרישום היא 120 שקלים לשנה."),
)
QUESTIONS = (
    Question("מי מאשר חופשות?", frozenset({"vacation"})),
    Question("מתי המשרדים פתוחים?", frozenset({"office"})),
    Question("כמה עולה אגרה?", frozenset({"fees"})),
)


@pytest.fixture
def folder(tmp_path):
    """A tiny folder in the form of the development data."""
    retrieval = tmp_path / "retrieval"
    (retrieval / "services").mkdir(parents=True)
    questions = [{"question": q.text, "is_impossible": False} for q in QUESTIONS[:2]]
    questions.append({"question": "אין תשובה", "is_impossible": True})
    paragraphs = [{"context": each.text, "qas": questions[at : at + 1]} for at, each in enumerate(PASSAGES)]
    heq = {"data": [{"title": "עניין", "paragraphs": paragraphs}]}
    (retrieval / "heq_val.json").write_text(json.dumps(heq), encoding="utf-8")
    parashoot = [{"title": "א", "context": PASSAGES[0].text, "question": q.text} for q in QUESTIONS]
    (retrieval / "parashoot_dev.json").write_text(json.dumps({"data": parashoot}), encoding="utf-8")
    lines = [{"_id": p.id, "title": p.title, "text": p.text} for p in PASSAGES]
    (retrieval / "services" / "corpus.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked = [{"_id": "q1", "text": "אישור"}, {"_id": "q2", "text": "בלי תשובה"}]
    (retrieval / "services" / "queries.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    judged = "query\tcorpus\tscore\tverdict\nq1\tvacation\t1\trelevant\nq1\tfees\t0\tirrelevant\nq2\tfees\t0\tunclear\n"
    (retrieval / "services" / "qrels.tsv").write_text(judged, encoding="utf-8")
    other = [
        {"id": f"x{n}", "title": "", "text": f"פסקה {n}", "source": "he-wikipedia" if n == 7 else "knesset"}
        for n in range(9)
    ]
    (retrieval / "distractors.jsonl.xz").write_bytes(lzma.compress("\n".join(map(json.dumps, other)).encode()))
    return tmp_path


def test_sets_become_questions_over_passages(folder):
    """Unanswerable questions are left out, equal paragraphs are one passage, Wikipedia comes first among the others."""
    heq = load("heq_val", folder / "retrieval", 3)
    assert [question.text for question in heq.questions] == [question.text for question in QUESTIONS[:2]]
    assert [passage.text for passage in heq.passages[:2]] == [passage.text for passage in PASSAGES[:2]]
    assert (len(heq.passages), heq.passages[2].id) == (5, "x7")
    parashoot = load("parashoot_dev", folder / "retrieval", 0)
    assert (len(parashoot.questions), len(parashoot.passages)) == (3, 1)
    services = load("services", folder / "retrieval", 0)
    assert services == Benchmark((Question("אישור", frozenset({"vacation"})),), PASSAGES)


def test_every_way_of_asking_runs_on_one_index(tmp_path):
    """An index built by the project answers easy questions; each way gives ids of passages."""
    benchmark = Benchmark(QUESTIONS, PASSAGES)
    ways = systems(build(PASSAGES, tmp_path, FakeEmbedder(), titles=False))
    for name, ask in ways.items():
        assert set(ask("המשרד פתוח")) <= {passage.id for passage in PASSAGES}, name
    rows = {name: measure(benchmark, ask) for name, ask in ways.items()}
    assert all(len(row) == len(COLUMNS) for row in rows.values())
    assert rows["Hebrew fields"][0] == rows["Hebrew fields, reranked"][0] == 1
    assert rows["plain word BM25"][0] < 1  # no word of a question stands in its passage as asked


def test_titles_are_indexed_only_when_asked_for(tmp_path):
    """Published results are on text alone, so that is the default."""
    for titles in (False, True):
        (tmp_path / str(titles)).mkdir()
        ask = systems(build(PASSAGES, tmp_path / str(titles), FakeEmbedder(), titles))["Hebrew fields"]
        assert recall_at_k(ask("שעות קבלה"), {"office"}, 1) == titles


def test_plain_words_rank_by_shared_words():
    """More and rarer words of the question, in a shorter text, rank higher; texts without any are left out."""
    plain = PlainWords(["בית גדול", "בית", "גן", "בית ליד בית"])
    assert plain.ranked("גן", 5) == [2]
    assert plain.ranked("בית גדול", 5)[0] == 0
    assert plain.ranked("בית", 2) == [1, 3]
    assert PlainWords([]).ranked("בית", 5) == []


def test_the_command_prints_a_table(folder, capsys):
    """One line for each way of asking, under a line that says what was measured."""
    assert main(["--set", "heq_val", "--pool", "2", "--data", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("heq_val: 2 questions over 4 passages")
    assert len(lines) == 6


def test_absent_data_is_said(tmp_path, capsys):
    """Without the development data the command says where it looked, and exits with 2."""
    assert main(["--data", str(tmp_path)]) == 2
    assert "heq_val.json" in capsys.readouterr().err


@pytest.mark.data
def test_the_real_sets_can_be_read(data_folder):
    """Every set of the development data has questions, and every answer is a passage of its pool."""
    for name in SETS:
        benchmark = load(name, data_folder / "retrieval", 0)
        known = {passage.id for passage in benchmark.passages}
        assert benchmark.questions
        assert all(question.relevant <= known for question in benchmark.questions)
