import json

import pytest

from evals.answers import main

TEXTS = {
    "נוהל חופשות": ("עובד רשאי לצאת לחופשה לאחר אישור הממונה.", "מי מאשר לעובד לצאת לחופשה?", "הממונה"),
    "שעות קבלה": ("המשרד פתוח לקהל בימי ראשון עד חמישי.", "באילו ימים פתוח המשרד לקהל?", "בימי ראשון עד חמישי"),
    "אגרות": ("אגרת הרישום השנתית לקייטנה היא 120 שקלים.", "מהי אגרת הרישום לקייטנה?", "120 שקלים"),
}
KEYS = [
    "first_sentence_hit",
    "any_sentence_hit",
    "citation_precision",
    "verified_share",
    "refusal_auroc",
    "f1",
    "tlnls",
]


@pytest.fixture
def folder(tmp_path):
    """Questions in the form of HeQ, one of them without an answer, and a pool of plain passages."""
    articles = [
        {
            "title": title,
            "paragraphs": [
                {
                    "context": text,
                    "qas": [
                        {
                            "question": question,
                            "is_impossible": False,
                            "answers": [{"text": answer, "answer_start": 0}],
                        },
                        {"question": "מתי נולד ראש העיר?", "is_impossible": True, "answers": []},
                    ],
                }
            ],
        }
        for title, (text, question, answer) in TEXTS.items()
    ]
    (tmp_path / "heq.json").write_text(json.dumps({"data": articles}), encoding="utf-8")
    pool = [{"id": f"x{n}", "title": "", "text": f"פסקה מספר {n} על אודות הים"} for n in range(9)]
    (tmp_path / "pool.jsonl").write_text("\n".join(map(json.dumps, pool)), encoding="utf-8")
    return tmp_path


@pytest.fixture(autouse=True)
def no_server(monkeypatch):
    """Answers are quoted, whatever is set up where the tests run."""
    monkeypatch.setenv("DARASH_MODEL_URL", "")


def test_one_run_gives_everything(folder, capsys):
    """The keys at the top in percent with their intervals, the refusals of both kinds, and a report in Hebrew."""
    out, page = folder / "new" / "out.json", folder / "out.html"
    files = ["--questions", str(folder / "heq.json"), "--pool", str(folder / "pool.jsonl")]
    assert main([*files, "--json", str(out), "--html", str(page), "--data", str(folder)]) == 0
    said = capsys.readouterr()
    assert "refusal_auroc" in said.out
    assert "3 questions, and 3 that nothing answers" in said.err
    found = json.loads(out.read_text(encoding="utf-8"))
    assert list(found)[: len(KEYS)] == KEYS
    assert all(0 <= found["intervals"][key][0] <= found[key] <= found["intervals"][key][1] <= 100 for key in KEYS)
    assert found["any_sentence_hit"] == found["citation_precision"] == found["verified_share"] == 100
    assert found["refusal_auroc"] == 100
    assert found["refusals"].keys() == {"removed", "unanswerable"}
    assert found["sizes"] == {"answerable": 3, "unanswerable": 3, "passages": 12}
    assert 3 <= found["speed"]["answers"] <= 9
    assert "tokens_per_second" not in found["speed"]
    html = page.read_text(encoding="utf-8")
    assert html.startswith("<!doctype html>")
    assert "{{" not in html


def test_some_of_the_questions_are_from_all_over_the_file(folder):
    """Both kinds of questions become fewer."""
    out = folder / "out.json"
    options = ["--questions", str(folder / "heq.json"), "--limit", "1", "--json", str(out), "--data", str(folder)]
    assert main(options) == 0
    assert json.loads(out.read_text("utf-8"))["sizes"] == {"answerable": 1, "unanswerable": 1, "passages": 3}


def test_without_options_the_samples_are_asked(capsys):
    """Nothing but the project is needed."""
    assert main([]) == 0
    said = capsys.readouterr().out
    assert "answer cites the expected words" in said
    assert "unanswerable, and refused" in said


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--questions", "nowhere.json"], "nowhere.json"),
        (["--questions", "{folder}/heq.json", "--pool", "nowhere.jsonl"], "nowhere.jsonl"),
        (["--questions", "{folder}/heq.json", "--model-url", "http://127.0.0.1:9"], "127.0.0.1:9"),
    ],
)
def test_what_cannot_be_read_or_reached_is_one_sentence(folder, capsys, options, said):
    """And the exit status is 2."""
    assert main([option.format(folder=folder) for option in [*options, "--data", str(folder)]]) == 2
    assert said in capsys.readouterr().err.splitlines()[-1]


def test_files_need_questions():
    """The usage is printed."""
    with pytest.raises(SystemExit):
        main(["--pool", "x.jsonl"])


@pytest.mark.data
def test_real_questions_are_answered_and_told_from_those_without_their_paragraph(data_folder, tmp_path):
    """A slice of HeQ val over its own paragraphs: far from chance, whatever the numbers are today."""
    out = tmp_path / "out.json"
    assert main(["--questions", "heq_val", "--limit", "40", "--json", str(out), "--data", str(data_folder)]) == 0
    found = json.loads(out.read_text("utf-8"))
    assert found["sizes"]["answerable"] == 40
    assert found["refusal_auroc"] > 85
    assert found["any_sentence_hit"] > 60
    assert found["citation_precision"] > 80
    assert found["refusals"]["unanswerable"]["questions"] > 0
