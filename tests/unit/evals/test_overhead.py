import pytest

from evals.overhead import Twice, table


def test_the_table_says_medians_and_the_medians_of_the_differences() -> None:
    """An answer that was slow both ways changes neither difference nor share; the search is no part of them."""
    done = [
        Twice(raw_first=0.010, raw_total=1.0, first=0.020, written=1.02, total=1.03, retrieval=0.5),
        Twice(raw_first=0.012, raw_total=2.0, first=0.030, written=2.02, total=2.06, retrieval=0.5),
        Twice(raw_first=0.900, raw_total=9.0, first=0.930, written=9.09, total=9.27, retrieval=0.5),
    ]
    rows = table(done)
    assert rows["first token"]["raw_ms"] == pytest.approx(12)
    assert rows["first token"]["darash_ms"] == pytest.approx(30)
    assert rows["first token"]["more_ms"] == pytest.approx(18)
    assert rows["last token"]["more_percent"] == pytest.approx(1)
    assert rows["finished answer"]["more_percent"] == pytest.approx(3)
    assert rows["finished answer"]["more_ms"] == pytest.approx(60)
    assert rows["last token"]["low_percent"] == pytest.approx(1)
    assert rows["last token"]["high_percent"] == pytest.approx(2)
