"""What an answer looks like: what is known of how it came about, its text, what was verified, the pages behind it.

Knows no Gradio and no conversation: it is given one answer, and where its citations lead.
"""

import html
import re
from collections.abc import Mapping
from dataclasses import replace

from answers.answer import Answer
from webui.place import source_text
from webui.screen.answer_html import Mark, answer_html, lines, mark_html, plain_html
from webui.screen.isolation import direction, isolated, isolated_name
from webui.screen.stretches import Stretch, moved
from webui.screen.unfinished import settled
from webui.texts import talk_texts, texts

Marks = Mapping[int, Mark]
"""Number of a citation -> where its mark leads."""

_QUOTE = re.compile(r"\S.*(?:\n[ \t]*\S.*)*")

PageMarks = Mapping[tuple[str, int], str]
"""(document, page number) -> what is said of how it was read, for the pages that were not read well."""


def drawn_answer(answer: Answer, turn_id: str, page_marks: PageMarks) -> str:
    """An answer, finished or not, as lines of HTML."""
    marks = _marks(answer, turn_id)
    if not answer.finished:
        answer = replace(answer, text=settled(answer.text)) if answer.mode == "model" else answer
        return lines(_searched(answer), _thoughts(answer), _text(answer, marks), _state(answer))
    return lines(drawn_words(answer, marks), _sources(answer, marks, page_marks))


def drawn_words(answer: Answer, marks: Marks) -> str:
    """A finished answer without the list of its sources; `marks` say where its numbers lead."""
    problem = note("problem", texts.PROBLEMS.get(answer.problem, texts.PROBLEM_UNKNOWN)) if answer.problem else ""
    return lines(_searched(answer), _thoughts(answer), _text(answer, marks), problem, _verified(answer))


def note(kind: str, sentence: str) -> str:
    """A sentence of Darash itself, on one line whatever it quotes: after an empty one Gradio would read Markdown."""
    return f'<p class="{kind}">{html.escape(" ".join(sentence.split()))}</p>'


def _marks(answer: Answer, turn_id: str) -> dict[int, Mark]:
    return {
        citation.number: Mark(
            address=f"/view/{turn_id}/{citation.number}",
            label=source_text(citation.title, citation.place, citation.page, citation.quote),
        )
        for citation in answer.citations
    }


def _searched(answer: Answer) -> str:
    terms = texts.LIST_COMMA.join(answer.terms)
    said = [
        html.escape(sentence).format(**{name: _apart(words)})
        for sentence, name, words in (
            (texts.SEARCHED, "question", answer.searched),
            (texts.SEARCHED_ALSO, "terms", terms),
        )
        if words
    ]
    return lines(*(f'<p class="searched">{sentence}</p>' for sentence in said))


def _apart(text: str) -> str:
    """Words inside a sentence of ours, in their own direction."""
    line = " ".join(text.split())
    return f'<bdi class="long" dir="{direction(line)}">{isolated(line)}</bdi>'


def _thoughts(answer: Answer) -> str:
    if not answer.thoughts:
        return ""
    return (
        f'<details class="thoughts"><summary>{texts.THOUGHTS}</summary>'
        f'<div class="thought">{plain_html(answer.thoughts)}</div></details>'
    )


def _state(answer: Answer) -> str:
    """What is being done, while there is nothing to read yet or whole documents are being read."""
    if answer.place_in_line:
        return note("pending", texts.IN_LINE.format(place=answer.place_in_line))
    if answer.progress:
        done, parts = answer.progress
        reading = texts.reading_part(done, parts)
        gauge = f'<progress value="{done}" max="{parts}" aria-label="{reading}"></progress>'
        return lines(note("pending", reading), gauge)
    if answer.text:
        return ""
    return note("pending", texts.THINKING if answer.thoughts else texts.SEARCHING)


def _text(answer: Answer, marks: Marks) -> str:
    if answer.refusal and answer.citations:
        said, gap, _ = answer.text.partition("\n\n")
        return lines(plain_html(said), _quotes(answer, marks, len(said + gap), "quotes nearest"))
    if answer.mode == "quoted":
        return _quotes(answer, marks, 0, "quotes") if answer.citations else plain_html(answer.text)
    return answer_html(answer.text, marks, _doubts(answer), growing=not answer.finished)


def _quotes(answer: Answer, marks: Marks, start: int, kind: str) -> str:
    """The quotations from a character on; blank lines are between them, and each keeps its lines."""
    bold = _bold(answer)
    quotes = [
        # A direction of its own, because `auto` would not look into paragraphs that have one.
        f'<blockquote dir="{direction(quote[0])}">'
        f"{plain_html(quote[0], marks, moved(bold, quote.start()))}</blockquote>"
        for quote in _QUOTE.finditer(answer.text, start)
    ]
    return f'<div class="{kind}">{"".join(quotes)}</div>' if quotes else ""


def _bold(answer: Answer) -> list[Stretch]:
    return [Stretch(start, end) for start, end in answer.bold]


def _doubts(answer: Answer) -> list[Stretch]:
    return [Stretch(doubt.start, doubt.end, texts.DOUBTFUL, missing_text(doubt.missing)) for doubt in answer.doubts]


def missing_text(missing: tuple[str, ...]) -> str:
    """What is not in the source; empty where only the words are too different."""
    said = texts.MISSING_BETWEEN.join(dict.fromkeys(" ".join(each.split()) for each in missing))
    return texts.MISSING.format(missing=said) if missing else ""


def verified_text(answer: Answer) -> str:
    """How much of an answer was verified, as a sentence; empty where there was nothing to verify."""
    if answer.verified is None or answer.mode == "quoted":
        return ""
    if answer.verified == 1 or not answer.doubts:
        return texts.ALL_VERIFIED
    total = round(len(answer.doubts) / (1 - answer.verified))
    return texts.verified(total - len(answer.doubts), total)


def _verified(answer: Answer) -> str:
    """How much was verified, and, to be opened, what that means."""
    sentence = verified_text(answer)
    if not sentence:
        return ""
    missing = missing_text(tuple(each for doubt in answer.doubts for each in doubt.missing))
    kind = "verified doubtful" if answer.doubts else "verified"
    said = isolated(" ".join(filter(None, (sentence, missing))))
    how = f"<summary>{html.escape(talk_texts.WHAT_IS_VERIFIED)}</summary>{note('how', talk_texts.HOW_VERIFIED)}"
    return f'<div class="{kind}"><span>{said}</span><details class="verifying">{how}</details></div>'


def _sources(answer: Answer, marks: Marks, page_marks: PageMarks) -> str:
    """The pages behind an answer, under it: each page once, after the numbers of its citations.

    Every number carries its quotation, which a script shows beside the marks of that number.
    """
    numbers: dict[str, str] = {}
    for citation in sorted(answer.citations, key=lambda citation: citation.number):
        mark = marks[citation.number]
        quality = page_marks.get((citation.document_id, citation.page), "")
        why = html.escape(talk_texts.WHY_MARKED)
        remark = f' <span class="mark" tabindex="0" title="{why}">{html.escape(quality)}</span>' if quality else ""
        place = f"<span>{isolated_name(mark.label)}{remark}</span>"
        numbers[place] = numbers.get(place, "") + mark_html(citation.number, mark, citation.quote)
    items = [f"<li><span>{links}</span> {place}</li>" for place, links in numbers.items()]
    return f'<ul class="sources" aria-label="{talk_texts.SOURCES}">{"".join(items)}</ul>' if items else ""
