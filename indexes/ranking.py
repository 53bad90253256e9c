"""The order of passages for a question: candidates of each index, fused over all of them, the best looked at again.

Works on indexes and numbers alone; knows nothing of chunks, documents or the database.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hebrew.terms import Term
from hebrew.tokens import asks_for_number
from indexes.fields import form_hashes
from indexes.fusion import among_few, fuse, meaning_weights, share_of_best, spread
from indexes.index import Vectors as Matrix
from indexes.occurrences import Sought
from indexes.passage_tokens import PassageTokens
from indexes.rarity import by_rarity, general_idf
from indexes.reranker import WEIGHTS, WORDS_SHARE, features, reranked
from indexes.snapshot import Candidates, Snapshot

Scores = npt.NDArray[np.float32]

CANDIDATES = 75
"""Passages taken from each index by words, and as many by meaning."""
RERANKED = 150
"""The best of them all by the first scores, which are looked at again. The others are no hits."""
_DECIMALS = 5
"""Beyond these, sums of floating-point numbers depend on the company in which they were computed."""


@dataclass(frozen=True, slots=True)
class Source:
    """An index and what to look for in it.

    `vector` is that of the question by the embedder of the index, all zero where words alone decide; `weight` is how
    much this embedder's meaning counts beside words that cover the question.
    """

    snapshot: Snapshot
    terms: tuple[Term, ...]
    vector: Matrix
    weight: float


@dataclass(frozen=True, slots=True)
class Ranking:
    """Passages, best first: their chunk ids and scores, what the scores are made of, and their tokens."""

    chunk_ids: Sequence[str]
    scores: Scores
    parts: Mapping[str, Scores]
    tokens: PassageTokens


@dataclass(frozen=True, slots=True)
class Look:
    """Passages in no order, with all that their order follows from.

    `rows` are the features of `indexes.reranker`, `covered` the share of the question that each passage has, `meaning`
    how near it is, 0 to 1, and `weights` what its embedder counts among so many passages.
    """

    chunk_ids: Sequence[str]
    tokens: PassageTokens
    rows: Scores
    covered: Scores
    meaning: Scores
    weights: Scores


def rank(question: str, sources: Sequence[Source]) -> Ranking:
    """The best passages of all sources together, at most `RERANKED`, best first."""
    look = look_at(question, sources)
    weights = meaning_weights(look.weights, float(look.covered.max(initial=0)))
    fused = fuse(reranked(look.rows), look.meaning, weights * np.float32(WORDS_SHARE))
    scores = np.round(fused, _DECIMALS)
    parts = {
        **dict(zip(WEIGHTS, look.rows.T, strict=True)),
        "covered": look.covered,
        "rerank": reranked(look.rows),
        "meaning": look.meaning,
        "weight of meaning": weights,
        "base": fuse(look.rows[:, 0], look.meaning, weights),
    }
    # Equal scores by what the passages say: the order in which documents came in must not decide what merges into what.
    order = np.lexsort((np.array(look.chunk_ids, np.str_), look.tokens.checksums(), -scores))
    parts = {name: values[order] for name, values in parts.items()}
    return Ranking([look.chunk_ids[at] for at in order], scores[order], parts, look.tokens.taken(order))


def look_at(question: str, sources: Sequence[Source]) -> Look:
    """The best candidates of all sources by words and meaning alike, at most `RERANKED`, looked at closely."""
    found = [
        source.snapshot.candidates(by_rarity(source.snapshot, source.terms), source.vector, CANDIDATES)
        for source in sources
    ]
    words = share_of_best(np.concatenate([candidates.words for candidates in found]))
    meaning = np.concatenate([spread(candidates.meaning) for candidates in found])
    every = np.repeat([source.weight for source in sources], [len(candidates.words) for candidates in found])
    weights = (every + among_few(sum(source.snapshot.size for source in sources))).astype(np.float32)
    best = np.sort(np.argsort(-(words + meaning), kind="stable")[:RERANKED])
    tokens, ids = _chosen(sources, found, best)
    rows, covered = features(_sought(sources), asks_for_number(question), tokens, words[best])
    return Look(ids, tokens, rows, covered, meaning[best], weights[best])


def _chosen(
    sources: Sequence[Source], found: Sequence[Candidates], best: npt.NDArray[np.int64]
) -> tuple[PassageTokens, list[str]]:
    """Tokens and chunk ids of the candidates with these numbers, which ascend over all sources."""
    tokens, ids, first = [], list[str](), 0
    for source, candidates in zip(sources, found, strict=True):
        inside = best[(best >= first) & (best < first + len(candidates.positions))] - first
        tokens.append(source.snapshot.words.tokens_of(candidates.positions[inside]))
        ids += [candidates.chunk_ids[at] for at in inside]
        first += len(candidates.positions)
    return PassageTokens.joined(tokens), ids


def _sought(sources: Sequence[Source]) -> Sought:
    """The terms of all sources: words are the same for all, what stands for them may come from a glossary of one."""
    weights: dict[tuple[str, int], float] = {}
    for term in (term for source in sources for term in source.terms):
        weights[term.token, term.word] = max(term.weight, weights.get((term.token, term.word), 0.0))
    rarity = np.zeros(1 + max((word for _, word in weights), default=-1), np.float32)
    sizes = np.array([source.snapshot.size for source in sources], np.float64)
    for token, word in reversed(weights):  # the first term of a word is the word itself
        rarity[word] = np.average([general_idf(source.snapshot, token) for source in sources], weights=sizes)
    return Sought(
        np.array([form_hashes(token) for token, _ in weights], np.uint64).reshape(-1, 3),
        np.array([word for _, word in weights], np.int64),
        np.array(list(weights.values()), np.float32),
        rarity,
    )
