import json

import pytest

from evals.retrieval import main

TEXTS = {
    "נוהל חופשות": "עובד רשאי לצאת לחופשה לאחר אישור הממונה.",
    "שעות קבלה": "המשרד פתוח בימי ראשון עד חמישי.",
    "אגרות": "אגרת הרישום היא 120 שקלים לשנה.",
}
ASKED = {"נוהל חופשות": "מי מאשר חופשות?", "שעות קבלה": "מתי המשרדים פתוחים?", "אגרות": "כמה עולה אגרה?"}


@pytest.fixture
def folder(tmp_path):
    """Questions in the form of HeQ, a pool of plain passages, and a BEIR folder."""
    articles = [
        {"title": title, "paragraphs": [{"context": text, "qas": [{"question": ASKED[title], "is_impossible": False}]}]}
        for title, text in TEXTS.items()
    ]
    (tmp_path / "heq.json").write_text(json.dumps({"data": articles}), encoding="utf-8")
    pool = [{"id": f"x{n}", "title": "", "text": f"פסקה מספר {n}"} for n in range(9)]
    (tmp_path / "pool.jsonl").write_text("\n".join(map(json.dumps, pool)), encoding="utf-8")
    beir = tmp_path / "beir"
    (beir / "qrels").mkdir(parents=True)
    corpus = [{"_id": title, "title": title, "text": text} for title, text in TEXTS.items()]
    queries = [{"_id": title, "text": question} for title, question in ASKED.items()]
    (beir / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    (beir / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    judged = "".join(f"{title}\t{title}\t1\n" for title in TEXTS)
    (beir / "qrels" / "test.tsv").write_text(f"query-id\tcorpus-id\tscore\n{judged}", encoding="utf-8")
    return tmp_path


def test_the_command_compares_and_writes_its_files(folder, capsys):
    """Tables on the terminal, JSON with the product's default last, and a report; progress goes to standard error."""
    out, page = folder / "new" / "out.json", folder / "out.html"
    files = ["--questions", str(folder / "heq.json"), "--pool", str(folder / "pool.jsonl"), str(folder / "heq.json")]
    assert main([*files, "--json", str(out), "--html", str(page), "--least-overlap", "--data", str(folder)]) == 0
    said = capsys.readouterr()
    assert "plain word BM25" in said.out
    assert "3 questions over 12 passages" in said.err
    found = json.loads(out.read_text(encoding="utf-8"))
    names = [each["name"] for each in found["configurations"]]
    assert names[0] == "plain word BM25"
    assert names[-3:] == [
        "Hebrew fields",
        "Hebrew fields + static vectors",
        "Hebrew fields + static vectors + rerank (default)",
    ]
    plain, default = found["configurations"][0]["metrics"], found["configurations"][-1]["metrics"]
    assert default["recall@1"] == default["recall@5"] == default["mrr@10"] == default["ndcg@10"] == 100
    assert plain["recall@1"] < 100  # hardly a word of a question stands in its passage as asked
    assert len(found["paired"]) == len(names) - 1
    assert found["settings"]["titles"] is True
    assert {"folding", "numpy"} <= set(found["versions"])
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")


def test_a_folder_of_beir_is_a_benchmark(folder, tmp_path):
    """With more passages beside its own where they are asked for, and without titles."""
    out = tmp_path / "out.json"
    options = ["--beir", str(folder / "beir"), "--pool", str(folder / "pool.jsonl"), "--limit", "4", "--no-titles"]
    assert main([*options, "--json", str(out)]) == 0
    found = json.loads(out.read_text(encoding="utf-8"))
    assert (found["sizes"], found["settings"]["titles"]) == ({"questions": 3, "passages": 7}, False)
    assert found["configurations"][-1]["metrics"]["recall@10"] == 100


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--questions", "nowhere.json"], "nowhere.json"),
        (["--questions", "{folder}/heq.json", "--pool", "nowhere.jsonl"], "nowhere.jsonl"),
        (["--questions", "{folder}/pool.jsonl"], "no question"),
        (["--beir", "{folder}"], "corpus.jsonl"),
        (["--questions", "{folder}/heq.json", "--embedder", "{folder}/no-model"], "no-model"),
    ],
)
def test_what_cannot_be_read_is_one_sentence(folder, capsys, options, said):
    """And the exit status is 2."""
    assert main([option.format(folder=folder) for option in [*options, "--data", str(folder)]]) == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_questions_come_from_one_place(folder):
    """A file or a BEIR folder, not both and not none: the usage is printed."""
    for options in ([], ["--questions", str(folder / "heq.json"), "--beir", str(folder / "beir")]):
        with pytest.raises(SystemExit):
            main(options)
