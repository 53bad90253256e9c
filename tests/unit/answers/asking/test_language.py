import tomllib
from importlib.resources import files

import pytest

from answers.asking.language import language_of, phrase


@pytest.mark.parametrize(
    ("question", "language"),
    [
        ("כמה ימי חופשה?", "he"), ("מה זה ISO 14001 Environmental Management?", "he"), ("Microsoft Office", "he"),
        ("106", "he"), ("How many days of leave?", "en"), ("What does חל״ת mean?", "en"),
        ("كم يوم إجازة يستحق الموظف؟", "ar"), ("Сколько дней отпуска?", "ru"),
    ],
)  # fmt: skip
def test_the_language_of_a_question_is_told_by_its_words(question: str, language: str) -> None:
    """Names in other scripts do not decide; what nothing tells is Hebrew."""
    assert language_of(question) == language


def test_every_language_has_every_phrase() -> None:
    """With the same fields as the Hebrew one."""
    languages = tomllib.loads(files("answers").joinpath("prompts/phrases.toml").read_text(encoding="utf-8"))
    names = {frozenset(phrases) for phrases in languages.values()}
    assert len(names) == 1
    for name in next(iter(names)):
        fields = {phrase(name, language).count("{") for language in ("he", *languages)}  # type: ignore[arg-type]
        assert len(fields) == 1, name


def test_the_answer_is_asked_for_with_the_refusal_of_its_language() -> None:
    """So that it can be recognised."""
    for language in ("en", "ar", "ru"):
        assert phrase("refusal", language) in phrase("answer_in", language)  # type: ignore[arg-type]
