import logging
import re
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answers.citing.citations import CitedText, cite, on_page
from indexes.chunk import Chunk, Hit, Span
from indexes.page import Place

PARTS = [
    "משרד סגור בשישי", "[1]", "[2]", "[9]", "[", "]", "1", ",", " ", "\n", ". ", "\u200f", "\uff3b3\uff3d",
    "\u30101\u3011", "[1-2]", "[מקור 2]", "[מקור", "[הערה]", "[2024]", "3",
]  # fmt: skip


@pytest.fixture
def sources(hit: Callable[..., Hit]) -> list[Hit]:
    return [
        hit("המשרד פתוח בכל יום. ביום שישי המשרד סגור.", name="1"),
        hit("עובד זכאי לחופשה של 14 ימים. בקשה תוגש חודש מראש.", name="2"),
        hit("דמי החניה הם 20 שקלים לשעה.", name="3"),
    ]


def resolve(text: str, sources: list[Hit]) -> tuple[str, list[tuple[int, str, str]]]:
    shown, citations = CitedText(sources).resolve(text, finished=True)
    return shown, [(each.number, each.document_id, each.quote) for each in citations]


CLOSED = (1, "d1", "ביום שישי המשרד סגור.")
LEAVE = (1, "d2", "עובד זכאי לחופשה של 14 ימים.")


def test_a_mark_leads_to_the_sentence_that_says_the_same(sources: list[Hit]) -> None:
    """The quote is that sentence, with its page and its place in the text of the page."""
    shown, (citation,) = CitedText(sources).resolve("המשרד סגור בימי שישי [1].", finished=True)
    assert shown == "המשרד סגור בימי שישי [1]."
    assert (citation.chunk_id, citation.collection_id, citation.title, citation.page) == ("c1", "k", "נוהל", 1)
    chunk = sources[0].chunk
    assert citation.quote == chunk.text[citation.start - 10 : citation.end - 10] == CLOSED[2]


@pytest.mark.parametrize(
    "mark",
    ["[2]", "[ 2 ]", "[2,2]", "\uff3b2\uff3d", "[\uff12]", "\u30102\u3011", "[\u200f2\u200f]", "\u200f[2]", "[מקור 2]",
     "[2][9]", "[2, 17]", "[2;9]"],
)  # fmt: skip
def test_all_ways_of_writing_a_mark_become_one(mark: str, sources: list[Hit]) -> None:
    """Full-width brackets and digits, direction marks, lists and the word for source."""
    assert resolve(f"לעובד מגיעים 14 ימי חופשה {mark}.", sources) == ("לעובד מגיעים 14 ימי חופשה [1].", [LEAVE])


@pytest.mark.parametrize(("mark", "count"), [("[1,2]", 2), ("[1][3]", 2), ("[1] [2]", 2), ("[1-3]", 3), ("[1,2,3]", 3)])
def test_several_sources_get_a_mark_each(mark: str, count: int, sources: list[Hit]) -> None:
    """A list or a range is taken apart."""
    shown, citations = resolve(f"משפט {mark}", sources)
    assert [int(number) for number in re.findall(r"\[(\d)\]", shown)] == list(range(1, count + 1))
    assert len(citations) == count


def test_numbers_follow_the_order_of_reading_and_the_same_place_keeps_its_number(sources: list[Hit]) -> None:
    """Two sentences of one source are two citations; the same sentence cited again is one."""
    text = "14 ימי חופשה [2]. המשרד סגור בשישי [1]. בקשה מוגשת חודש מראש [2]. שוב: סגור בשישי [1]."
    shown, citations = resolve(text, sources)
    assert re.findall(r"\[\d\]", shown) == ["[1]", "[2]", "[3]", "[2]"]
    assert [document for _, document, _ in citations] == ["d2", "d1", "d2"]
    assert citations[2][2] == "בקשה תוגש חודש מראש."


def test_a_mark_after_the_full_stop_belongs_to_the_sentence_before_it(sources: list[Hit]) -> None:
    """Models put marks on either side of the full stop."""
    assert resolve("המשרד סגור בשישי. [1] משהו אחר.", sources)[1] == [CLOSED]


