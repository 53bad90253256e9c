import json
import lzma

import pytest

from evals.benchmark import SETS, load, read_benchmark
from evals.question_files import Unreadable

VACATION, OFFICE, FEES = "עובד רשאי לצאת לחופשה.", "המשרד פתוח בימי ראשון.", "אגרת הרישום היא 120 שקלים."


def write(path, value):
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")


@pytest.fixture
def folder(tmp_path):
    """A tiny folder in the form of the development data, with more paragraphs that answer nothing than `small` has."""
    qas = [{"question": "מי רשאי?", "is_impossible": False}]
    paragraphs = [{"context": VACATION, "qas": qas}, {"context": OFFICE, "qas": []}]
    write(tmp_path / "heq_val.json", {"data": [{"title": "נהלים", "paragraphs": paragraphs}]})
    for name, text in (("parashoot_train", OFFICE), ("parashoot_dev", FEES)):
        write(tmp_path / f"{name}.json", {"data": [{"title": "א", "context": text, "question": "מתי?"}]})
    other = [{"id": f"x{n}", "title": "", "text": f"פסקה {n}", "source": "knesset"} for n in range(9_600)]
    lines = "\n".join(map(json.dumps, [*other, {"id": "y", "text": VACATION, "source": "wiki"}]))
    (tmp_path / "distractors.jsonl.xz").write_bytes(lzma.compress(lines.encode(), preset=0))
    return tmp_path


def test_the_standard_pools_go_by_name(folder):
    """Every paragraph of the three sets, once, and 9,500 or all of the others, of which one is known already."""
    small, full = (read_benchmark("heq_val", [name], None, folder) for name in ("small", "full"))
    assert (len(small.passages), len(full.passages)) == (3 + 9_499, 3 + 9_600)
    assert len(read_benchmark("heq_val", ["full"], 5, folder).passages) == 3 + 4
    assert [question.text for question in full.questions] == ["מי רשאי?"]


def test_files_mix_with_names(folder, tmp_path):
    """Pool files are read in their order; a file that is there goes before a name."""
    write(tmp_path / "more.json", [{"id": "z", "text": "עוד פסקה"}])
    benchmark = read_benchmark(
        "parashoot_dev", [str(tmp_path / "more.json"), str(folder / "heq_val.json")], None, folder
    )
    assert [passage.text for passage in benchmark.passages] == [FEES, "עוד פסקה", VACATION, OFFICE]
    assert read_benchmark(str(folder / "parashoot_dev.json"), [], None, tmp_path).questions == benchmark.questions


def test_own_questions_are_about_the_pool(folder, tmp_path):
    """A question of a user's own is judged by the pool's passages, of which there is one of each."""
    write(tmp_path / "mine.json", [{"question": "כמה עולה?", "passage": "120 שקלים"}])
    benchmark = read_benchmark(str(tmp_path / "mine.json"), [str(folder / "parashoot_dev.json")], None, folder)
    assert [passage.text for passage in benchmark.passages] == [FEES]
    assert benchmark.questions[0].wanted.is_right(benchmark.passages[0])


def test_what_is_not_there_is_said(folder, tmp_path):
    """A name that is neither file nor set, a pool that is neither, and a file without answerable questions."""
    with pytest.raises(FileNotFoundError, match="heq_test"):
        read_benchmark("heq_test", [], None, folder)
    with pytest.raises(FileNotFoundError, match="large"):
        read_benchmark("heq_val", ["large"], None, folder)
    write(tmp_path / "none.json", [{"context": OFFICE, "qas": []}])
    with pytest.raises(Unreadable, match=r"none\.json"):
        read_benchmark(str(tmp_path / "none.json"), [], None, folder)


@pytest.mark.data
def test_the_real_sets_can_be_read(data_folder):
    """Every set of the development data has questions, and every answer is a passage of its pool."""
    sizes = {}
    for name in SETS:
        benchmark = load(name, data_folder / "retrieval", 0)
        known = {passage.id for passage in benchmark.passages}
        assert all(question.relevant and question.relevant <= known for question in benchmark.questions)
        sizes[name] = len(benchmark.questions), len(benchmark.passages)
    assert sizes == {
        "heq_val": (1058, 238),
        "parashoot_dev": (221, 63),
        "parashoot_train": (1792, 565),
        "services": (27, 610),
    }
