from itertools import permutations

import numpy as np

from hebrew.tokens import tokens
from indexes.chunk import Chunk, Hit, Span
from indexes.fields import form_hashes
from indexes.page import Place
from indexes.passage_tokens import PassageTokens
from indexes.shape import MOST_OF_DOCUMENT, fingerprint, shaped

PAGES = {
    ("d", 1): "פתיחה. תשלום ארנונה ייעשה עד סוף החודש.\n\nהנחה תינתן לנכים בלבד.\n",
    ("d", 2): "\nערעור יוגש בתוך שלושים יום.",
}


def page_text(document_id, number):
    return PAGES.get((document_id, number), "")


def piece(number, page, start, end, path=()):
    text = page_text("d", page)[start:end]
    return Chunk(f"d-{number}", "d", "c", "נוהל", path, (Span(page, start, end, Place("page", str(page))),), text)


def chunk(name, text, document="", title="", page=1):
    return Chunk(name, document or name, "c", title, (), (Span(page, 0, len(text)),), text)


def mark(text):
    words = tokens(text)
    forms = np.array([form_hashes(word) for word in words], np.uint64).reshape(-1, 3)
    numbers = np.array([word[0].isdigit() for word in words], np.bool_)
    return fingerprint(PassageTokens(forms, np.array([0, len(words)]), np.array([0]), numbers), 0)


def shape(*chunks, question="ארנונה", limit=8, scores=None):
    scores = scores or [1 - at / 100 for at in range(len(chunks))]
    ranked = [(Hit(each, score), mark(each.text)) for each, score in zip(chunks, scores, strict=True)]
    return shaped(ranked, question, limit, page_text)


FIRST, SECOND = PAGES["d", 1].index("תשלום"), PAGES["d", 1].index("הנחה")
LAST = len(PAGES["d", 1].rstrip())


def test_neighbours_become_one_hit_that_tiles_the_page():
    """Whichever is better: the text of the merged chunk is that of its span, blanks between included."""
    one, other = piece(0, 1, FIRST, SECOND - 2), piece(1, 1, SECOND, LAST)
    for order in ((one, other), (other, one)):
        (hit,) = shape(*order)
        (span,) = hit.chunk.spans
        assert (span.start, span.end) == (FIRST, LAST)
        assert hit.chunk.text == PAGES["d", 1][FIRST:LAST]


def test_neighbours_are_merged_over_a_page_break():
    """The spans of both pages together are the text, and the citation of each half keeps its page."""
    (hit,) = shape(piece(0, 1, SECOND, LAST), piece(1, 2, 1, len(PAGES["d", 2])))
    assert [span.page for span in hit.chunk.spans] == [1, 2]
    assert hit.chunk.text == "".join(PAGES["d", span.page][span.start : span.end] for span in hit.chunk.spans)


def test_other_sections_and_what_does_not_touch_stay_apart():
    """A passage under another heading is not merged, nor one after a sentence that was not found."""
    assert len(shape(piece(0, 1, FIRST, SECOND - 2), piece(1, 1, SECOND, LAST, ("הנחות",)))) == 2
    assert len(shape(piece(0, 1, 0, 6), piece(1, 1, SECOND, LAST))) == 2


def test_a_merged_hit_says_where_its_passages_begin():
    """In whichever order they were found, the offsets cut its text into the passages and the blanks behind them."""
    text = "אחת.\n\nשתיים.\n\nשלוש."
    starts = [0, text.index("שתיים"), text.index("שלוש"), len(text)]
    parts = [
        Chunk(f"m-{at}", "m", "c", "נוהל", (), (Span(1, start, end),), text[start:end])
        for at, (start, end) in enumerate([(0, 4), (starts[1], starts[2] - 2), (starts[2], len(text))])
    ]
    for order in permutations(parts):
        ranked = [(Hit(each, 1.0), mark(each.text)) for each in order]
        hits = shaped(ranked, "אחת", 8, lambda *_: text)
        if len(hits) == 1:
            assert (hits[0].chunk.text, hits[0].joined) == (text, tuple(starts[1:3]))
    assert len(hits) == 1


LONG = "תושב המבקש הנחה בארנונה יגיש בקשה בכתב אל מחלקת הגבייה עד סוף חודש מרץ בכל שנה"


def test_copies_collapse_into_the_better_one():
    """Another layout of the same words is a copy; it is named, and takes no place in the list."""
    hits = shape(chunk("a", LONG), chunk("b", LONG.replace(" ", "\n") + "."), chunk("c", "ארנונה"), limit=2)
    assert [hit.chunk.id for hit in hits] == ["a", "c"]
    assert [other.id for other in hits[0].also] == ["b"]


def test_another_number_or_another_word_makes_another_version():
    """Passages that differ in an amount, or in a word as small as "not", are not copies."""
    amount = LONG + " בסך 300 שקלים"
    assert len(shape(chunk("a", amount), chunk("b", amount.replace("300", "400")))) == 2
    assert len(shape(chunk("a", LONG), chunk("b", LONG.replace("יגיש", "לא יגיש")))) == 2


def many(document, count, title=""):
    return [chunk(f"{document}{at}", f"ארנונה {document} סעיף מספר {at}", document, title) for at in range(count)]


def test_one_document_does_not_fill_the_list():
    """Others come before the fourth of a document, and the list is full all the same."""
    hits = shape(*many("x", 6), *many("y", 2), limit=6)
    assert [hit.chunk.document_id for hit in hits].count("x") == 6 - 2
    assert len(hits) == 6
    assert [hit.chunk.id for hit in shape(*many("x", 6), limit=5)] == ["x0", "x1", "x2", "x3", "x4"]


def test_a_document_that_the_question_names_may_fill_the_list():
    """Who asks for a document by its title wants its passages."""
    chunks = *many("x", 6, "חוק הארנונה"), *many("y", 2, "נוהל מים")
    assert {hit.chunk.document_id for hit in shape(*chunks, question="מה אומר חוק הארנונה", limit=6)} == {"x"}


def test_much_worse_passages_do_not_take_the_place_of_good_ones():
    """The limit per document gives way to a ranking that has nothing else worth reading."""
    chunks = *many("x", MOST_OF_DOCUMENT + 2), *many("y", 2)
    scores = [0.9, 0.9, 0.9, 0.9, 0.9, 0.1, 0.1]
    assert {hit.chunk.document_id for hit in shape(*chunks, scores=scores, limit=5)} == {"x"}
