"""Conversations over the sample documents: whether a question that leans on others finds what it means, by rules."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from answers.answer import Turn
from answers.asking.followup import by_rules
from darash import app
from indexes.settings import IndexSettings
from indexes.storage import open_search, open_storage
from ingest.samples import sample_files
from tests.conftest import ROOT

DIALOGUES = ROOT / "tests" / "unit" / "answers" / "asking" / "dialogues.json"


def test_follow_ups_find_what_they_mean(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the questions after the first, at least 85 % find their passage among the first three, and more than alone."""
    monkeypatch.setenv("DARASH_DATA", str(tmp_path))
    assert CliRunner().invoke(app, ["ingest", *map(str, sample_files())]).exit_code == 0
    storage = open_storage(IndexSettings())
    search, collections = open_search(storage), [each.id for each in storage.catalogue.collections()]

    def finds(question: str, quote: str) -> bool:
        hits = search.search(collections, question, 3)
        return any(" ".join(quote.split()) in " ".join(hit.chunk.text.split()) for hit in hits)

    alone, whole = [], []
    for dialogue in json.loads(DIALOGUES.read_text(encoding="utf-8"))["held_out"]:
        turns: list[Turn] = []
        for question, quote in dialogue:
            if turns:
                alone.append(finds(question, quote))
                whole.append(finds(by_rules(question, turns), quote))
            turns.append(Turn("user", question))
    counts = f"found among three: {sum(whole)} of {len(whole)}; as they are asked: {sum(alone)}"
    assert sum(whole) >= 0.85 * len(whole), counts
    assert sum(whole) > sum(alone), counts
