from dataclasses import replace

from answers.answer import Answer, Citation
from indexes.page import Place
from webui.conversations import Conversation, StoredTurn
from webui.screen.drawing import conversation_list, messages
from webui.texts import texts

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
    drawn = messages([ASKED, turn(ANSWERED, text="", citations=(), finished=False)], {})
    assert texts.SEARCHING in drawn[1]["content"]


def test_a_question_on_english_keys_says_how_it_was_read() -> None:
    """What was typed stays, and under it stands what was searched for."""
    typed, plain = messages([turn(ASKED, text="fnv hnh jupav?"), ASKED], {})
    assert "fnv hnh jupav?" in typed["content"]
    assert texts.READ_AS.format(text="כמה ימי חופשה?") in typed["content"]
    assert "read-as" not in plain["content"]


def test_the_pages_behind_an_answer_stand_under_it_once_each() -> None:
    """Citations of the same page share a line; titles are escaped."""
    content = messages([ANSWERED], {})[0]["content"]
    sources = content[content.index('<ul class="sources"') :]
    assert sources.count("<li>") == 2
    assert "נוהל &lt;1&gt;, עמוד 2" in sources
    assert "/view/a/3" in sources


def test_the_printed_page_number_is_shown_where_there_is_one() -> None:
    """A page labelled iv is called iv."""
    labelled = turn(ANSWERED, citations=(replace(CITATIONS[0], place=Place(label="iv")),))
    assert "עמוד iv" in messages([labelled], {})[0]["content"]


def test_a_page_that_was_not_read_well_is_marked_under_the_answer() -> None:
    """The mark stands beside the page it is about, and beside no other."""
    content = messages([ANSWERED], {("d", 5): "<סריקה>"})[0]["content"]
    assert 'עמוד 5 <span class="mark">&lt;סריקה&gt;</span></li>' in content
    assert content.count('class="mark"') == 1


def test_only_the_last_answer_that_went_wrong_can_be_asked_again() -> None:
    """A problem is a sentence under the answer for good, and a button as long as nothing follows."""
    lost = turn(ANSWERED, problem="model_dropped")
    drawn = messages([ASKED, lost, ASKED, lost], {})
    assert [texts.PROBLEMS["model_dropped"] in message["content"] for message in drawn] == [False, True, False, True]
    assert ["options" in message for message in drawn] == [False, False, False, True]


def test_the_next_questions_stand_below_the_last_answer_alone() -> None:
    """They are buttons under a line that says what they are, and go with the next question."""
    suggesting = turn(ANSWERED, next_questions=("ולמי?", "ומתי?"))
    last = messages([ASKED, suggesting], {})[-1]
    assert last["options"] == [{"value": one, "label": one} for one in ("ולמי?", "ומתי?")]
    assert texts.ASK_NEXT in last["content"]
    before = messages([ASKED, suggesting, ASKED, ANSWERED], {})[1]
    assert "options" not in before
    assert texts.ASK_NEXT not in before["content"]


def test_a_problem_without_a_sentence_of_its_own_is_still_explained() -> None:
    """A code that nobody has written a sentence for shows the general one."""
    assert texts.PROBLEM_UNKNOWN in messages([turn(ANSWERED, problem="new_code")], {})[0]["content"]


def test_a_quotation_is_not_read_as_markdown() -> None:
    """Words of a document are shown as they stand there, under a line that says they are quotations."""
    drawn = messages([turn(ANSWERED, mode="quoted", text="* כוכבית *בשורה* [1]")], {})[0]["content"]
    assert drawn.startswith('<div class="quotes"><blockquote><p dir="rtl">* כוכבית *בשורה*<a class="cite"')


def test_the_list_marks_the_open_conversation_and_escapes_titles() -> None:
    """Every conversation is a link to its address; the open one is marked."""
    listed = conversation_list([Conversation("1", "a", "<b>אחת</b>", 0, 0), Conversation("2", "a", "", 0, 0)], "2")
    assert '<li><a class="conversation" href="/?c=1"' in listed
    assert '<li class="current"><a class="conversation" href="/?c=2"' in listed
    assert "<b>" not in listed
    assert texts.UNTITLED in listed


def test_an_empty_list_says_what_will_be_there() -> None:
    """Before the first question the side says that conversations will appear."""
    assert texts.NO_CONVERSATIONS in conversation_list([], "")
