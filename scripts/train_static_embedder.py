"""Learns the word vectors of the embedder that ships with Darash (`indexes/models/static_he.npz`).

    PYTHONPATH=. python scripts/train_static_embedder.py ../shared/data [--steps 6000]

Needs torch (CPU is enough: about one minute per 1,000 steps on one core), which Darash itself does not. Reads
`retrieval/distractors.jsonl.xz` in the given folder: a paragraph a line, with `title` and `text`; no benchmark
question is read. A text is the sum of its stems' vectors at length 1. A paragraph is paired with its own title, or
with one of its own sentences, which is taken out of it ("inverse cloze", Lee et al. 2019, arXiv 1906.00300); the
vectors learn to tell it from the other paragraphs of the batch (the loss of van den Oord et al. 2018, arXiv
1807.03748, both ways).

Writes the model, and the settings it was made with beside it.
"""

import argparse
import json
import lzma
import math
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from torch.nn import functional

from hebrew.folding import FOLDING_VERSION, stem
from hebrew.sentences import sentences
from hebrew.tokens import tokens

Stems = npt.NDArray[np.int64]
SHIPPED = Path(__file__).parent.parent / "indexes" / "models" / "static_he.npz"
LOG_EVERY = 250
SHORTEST_PARAGRAPH = 8


