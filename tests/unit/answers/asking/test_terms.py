from collections.abc import Callable

import pytest

from answers.asking.terms import official_terms, terms_in, used
from answers.errors import ModelSlow
from answers.writing import capacity_of
from indexes.chunk import Hit
from tests.scripted_model import ScriptedModel

pytestmark = pytest.mark.anyio

QUESTION = "פיטרו אותי, מגיע לי כסף?"


@pytest.mark.parametrize(
    "written",
    [
        "פיטרו = סיום העסקה\nכסף = פיצויי פיטורים",
        "- פיטרו: סיום העסקה\n- כסף: פיצויי פיטורים.",
        'Sure: {"פיטרו": "סיום העסקה", "כסף": ["פיצויי פיטורים"]}',
        '["פיטרו: סיום העסקה",\n "כסף: פיצויי פיטורים"]',
        "1. **פיטרו** = סיום העסקה\n2. **כסף** = \u05f4פיצויי פיטורים\u05f4",
        "פיטרו \u2190 סיום העסקה\nכסף \u2014 פיצויי פיטורים",
    ],
)
def test_terms_are_read_however_the_model_writes_them(written: str) -> None:
    """Lines, lists and JSON come to the same pairs."""
    assert terms_in(written, QUESTION) == (("פיטרו", "סיום העסקה"), ("כסף", "פיצויי פיטורים"))


def test_several_terms_of_one_word_are_several_pairs() -> None:
    """Whether commas or "or" stand between them."""
    assert terms_in("פיטרו = סיום העסקה, הפסקת עבודה או פיטורין", QUESTION) == (
        ("פיטרו", "סיום העסקה"), ("פיטרו", "הפסקת עבודה"), ("פיטרו", "פיטורין"),
    )  # fmt: skip


def test_what_is_no_term_is_left_out() -> None:
    """The question's own words, explanations, and noise."""
    assert terms_in("", QUESTION) == ()
    assert terms_in("כסף = כסף\nפיטרו = פיטרו", QUESTION) == ()
    assert terms_in("כסף = זה תלוי בהרבה מאוד דברים שונים שיש לבדוק", QUESTION) == ()
    assert len(terms_in("\n".join(f"כסף = מונח{number}" for number in range(50)), QUESTION)) == 8


def test_a_term_without_a_word_goes_with_the_rarest_word() -> None:
    """It still stands beside a word of the question, and never for all of it."""
    assert terms_in("פיצויי פיטורים", QUESTION) == (("פיטרו", "פיצויי פיטורים"),)


async def test_a_model_that_fails_gives_no_terms() -> None:
    """The search goes on without."""
    model = ScriptedModel(official_terms=["פיטרו = סיום", ModelSlow("too slow")])
    assert await official_terms(QUESTION, model, await capacity_of(model, 0)) == ()


async def test_a_model_that_thinks_first_is_not_asked() -> None:
    """It would not be done before the person lost patience."""
    model = ScriptedModel(official_terms="כסף = פיצויים", name="DictaLM-3.0-24B-Thinking")
    assert await official_terms(QUESTION, model, await capacity_of(model, 0)) == ()
    assert model.asked == []


def test_only_terms_that_stand_in_a_hit_were_of_use(hit: Callable[..., Hit]) -> None:
    """In any form of their words; those of two hits together do not count."""
    hits = [hit("זכאות לפיצויי הפיטורים."), hit("סיום.", name="2"), hit("העסקה.", name="3")]
    assert used([("כסף", "פיצויי פיטורים"), ("פיטרו", "סיום העסקה")], hits) == ("פיצויי פיטורים",)
