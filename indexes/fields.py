"""The foldings under which words are indexed, and the hash by which a folded form is stored.

Knows nothing of postings or scores.
"""

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b

from hebrew.folding import stem, strip_prefix

_GRAM = 4


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
        return [
            int.from_bytes(blake2b(f"{self.name} {feature}".encode(), digest_size=8).digest(), "little")
            for feature in self.features(token)
        ]


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
"""The foldings that are searched together, with weights found on the validation questions of HeQ (docs/log.md)."""
