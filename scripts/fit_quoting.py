"""Fits the weights by which answers are quoted, and writes `answers/quoting/weights.json`.

    python scripts/fit_quoting.py [--data ../shared/data] [--pool full]

Asks the questions of ParaShoot train and HeQ val over the pool, and finds the weights under which a sentence of the
right passage that holds the answer is likeliest among all sentences of the hits, and the answer among all stretches of
its sentence (softmax). First prints how well weights do on HeQ val that have not seen a paragraph of it, five times
four fifths beside ParaShoot, and how all weights do on ParaShoot dev, which they never see.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from answers.answer import Answer  # noqa: E402  (found through the line above)
from answers.quoting.answer_span import SHOWN, spans  # noqa: E402
from answers.quoting.asked import understood  # noqa: E402
from answers.quoting.features import features, read  # noqa: E402
from answers.quoting.quoted import quoted_answer  # noqa: E402
from answers.quoting.weights import Weights  # noqa: E402
from evals.benchmark import SETS, read_benchmark  # noqa: E402
from evals.pool_index import PoolIndex, PoolPassages  # noqa: E402
from hebrew.normalise import normalise  # noqa: E402
from hebrew.sentences import sentences  # noqa: E402
from indexes.chunk import Hit, Span  # noqa: E402
from indexes.embedder import STATIC, open_embedder  # noqa: E402
from indexes.searcher import Searcher  # noqa: E402
from scripts.likeliest import Choice, likeliest  # noqa: E402

TRAINING, ASKED, UNSEEN = "parashoot_train", "heq_val", "parashoot_dev"
HITS = 8
FOLDS = 5
RIDGE = {"sentences": 30.0, "spans": 3.0}
LEAST_OVERLAP = 0.4
"""Of a stretch with the answer (F1 of characters), below which no stretch of the sentence is taken for it."""
DIGITS = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A question with its hits, the answers in its paragraph as (start, text), and which hits are that paragraph."""

    question: str
    hits: tuple[Hit, ...]
    paragraph: str
    answers: tuple[tuple[int, str], ...]
    right: frozenset[str]


def examples(name: str, pool: str, folder: Path) -> list[Example]:
    """The questions of a set, searched as Darash does."""
    benchmark = read_benchmark(name, [pool], None, folder)
    known = {(question, text): answers for question, text, answers in _entries(folder / SETS[name])}
    number = {passage.id: str(at) for at, passage in enumerate(benchmark.passages)}
    embedder = open_embedder(STATIC)
    found = []
    with tempfile.TemporaryDirectory() as data:
        PoolIndex(benchmark.passages, Path(data), embedder, titles=True)
        searcher = Searcher(Path(data), embedder, PoolPassages(benchmark.passages, titles=True))
        text_of = {passage.id: passage.text for passage in benchmark.passages}
        for question in benchmark.questions:
            hits = tuple(map(_whole, searcher.search(["benchmark"], question.text, HITS)))
            paragraph = text_of[min(question.relevant)]
            right = frozenset(number[each] for each in question.relevant)
            found.append(Example(question.text, hits, paragraph, known[question.text, paragraph], right))
    return found


def _whole(hit: Hit) -> Hit:
    return replace(hit, chunk=replace(hit.chunk, spans=(Span(1, 0, len(hit.chunk.text)),)))


def _entries(path: Path) -> Iterator[tuple[str, str, tuple[tuple[int, str], ...]]]:
    """Question, paragraph and answers of a file in the format of SQuAD, or with a question an entry."""
    for entry in json.loads(path.read_text(encoding="utf-8"))["data"]:
        for paragraph in entry.get("paragraphs", [entry]):
            for asked in paragraph.get("qas", [entry]):
                given = asked["answers"]
                if isinstance(given, dict):
                    given = [
                        {"answer_start": at, "text": text} for at, text in zip(*reversed(given.values()), strict=True)
                    ]
                answers = tuple((each["answer_start"], each["text"]) for each in given)
                yield asked["question"], paragraph["context"], answers


def contains(text: str, answers: Sequence[tuple[int, str]]) -> bool:
    """Whether a text holds one of the answers, niqqud, punctuation and blanks aside."""
    return any(_plain(answer) in _plain(text) for _, answer in answers)


def _plain(text: str) -> str:
    bare = "".join(each if each.isalnum() else " " for each in normalise(text).replace('"', "").replace("'", ""))
    return " ".join(bare.split())


def sentence_choice(example: Example) -> Choice:
    """All sentences of the hits; right are those of the paragraph that hold an answer."""
    asked = understood(example.question)
    passages = read(asked, example.hits) if asked.words else []
    right = [
        example.hits[each.rank].chunk.id in example.right and contains(each.text, example.answers)
        for passage in passages
        for each in passage
    ]
    found = list(features(asked, example.hits, passages)) if asked.words else []
    return Choice(found, np.array(right, np.bool_))


