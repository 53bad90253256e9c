"""The parts of the guard that need no Gradio."""

import pytest

from webui.gradio_guard import names_a_file
from webui.gradio_page import rewritten

PAGE = (
    '<!doctype html><html\n\tlang="en" style="x"><head><meta property="og:image" content="https://x.example/a.jpg" />'
    '<meta name="twitter:card" content="y"/><link rel="preconnect" href="https://fonts.example" />'
    "<script>window.gradio_config = {};</script><script>s.src='js/iframeResizer.contentWindow.min.js'</script>"
    '<script src="https://cdn.example/x.js"></script><script type="module" src="./assets/a.js"></script></head></html>'
)


@pytest.mark.parametrize(
    "value",
    [
        {"path": "/etc/passwd", "meta": {"_type": "gradio.FileData"}},
        {"data": [[{"role": "user", "content": [{"type": "file", "file": {"path": "/etc/passwd"}}]}]]},
        {"data": [{"meta": {"_type": "gradio.FileData"}}]},
        {"event_data": {"files": [{"path": "x"}]}},
    ],
)
def test_a_file_is_found_however_deep(value):
    """An object with a path, or marked as FileData, is found at any depth."""
    assert names_a_file(value)


def test_a_question_names_no_file():
    """Words about paths are only words."""
    assert not names_a_file(
        {"data": ["path: /etc/passwd", None, 3], "event_data": {"index": 0, "value": {"text": "path"}}}
    )


def test_the_page_is_hebrew_and_names_no_other_host():
    """The rewritten page is right to left, brings our scripts, and nothing in it names another host."""
    page = rewritten(PAGE, "n0nce")
    assert '<html lang="he" dir="rtl" style="x">' in page
    assert "/static/screen.js" in page
    assert "https://" not in page
    assert "iframeResizer" not in page


def test_every_script_carries_the_nonce():
    """A script without the nonce would not run."""
    page = rewritten(PAGE, "n0nce")
    assert page.count("<script") == page.count('<script nonce="n0nce"') == 3
