import gzip
import json
import lzma

import pytest

from evals.question_files import Unreadable, entries_of, has_paragraphs, read_beir, with_paragraphs

VACATION = "עובד רשאי לצאת לחופשה לאחר אישור הממונה."
OFFICE = "המשרד פתוח בימי ראשון עד חמישי."


def heq(**keys):
    return {"question": "מי מאשר חופשות?", "id": "1", "answers": [{"text": "הממונה", "answer_start": 30}], **keys}


def asked(benchmark):
    texts = {passage.id: passage.text for passage in benchmark.passages}
    return [(question.text, [texts[id_] for id_ in question.gains]) for question in benchmark.questions]


def test_heq_is_articles_of_paragraphs_of_questions():
    """Unanswerable questions are left out, their paragraphs are not; questions about a paragraph are a group."""
    paragraphs = [
        {"context": VACATION, "qas": [heq(is_impossible=False), heq(question="מה?", is_impossible=False)]},
        {"context": OFFICE, "qas": [heq(question="למה?", is_impossible=True, answers=[], plausible_answers=[])]},
    ]
    benchmark = with_paragraphs([{"title": "נהלים", "paragraphs": paragraphs}], "heq")
    assert asked(benchmark) == [("מי מאשר חופשות?", [VACATION]), ("מה?", [VACATION])]
    assert [(passage.title, passage.text) for passage in benchmark.passages] == [("נהלים", VACATION), ("נהלים", OFFICE)]
    assert benchmark.questions[0].group == benchmark.questions[1].group


def test_parashoot_is_a_flat_list():
    """Every question has its own paragraph; equal ones are one passage, however they are set."""
    entries = [
        {"title": "א", "context": VACATION, "question": "מי?", "answers": {"text": ["הממונה"], "answer_start": [30]}},
        {"title": "א", "context": VACATION.replace(" ", "  "), "question": "מתי?", "answers": {"text": ["לאחר אישור"]}},
    ]
    benchmark = with_paragraphs(entries, "parashoot")
    assert (len(benchmark.questions), len(benchmark.passages)) == (2, 1)


@pytest.mark.parametrize(
    ("answers", "kept"),
    [
        ({"answers": [{"text": "א"}]}, True),
        ({"answers": []}, False),
        ({"answers": {"text": []}}, False),
        ({"answer": "א"}, True),
        ({"is_impossible": "false"}, True),
        ({"is_impossible": 1}, False),
        ({"is_impossible": False, "answers": []}, True),
    ],
)
def test_what_a_file_does_not_say_is_taken_from_the_answers(answers, kept):
    """Without `is_impossible`, no answers mean unanswerable in a file where other questions have some."""
    entries = [{"context": OFFICE, "question": "מתי?", "answers": ["ראשון"]}]
    entries.append({"context": VACATION, "question": "מי?", **answers})
    assert len(with_paragraphs(entries, "x").questions) == 1 + kept


def test_a_file_without_any_answers_keeps_its_questions():
    """The paragraph of a question is all that is needed."""
    entries = [{"context": VACATION, "question": "מי?", "title": None}, {"context": " ", "question": "מה?"}]
    assert asked(with_paragraphs(entries, "x")) == [("מי?", [VACATION])]


@pytest.mark.parametrize("pack", [None, lzma.compress, gzip.compress])
@pytest.mark.parametrize("form", ["data", "list", "lines"])
def test_every_form_of_a_file_gives_the_same_objects(tmp_path, form, pack):
    """An object with a list, a list, or a line each; plain or packed; with a byte order mark too."""
    entries = [{"question": "מי\u2028?"}, {"question": "מה?"}]
    whole = {"data": {"version": 1, "data": entries}, "list": entries}
    text = json.dumps(whole[form]) if form in whole else "\n\n".join(json.dumps(e, ensure_ascii=False) for e in entries)
    path = tmp_path / f"file.json{'.xz' if pack is lzma.compress else '.gz' if pack else ''}"
    path.write_bytes((pack or bytes)(f"\ufeff{text}\n".encode()))
    assert entries_of(path) == entries


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00", b"[1, 2]", b'{"data": 3}', b'{"a": 1}\n{"b"', b"words", b'{"a": 1}\n7']
)
def test_what_cannot_be_read_is_said_with_its_name(tmp_path, content):
    """The message names the file."""
    path = tmp_path / "odd.jsonl"
    path.write_bytes(content)
    with pytest.raises(Unreadable, match=r"odd\.jsonl"):
        entries_of(path)


def test_a_damaged_archive_is_said(tmp_path):
    """Not a traceback of the library that unpacks."""
    for name in ("a.xz", "a.gz"):
        (tmp_path / name).write_bytes(b"neither")
        with pytest.raises(Unreadable, match=name):
            entries_of(tmp_path / name)