@pytest.mark.parametrize("mark", ["[4]", "[0]", "[999]", "[9-5]", "[4,5]"])
def test_a_number_that_is_no_source_is_removed_and_logged(
    mark: str, sources: list[Hit], caplog: pytest.LogCaptureFixture
) -> None:
    """With the blank before it; the log says which mark and how many sources there were."""
    with caplog.at_level(logging.WARNING):
        assert resolve(f"המשרד סגור {mark}.", sources) == ("המשרד סגור.", [])
    assert mark == "[9-5]" or "the prompt had 3 sources" in caplog.text


def test_what_is_removed_is_counted(sources: list[Hit]) -> None:
    """A number or a range that no source has counts once; one that a source has, and half a mark, do not count."""
    cited = CitedText(sources)
    cited.resolve("א [9]. ב [2, 17]. ג [0]. ד [1-40]. ה [3]. ו [1", finished=True)
    assert cited.dropped == 4


@pytest.mark.parametrize("text", ["ראו [הערה] ו[סעיף 4]", "בשנת [2024]", "רשימה[]", "[ ]", "[א]", "x[i]"])
def test_other_brackets_stay(text: str, sources: list[Hit]) -> None:
    """Only numbers are marks."""
    assert resolve(text, sources) == (text, [])


def test_half_a_mark_is_never_shown(sources: list[Hit]) -> None:
    """Held back while streaming, and dropped when the stream ends inside it."""
    text = CitedText(sources)
    for written in ("סגור", "סגור ", "סגור [", "סגור [1"):
        assert text.resolve(written, finished=False)[0] == "סגור"
    assert text.resolve("סגור [1", finished=True)[0] == "סגור"
    assert CitedText(sources).resolve("סגור [הע", finished=True)[0] == "סגור [הע"


def test_what_is_left_around_a_removed_mark_is_no_mark(sources: list[Hit]) -> None:
    """Brackets in brackets do not make a number that points at nothing."""
    assert resolve("[[9]3]", sources) == ("[\u20263]", [])
    assert resolve("[1, [9] 2]", sources) == (" 2]", [])
    assert resolve("ראו [ [9] 2] שם", sources) == ("ראו [\u2026 2] שם", [])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PARTS), max_size=14).map("".join), st.integers(1, 4))
def test_streaming_only_adds_and_ends_as_the_whole(sources: list[Hit], text: str, step: int) -> None:
    """In pieces of any size: what is shown only grows, every mark has its citation, the end is that of the whole."""
    cited, before = CitedText(sources), ""
    for length in range(0, len(text), step):
        shown, citations = cited.resolve(text[:length], finished=False)
        assert shown.startswith(before)
        marks = {int(number) for number in re.findall(r"\[(\d{1,3})\]", shown)}
        assert marks <= {citation.number for citation in citations}
        before = shown
    whole = CitedText(sources).resolve(text, finished=True)
    assert cited.resolve(text, finished=True) == whole
    assert [citation.number for citation in whole[1]] == list(range(1, len(whole[1]) + 1))


def test_marks_are_marks_in_code_and_tables_too(sources: list[Hit]) -> None:
    """Nothing links them there, but no number points at nothing."""
    text = "| ספרייה | 20 [3] |\n| בריכה | 50 [8] |\n```\nשקלים[1]\n```"
    shown, citations = resolve(text, sources)
    assert shown == "| ספרייה | 20 [1] |\n| בריכה | 50 |\n```\nשקלים[2]\n```"
    assert [document for _, document, _ in citations] == ["d3", "d1"]


def test_a_line_end_that_arrives_in_halves_is_one(sources: list[Hit]) -> None:
    """A carriage return waits for its line feed."""
    cited = CitedText(sources)
    for text in ("א.\r", "א.\r\n", "א.\r\nב"):
        shown, _ = cited.resolve(text, finished=False)
    assert shown == "א.\nב"


