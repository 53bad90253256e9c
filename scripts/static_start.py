"""Where the static embedder starts learning: a tokenizer, and vectors from which words stand near each other.

Word vectors are a truncated singular value decomposition of the positive pointwise mutual information of words at most
ten apart (Levy and Goldberg 2014; contexts smoothed by the power 0.75 as in Levy, Goldberg and Dagan 2015). Their mean
and three main directions, which all words share, are taken out (Mu and Viswanath 2018, arXiv 1702.01417), and each is
drawn towards the mean of the words of its stem. Its length is its idf.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy import sparse
from sklearn.utils.extmath import randomized_svd
from tokenizers import Tokenizer, models, pre_tokenizers

from hebrew.folding import fold_matres, strip_suffix
from hebrew.letters import is_hebrew

Table = npt.NDArray[np.float32]
UNKNOWN = "[UNK]"
_PIECE = "##"
_LONGEST_WORD = 40


def frequencies(paragraphs: Sequence[list[list[str]]], rarest: int) -> dict[str, int]:
    """The words of at least `rarest` paragraphs and in how many each is, most frequent first."""
    counted = Counter(word for parts in paragraphs for word in {word for part in parts for word in part})
    kept = sorted((word for word in counted if counted[word] >= rarest), key=lambda word: (-counted[word], word))
    return {word: counted[word] for word in kept}


def build_tokenizer(words: Mapping[str, int], paragraphs: Sequence[list[list[str]]], endings: int) -> Tokenizer:
    """A tokenizer of folded text: whole words, and for other Hebrew words the longest known beginning and pieces.

    Pieces are the letters and the `endings` most frequent rests of words that are not in `words`. A word that cannot be
    put together so is unknown: token 0.
    """
    others = {word for parts in paragraphs for part in parts for word in part if word not in words and is_hebrew(word)}
    rests = Counter[str]()
    for word in sorted(others):
        length = next((length for length in range(len(word) - 1, 1, -1) if word[:length] in words), len(word))
        rests[word[length:]] += 1
    frequent = sorted((rest for rest in rests if len(rest) > 1), key=lambda rest: (-rests[rest], rest))[:endings]
    letters = sorted({letter for word in words if is_hebrew(word) for letter in word})
    names = [UNKNOWN, *words, *(_PIECE + piece for piece in (*letters, *frequent))]
    numbers = {name: number for number, name in enumerate(names)}
    tokenizer = Tokenizer(models.WordPiece(numbers, unk_token=UNKNOWN, max_input_chars_per_word=_LONGEST_WORD))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    return tokenizer


def start_vectors(
    words: Mapping[str, int], paragraphs: Sequence[list[list[str]]], dimension: int, window: int, towards_stem: float
) -> Table:
    """The vectors of the words, in their order: shape (words, dimension)."""
    mutual = _mutual_information(_nearby(list(words), paragraphs, window))
    vectors, _, _ = randomized_svd(mutual, dimension, n_iter=3, random_state=0)
    counts = np.array(list(words.values()), np.float32)
    vectors = _unit(_without_common_directions(_unit(vectors), counts))
    stems: dict[str, int] = {}
    stem_of = np.array([stems.setdefault(fold_matres(strip_suffix(word)), len(stems)) for word in words])
    sums = sparse.csr_matrix((counts, (stem_of, np.arange(len(words))))) @ vectors
    idf = np.log(1 + len(paragraphs) / counts)
    start: Table = _unit(vectors + towards_stem * _unit(sums)[stem_of]) * idf[:, None]
    return start.astype(np.float32)


def _nearby(words: Sequence[str], paragraphs: Sequence[list[list[str]]], window: int) -> sparse.csr_matrix:
    """How often two words stand near each other in a paragraph; nearer counts more, from 1 down to 1 / window."""
    numbers = {word: number for number, word in enumerate(words)}
    border = [-1] * window
    flat = np.array([each for parts in paragraphs for each in (*_numbered(parts[1:], numbers), *border)])
    total = sparse.csr_matrix((len(words), len(words)), dtype=np.float32)
    for apart in range(1, window + 1):
        left, right = flat[:-apart], flat[apart:]
        known = (left >= 0) & (right >= 0)
        weights = np.full(int(known.sum()), (window - apart + 1) / window, np.float32)
        total = total + sparse.coo_matrix((weights, (left[known], right[known])), shape=total.shape).tocsr()
    return total + total.T


def _numbered(parts: Sequence[list[str]], numbers: Mapping[str, int]) -> list[int]:
    return [numbers.get(word, -1) for part in parts for word in part]


def _mutual_information(nearby: sparse.csr_matrix) -> sparse.csr_matrix:
    counts = nearby.tocoo()
    of_row = np.asarray(nearby.sum(axis=1)).ravel()
    of_column = of_row**0.75
    values = np.log(counts.data * of_column.sum() / (of_row[counts.row] * of_column[counts.col]))
    positive = values > 0
    places = (counts.row[positive], counts.col[positive])
    return sparse.csr_matrix((values[positive].astype(np.float32), places), shape=nearby.shape)


def _without_common_directions(vectors: Table, counts: Table) -> Table:
    vectors = vectors - np.average(vectors, axis=0, weights=counts)
    weighted = vectors * np.sqrt(counts / counts.sum())[:, None]
    _, _, directions = np.linalg.svd(weighted.T @ weighted)
    rest: Table = vectors - vectors @ directions[:3].T @ directions[:3]
    return rest


def _unit(vectors: Table) -> Table:
    length: Table = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return length
