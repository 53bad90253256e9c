import json
import lzma

import pytest

from evals.pool_files import read_pool
from evals.question_files import Unreadable


@pytest.fixture
def plain(tmp_path):
    """Twenty passages, every fifth of a wiki."""
    entries = [
        {"id": f"x{n}", "title": "", "text": f"פסקה {n}", "source": "he-Wikipedia" if n % 5 == 0 else "knesset"}
        for n in range(20)
    ]
    path = tmp_path / "plain.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(map(json.dumps, entries)).encode()))
    return path


def test_a_limit_takes_wikis_first_and_is_always_the_same(plain):
    """Four passages are of a wiki; a larger limit holds all of a smaller one."""
    small, large = ({each.id for each in read_pool([plain], limit)} for limit in (4, 9))
    assert small == {"x0", "x5", "x10", "x15"} < large
    assert len(large) == 9
    assert [each.id for each in read_pool([plain], 9)] == [each.id for each in read_pool([plain], 9)]
    assert [each.id for each in read_pool([plain])] == [f"x{n}" for n in range(20)]


def test_files_of_questions_give_all_their_paragraphs(tmp_path, plain):
    """A limit is for passages that answer nothing; answerable or not makes no difference here."""
    squad = tmp_path / "squad.json"
    paragraphs = [{"context": f"הקשר {n}", "qas": [{"question": "מה?", "is_impossible": True}]} for n in range(3)]
    squad.write_text(json.dumps({"data": [{"title": "א", "paragraphs": paragraphs}]}), encoding="utf-8")
    found = list(read_pool([squad, plain], 1))
    assert [each.text for each in found] == ["הקשר 0", "הקשר 1", "הקשר 2", found[3].text]


def test_a_corpus_of_beir_is_a_pool(tmp_path):
    """By its file or its folder; `_id` is the id, and a passage without one gets its place."""
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"_id": "d1", "title": "א", "text": "ב"}\n{"text": "ג"}\n', encoding="utf-8")
    assert list(read_pool([corpus])) == list(read_pool([tmp_path]))
    assert [(each.id, each.title) for each in read_pool([corpus])] == [("d1", "א"), ("corpus.jsonl-1", "")]


def test_a_file_without_texts_is_said(tmp_path):
    """With its name."""
    path = tmp_path / "odd.jsonl"
    path.write_text('{"id": 1, "body": "א"}', encoding="utf-8")
    with pytest.raises(Unreadable, match=r"odd\.jsonl"):
        list(read_pool([path]))
