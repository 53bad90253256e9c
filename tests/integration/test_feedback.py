"""Opinions on answers become questions that are asked again: `darash eval feedback`."""

import json
from pathlib import Path

import pytest

from answers.answer import Answer
from darash.feedback import write_feedback
from evals import feedback
from indexes.indexes import Indexes
from indexes.settings import IndexSettings
from indexes.storage import open_storage
from tests.web_parts import QUOTE, citation_of, ready_document
from tests.worker_process import fake_embedders
from webui.accounts.account import Accounts
from webui.conversations import Conversations
from webui.grants import Grant, Grants
from webui.opinions import Opinions


class World:
    """A data folder with one document in a collection, and answers that people can rate."""

    def __init__(self, data: Path) -> None:
        self.storage = open_storage(IndexSettings(_env_file=None, data=data))
        self.owner = Accounts(self.storage.engine).owner().id
        self.collection = self.storage.catalogue.create_collection("נהלים")
        Grants(self.storage.engine).put(Grant(self.collection.id, self.owner, None, "owner"))
        self.document = ready_document(self.storage, self.collection.id)
        Indexes(data, self.storage.catalogue, self.storage.passages, fake_embedders(data)).rebuild(self.collection.id)

    def rated(self, question: str, answer: Answer, good: bool, *reasons: str) -> None:
        """An answer of which something was said."""
        kept = Conversations(self.storage.engine)
        turn = kept.add_question(self.owner, kept.create(self.owner, question).id, question)
        kept.save_answer(turn.id, answer)
        Opinions(self.storage.engine).put(self.owner, turn.id, good, reasons, "הערה")


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """The settings name this folder and no model."""
    monkeypatch.setenv("DARASH_DATA", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    world = World(tmp_path)
    yield world
    world.storage.engine.dispose()


def test_opinions_become_questions(world: World, tmp_path: Path) -> None:
    """Each rated answer is a line with the question as it was understood, its sources and what was said of it."""
    citation = citation_of(world.document)
    world.rated("וכמה?", Answer("1,250 [1]", (citation,), finished=True, searched="כמה היא האגרה?"), True)
    world.rated("מה הגובה?", Answer("לא נמצא", finished=True, refusal=True), False, "refused")
    path = tmp_path / "feedback.jsonl"
    assert write_feedback(path) == 2
    assert path.stat().st_mode & 0o77 == 0
    good, bad = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    assert (good["question"], good["good"], good["document"], good["passage"]) == (
        "כמה היא האגרה?", True, citation.title, QUOTE,
    )  # fmt: skip
    assert good["collections"] == [world.collection.id]
    assert (bad["good"], bad["reasons"], bad["remark"], bad["refused"]) == (False, ["refused"], "הערה", True)
    assert "document" not in bad


def test_they_are_asked_again(world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A good answer that still cites its passage is as it was; a refusal that became an answer is something new."""
    cited = Answer(f"{QUOTE} [1]", (citation_of(world.document),), finished=True)
    world.rated("כמה היא האגרה בשקלים?", cited, True)
    world.rated("האגרה היא כמה שקלים?", Answer("לא נמצא", finished=True, refusal=True), False, "refused")
    path, out = tmp_path / "feedback.jsonl", tmp_path / "out.json"
    write_feedback(path)
    assert feedback.main([str(path), "--json", str(out)]) == 0
    good, bad = json.loads(out.read_text(encoding="utf-8"))["questions"]
    assert (good["same"], good["rank"], good["refused"]) == (True, 1, False)
    assert (bad["same"], bad["refused"]) == (False, False)
    printed = capsys.readouterr().out
    assert "2: 1 good, 1 not" in printed
    assert "refused                           1" in printed


@pytest.mark.parametrize("line", ['{"question": "?"}', "[", '{"question": "?", "sources": 3}'])
def test_what_is_no_such_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    """Another file is one line on the terminal, not a traceback."""
    path = tmp_path / "other.jsonl"
    path.write_text(line + "\n", encoding="utf-8")
    assert feedback.main([str(path)]) == 2
    assert "other.jsonl" in capsys.readouterr().err
