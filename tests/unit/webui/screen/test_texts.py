import inspect
import re
from pathlib import Path
from typing import get_args

import answers.errors
import ingest.errors
import webui.screen
from indexes.explain import Form
from indexes.glossary_line import Doubt
from indexes.reranker import WEIGHTS
from webui.texts import conversation_texts, document_texts, glossary_texts, talk_texts, texts

STATIC = Path(webui.screen.__file__).parent / "static"
SCRIPTS = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.js")}
STYLES = {path.name: path.read_text(encoding="utf-8") for path in STATIC.glob("*.css")}


def codes(module: object) -> set[str]:
    """The codes of the errors of a room."""
    return {kind.code for _, kind in inspect.getmembers(module, inspect.isclass) if hasattr(kind, "code")}


def test_every_problem_and_every_reason_has_a_sentence() -> None:
    """No code of the rooms behind the web reaches the screen without Hebrew."""
    assert codes(answers.errors) <= set(texts.PROBLEMS)
    assert codes(ingest.errors) <= set(document_texts.REASONS)


def test_every_form_part_and_state_of_a_pair_has_a_name() -> None:
    """What the search tells of a hit, and a glossary of its pairs, is said in Hebrew."""
    assert set(get_args(Form)) == set(glossary_texts.FORMS)
    assert {*WEIGHTS, "meaning", "cross"} == set(glossary_texts.PARTS)
    assert {"used", "hidden", *get_args(Doubt)} - {""} == set(glossary_texts.STATES)
    assert {"empty", "too_long", "same", "known", "too_many"} == set(glossary_texts.REFUSED)


def test_the_scripts_say_only_what_stands_in_texts() -> None:
    """Every text a script asks for exists, every text for scripts is asked for, and no script holds Hebrew itself."""
    source = "".join(SCRIPTS.values())
    told = {*texts.SCRIPT, *conversation_texts.SCRIPT, *document_texts.SCRIPT, *talk_texts.SCRIPT}
    assert set(re.findall(r"\b(?:texts|sentences)\.(\w+)", source)) - {"script", "json"} == told
    assert re.findall("[\u0590-\u05ff]", source) == []


def test_static_files_name_no_other_host_and_find_each_other() -> None:
    """Scripts and styles load nothing from outside, and what they import is there."""
    for name, source in (SCRIPTS | STYLES).items():
        assert re.findall(r"(?:https?:)?//[\w.]+\.\w+", re.sub(r"^\s*//.*|\s// .*", "", source, flags=re.M)) == [], name
        for imported in re.findall(r"(?:from |url\()\"/static/([\w.]+)\"", source):
            assert (STATIC / imported).is_file()


def test_scripts_and_styles_stay_short() -> None:
    """A file over 250 lines holds more than one thing."""
    assert {name for name, source in (SCRIPTS | STYLES).items() if source.count("\n") > 250} == set()
