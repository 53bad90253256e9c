"""From a conversation to the blocks of a paper: questions, answers, the sources below each. Knows no file format."""

import re
from collections.abc import Sequence

from answers.answer import Answer, Citation
from hebrew.bidi import Direction
from webui.place import source_text
from webui.screen.answer_drawing import missing_text, verified_text
from webui.screen.isolation import direction
from webui.screen.stretches import Stretch, moved, remarked
from webui.sharing.markdown_blocks import markdown_blocks
from webui.sharing.paper import Block, Grid, Kind, Paper, Run, legible, set_apart
from webui.sharing.snapshot import SharedTurn, Snapshot
from webui.texts import sharing_texts, texts

_QUOTE = re.compile(r"\S.*(?:\n[ \t]*\S.*)*")


def paper_of(title: str, snapshot: Snapshot, day: str) -> Paper:
    """A conversation, or a part of one, with its sources. `day` is when it was made."""
    title = legible(title).replace("\n", " ").strip() or texts.UNTITLED
    blocks: list[Block | Grid] = [plain("title", title), plain("lead", sharing_texts.EXPORTED.format(day=day))]
    for turn in snapshot:
        blocks += [plain("question", turn.said.text)] if turn.role == "user" else _answer(turn)
    blocks.append(plain("lead", sharing_texts.SHARED_NOTICE))
    return Paper(title, tuple(blocks))


def plain(kind: Kind, text: str, bold: Sequence[Stretch] = (), *, sign: str = "", depth: int = 0) -> Block:
    """A block of text that is no Markdown, word for word, in its direction."""
    side: Direction = direction(text)
    pieces, at = [], 0
    for stretch in sorted(bold, key=lambda stretch: stretch.start):
        start, end = max(at, stretch.start), min(len(text), stretch.end)
        if start < end:
            pieces += [Run(text[at:start]), Run(text[start:end], bold=True)]
            at = end
    runs = [Run(_shown(run.text, side), run.bold) for run in (*pieces, Run(text[at:])) if run.text]
    return Block(kind, tuple(runs), side, sign, depth)


def _shown(text: str, side: Direction) -> str:
    return set_apart(legible(text)) if side == "rtl" else legible(text)


def _answer(turn: SharedTurn) -> list[Block | Grid]:
    said = turn.said
    blocks: list[Block | Grid] = []
    if said.searched:
        blocks.append(plain("note", texts.SEARCHED.format(question=" ".join(said.searched.split()))))
    blocks += _words(said)
    notes = [texts.PROBLEMS.get(said.problem, texts.PROBLEM_UNKNOWN)] if said.problem else []
    notes += [sharing_texts.WITHHELD] if turn.withheld else []
    notes += [sentence] if (sentence := verified_text(said)) else []
    blocks += [plain("note", sentence) for sentence in notes]
    if said.citations:
        blocks.append(plain("heading", sharing_texts.SOURCES))
        for citation in sorted(said.citations, key=lambda citation: citation.number):
            blocks += _source(citation)
    return blocks


def _words(said: Answer) -> list[Block | Grid]:
    """The text of an answer: paragraphs, and quotations where it is made of those."""
    if said.refusal and said.citations:
        refusal, gap, _ = said.text.partition("\n\n")
        return [plain("paragraph", refusal), *_quotes(said, len(refusal + gap))]
    if said.mode == "quoted":
        return [*_quotes(said, 0)] if said.citations else _paragraphs(said.text)
    doubts = [Stretch(one.start, one.end, texts.DOUBTFUL, missing_text(one.missing)) for one in said.doubts]
    return markdown_blocks(remarked(said.text, doubts))


def _paragraphs(text: str) -> list[Block | Grid]:
    return [plain("paragraph", line) for line in text.splitlines() if line.strip()]


def _quotes(said: Answer, start: int) -> list[Block]:
    bold = [Stretch(start, end) for start, end in said.bold]
    return [plain("quote", found[0], moved(bold, found.start())) for found in _QUOTE.finditer(said.text, start)]


def _source(citation: Citation) -> list[Block]:
    label = set_apart(legible(source_text(citation.title, citation.place, citation.page, citation.quote)))
    named = Block("source", (Run(label, bold=True),), sign=f"[{citation.number}]")
    return [named, plain("quote", citation.quote.strip(), depth=1)] if citation.quote.strip() else [named]