def test_paragraphs_are_what_tells_questions_from_passages():
    """A user's own questions and plain passages have none."""
    assert has_paragraphs([{"title": "א"}, {"paragraphs": []}])
    assert not has_paragraphs([{"text": "א"}, {"question": "מה?", "passage": "ב"}])


@pytest.fixture
def beir(tmp_path):
    """A small BEIR folder, its judgements still to be written."""
    corpus = [{"_id": "d1", "title": "חופשות", "text": VACATION}, {"_id": "d2", "text": OFFICE}]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    queries = [{"_id": "q1", "text": "חופשה"}, {"_id": "q2", "text": "שעות"}, {"_id": "q3", "text": "כלום"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(map(json.dumps, queries)), encoding="utf-8")
    return tmp_path


def test_beir_scores_are_worths(beir):
    """Graded scores are kept, 0 and less is irrelevant, extra columns and unknown passages are left aside."""
    judged = "query-id\tcorpus-id\tscore\tverdict\nq1\td1\t2\tyes\nq1\td2\t0.5\tno\nq2\td2\t0\tno\nq2\td9\t1\tyes\n"
    (beir / "qrels.tsv").write_text(judged, encoding="utf-8")
    benchmark = read_beir(beir)
    assert [(question.text, question.gains) for question in benchmark.questions] == [("חופשה", {"d1": 2.0, "d2": 0.5})]
    assert [(passage.id, passage.title) for passage in benchmark.passages] == [("d1", "חופשות"), ("d2", "")]


def test_beir_judgements_may_lie_in_a_folder_and_in_the_form_of_trec(beir):
    """All files of `qrels/` count; a second column of zeros is skipped; the corpus may be packed."""
    (beir / "qrels").mkdir()
    (beir / "qrels" / "dev.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n", encoding="utf-8")
    (beir / "qrels" / "test.tsv").write_text("q2\t0\td2\t1\n", encoding="utf-8")
    packed = gzip.compress((beir / "corpus.jsonl").read_bytes())
    (beir / "corpus.jsonl").unlink()
    (beir / "corpus.jsonl.gz").write_bytes(packed)
    assert [question.gains for question in read_beir(beir).questions] == [{"d1": 1.0}, {"d2": 1.0}]


def test_a_line_that_is_no_judgement_is_said(beir):
    """With the file and the number of the line."""
    (beir / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\tmuch\n", encoding="utf-8")
    with pytest.raises(Unreadable, match=r"qrels.tsv, line 2"):
        read_beir(beir)


def test_an_object_without_an_id_or_a_text_is_said(beir):
    """With the file it stands in."""
    (beir / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\n", encoding="utf-8")
    (beir / "queries.jsonl").write_text('{"_id": "q1", "query": "א"}', encoding="utf-8")
    with pytest.raises(Unreadable, match=r"queries.jsonl: an object without 'text'"):
        read_beir(beir)


def test_absent_parts_of_an_article_are_no_error():
    """Paragraphs or questions that are null, a title of the paragraph's own, one article as the whole file."""
    articles = [
        {"title": "א", "paragraphs": None},
        {
            "paragraphs": [
                {"context": VACATION, "qas": None, "title": "ב"},
                {"context": OFFICE, "qas": [{"question": None}]},
            ]
        },
    ]
    benchmark = with_paragraphs(articles, "x")
    assert ([each.title for each in benchmark.passages], benchmark.questions) == (["ב", ""], ())


def test_a_single_object_is_a_file_of_one(tmp_path):
    """One line of JSONL, or one article."""
    path = tmp_path / "one.json"
    for entry in ({"question": "מה?", "passage": "א"}, {"title": "א", "paragraphs": []}, {"id": 1, "text": "א"}):
        path.write_text(json.dumps(entry), encoding="utf-8")
        assert entries_of(path) == [entry]


@pytest.mark.parametrize(
    "answers",
    [[{"text": "הממונה", "answer_start": 3}, {"text": "מנהל"}], {"text": ["הממונה", "מנהל"]}, ["הממונה", " ", "מנהל"]],
)
def test_answers_are_kept_in_every_form(answers):
    """As HeQ, ParaShoot, and plain lists have them."""
    found = with_paragraphs([{"context": "א", "question": "מי?", "answers": answers}], "x")
    assert found.questions[0].answers == ("הממונה", "מנהל")


def test_questions_that_cannot_be_answered_are_kept_apart():
    """With the passage that deals with their subject."""
    entries = [
        {"context": "א", "question": "מי?", "answers": ["דן"]},
        {"context": "א", "question": "מתי?", "answers": [], "is_impossible": True},
    ]
    found = with_paragraphs(entries, "x")
    assert [each.text for each in found.questions] == ["מי?"]
    assert [(each.text, each.group, each.answers) for each in found.unanswerable] == [
        ("מתי?", found.passages[0].id, ())
    ]
