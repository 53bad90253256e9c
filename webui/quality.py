"""How well a document was read, in words: from the warnings of its pages. Knows nothing of how they came about."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Literal

from indexes.passages import Passages, Quality
from webui.texts import document_texts
from webui.turn import StoredTurn

SCANNED = "read_from_scan"
"""The warning that says only where the text comes from. A scan may be read well."""

POOR = frozenset({"low_quality", "scanned_without_text", "unreadable_page"})

PAGES_NAMED = 8
"""How many page numbers a warning lists before it says that there are more."""

Verdict = Literal["good", "doubtful", "poor"]


def verdict(warnings: Iterable[str]) -> Verdict:
    """How far the text of a page with those warnings can be relied on."""
    found = set(warnings) - {SCANNED}
    if not found:
        return "good"
    return "poor" if found & POOR else "doubtful"


def notes(warnings: Iterable[str]) -> tuple[str, ...]:
    """A sentence for each warning of a page: what it means, and what to do."""
    sentences = (document_texts.PAGE_NOTES.get(code, document_texts.PAGE_NOTE_UNKNOWN) for code in warnings)
    return tuple(dict.fromkeys(sentences))


def mark(warnings: Iterable[str]) -> str:
    """The few words that stand beside a citation of a page with those warnings; nothing for a page that was read well.

    Low quality says more than a scan.
    """
    found = set(warnings)
    if verdict(found) != "good":
        return document_texts.MARKS["low"]
    return document_texts.MARKS["scanned"] if SCANNED in found else ""


def warning_lines(quality: Quality) -> tuple[str, ...]:
    """For a whole document: each kind of warning once, with the pages it is about. Scans are told in another place."""
    pages: dict[str, set[int]] = {}
    for code, numbers in quality.warned.items():
        if code != SCANNED:
            warning = document_texts.WARNINGS.get(code, document_texts.WARNING_UNKNOWN)
            pages[warning] = pages.get(warning, set()) | set(numbers)
    named = {warning: sorted(numbers) for warning, numbers in pages.items()}
    return tuple(
        document_texts.WARNING_PAGES.format(
            warning=warning,
            pages=", ".join(map(str, numbers[:PAGES_NAMED])) + ("…" if len(numbers) > PAGES_NAMED else ""),
        )
        for warning, numbers in named.items()
    )


def doubtful_pages(quality: Quality) -> list[int]:
    """The numbers of the pages that are worth a look: those whose text may be wrong, and not every scan."""
    return sorted({number for code, numbers in quality.warned.items() if code != SCANNED for number in numbers})


def page_marks(passages: Passages, turns: Iterable[StoredTurn]) -> dict[tuple[str, int], str]:
    """(document, page number) -> `mark`, for the pages cited in those turns that were not read well."""
    cited = {(cited.document_id, cited.page) for turn in turns for cited in turn.said.citations}
    marks: dict[tuple[str, int], str] = {}
    for document_id in {document_id for document_id, _ in cited}:
        codes: dict[int, list[str]] = defaultdict(list)
        for code, numbers in passages.quality(document_id).warned.items():
            for number in numbers:
                codes[number].append(code)
        marks |= {(document_id, page): mark(codes[page]) for page in codes if (document_id, page) in cited}
    return marks
