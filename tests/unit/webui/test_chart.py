"""Where the bars of a chart stand."""

import pytest

from webui.pages.chart import Column, chart

COLUMNS = [Column("א", (3, 1)), Column("ב", (0, 0)), Column("ג", (0, 2))]


def test_bars_stand_on_each_other_and_on_the_ground() -> None:
    """Parts touch, the lowest stands on the ground, and heights are to the scale, whose top is even."""
    drawn = chart(COLUMNS, mirrored=False)
    assert drawn.top == 4
    first, empty, last = drawn.bars
    low, high = first.shapes
    assert (low.part, low.y, low.height) == (0, 25.0, 75.0)
    assert (high.part, high.y, high.height) == (1, 0.0, 25.0)
    assert empty.shapes == ()
    assert [(shape.part, shape.y + shape.height) for shape in last.shapes] == [(1, 100.0)]


@pytest.mark.parametrize("mirrored", [False, True])
def test_time_begins_where_reading_does(mirrored: bool) -> None:
    """The first bar is the rightmost one of a chart in Hebrew, and the leftmost one in English; none is outside."""
    bars = chart(COLUMNS, mirrored=mirrored).bars
    places = [bar.x for bar in bars]
    assert places == sorted(places, reverse=mirrored)
    assert all(bar.x >= 0 and bar.x + bar.width <= 100.01 for bar in bars)
    assert all(bar.x < shape.x and shape.x + shape.width < bar.x + bar.width for bar in bars for shape in bar.shapes)


@pytest.mark.parametrize(("most", "top"), [(0, 2), (1, 2), (2, 2), (3, 4), (5, 10), (11, 20), (41, 100), (101, 200)])
def test_the_scale_ends_at_a_round_number(most: int, top: int) -> None:
    """And holds the highest bar."""
    assert chart([Column("", (most,))], mirrored=False).top == top


def test_a_chart_of_nothing_has_no_bars() -> None:
    """No columns are no error."""
    assert chart([], mirrored=True).bars == ()
