from collections.abc import Callable

import pytest

from answers.quoting.asked import understood
from answers.quoting.choice import chosen
from answers.quoting.features import read
from answers.quoting.scoring import Candidate
from indexes.chunk import Hit


@pytest.fixture
def rated(hit: Callable[..., Hit]) -> Callable[..., list[Candidate]]:
    """Candidates of passages, with the probability of each sentence."""

    def make(*passages: tuple[str, list[float]]) -> list[Candidate]:
        hits = [hit(text, name=str(at)) for at, (text, _) in enumerate(passages)]
        read_all = read(understood("מה נקבע בישיבה?"), hits)
        every = [
            Candidate(sentence, made, probability)
            for made, sentences, (_, shares) in zip(hits, read_all, passages, strict=True)
            for sentence, probability in zip(sentences, shares, strict=True)
        ]
        return sorted(every, key=lambda each: -each.probability)

    return make


def texts(candidates: list[Candidate]) -> list[str]:
    return [quote.hit.chunk.text[quote.start : quote.end].strip() for quote in chosen(candidates)]


ONE = "הישיבה נפתחה בשעה שמונה בערב. המועצה קבעה שכר חדש לעובדים. הגזבר הציג את התקציב השנתי. הישיבה ננעלה לאחר שעה."


def test_a_sure_sentence_stands_alone(rated: Callable[..., list[Candidate]]) -> None:
    """Nothing is added to what holds the answer in all likelihood."""
    assert texts(rated((ONE, [0.01, 0.97, 0.01, 0.01]))) == ["המועצה קבעה שכר חדש לעובדים."]


def test_the_best_first_then_its_source_in_order_neighbours_joined(rated: Callable[..., list[Candidate]]) -> None:
    """What goes on from the best sentence is one quote with it."""
    assert texts(rated((ONE, [0.1, 0.4, 0.2, 0.1]))) == [
        "המועצה קבעה שכר חדש לעובדים. הגזבר הציג את התקציב השנתי. הישיבה ננעלה לאחר שעה.",
        "הישיבה נפתחה בשעה שמונה בערב.",
    ]


def test_other_sources_come_after(rated: Callable[..., list[Candidate]]) -> None:
    """Also where one of their sentences is likelier than the second one of the first source."""
    other = ("התקציב אושר פה אחד בידי חברי הוועדה.", [0.3])
    assert texts(rated((ONE, [0.2, 0.4, 0.0, 0.0]), other)) == [
        "המועצה קבעה שכר חדש לעובדים.",
        "הישיבה נפתחה בשעה שמונה בערב.",
        other[0],
    ]


def test_at_most_five_sentences_from_three_sources(rated: Callable[..., list[Candidate]]) -> None:
    """However unsure all of them are."""
    pages = [(f"משפט ראשון על {name} ועוד דברים. משפט נוסף על {name} ועל אחרים.", [0.1, 0.1]) for name in "אבגדה"]
    quotes = chosen(rated(*pages))
    assert len({quote.hit.chunk.id for quote in quotes}) <= 3
    assert sum(quote.hit.chunk.text[quote.start : quote.end].count(".") for quote in quotes) <= 5


def test_nothing_is_said_twice(rated: Callable[..., list[Candidate]]) -> None:
    """A copy in another document is left out."""
    copy = ("המועצה קבעה שכר חדש לעובדים.", [0.4])
    assert texts(rated((ONE, [0.0, 0.45, 0.0, 0.0]), copy)) == [copy[0]]


def test_nothing_to_choose_from() -> None:
    """No candidates, no quotes."""
    assert chosen([]) == []


FEES = "שירות | יחידה | מחיר\nצהרון בגן ילדים | לחודש | 1,015\nצהרון בבית ספר | לחודש | 935\nליווי | לנסיעה | 70"


def row_texts(question: str, hit: Callable[..., Hit], *shares: float) -> list[str]:
    made = hit(FEES)
    (sentences,) = read(understood(question), [made])
    every = [Candidate(each, made, share) for each, share in zip(sentences, shares, strict=True)]
    return texts(sorted(every, key=lambda each: -each.probability))


def test_a_row_that_has_less_of_the_question_is_not_quoted_beside_a_better_one(hit: Callable[..., Hit]) -> None:
    """What the neighbours of a row say of other things is no part of the answer."""
    assert row_texts("כמה עולה צהרון בגן?", hit, 0.0, 0.6, 0.2, 0.1) == ["צהרון בגן ילדים | לחודש | 1,015"]


def test_rows_that_each_have_something_of_the_question_are_quoted(hit: Callable[..., Hit]) -> None:
    """As where two are compared."""
    both = "צהרון בגן ילדים | לחודש | 1,015\nצהרון בבית ספר | לחודש | 935"
    assert row_texts("מה מחיר צהרון בגן וצהרון בבית ספר?", hit, 0.0, 0.5, 0.4, 0.05) == [both]
