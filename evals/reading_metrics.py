"""How near a text comes to the known answers of a question: EM, F1 and TLNLS, as HeQ measures reading comprehension.

Cohen, Merhav-Fine, Goldberg and Tsarfaty (2023), "HeQ: a Large and Diverse Hebrew Reading Comprehension Benchmark",
Findings of EMNLP: EM and F1 as SQuAD has them (Rajpurkar et al. 2016), and TLNLS, which forgives the prefixes and
endings that Hebrew writes together with a word. Tokens are lower case, without ASCII punctuation and English articles,
cut at white space; of several answers the nearest counts. All measures are from 0 to 1.
"""

import re
import string
from collections import Counter
from collections.abc import Sequence

from hebrew.normalise import normalise

_ARTICLES = re.compile(r"\b(a|an|the)\b")
_NO_PUNCTUATION = str.maketrans("", "", string.punctuation)


def answer_tokens(text: str) -> list[str]:
    """The tokens of an answer, as the evaluation script of SQuAD cuts them."""
    return _ARTICLES.sub(" ", text.lower().translate(_NO_PUNCTUATION)).split()


def exact_match(said: str, answers: Sequence[str]) -> float:
    """1 when the tokens are those of an answer, else 0."""
    return float(any(answer_tokens(said) == answer_tokens(each) for each in answers))


def f1(said: str, answers: Sequence[str]) -> float:
    """The harmonic mean of the share of the tokens said that are in the answer, and of the answer's that are said."""
    return max((_f1(answer_tokens(said), answer_tokens(each)) for each in answers), default=0.0)


def tlnls(said: str, answers: Sequence[str]) -> float:
    """Token-level normalised Levenshtein similarity.

    For the tokens p of what is said and a of the answer

        TLNLS = sum over a of max over p of (1 - distance(p, a) / max(|p|, |a|)) / max(number of p, number of a)

    where the distance is that of Levenshtein (1966), in characters. Where at least half of the characters of what is
    said are digits it is F1: one digit more makes another number.
    """
    digits = sum(map(str.isdigit, said)) * 2 >= len(said) > 0
    compare = _f1 if digits else _tlnls
    return max((compare(answer_tokens(said), answer_tokens(each)) for each in answers), default=0.0)


def holds(text: str, answers: Sequence[str]) -> bool:
    """Whether a text contains an answer, however the space between words is set; no number inside a longer one."""
    flat = _flat(text)
    return any(re.search(rf"(?<!\d(?=\d)){re.escape(one)}(?!(?<=\d)\d)", flat) for one in map(_flat, answers) if one)


def distance(one: str, other: str) -> int:
    """The least number of characters to put in, leave out or replace to turn one into the other (Levenshtein 1966)."""
    row = list(range(len(other) + 1))
    for at, character in enumerate(one, start=1):
        before, row[0] = row[0], at
        for place, wanted in enumerate(other, start=1):
            before, row[place] = row[place], min(row[place] + 1, row[place - 1] + 1, before + (character != wanted))
    return row[-1]


def _f1(said: Sequence[str], answer: Sequence[str]) -> float:
    shared = (Counter(said) & Counter(answer)).total()
    return 2 * shared / (len(said) + len(answer)) if shared else 0.0


def _tlnls(said: Sequence[str], answer: Sequence[str]) -> float:
    if not said or not answer:
        return 0.0
    nearest = (max(1 - distance(one, each) / max(len(one), len(each)) for one in said) for each in answer)
    return sum(nearest) / max(len(said), len(answer))


def _flat(text: str) -> str:
    return " ".join(normalise(text).split())
