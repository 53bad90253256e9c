from pathlib import Path

import pytest

from evals.verification import answered_in, is_doubted, pairs_of

PRECISION, RECALL_OF_NUMBERS = 0.95, 0.97


@pytest.mark.data
def test_doubts_are_right_and_changed_numbers_are_doubted(data_folder: Path) -> None:
    """On HeQ's validation set: what the paragraph says is seldom doubted; another number in its place nearly always."""
    every = list(answered_in(data_folder / "retrieval" / "heq_val.json"))[::4]
    doubted = [(pair.true, pair.kind, is_doubted(pair)) for pair in pairs_of(every)]
    wrong = sum(not true for true, _, found in doubted if found)
    assert wrong / sum(found for *_, found in doubted) >= PRECISION
    changed = [found for _, kind, found in doubted if kind == "a number changed"]
    assert sum(changed) / len(changed) >= RECALL_OF_NUMBERS
    assert not any(found for _, kind, found in doubted if kind == "as it stands")


@pytest.mark.data
def test_both_forms_of_files_are_read(data_folder: Path) -> None:
    """HeQ's articles of paragraphs and ParaShoot's flat list give answers that stand where they say."""
    for name in ("heq_val", "parashoot_dev"):
        every = list(answered_in(data_folder / "retrieval" / f"{name}.json"))
        assert len(every) > 200
        assert all(each.paragraph[each.start :].startswith(each.answer) for each in every)
        assert all(each.sentence in each.paragraph for each in every)
