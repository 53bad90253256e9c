"""What places in documents are called."""

import pytest

from indexes.page import Place
from webui.place import place_text, source_text


@pytest.mark.parametrize(
    ("place", "page", "called"),
    [
        (Place(), 4, "עמוד 4"),
        (Place(label="iv"), 4, "עמוד iv"),
        (Place("slide"), 3, "שקף 3"),
        (Place("slide", "7"), 3, "שקף 7"),
        (Place("sheet", "תעריפים", 12), 2, "גיליון תעריפים, שורה 12"),
        (Place("sheet", "", 12), 1, "שורה 12"),
        (Place("sheet", "תעריפים"), 2, "גיליון תעריפים"),
        (Place("sheet"), 2, "גיליון 2"),
        (Place("message", "דנה כהן, 3.2.2026"), 1, "הודעה מאת דנה כהן, 3.2.2026"),
        (Place("message"), 1, "הודעה"),
        (Place("text"), 1, ""),
        (Place("text", "פרק ב"), 2, "פרק ב"),
    ],
)
def test_a_place_is_called_what_people_call_it(place: Place, page: int, called: str) -> None:
    """The number printed on the page, the sheet with its row, the sender; a text without places has none."""
    assert place_text(place, page) == called


def test_a_source_is_its_title_and_the_place_in_it() -> None:
    """A text without places is called by its title alone."""
    assert source_text("נוהל", Place(), 2) == "נוהל, עמוד 2"
    assert source_text("נוהל", Place("text"), 1) == "נוהל"


def test_a_name_from_a_file_cannot_turn_the_line_around() -> None:
    """Direction controls and line ends that a file put into a title or a label do not reach the screen."""
    assert source_text("נוהל\u202e\n", Place("sheet", "\u2067א\u202e", 3), 1) == "נוהל, גיליון א, שורה 3"
