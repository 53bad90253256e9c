import re
from dataclasses import replace

import pytest

from answers.answer import Answer, Citation, Doubt
from indexes.page import Place
from webui.opinions import Opinion
from webui.screen.drawing import Beside, messages
from webui.texts import talk_texts, texts
from webui.turn import StoredTurn

ASKED = StoredTurn("q", "c", "user", 0.0, Answer("מתי?", finished=True))
CITATIONS = tuple(
    Citation(n, f"k{n}", "d", "m", "נוהל <1>", page, Place(), 0, 4, "מחר") for n, page in ((1, 2), (2, 2), (3, 5))
)
ANSWERED = StoredTurn("a", "c", "assistant", 0.0, Answer("מחר [1] או [2] או [3].", CITATIONS, finished=True))


def turn(of: StoredTurn, **said: object) -> StoredTurn:
    """The same turn, with something else said."""
    return replace(of, said=replace(of.said, **said))


def test_an_answer_without_a_word_says_that_it_is_searching() -> None:
    """Between the question and the first word there is a sentence, not an empty place."""
    drawn = messages([ASKED, turn(ANSWERED, text="", citations=(), finished=False)], Beside())
    assert texts.SEARCHING in drawn[1]["content"]


def test_a_question_on_english_keys_says_how_it_was_read() -> None:
    """What was typed stays, and under it stands what was searched for."""
    typed, plain = messages([turn(ASKED, text="fnv hnh jupav?"), ASKED], Beside())
    assert "fnv hnh jupav?" in typed["content"]
    assert texts.READ_AS.format(text="כמה ימי חופשה?") in typed["content"]
    assert "read-as" not in plain["content"]


def test_the_pages_behind_an_answer_stand_under_it_once_each() -> None:
    """Citations of the same page share a line; titles are escaped."""
    content = messages([ANSWERED], Beside())[0]["content"]
    sources = content[content.index('<ul class="sources"') :]
    assert sources.count("<li>") == 2
    assert "נוהל &lt;1&gt;, עמוד 2" in sources
    assert "/view/a/3" in sources


def test_the_printed_page_number_is_shown_where_there_is_one() -> None:
    """A page labelled iv is called iv."""
    labelled = turn(ANSWERED, citations=(replace(CITATIONS[0], place=Place(label="iv")),))
    assert "עמוד iv" in messages([labelled], Beside())[0]["content"]


def test_a_page_that_was_not_read_well_is_marked_under_the_answer() -> None:
    """The mark stands beside the page it is about, and beside no other."""
    content = messages([ANSWERED], Beside({("d", 5): "<סריקה>"}))[0]["content"]
    (mark,) = re.findall('עמוד 5</bdi> <span class="mark" [^>]*>([^<]*)<', content)
    assert mark == "&lt;סריקה&gt;"
    assert content.count('class="mark"') == 1


def test_only_the_last_answer_that_went_wrong_can_be_asked_again() -> None:
    """A problem is a sentence under the answer for good, and a button as long as nothing follows."""
    lost = turn(ANSWERED, problem="model_dropped")
    drawn = messages([ASKED, lost, ASKED, lost], Beside())
    assert [texts.PROBLEMS["model_dropped"] in message["content"] for message in drawn] == [False, True, False, True]
    assert ['class="retry"' in message["content"] for message in drawn] == [False, False, False, True]


def test_the_next_questions_stand_below_the_last_answer_alone() -> None:
    """They are buttons under a line that says what they are, and go with the next question."""
    suggesting = turn(ANSWERED, next_questions=("ולמי?", "ומתי <1>?"))
    last = messages([ASKED, suggesting], Beside())[-1]["content"]
    assert re.findall('data-act="ask"[^>]*>([^<]*)<', last) == ["ולמי?", "ומתי &lt;1&gt;?"]
    assert texts.ASK_NEXT in last
    before = messages([ASKED, suggesting, ASKED, ANSWERED], Beside())[1]["content"]
    assert 'data-act="ask"' not in before
    assert texts.ASK_NEXT not in before


