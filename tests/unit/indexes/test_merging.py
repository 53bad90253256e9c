from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexes import merging
from indexes.merging import Source, merge_words
from indexes.passage_tokens import StoredTokens
from indexes.postings import NAMES, load_arrays
from indexes.words import write_segment

WORDS = st.sampled_from(["חופשה", "החופשה", "חופשות", "עובד", "לעובדים", "ועדה", "2020", "1.1.2020", "abc", "בית"])
TEXTS = st.lists(st.lists(WORDS, max_size=6).map(" ".join), min_size=1, max_size=9)


def passages_of(texts):
    return [(text[: len(text) // 2].rpartition(" ")[0], text) for text in texts]


def sources_in(folder, texts, kept, cuts):
    """The texts as segments cut at those places."""
    sources = []
    for start, end in pairwise([0, *sorted(cuts), len(texts)]):
        path = folder / f"{len(sources)}"
        write_segment(path, passages_of(texts[start:end]))
        sources.append(Source(path, np.array(kept[start:end], np.bool_)))
    return sources


@pytest.mark.parametrize("piece", [1, 7, merging.PIECE])
@settings(max_examples=10, deadline=None)
@given(st.data())
def test_merged_segments_are_as_if_written_together(tmp_path_factory, piece, data):
    """Byte for byte the same postings, and the same tokens, as a segment of the passages that were kept."""
    texts = data.draw(TEXTS)
    kept = data.draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    cuts = data.draw(st.lists(st.integers(0, len(texts)), max_size=3))
    folder = tmp_path_factory.mktemp("merge")
    sources = sources_in(folder, texts, kept, cuts)
    (folder / "merged").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(merging, "PIECE", piece)
        merge_words(folder / "merged", sources)
    alive = [text for text, lives in zip(texts, kept, strict=True) if lives]
    write_segment(folder / "together", passages_of(alive))
    for name in NAMES:
        assert (folder / "merged" / f"{name}.npy").read_bytes() == (folder / "together" / f"{name}.npy").read_bytes()
    merged, together = (StoredTokens(folder / name) for name in ("merged", "together"))
    everything = np.arange(len(alive))
    for name in ("forms", "starts", "heads", "numbers"):
        found, expected = (getattr(each.of(everything), name) for each in (merged, together))
        np.testing.assert_array_equal(found, expected)
    assert len(merged.forms) == len(np.unique(together.forms, axis=0))


def test_merging_ends_when_it_is_no_longer_wanted(tmp_path):
    """Between two pieces."""
    sources = sources_in(tmp_path, ["חופשה", "עובד"], [True, True], [1])
    (tmp_path / "merged").mkdir()

    def still():
        raise InterruptedError

    with pytest.raises(InterruptedError):
        merge_words(tmp_path / "merged", sources, still)


def test_what_is_written_in_pieces_is_an_ordinary_array(tmp_path):
    """The length at the head of the file is right, whatever it was when the head was first written."""
    with merging._Growing(tmp_path / "positions.npy", np.int32) as growing:
        for number in range(1000):
            growing.append(np.arange(number, number + 3, dtype=np.int64))
    (array,) = load_arrays(tmp_path, ["positions"])
    assert (array.dtype, array.shape, array[:4].tolist()) == (np.int32, (3000,), [0, 1, 2, 1])
