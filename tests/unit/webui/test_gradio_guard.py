"""The parts of the guard that need no Gradio."""

import pytest

from webui.gradio_guard import names_a_file
from webui.gradio_page import rewritten

PAGE = (
    '<!doctype html><html\n\tlang="en" style="x"><head><meta property="og:image" content="https://x.example/a.jpg" />'
    '<meta name="twitter:card" content="y"/><link rel="preconnect" href="https://fonts.example" /><base href="./" />'
    "<script>window.gradio_config = {};</script><script>s.src='js/iframeResizer.contentWindow.min.js'</script>"
    '<script src="https://cdn.example/x.js"></script><script type="module" src="./assets/a.js"></script></head>'
    "<body class='x'><gradio-app></gradio-app></body></html>"
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


def surrounded(head: str, gradio: str) -> str:
    """The smallest page of ours."""
    return f"<html><head>{head}</head><body><main>{gradio}</main></body></html>"


def test_the_page_is_ours_and_names_no_other_host():
    """Gradio's element and script stand in our page; what names another host, and a base for addresses, is gone."""
    page = rewritten(PAGE, "n0nce", surrounded)
    assert page.endswith("<main><gradio-app></gradio-app></main></body></html>")
    assert "./assets/a.js" in page
    assert [part for part in ("https://", "iframeResizer", "<base", "<meta") if part in page] == []


def test_every_script_carries_the_nonce():
    """A script without the nonce would not run."""
    page = rewritten(PAGE, "n0nce", surrounded)
    assert page.count("<script") == page.count('<script nonce="n0nce"') == 2


def test_a_page_without_a_body_is_a_defect():
    """Another version of Gradio, whose page is made otherwise, is noticed instead of sent as it is."""
    with pytest.raises(ValueError, match="no head or no body"):
        rewritten("<html></html>", "n0nce", surrounded)
