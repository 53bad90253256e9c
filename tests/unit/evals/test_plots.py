import pytest

from evals.plots import HEIGHT, WIDTH, dot, line, scale, ticks
from evals.resampling import Interval


@pytest.mark.parametrize(
    ("values", "ends"),
    [([81.2, 95.3], (80, 100)), ([0, 3], (0, 10)), ([100, 100], (90, 100)), ([40, 40], (40, 50)), ([0, 0], (0, 10))],
)
def test_an_axis_holds_its_values(values, ends):
    """Its ends are whole tens within 0 and 100, never equal."""
    assert scale(values) == ends


def test_marks_stand_where_their_values_are():
    """From one end of the axis to the other."""
    assert [(tick.at, tick.label) for tick in ticks((80.0, 100.0), 200)] == [(0, "80"), (100, "90"), (200, "100")]
    placed = dot(90.0, Interval(85.0, 100.0), (80.0, 100.0))
    assert (placed.low, placed.at, placed.high) == (WIDTH / 4, WIDTH / 2, WIDTH)


def test_a_line_rises_with_its_values():
    """In SVG the highest value has the smallest y."""
    assert line([80.0, 90.0, 100.0], (80.0, 100.0)) == f"0.0,{HEIGHT}.0 {WIDTH / 2},{HEIGHT / 2} {WIDTH}.0,0.0"
