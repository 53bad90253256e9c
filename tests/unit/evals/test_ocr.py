"""The scans that OCR is measured on, and the table."""

import numpy as np
from PIL import Image, ImageChops, ImageDraw

from evals.extraction import Score
from evals.ocr import Reading, scan, table


def test_a_scan_is_grey_crooked_and_always_the_same() -> None:
    """Paper is not white, straight lines slant, and the same seed gives the same dots."""
    page = Image.new("RGB", (400, 300), "white")
    ImageDraw.Draw(page).line((0, 150, 400, 150), fill="black", width=3)
    first, again, other = (scan(page, np.random.default_rng(seed)) for seed in (3, 3, 4))
    dots = np.asarray(first)
    assert 230 < dots[:50].mean() < 250
    assert dots[:, 20].argmin() != dots[:, 380].argmin()
    assert ImageChops.difference(first, again).getbbox() is None
    assert ImageChops.difference(first, other).getbbox() is not None


def test_the_table_shows_every_kind_and_the_mean() -> None:
    """Errors and words are means over files, seconds are per page."""
    readings = {
        "plain": {"a": Reading(Score(0.01, 0.98), 2, 4.0), "b": Reading(Score(0.03, 0.96), 1, 2.0)},
        "tables": {"a": Reading(Score(0.05, 0.9), 1, 1.0)},
    }
    lines = [line.split() for line in table(readings)]
    assert ["plain", "mean", "3", "2.0%", "97.0%", "2.0"] in lines
    assert ["tables", "a", "1", "5.0%", "90.0%", "1.0"] in lines
    assert lines[-1] == ["all", "mean", "4", "3.0%", "94.7%", "1.8"]
