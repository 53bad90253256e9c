"""What stands under a finished answer, as plain lines in Hebrew: for a terminal, and for chat programs of others."""

from collections.abc import Iterator

from answers.answer import Answer
from webui.place import source_text
from webui.screen.answer_drawing import missing_text, verified_text
from webui.texts import texts


def below(answer: Answer) -> Iterator[str]:
    """Doubtful sentences, how much was verified, sources. Nothing here is made harmless for a terminal."""
    for doubt in answer.doubts:
        sentence = " ".join(answer.text[doubt.start : doubt.end].split())
        yield f"{texts.DOUBTFUL}: {sentence} {missing_text(doubt.missing)}".rstrip()
    if sentence := verified_text(answer):
        yield sentence
    for one in answer.citations:
        yield f"[{one.number}] {source_text(one.title, one.place, one.page, one.quote)}"
