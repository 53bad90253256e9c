"""How well sentences of an answer are checked against the passages they cite: `python -m evals.verification FILE...`.

The sentences are made from questions with their paragraphs (HeQ's and ParaShoot's files): the sentence of the answer as
it stands and said otherwise, which its paragraph bears out; and the same with another paragraph of its article, with
one number changed, and with the name that was asked for exchanged for another, which it does not. Knows no model.
"""

import argparse
import random
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from answers.answer import Citation
from answers.citing.verified import verified
from evals.question_files import entries_of
from hebrew.amounts import amounts, said_in
from hebrew.kinds import kind_asked
from hebrew.letters import PREFIXES
from hebrew.sentences import sentences
from hebrew.tokens import QUESTION_WORDS, tokens
from indexes.chunk import Chunk, Hit, Span
from indexes.page import Place

_DIGITS = re.compile(r"\d+")
_NAMED = ("person", "place")
_SHORTEST, _MOST_OTHERS = 30, 3


@dataclass(frozen=True, slots=True)
class Answered:
    """A question, its answer at character `start` of a paragraph, and the title of the article."""

    question: str
    answer: str
    start: int
    paragraph: str
    title: str

    @property
    def sentence(self) -> str:
        """The sentence in which the answer begins."""
        start, end = next(span for span in sentences(self.paragraph) if span[0] <= self.start < span[1])
        return self.paragraph[start:end].strip()


@dataclass(frozen=True, slots=True)
class Pair:
    """A sentence and the paragraph it cites; `true` where that bears it out."""

    kind: str
    true: bool
    sentence: str
    paragraph: str
    title: str


def answered_in(path: Path) -> Iterator[Answered]:
    """The answered questions of a file, one for each paragraph and answer."""
    for entry in entries_of(path):
        title = str(entry.get("title", ""))
        for paragraph in entry.get("paragraphs", [entry]):
            for asked in paragraph.get("qas", [paragraph]):
                for text, start in _answers(asked.get("answers") or ()):
                    yield Answered(asked["question"], text, start, paragraph["context"], title)
                    break


def pairs_of(every: Sequence[Answered], seed: int = 0) -> Iterator[Pair]:
    """The pairs to check: every kind of every question that has one. The same for the same seed."""
    dice = random.Random(seed)  # noqa: S311
    paragraphs = defaultdict[str, dict[str, None]](dict)
    names = defaultdict[str, list[Answered]](list)
    for each in every:
        paragraphs[each.title][each.paragraph] = None
        names[kind_asked(each.question)].append(each)
    for each in every:
        said, here = each.sentence, (each.paragraph, each.title)
        if len(said) < _SHORTEST:
            continue
        yield Pair("as it stands", True, said, *here)
        yield Pair("other order", True, _reordered(said, dice), *here)
        yield Pair("other prefixes", True, _reprefixed(said, dice), *here)
        yield Pair("words left out", True, _shortened(said, dice), *here)
        telling = (word for word in each.question.split() if QUESTION_WORDS.isdisjoint(tokens(word)))
        yield Pair("question and answer", True, f"{' '.join(telling).strip('?')} {each.answer}.", *here)
        others = [other for other in paragraphs[each.title] if other != each.paragraph]
        for other in dice.sample(others, min(_MOST_OTHERS, len(others))):
            yield Pair("other paragraph", False, said, other, each.title)
        if changed := _renumbered(said, each.paragraph, dice):
            yield Pair("a number changed", False, changed, *here)
        kind = kind_asked(each.question)
        if kind in _NAMED and each.answer in said:
            stranger = dice.choice(names[kind])
            if stranger.title != each.title and not set(tokens(stranger.answer)) & set(tokens(each.paragraph)):
                yield Pair("a name exchanged", False, said.replace(each.answer, stranger.answer), *here)


def is_doubted(pair: Pair) -> bool:
    """What Darash says of a sentence that cites that paragraph."""
    span = Span(1, 0, len(pair.paragraph))
    chunk = Chunk("c", "d", "k", pair.title, (), (span,), pair.paragraph)
    citation = Citation(1, "c", "d", "k", pair.title, 1, Place(), 0, 1, pair.paragraph[:1])
    return bool(verified(f"{pair.sentence} [1]", [citation], [Hit(chunk, 1.0)]).doubts)


def _answers(answers: object) -> Iterator[tuple[str, int]]:
    if isinstance(answers, dict):  # ParaShoot: lists side by side
        yield from zip(answers["text"], answers["answer_start"], strict=True)
    elif isinstance(answers, (list, tuple)):
        yield from ((each["text"], each["answer_start"]) for each in answers)


def _reordered(sentence: str, dice: random.Random) -> str:
    words = sentence.strip(".").split()
    cut = dice.randrange(1, max(2, len(words)))
    return " ".join(words[cut:] + words[:cut]) + "."


def _reprefixed(sentence: str, dice: random.Random) -> str:
    """Every third word gets a prefix letter before it, or loses the one it may have."""
    letters = sorted(prefix for prefix in PREFIXES if len(prefix) == 1)
    words = sentence.split()
    for at, word in enumerate(words):
        if dice.random() < 1 / 3 and word.isalpha() and not amounts(word):
            words[at] = word[1:] if word[0] in letters and len(word) > len("word") else dice.choice(letters) + word
    return " ".join(words)


def _shortened(sentence: str, dice: random.Random) -> str:
    """A third of the words goes, but none that says a number."""
    words = sentence.split()
    return " ".join(word for word in words if dice.random() < 2 / 3 or amounts(word)) or sentence


def _renumbered(sentence: str, paragraph: str, dice: random.Random) -> str:
    """The sentence with one number in digits changed into another that the paragraph does not have."""
    numbers = list(_DIGITS.finditer(sentence))
    if not numbers:
        return ""
    number = dice.choice(numbers)
    said = said_in(paragraph)
    near = [str(abs(int(number[0]) + step)) for step in (1, -1, 2, -2, 10, -10, 100)]
    new = next((each for each in near if each not in said and each not in paragraph), "")
    return sentence[: number.start()] + new + sentence[number.end() :] if new else ""


def main() -> None:
    """Prints, for each file, how many pairs of each kind are doubted, and the precision and recall of doubts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    for path in parser.parse_args().files:
        counts = defaultdict[tuple[bool, str], list[bool]](list)
        for pair in pairs_of(list(answered_in(path))):
            counts[pair.true, pair.kind].append(is_doubted(pair))
        print(path.name)
        for (true, kind), doubted in sorted(counts.items(), reverse=True):
            share = sum(doubted) / len(doubted)
            print(f"  {'true ' if true else 'wrong'} {kind:20} {len(doubted):5}  doubted {share:6.1%}")
        found = [sum(map(sum, (each for (true, _), each in counts.items() if true is said))) for said in (False, True)]
        wrong = sum(len(each) for (true, _), each in counts.items() if not true)
        print(f"  doubts: precision {found[0] / sum(found):.1%}, recall {found[0] / wrong:.1%}")


if __name__ == "__main__":
    main()
