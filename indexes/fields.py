"""The foldings under which words are indexed, and the hash by which a folded form is stored.

Knows nothing of postings or scores.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from hebrew.folding import stem, strip_prefix, strip_suffix

_GRAM = 4
_CACHED_TOKENS = 1 << 17
BYTES = 8


@dataclass(frozen=True, slots=True)
class Field:
    """One folding of words and its share in the score. `features` gives what is indexed of a token."""

    name: str
    weight: float
    features: Callable[[str], list[str]]

    def hashes(self, token: str) -> list[int]:
        """The features of a token as numbers of 64 bits, the same in every process.

        Two of ten million features share a number with a probability of about one in 400,000.
        """
        return [int.from_bytes(self.digest(feature), "little") for feature in self.features(token)]

    def digest(self, feature: str) -> bytes:
        """The eight bytes that stand for a feature."""
        return blake2b(f"{self.name} {feature}".encode(), digest_size=BYTES).digest()


def _grams(token: str) -> list[str]:
    bounded = f"_{token}_"
    return [bounded[start : start + _GRAM] for start in range(max(1, len(bounded) - _GRAM + 1))]


PREFIX_FIELD = Field("prefix", 1.0, lambda token: [strip_prefix(token)])
FIELDS = (
    Field("surface", 0.5, lambda token: [token]),
    PREFIX_FIELD,
    Field("stem", 2.5, lambda token: [stem(token)]),
    Field("grams", 1.0, _grams),
)
"""The foldings that are searched together, with weights found on the validation questions of HeQ (docs/log.md).

Each but the last gives one feature of a token."""
_ENDING_FIELD = Field("ending", 0.0, lambda token: [strip_suffix(strip_prefix(token))])
_FORMS = (PREFIX_FIELD, _ENDING_FIELD, FIELDS[2])


def form_hashes(token: str) -> tuple[int, int, int]:
    """The hashes of a token without its prefix, without prefix and ending, and of its stem."""
    prefix, ending, stemmed = (field.hashes(token)[0] for field in _FORMS)
    return prefix, ending, stemmed


@dataclass(frozen=True, slots=True)
class Hashed:
    """The hashes of many tokens: `forms` has a row for each and a column per form.

    `features` are those of a field, one token after the other, and `widths` how many each token has there.
    """

    forms: npt.NDArray[np.uint64]
    features: tuple[npt.NDArray[np.uint64], ...]
    widths: tuple[npt.NDArray[np.int64], ...]


def hashed(vocabulary: Sequence[str]) -> Hashed:
    """The hashes of all those tokens."""
    packed = [_packed(token) for token in vocabulary]
    flat = np.frombuffer(b"".join(packed), "<u8").astype(np.uint64)
    sizes = np.array([len(each) // BYTES for each in packed], np.int64)
    starts = np.cumsum(sizes) - sizes
    single = flat[starts[:, None] + np.arange(len(_SINGLE))]
    several = np.ones(len(flat), np.bool_)
    several[(starts[:, None] + np.arange(len(_SINGLE))).ravel()] = False
    forms, one = np.ascontiguousarray(single[:, [1, 3, 2]]), np.ones(len(packed), np.int64)
    return Hashed(forms, (*single[:, :3].T, flat[several]), (one, one, one, sizes - len(_SINGLE)))


_SINGLE = (*FIELDS[:3], _ENDING_FIELD)


@lru_cache(_CACHED_TOKENS)
def _packed(token: str) -> bytes:
    """The hashes of what there is one of, and then those of the last field."""
    fields = (*_SINGLE, FIELDS[3])
    return b"".join(field.digest(feature) for field in fields for feature in field.features(token))
