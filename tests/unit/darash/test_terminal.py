"""What every command does on the terminal."""

import json
import logging

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from darash import app
from darash.terminal import _PlainLines, plain, plain_json


@given(st.text())
def test_json_stays_the_same_data(text: str) -> None:
    """Only how it is written changes; what commands a terminal is not in it as it is."""
    printed = plain_json(json.dumps(text, ensure_ascii=False))
    assert json.loads(printed) == text
    assert plain(printed) == printed


def test_text_keeps_its_lines_and_letters() -> None:
    """Ends of lines, tabs, niqqud, direction marks and joined emoji are no commands."""
    text = "שׁ\u05b8לום\t(1)\n\u200fab\U0001f469\u200d\U0001f467"
    assert plain(text) == text


def test_a_log_line_is_plain() -> None:
    """The reason of an error is often what a server said."""
    record = logging.LogRecord("answers", logging.WARNING, "", 1, "%s", ("a\x1b[2J\u202eb",), None)
    assert _PlainLines("%(message)s").format(record) == "a[2Jb"


@pytest.mark.parametrize(
    ("name", "value", "command"),
    [
        ("MODEL_PARALLEL", "abc", ["ask", "?"]),
        ("MODEL_URL", "foo", ["doctor"]),
        ("MODEL_URL", "http://a b", ["ask", "?"]),
        ("PORT", "0", ["serve"]),
        ("PUBLIC_URL", "x", ["serve"]),
    ],
)
def test_a_wrong_setting_is_named(name: str, value: str, command: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Which variable it is, and no traceback, with the exit code of a wrong option."""
    monkeypatch.setenv(f"DARASH_{name}", value)
    result = CliRunner().invoke(app, command)
    assert result.exit_code == 2
    assert result.stderr.startswith(f"darash: DARASH_{name}: ")
    assert len(result.stderr.splitlines()) == 1