def span_choice(example: Example) -> Choice:
    """The stretches of the sentence with the answer; right are those that overlap it most."""
    asked = understood(example.question)
    first = example.answers[0][0]
    start, end = next(each for each in sentences(example.paragraph) if each[0] <= first < each[1])
    if asked.kind not in SHOWN:
        return Choice([], np.zeros(0, np.bool_))
    known = [(at - start, at - start + len(text)) for at, text in example.answers if start <= at < end]
    candidates = list(spans(asked, example.paragraph[start:end]))
    overlaps = np.array([max(_overlap(place, other) for other in known) for place, _ in candidates])
    return Choice([each for _, each in candidates], (overlaps >= max(overlaps.max(initial=0), LEAST_OVERLAP)))


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    """F1 of the characters of two stretches."""
    common = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return 2 * common / (one[1] - one[0] + other[1] - other[0])


def weights_of(sentence_choices: Sequence[Choice], span_choices: Sequence[Choice]) -> Weights:
    """All weights, from the choices of all questions."""
    return Weights(likeliest(sentence_choices, RIDGE["sentences"]), likeliest(span_choices, RIDGE["spans"]))


def measured(asked: Sequence[Example], weights: Sequence[Weights]) -> Mapping[str, float]:
    """Means over the questions, each answered with its own weights; shares in percent."""
    rows = []
    for example, each in zip(asked, weights, strict=True):
        *_, last = quoted_answer(example.question, example.hits, each)
        rows.append(_measures(example, last))
    return {name: float(np.nanmean([row[name] for row in rows])) for name in rows[0]}


def _measures(example: Example, answer: Answer) -> dict[str, float]:
    quotes = [citation.quote for citation in answer.citations]
    first = quotes[0][slice(*sentences(quotes[0])[0])] if quotes else ""
    bold = [answer.text[slice(*stretch)] for stretch in answer.bold]
    hit = any(
        _plain(each) in _plain(text) or _plain(text) in _plain(each) for each in bold for _, text in example.answers
    )
    return {
        "first sentence holds the answer": 100 * contains(first, example.answers),
        "any sentence holds the answer": 100 * contains("\n".join(quotes), example.answers),
        "first citation is the paragraph": 100 * (bool(quotes) and answer.citations[0].chunk_id in example.right),
        "refused": 100 * answer.refusal,
        "bold": 100 * bool(bold),
        "bold is the answer": 100 * hit if bold else np.nan,
        "sentences": sum(len(sentences(quote)) for quote in quotes),
        "words": sum(len(quote.split()) for quote in quotes),
    }


def crossed(
    asked: Sequence[Example], of_asked: Sequence[list[Choice]], of_training: Sequence[list[Choice]]
) -> list[Weights]:
    """For every question the weights of a fold that has not seen its paragraph."""
    paragraphs = sorted({example.paragraph for example in asked})
    folds = dict(zip(paragraphs, np.random.default_rng(0).permutation(len(paragraphs)) % FOLDS, strict=True))
    seen = []
    for fold in range(FOLDS):
        kept = [at for at, example in enumerate(asked) if folds[example.paragraph] != fold]
        seen.append(
            weights_of(*([each[at] for at in kept] + more for each, more in zip(of_asked, of_training, strict=True)))
        )
    return [seen[folds[example.paragraph]] for example in asked]


def choices_of(asked: Sequence[Example]) -> tuple[list[Choice], list[Choice]]:
    """What there is to choose from for each question: sentences, and stretches of the right one."""
    return list(map(sentence_choice, asked)), list(map(span_choice, asked))


def run(training: list[Example], asked: list[Example], unseen: list[Example]) -> Weights:
    """Prints the measures and gives the weights of all of it."""
    of_training, of_asked = choices_of(training), choices_of(asked)
    _print(ASKED, measured(asked, crossed(asked, of_asked, of_training)))
    weights = weights_of(of_training[0] + of_asked[0], of_training[1] + of_asked[1])
    _print(UNSEEN, measured(unseen, [weights] * len(unseen)))
    return weights


def _print(name: str, measures: Mapping[str, float]) -> None:
    print(name, *(f"  {value:6.2f}  {measure}" for measure, value in measures.items()), sep="\n")


def main() -> None:
    """Prints the measures and writes the weights."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--pool", default="full", help="`small` or `full`")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared" / "data")
    options = parser.parse_args()
    weights = run(*(examples(name, options.pool, options.data / "retrieval") for name in (TRAINING, ASKED, UNSEEN)))
    write(weights)


def write(weights: Weights) -> None:
    """Writes `weights.json`, a weight a line."""
    rounded = {
        scored: {name: round(value, DIGITS) for name, value in sorted(each.items()) if round(value, DIGITS)}
        for scored, each in (("sentences", weights.sentences), ("spans", weights.spans))
    }
    path = ROOT / "answers" / "quoting" / "weights.json"
    path.write_text(json.dumps(rounded, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