def test_what_can_be_done_stands_below_questions_and_finished_answers() -> None:
    """A question can be edited; a finished answer copied, asked for again, rated and saved; a growing one nothing."""
    asked, answered = (message["content"] for message in messages([ASKED, ANSWERED], Beside()))
    assert re.findall('data-act="([^"]+)" data-turn="q"', asked) == ["edit"]
    assert re.findall('data-act="([^"]+)" data-turn="a"', answered) == ["copy", "again", "good", "bad", "copy-text"]
    assert re.findall('href="(/export/[^"]+)"', answered) == [
        f"/export/turn/a.{kind}" for kind in ("docx", "pdf", "md")
    ]
    (growing,) = messages([turn(ANSWERED, finished=False)], Beside())
    assert "data-act" not in growing["content"]
    (empty,) = messages([turn(ANSWERED, text="", citations=(), problem="stopped")], Beside())
    assert re.findall('class="tool" data-act="([^"]+)"', empty["content"]) == ["again"]


@pytest.mark.parametrize(("good", "pressed"), [(True, ["true", "false"]), (False, ["false", "true"])])
def test_what_was_said_of_an_answer_stands_on_its_buttons(good: bool, pressed: list[str]) -> None:
    """The button of the opinion is pressed, the other one is not."""
    opinion = Opinion("a", "m", good, (), "", 0.0)
    content = messages([ASKED, ANSWERED], Beside(opinions={"a": opinion}))[1]["content"]
    assert re.findall('aria-pressed="([^"]+)"', content) == pressed


def test_the_way_between_branches_leads_to_both_sides() -> None:
    """Of three answers the middle one leads to the first and the last; one alone has no way."""
    second = replace(ANSWERED, siblings=("x", "a", "z"))
    content = messages([ASKED, second], Beside())[1]["content"]
    assert re.findall('data-act="branch" data-turn="([^"]*)"', content) == ["x", "z"]
    assert talk_texts.BRANCH.format(number=2, total=3) in content
    first = messages([replace(ASKED, siblings=("q", "r")), ANSWERED], Beside())
    assert re.findall('data-act="branch" data-turn="([^"]*)"[^>]*( disabled)?>', first[0]["content"])[0][0] == ""
    assert "branch" not in first[1]["content"]


def test_earlier_messages_are_offered_above_the_first() -> None:
    """Where there are messages before the first that is drawn, a button brings them."""
    drawn = messages([ASKED, ANSWERED], Beside(earlier=True))
    assert drawn[0]["content"].startswith('<div class="earlier"><button type="button" data-act="earlier">')
    assert "earlier" not in drawn[1]["content"]


def test_a_problem_without_a_sentence_of_its_own_is_still_explained() -> None:
    """A code that nobody has written a sentence for shows the general one."""
    assert texts.PROBLEM_UNKNOWN in messages([turn(ANSWERED, problem="new_code")], Beside())[0]["content"]


def test_a_quotation_is_not_read_as_markdown() -> None:
    """Words of a document are shown as they stand there, under a line that says they are quotations."""
    drawn = messages([turn(ANSWERED, mode="quoted", text="* כוכבית *בשורה* [1]")], Beside())[0]["content"]
    assert drawn.startswith('<div class="quotes"><blockquote dir="rtl"><p dir="rtl">* כוכבית *בשורה*<a class="cite"')


def test_nothing_that_strangers_wrote_begins_a_block_of_its_own() -> None:
    """After an empty line Gradio would read Markdown, with its images and links: there is none in what is quoted."""
    many = replace(
        CITATIONS[0], title="א\n\n![x](//evil)", place=Place(label="ב\n\n[x](//evil)"), quote="ג\n\n![x](//evil)"
    )
    doubt = Doubt(0, 5, ("3\n\n![x](//evil)",))
    said = turn(
        ANSWERED, citations=(many,), doubts=(doubt,), verified=0.5, searched="ד\r\n\r\n![x](//evil)",
        thoughts="ה\n\n![x](//evil)", next_questions=("ו\n\n![x](//evil)",),
    )  # fmt: skip
    for message in messages([turn(ASKED, text="fnv hnh\n\n![jupav](qq)"), said], Beside()):
        assert all(
            re.match("<(?:p|div|ul|details)[ >]", block)
            for block in re.split(r"[\r\n]\s*[\r\n]\s*", message["content"])
        )