def test_a_quote_of_merged_neighbours_stands_on_its_page() -> None:
    """Hits that were merged over a page break and beside a table header: each quote is a slice of one of the pages."""
    pages = {1: "פתיחה. תשלום ייעשה עד סוף החודש.\n\nהנחה תינתן לנכים.\n", 2: "\nערעור יוגש בתוך 30 יום. סוף."}
    first = Span(1, 7, len(pages[1]), Place("page", "א"))
    text = pages[1][7:] + pages[2]
    chunk = Chunk("c", "d", "k", "נוהל", (), (first, Span(2, 0, len(pages[2]))), text, "סוג | מועד")
    hit = Hit(chunk, 1.0, joined=(text.index("הנחה"), text.index("ערעור")))
    answer = "התשלום עד סוף החודש [1]. נכים זכאים להנחה [1]. ערעור בתוך 30 יום [1]. סוג ומועד [1]."
    _, citations = CitedText([hit]).resolve(answer, finished=True)
    assert [each.quote for each in citations[:3]] == [
        "תשלום ייעשה עד סוף החודש.", "הנחה תינתן לנכים.", "ערעור יוגש בתוך 30 יום.",
    ]  # fmt: skip
    assert all(pages[each.page][each.start : each.end] == each.quote for each in citations)


def test_text_that_turns_out_to_be_thoughts_is_forgotten(sources: list[Hit]) -> None:
    """When the text does not go on as it began, it is read anew."""
    cited = CitedText(sources)
    cited.resolve("אולי סגור [1] אולי", finished=False)
    shown, citations = cited.resolve("14 ימי חופשה [2].", finished=True)
    assert (shown, citations[0].document_id, citations[0].number) == ("14 ימי חופשה [1].", "d2", 1)


def test_a_quote_over_a_page_break_is_cut_at_the_end_of_its_first_page() -> None:
    """Start and end are those of the page on which the quote begins, also where later pages are in the passage."""
    pages = {3: "....סוף עמוד. תחילת משפט ", 4: "שממשיך כאן. ועוד משפט."}
    spans = (Span(3, 4, len(pages[3])), Span(4, 0, len(pages[4])))
    chunk = Chunk("c", "d", "k", "t", (), spans, pages[3][4:] + pages[4])
    start = chunk.text.index("תחילת")
    assert on_page(chunk, start - 1, chunk.text.index(" ועוד")) == (Span(3, 14, 24), "תחילת משפט")
    assert pages[3][14:24] == "תחילת משפט"
    assert on_page(chunk, chunk.text.index("ועוד"), len(chunk.text)) == (Span(4, 12, 22), "ועוד משפט.")


def test_a_citation_names_the_row_of_its_quote() -> None:
    """On a sheet, the row in which the quote begins, also on a page further on, where the rows go on counting."""
    texts = ["תעריפים\nבריכה | 50\nספרייה | 20\n", "אולם | 700\nחניה | 10\n"]
    spans = (
        Span(1, 8, len(texts[0]), Place("sheet", "מחירון", 12)),
        Span(2, 0, len(texts[1]), Place("sheet", "מחירון", 201)),
    )
    chunk = Chunk("c", "d", "k", "t", (), spans, texts[0][8:] + texts[1])
    for quote, place in {"ספרייה": Place("sheet", "מחירון", 13), "חניה": Place("sheet", "מחירון", 202)}.items():
        start = chunk.text.index(quote)
        span, text = on_page(chunk, start - 1, start + len(quote))
        assert (span.place, text) == (place, quote)
        assert texts[span.page - 1][span.start : span.end] == quote
        assert cite(1, chunk, span, text).place == place


@given(st.lists(st.text("אב .\n", min_size=1, max_size=8), min_size=1, max_size=4), st.data())
def test_quotes_are_slices_of_their_pages(texts: list[str], data: st.DataObject) -> None:
    """For any passage and any part of it, the quote is exactly the text of the page between start and end."""
    pages = [f"xyz{text}xyz" for text in texts]
    spans = tuple(Span(number, 3, 3 + len(text)) for number, text in enumerate(texts))
    chunk = Chunk("c", "d", "k", "t", (), spans, "".join(texts))
    start = data.draw(st.integers(0, len(chunk.text)))
    span, quote = on_page(chunk, start, data.draw(st.integers(start, len(chunk.text))))
    assert pages[span.page][span.start : span.end] == quote
    assert quote == quote.strip()
    assert cite(1, chunk, span, quote).quote == quote
