"""The scripts and styles of our pages, as they are sent."""

import gzip
import re

import pytest
from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.testclient import TestClient

from webui.pages import static_files


@pytest.fixture
def client() -> TestClient:
    """An app with nothing but these files."""
    return TestClient(Starlette(routes=[Mount("/static", static_files.serve)]))


def test_what_has_a_version_is_kept_for_ever_and_what_has_none_is_asked_for(client: TestClient) -> None:
    """The address that a page names never changes its content; others may, also one from before an upgrade."""
    named = client.get(static_files.address("dom.js"))
    assert named.headers["cache-control"] == static_files.FOREVER
    assert named.headers["content-type"].startswith("text/javascript")
    for address in ("/static/dom.js", "/static/0123456789ab/dom.js"):
        assert client.get(address).headers["cache-control"] == static_files.ASK_AGAIN
        assert client.get(address).text == named.text


def test_files_that_are_not_there_are_not_found(client: TestClient) -> None:
    """Neither another name nor a way out of the folder finds anything."""
    for path in ("/static/none.js", "/static/", "/static/x/../../shell.py", "/static/%2e%2e/shell.py"):
        assert client.get(path).status_code == 404
    assert client.post(static_files.address("dom.js")).status_code == 404


def test_text_is_sent_compressed_to_whoever_takes_it(client: TestClient) -> None:
    """A script comes in gzip or plain, the same either way; letters are compressed already and come as they are."""
    address = static_files.address("screen.css")
    squeezed = client.get(address, headers={"accept-encoding": "gzip"})
    plain = client.get(address, headers={"accept-encoding": "identity"})
    assert squeezed.headers["content-encoding"] == "gzip"
    assert "content-encoding" not in plain.headers
    assert squeezed.content == plain.content
    assert len(gzip.compress(plain.content)) < len(plain.content) / 3
    letters = client.get(static_files.address("assistant-hebrew.woff2"), headers={"accept-encoding": "gzip"})
    assert "content-encoding" not in letters.headers
    assert letters.headers["content-type"] == "font/woff2"


def test_a_style_sheet_brings_those_it_imports_and_names_this_version(client: TestClient) -> None:
    """One request brings the styles of a page: nothing is left to import, and each file it names is there."""
    style = client.get(static_files.address("screen.css")).text
    assert "@import" not in style
    assert "--paper:" in style
    named = set(re.findall(r'url\("(/[^"]+)"\)', style))
    assert named
    for address in named:
        assert client.get(address).headers["cache-control"] == static_files.FOREVER


def test_a_script_comes_with_all_that_it_imports(client: TestClient) -> None:
    """One request brings the scripts of a page: nothing is left to import, and each part stands in it once."""
    script = client.get(static_files.address("screen.js")).text
    assert re.findall(r"^(?:import|export)\b.*", script, re.MULTILINE) == []
    parts = re.findall(r"^const (part_\w+) = ", script, re.MULTILINE)
    assert "part_dom" in parts
    assert len(parts) == len(set(parts))
    for used in re.finditer(r"^const \{.*\} = (part_\w+);$", script, re.MULTILINE):
        assert script.index(f"const {used[1]} = ") < used.start()