@dataclass(frozen=True, slots=True)
class Training:
    """What decides the outcome, together with the paragraphs and the folding."""

    steps: int
    seed: int = 0
    dimension: int = 256
    rarest: int = 3
    """Paragraphs a stem has to be in to get a vector."""
    batch: int = 512
    learning_rate: float = 0.01
    temperature: float = 0.05
    titles: float = 0.4
    """Share of pairs that begin with the title, where there is one."""
    shortened: float = 0.7
    """Share of sentences cut to 3 to 10 words, as questions are short."""
    scattered: float = 0.5
    """Share of those that are words from anywhere in the sentence; the others are neighbours."""
    apart: float = 0.3
    """Share of pairs whose paragraph loses the words of the other half, so that meaning has to do without them."""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The stems of a paragraph that have a vector: of its title, and of each sentence."""

    title: Stems
    sentences: list[Stems]


def read(path: Path, rarest: int) -> tuple[list[Paragraph], list[str], npt.NDArray[np.float32]]:
    """The paragraphs, the stems that get a vector, most frequent first, and the idf of each: ln(1 + N / n)."""
    texts, frequency = [], Counter[str]()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            parts = [row["title"], *(row["text"][start:end] for start, end in sentences(row["text"]))]
            texts.append([[stem(token) for token in tokens(part)] for part in parts])
            frequency.update({each for part in texts[-1] for each in part})
    kept = sorted((each for each in frequency if frequency[each] >= rarest), key=lambda each: (-frequency[each], each))
    numbers = {each: number for number, each in enumerate(kept)}
    paragraphs = []
    for parts in texts:
        title, *rest = [np.array([numbers[each] for each in part if each in numbers], np.int64) for part in parts]
        if sum(map(len, rest)) >= SHORTEST_PARAGRAPH:
            paragraphs.append(Paragraph(title, [part for part in rest if len(part)]))
    idf = np.log(1 + len(texts) / np.array([frequency[each] for each in kept])).astype(np.float32)
    return paragraphs, kept, idf


def pair(paragraph: Paragraph, training: Training, chance: np.random.Generator) -> tuple[Stems, Stems]:
    """Something short, and the rest of the paragraph it belongs to."""
    title, parts = paragraph.title, paragraph.sentences
    if len(parts) == 1 or (len(title) and chance.random() < training.titles):
        asked, rest = title if len(title) else parts[0], parts
    else:
        chosen = int(chance.integers(len(parts)))
        asked, rest = parts[chosen], [title, *parts[:chosen], *parts[chosen + 1 :]]
        length = int(chance.integers(3, 11))
        if len(asked) > length and chance.random() < training.shortened:
            start = int(chance.integers(len(asked) - length + 1))
            scattered = chance.random() < training.scattered
            asked = chance.choice(asked, length, False) if scattered else asked[start : start + length]
    passage = np.concatenate(rest)
    if chance.random() < training.apart:
        others = passage[~np.isin(passage, asked)]
        passage = others if len(others) > SHORTEST_PARAGRAPH else passage
    return np.unique(asked), passage


def embed(table: torch.nn.EmbeddingBag, bags: Sequence[Stems]) -> torch.Tensor:
    """One vector of length 1 for each bag of stems."""
    starts = torch.from_numpy(np.cumsum([0, *map(len, bags[:-1])]))
    return functional.normalize(table(torch.from_numpy(np.concatenate(bags)), starts), dim=1)


def train(
    paragraphs: Sequence[Paragraph], idf: npt.NDArray[np.float32], training: Training
) -> tuple[npt.NDArray[np.float32], float]:
    """The vectors of the stems, and the mean loss over the last steps."""
    torch.manual_seed(training.seed)
    chance = np.random.default_rng(training.seed)
    table = torch.nn.EmbeddingBag(len(idf), training.dimension, mode="sum", sparse=True)
    start = functional.normalize(torch.randn(len(idf), training.dimension), dim=1) * torch.from_numpy(idf)[:, None] / 5
    table.weight.data.copy_(start)
    optimiser = torch.optim.SparseAdam(list(table.parameters()), lr=training.learning_rate)
    mean, begun = math.nan, time.monotonic()
    for step in range(training.steps):
        optimiser.param_groups[0]["lr"] = training.learning_rate * max(0.05, 1 - step / training.steps)
        drawn = chance.choice(len(paragraphs), training.batch, replace=False)
        asked, passages = zip(*(pair(paragraphs[number], training, chance) for number in drawn), strict=True)
        likeness = embed(table, asked) @ embed(table, passages).T / training.temperature
        truth = torch.arange(len(asked))
        loss = (functional.cross_entropy(likeness, truth) + functional.cross_entropy(likeness.T, truth)) / 2
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean = loss.item() if math.isnan(mean) else 0.99 * mean + 0.01 * loss.item()
        if step % LOG_EVERY == 0:
            print(f"step {step} of {training.steps}, loss {mean:.3f}, {time.monotonic() - begun:.0f} s", flush=True)
    return table.weight.detach().numpy(), mean


def save(path: Path, stems: Sequence[str], vectors: npt.NDArray[np.float32]) -> None:
    """Writes the model: each vector as whole numbers from -127 to 127 and the scale that undoes it."""
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
    rounded = np.rint(vectors / np.maximum(scales.astype(np.float32), 1e-9)[:, None])
    text = np.frombuffer("\n".join(stems).encode(), np.uint8)
    np.savez_compressed(path, stems=text, vectors=np.clip(rounded, -127, 127).astype(np.int8), scales=scales)


def main() -> None:
    """Trains and saves, as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help="the development data folder, with retrieval/distractors.jsonl.xz")
    parser.add_argument("--steps", type=int, default=6000)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", type=Path, default=SHIPPED)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    training = Training(steps=arguments.steps)
    source = "retrieval/distractors.jsonl.xz"
    paragraphs, stems, idf = read(arguments.data / source, training.rarest)
    print(f"{len(paragraphs)} paragraphs, {len(stems)} stems")
    vectors, loss = train(paragraphs, idf, training)
    arguments.output.parent.mkdir(parents=True, exist_ok=True)
    save(arguments.output, stems, vectors)
    made = {"source": source, "paragraphs": len(paragraphs), "stems": len(stems), "folding": FOLDING_VERSION}
    made |= {"loss": round(loss, 3), "torch": str(torch.__version__), **asdict(training)}
    arguments.output.with_suffix(".json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
