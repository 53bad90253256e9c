"""Questions that leave out what was said before: whether one does, and what it means beside the question before it.

"How many days does a full-time worker get?" and then "and part-time workers?": what comes second takes the place of
what it is another case of, and the rest is said again. In Hebrew a modifier follows its noun, so that the case and its
modifiers are words in a row. Rules of the language, for Hebrew and a little English; knows no conversation.
"""

import re
from collections.abc import Sequence

from hebrew.dates import MONTHS
from hebrew.folding import fold_matres, stem, strip_prefix, strip_suffix
from hebrew.letters import FINALS, PREFIXES
from hebrew.lexicon import frequency
from hebrew.normalise import clean
from hebrew.tokens import QUESTION_WORDS, points_back, question_tokens, tokens, written_words

_OPENING = re.compile(
    r"\s*(?:(?:ו|אבל |אז )?(?:מה|ומה) (?:לגבי|בנוגע ל|באשר ל|בקשר ל|עם|אם|בדבר)"
    r"|ו?(?:לגבי|בנוגע ל|באשר ל)|ואם|ואילו|וגם|גם|ואולי|אבל|אז"
    r"|(?:and |but |so )?(?:what|how) (?:about|if)|and(?: for)?|but|also|same for)(?!\w)\s*",
    re.IGNORECASE,
)
"""What begins a question that goes on with the one before."""
_ENGLISH_POINTERS = frozenset(
    """
    he her him his it its she that their them there these they this those
    """.translate(FINALS).split()
)
_ASKING = QUESTION_WORDS | frozenset(
    """
    אפשר מותר אסור צריך חייב חייבים ניתן יש אין כדאי מגיע מגיעים
    are can did do does for how is may must should what when where which who whom why will
    """.translate(FINALS).split()
)
"""What a question begins with that is more than another case of something."""
_TIMES = frozenset(
    """
    קיץ חורף אביב סתיו בוקר ערב לילה שבת חג ראשון שני שלישי רביעי חמישי שישי
    """.translate(FINALS).split()
)
_DAY = "יום".translate(FINALS)
_COMMON = 3500
"""A word in so many of 350,000 paragraphs (one in a hundred) says little of what a question is about."""
_FEW, _MOST_AFTER_OPENING = 2, 6
"""Telling words."""
_LONGEST_PHRASE = 3
_SHORTEST_PREFIXED = 3
_WORD = re.compile(r"[^\s?]+")
_PREPOSITIONS = frozenset("בלמ")


def leans(question: str) -> bool:
    """Whether a question may need the one before it to be understood.

    It begins as one that goes on ("and what about ..."), or it has two telling words or fewer and either points back
    (he, there, of them), goes on with "and", or is no more than two words.
    """
    words = written_words(question)
    telling = _telling(question)
    if _OPENING.match(question):
        return len(telling) <= _MOST_AFTER_OPENING
    points = _goes_on(question) or _points_back(question)
    return len(telling) <= _FEW and (len(words) <= _FEW or points)


def completed(question: str, before: Sequence[str]) -> tuple[str, ...]:
    """The question with what it leaves out, in at most three parts, of which `before` is what the last one came to.

    Another case of something is put in its place. Where none is found the question is one more part, after the first
    one and the last one that is a case itself: what was asked in between leaned on these too.
    """
    case = _case_in(question)
    for at in range(len(before) - 1, -1, -1):
        if case and (with_case := _replaced(before[at], case)):
            return (*before[:at], with_case)
    cases = [part for part in before[1:] if _case_in(part)] if not case else []  # two cases exclude each other
    return (*before[:1], *cases[-1:], clean(question).strip())


def _telling(text: str) -> set[str]:
    return {token for token in question_tokens(text) if min(frequency(token), frequency(strip_prefix(token))) < _COMMON}


def _goes_on(question: str) -> bool:
    """Whether the first word has "and" before it; a vav that belongs to the word has not."""
    first = (tokens(question) or [""])[0]
    rest = first.removeprefix("ו")
    return first != rest and (rest in _ASKING or strip_prefix(first) != first)


def _points_back(question: str) -> bool:
    pointing = points_back(question) and not (tokens(question) or [""])[0].startswith("ו")
    return pointing or not _ENGLISH_POINTERS.isdisjoint(tokens(question))


def _case_in(question: str) -> list[str]:
    """The words of a question that is no more than another case: "and what about X?", "and in X?"; else none."""
    text = clean(question).strip()
    opening = _OPENING.match(text)
    words = _WORD.findall(text[opening.end() :] if opening else text)
    if not opening and words and _goes_on(text):
        words[0] = words[0][1:]
    elif not opening:
        return []
    folded = [tokens(word) for word in words]
    asks = not words or any(each and each[0] in _ASKING for each in folded[:1])
    return [] if asks or len(words) > _LONGEST_PHRASE + 1 else words


def _replaced(before: str, case: Sequence[str]) -> str:
    """A question with another case in the place of the one it has; "" where that cannot be told."""
    places = list(_WORD.finditer(before))
    said = [place.group() for place in places]
    at = _same_kind(said, case)
    if at is None:
        return ""
    end = _end_of_phrase(said, at)
    new = " ".join(case)
    first, noun = _folded(said[at]), _forms(_folded(case[0]))
    if first[:1] in _PREPOSITIONS and not noun.isdisjoint(_forms(first[1:])) and case[0][:1] != first[:1]:
        new = first[0] + new
    if new.split() == said[at:end]:
        return ""
    return f"{before[: places[at].start()]}{new}{before[places[end - 1].end() :]}"


def _same_kind(said: Sequence[str], case: Sequence[str]) -> int | None:
    """Where the words say the noun of the case, or another time: a month, a season, a day."""
    forms, time = _forms(_folded(case[0])), _is_time(case)
    for at in range(len(said) - 1, -1, -1):
        word = _folded(said[at])
        same = not forms.isdisjoint(_forms(word))
        if time and _is_time(said[at : at + 2]):
            return at - (at > 0 and strip_prefix(_folded(said[at - 1])) == _DAY)
        if same and word not in QUESTION_WORDS:
            return at
    return None


def _forms(word: str) -> set[str]:
    """The possible stems of a word: what looks like a prefix may belong to it."""
    without = word[1:] if word[:1] in PREFIXES and len(word) > _SHORTEST_PREFIXED else word
    return {stem(word), *(fold_matres(strip_suffix(each)) for each in (word, without))} - {""}


def _is_time(words: Sequence[str]) -> bool:
    bare = [strip_prefix(_folded(word)) for word in words[:2]]
    months = {(tokens(month) or [""])[0] for month in MONTHS}
    return bool(bare) and (bare[0] in _TIMES | months or (bare[0] == _DAY and len(bare) > 1 and bare[1] in _TIMES))


def _end_of_phrase(said: Sequence[str], at: int) -> int:
    """Behind the noun and its modifiers: what follows it, up to a clause, or to a preposition behind a modifier."""
    end = at + 1
    while end < len(said) and end - at < _LONGEST_PHRASE:
        word = _folded(said[end])
        prefix = word[: len(word) - len(strip_prefix(word))]
        if word in QUESTION_WORDS or prefix.startswith(("ש", "ו")) or (prefix[:1] in _PREPOSITIONS and end > at + 1):
            break
        end += 1
    return end


def _folded(word: str) -> str:
    return (tokens(word) or [""])[0]
