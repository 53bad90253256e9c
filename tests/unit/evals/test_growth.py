from itertools import chain
from xml.etree import ElementTree

from evals.grown import CHUNKS_OF_DOCUMENT, grown_documents
from evals.growth_plot import Panel, drawing
from evals.questions import Passage

PASSAGES = [
    Passage("a", "ירושלים", "העיר גדולה מאוד. גרים בה רבים. היא יפה."),
    Passage("b", "מים", "המים צלולים מאוד."),
]


def test_grown_passages_are_made_of_real_sentences():
    """Every one has as many sentences as a real one, in documents of a hundred, each with the title of a real one."""
    documents = list(grown_documents(PASSAGES, CHUNKS_OF_DOCUMENT + 7, "c"))
    assert [len(chunks) for chunks in documents] == [CHUNKS_OF_DOCUMENT, 7]
    chunks = list(chain.from_iterable(documents))
    assert len({chunk.id for chunk in chunks}) == len(chunks)
    real = ["העיר גדולה מאוד.", "גרים בה רבים.", "היא יפה.", "המים צלולים מאוד."]
    for chunk in chunks:
        assert chunk.title in {"ירושלים", "מים"}
        assert chunk.text.count(".") in {1, 3}
        rest = chunk.text
        for sentence in real:
            rest = rest.replace(sentence, "")
        assert not rest.strip()


def test_a_larger_collection_begins_with_the_smaller_one():
    """What is measured at one size is there at the next, and every run grows the same."""
    small, large = (list(grown_documents(PASSAGES, size, "c")) for size in (CHUNKS_OF_DOCUMENT, 3 * CHUNKS_OF_DOCUMENT))
    assert large[0] == small[0]
    other = next(grown_documents(PASSAGES, CHUNKS_OF_DOCUMENT, "c", seed=2))
    assert other != small[0]


def test_the_drawing_has_a_line_for_each_measure():
    """Powers of ten stand at the axes, larger values higher and further right, and names are written out."""
    panel = Panel("Time <ms>", {"95 %": [1.0, 10.0, 1000.0], "50 %": [0.5, 5.0, 50.0]})
    root = ElementTree.fromstring(drawing([1000, 10_000, 100_000], [panel] * 3))
    lines = root.findall(".//{*}polyline")
    assert len(lines) == 6
    points = [tuple(map(float, point.split(","))) for point in lines[0].attrib["points"].split()]
    assert points == sorted(points)
    assert [y for _, y in points] == sorted((y for _, y in points), reverse=True)
    said = set(root.itertext())
    assert {"Time <ms>", "95 %", "50 %", "1,000", "100,000", "0.1"} <= said
