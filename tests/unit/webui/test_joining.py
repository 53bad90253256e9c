"""Scripts and style sheets in one piece with what they import."""

import pytest

from webui.pages.joining import joined_script, joined_style


def test_a_style_sheet_holds_what_it_imports_in_place_of_the_line() -> None:
    """The order of the rules stays as if the browser had followed the imports."""
    sources = {
        "a.css": '@import url("/static/b.css");\na {}\n',
        "b.css": '@import url("/static/c.css");\nb {}\n',
        "c.css": "c {}\n",
    }
    assert joined_style("a.css", sources) == "c {}\nb {}\na {}\n"


def test_a_script_holds_what_it_imports_before_itself_and_once() -> None:
    """Names are taken from the parts, also under another name; what two parts need stands there once."""
    sources = {
        "a.js": 'import { b } from "/static/b.js";\nimport {\n  c as d,\n  e,\n} from "/static/c.js";\nb(d, e);\n',
        "b.js": 'import { e } from "/static/c.js";\nconst hidden = 1;\nexport async function b() {}\n',
        "c.js": "export const c = 1;\nexport function e() {}\n",
    }
    assert joined_script("a.js", sources) == (
        "const part_c = (() => {\nconst c = 1;\nfunction e() {}\nreturn { c, e };\n})();\n"
        "const part_b = (() => {\nconst { e } = part_c;\nconst hidden = 1;\n"
        "async function b() {}\nreturn { b };\n})();\n"
        "const { b } = part_b;\nconst { c: d, e } = part_c;\nb(d, e);\n"
    )


def test_a_script_that_is_only_run_comes_too() -> None:
    """An import without names brings the part and takes nothing from it."""
    sources = {"a.js": 'import "/static/b.js";\na();\n', "b.js": "b();\n"}
    assert joined_script("a.js", sources) == "const part_b = (() => {\nb();\nreturn {  };\n})();\na();\n"


def test_a_circle_of_imports_is_a_defect() -> None:
    """Two scripts that need each other cannot both come first."""
    sources = {"a.js": 'import { b } from "/static/b.js";\n', "b.js": 'import { a } from "/static/a.js";\n'}
    with pytest.raises(ValueError, match=r"a\.js -> b\.js -> a\.js"):
        joined_script("a.js", sources)
