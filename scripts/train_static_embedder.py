"""Learns the word vectors of the embedder that ships with Darash (`indexes/models/static_he.npz`).

    PYTHONPATH=. python scripts/train_static_embedder.py ../shared/data

Needs sentence-transformers and scikit-learn, which Darash itself does not; about 5 minutes of one core. Reads
`retrieval/distractors.jsonl.xz` in the given folder: a paragraph a line, with `title` and `text`; no benchmark question
is read. Starts from which words stand near each other (`static_start.py`) and learns on, with pairs of something short
and its paragraph (`static_corpus.py`), to tell the paragraph of a pair from the others of its batch: the
`MultipleNegativesRankingLoss` of sentence-transformers, both ways, over its `StaticEmbedding`, also for the first half
of the dimensions alone (Matryoshka; Kusupati et al. 2022, arXiv 2205.13147).

Writes the model, and beside it the settings it was made with and how the loss fell. The same seed, packages and folding
give the same vectors.
"""

import argparse
import json
import math
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import sentence_transformers
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer.losses import MultipleNegativesRankingLoss
from sentence_transformers.sentence_transformer.modules import StaticEmbedding
from tokenizers import Tokenizer

from hebrew.folding import FOLDING_VERSION
from scripts.static_corpus import Bags, Corpus, Numbers, Pairing, read
from scripts.static_start import Table, build_tokenizer, frequencies, start_vectors

SHIPPED = Path(__file__).parent.parent / "indexes" / "models" / "static_he.npz"
SOURCE = "retrieval/distractors.jsonl.xz"
LOG_EVERY = 50


@dataclass(frozen=True, slots=True)
class Training:
    """What decides the outcome, together with the paragraphs and the folding."""

    steps: int = 200
    seed: int = 0
    dimensions: tuple[int, ...] = (256, 128)
    """The whole vector, and the beginnings of it that are good vectors too."""
    rarest: int = 4
    """Paragraphs a word has to be in to get a vector of its own."""
    endings: int = 4000
    window: int = 10
    towards_stem: float = 0.4
    batch: int = 1024
    learning_rate: float = 0.002
    warming: int = 50
    temperature: float = 0.05
    scale: float = 0.2
    """What the start vectors are multiplied by, so that the learning rate is in proportion."""
    pairing: Pairing = field(default_factory=Pairing)


def train(corpus: Corpus, module: StaticEmbedding, training: Training) -> list[float]:
    """Changes the vectors of the module; returns the mean loss of every `LOG_EVERY` steps."""
    chance = np.random.default_rng(training.seed)
    ranking = MultipleNegativesRankingLoss(
        SentenceTransformer(modules=[module], device="cpu"),
        scale=1 / training.temperature,
        directions=("query_to_doc", "doc_to_query"),
        partition_mode="per_direction",
    )
    optimiser = torch.optim.Adam(module.parameters(), betas=(0.9, 0.99), fused=True)
    losses: list[float] = []
    begun = time.monotonic()
    for step in range(1, training.steps + 1):
        falling = 0.5 + 0.5 * math.cos(math.pi * step / training.steps)
        optimiser.param_groups[0]["lr"] = training.learning_rate * min(1, step / training.warming) * falling
        drawn = chance.permutation(len(corpus))[: training.batch]
        # One paragraph for each title: another of the same document would be no wrong answer.
        _, first = np.unique(corpus.subjects[drawn], return_index=True)
        pair = [embed(module, bags) for bags in corpus.pairs(drawn[first], training.pairing, chance)]
        parts = [[vectors[:, :size] for vectors in pair] for size in training.dimensions]
        loss = torch.stack([ranking.compute_loss_from_embeddings(part, torch.empty(0)) for part in parts]).mean()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        losses.append(loss.item())
        if step % LOG_EVERY == 0:
            took = time.monotonic() - begun
            print(f"step {step}, loss {np.mean(losses[-LOG_EVERY:]):.3f}, {took:.0f} s", flush=True)
    means = [np.mean(losses[start : start + LOG_EVERY]) for start in range(0, len(losses), LOG_EVERY)]
    return [round(float(mean), 3) for mean in means]


def known_tokens(tokenizer: Tokenizer, word: str) -> Numbers:
    """The tokens of a word; none for a word that cannot be put together."""
    return np.array([each for each in tokenizer.encode(word, add_special_tokens=False).ids if each], np.int64)


def embed(module: StaticEmbedding, bags: Bags) -> torch.Tensor:
    """One vector for each bag, of any length."""
    inputs = {"input_ids": torch.from_numpy(bags.tokens), "offsets": torch.from_numpy(bags.starts)}
    vectors: torch.Tensor = module(inputs)["sentence_embedding"]
    return vectors


def save(path: Path, tokenizer: Tokenizer, vectors: Table) -> None:
    """Writes the model: the tokenizer, and each vector as whole numbers up to 127 and the scale that undoes it."""
    scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float16)
    rounded = np.rint(vectors / np.maximum(scales.astype(np.float32), 1e-9)[:, None])
    text = np.frombuffer(tokenizer.to_str().encode(), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(path, tokenizer=text, vectors=np.clip(rounded, -127, 127).astype(np.int8), scales=scales)


def main(arguments: Sequence[str] | None = None) -> None:
    """Trains and saves, as the command line says."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("data", type=Path, help=f"the development data folder, with {SOURCE}")
    parser.add_argument("--steps", type=int, default=Training().steps)
    parser.add_argument("--output", type=Path, default=SHIPPED)
    options = parser.parse_args(arguments)
    torch.set_num_threads(1)
    torch.manual_seed(0)
    training = Training(steps=options.steps)

    paragraphs = read(options.data / SOURCE)
    words = frequencies(paragraphs, training.rarest)
    tokenizer = build_tokenizer(words, paragraphs, training.endings)
    start = start_vectors(words, paragraphs, training.dimensions[0], training.window, training.towards_stem)
    table = np.zeros((tokenizer.get_vocab_size(), training.dimensions[0]), np.float32)
    table[1 : 1 + len(words)] = start * training.scale
    # A copy, since torch works on the same memory.
    module = StaticEmbedding(tokenizer, embedding_weights=table.copy())
    corpus = Corpus(paragraphs, lambda word: known_tokens(tokenizer, word))
    print(f"{len(corpus)} paragraphs, {len(words)} words, {len(table) - 1 - len(words)} pieces", flush=True)
    losses = train(corpus, module, training)

    vectors = module.embedding.weight.detach().numpy()
    vectors[0] = 0
    save(options.output, tokenizer, vectors)
    made: dict[str, Any] = {"source": SOURCE, "paragraphs": len(corpus), "words": len(words), "tokens": len(table)}
    made |= {"folding": FOLDING_VERSION, "torch": str(torch.__version__)}
    made |= {"sentence_transformers": sentence_transformers.__version__, **asdict(training), "losses": losses}
    options.output.with_suffix(".json").write_text(json.dumps(made, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
