"""A question that leans on the conversation becomes one that stands alone: by the model, else by rules.

Knows no index. What it makes is searched and shown; the model is asked with the conversation beside the question.
"""

from collections.abc import Sequence

from answers.answer import Turn
from answers.asking.short import said
from answers.serving.model import Model
from answers.writing import Capacity
from hebrew.ellipsis import completed, leans
from hebrew.folding import stem
from hebrew.normalise import clean
from hebrew.tokens import question_tokens

_LAST_TURNS = 6
_LONGEST_TURN = 400
"""Characters of an earlier turn that are looked at."""
_MOST_TOKENS = 120
_SECONDS = 6.0
_MOST_WORDS = 30
_MOST_OWN = 0.34
"""The share of telling words that a rewritten question may have from nowhere: a function word, another form."""


async def standalone(question: str, turns: Sequence[Turn], model: Model | None, capacity: Capacity | None) -> str:
    """The question as it is where it stands alone, which most do and which costs nothing; else made whole."""
    if not leans(question) or not any(turn.role == "user" for turn in turns):
        return question
    return await by_model(question, turns, model, capacity) if model and capacity else by_rules(question, turns)


def by_rules(question: str, turns: Sequence[Turn]) -> str:
    """The question with what it leaves out, from the questions before it, which may lean on others themselves."""
    parts: tuple[str, ...] = ()
    for asked in (*(turn.text for turn in turns if turn.role == "user"), question):
        parts = completed(asked, parts) if parts and leans(asked) else (clean(asked).strip(),)
    return " ".join(parts)


async def by_model(question: str, turns: Sequence[Turn], model: Model, capacity: Capacity) -> str:
    """The question as the model understands it; by rules where it says nothing that belongs to the conversation."""
    recent = [f"- {turn.text[:_LONGEST_TURN]}" for turn in turns[-_LAST_TURNS:]]
    written = await said(
        "standalone", model, capacity, _MOST_TOKENS, _SECONDS, turns="\n".join(recent), question=question
    )
    return _sensible(written, question, turns) or by_rules(question, turns)


def _sensible(written: str, question: str, turns: Sequence[Turn]) -> str:
    """What the model wrote as one line, if it is a question about what the conversation is about; else ""."""
    line = " ".join((written.splitlines() or [""])[0].split()).strip("\"'\u201c\u201d- ")
    there = {stem(token) for text in (question, *(turn.text for turn in turns)) for token in question_tokens(text)}
    used = [stem(token) for token in question_tokens(line)]
    foreign = sum(each not in there for each in used)
    before = {stem(token) for turn in turns for token in question_tokens(turn.text)}
    fits = 0 < len(line.split()) <= _MOST_WORDS and foreign <= _MOST_OWN * len(used) and not before.isdisjoint(used)
    return line if fits else ""
