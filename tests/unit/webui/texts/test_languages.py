"""The sentences of the web: the same in every language, well set, and read in the language of the moment."""

import ast
import inspect
import re
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

import webui
import webui.texts
from webui.texts import ROOMS
from webui.texts.language import FIRST, LANGUAGES, speaking, spoken

WEB = Path(webui.__file__).parent
MODULES = sorted(name for name, value in vars(webui.texts).items() if isinstance(value, webui.texts.Spoken))
OTHERS = [language for language in LANGUAGES if language != FIRST]
FOREIGN = {("glossary_texts", "TERM_EXAMPLE"), ("glossary_texts", "MEANING_EXAMPLE")}
"""Hebrew in every language: words of Hebrew documents."""


def module(language: str, name: str) -> ModuleType:
    """The sentences of that name in a language."""
    return import_module(f"{ROOMS[language]}.{name}")


def said(language: str, name: str) -> dict[str, object]:
    """What a module of sentences says, by name: sentences, tables of them, and functions that make them."""
    return {
        each: value
        for each, value in vars(module(language, name)).items()
        if each.isupper() or (inspect.isfunction(value) and value.__module__.startswith(ROOMS[language]))
    }


def sentences(value: object) -> Iterator[str]:
    """All sentences in a value, however deep."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from sentences(each)
    elif isinstance(value, (tuple, list, set)):
        for each in value:
            yield from sentences(each)


def shape(value: object) -> object:
    """What has to be the same in every language: keys, numbers of sentences, and what is filled in."""
    if isinstance(value, str):
        return sorted({field for _, field, _, _ in string.Formatter().parse(value) if field})
    if isinstance(value, dict):
        return {key: shape(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return [shape(each) for each in value]
    return sorted(inspect.signature(value).parameters) if callable(value) else value


@pytest.mark.parametrize("language", OTHERS)
@pytest.mark.parametrize("name", MODULES)
def test_every_language_has_every_sentence_and_fills_the_same_into_it(name: str, language: str) -> None:
    """No language lacks a sentence, has one too many, or leaves something out of one that is filled in."""
    ours, theirs = said(FIRST, name), said(language, name)
    assert set(theirs) == set(ours)
    not_the_same = {each for each in ours if shape(ours[each]) != shape(theirs[each])}
    assert not_the_same <= {"DAY"}  # the form of a date, which is not filled in alike


@pytest.mark.parametrize("name", MODULES)
def test_english_is_english_and_hebrew_is_hebrew(name: str) -> None:
    """English has no Hebrew letters, and no sentence of Hebrew was left in English."""
    for each, value in said("en", name).items():
        hebrew = [one for one in sentences(value) if re.search("[\u0590-\u05ff]", one)]
        assert hebrew == [] or (name, each) in FOREIGN, each
    for each, value in said("he", name).items():
        plain = [re.sub("darash( [a-z]+)+", "", one) for one in sentences(value)]
        assert [one for one in plain if re.search("[a-z]{3,} [a-z]{3,} [a-z]{3,}", one)] == [], each


@pytest.mark.parametrize("name", MODULES)
def test_hebrew_is_set_with_its_own_signs(name: str) -> None:
    """Maqaf and not a hyphen between Hebrew letters, gershayim and geresh and not straight quotes, no double blanks.

    As the Academy of the Hebrew Language has it; dashes between words are no hyphens.
    """
    for sentence in [one for value in said("he", name).values() for one in sentences(value)]:
        letters = "[\u05d0-\u05ea]"
        assert not re.search(f"{letters}-{letters}|{letters}-[A-Za-z0-9{{]", sentence), sentence
        assert not re.search(f"{letters}[\"']|[\"'\u201c\u201d\u2018\u2019]{letters}", sentence), sentence
        assert not re.search(r"  |\.\.\.", sentence), sentence
        assert not re.search(r"\w\s[.,:;?!…](\s|$)", sentence), sentence


@pytest.mark.parametrize("name", MODULES)
def test_english_is_set_with_its_own_signs(name: str) -> None:
    """Curled quotes around names, an ellipsis of one sign, no double blanks."""
    for sentence in [one for value in said("en", name).values() for one in sentences(value)]:
        assert not re.search(r"\"|  |\.\.\.|\w\s[.,:;?!…](\s|$)", sentence), sentence


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", MODULES)
def test_direction_marks_are_not_hidden_in_texts(name: str, language: str) -> None:
    """Directions are set by markup; an invisible character in a sentence is found by nobody."""
    source = inspect.getsource(module(language, name))
    assert re.findall("[\u200b-\u200f\u202a-\u202e\u2060-\u2069]", source) == []


def test_a_sentence_is_read_in_the_language_of_the_moment() -> None:
    """The same name says one thing in Hebrew and another in English, and Hebrew where nothing was chosen."""
    texts = webui.texts.texts
    assert (spoken(), texts.TITLE) == ("he", module("he", "texts").TITLE)
    with speaking("en"):
        assert texts.TITLE == module("en", "texts").TITLE
        with speaking("he"):
            assert texts.TITLE == module("he", "texts").TITLE
        assert texts.STOP == module("en", "texts").STOP
    assert texts.STOP == module("he", "texts").STOP


def read_at_import(node: ast.AST) -> Iterator[ast.Attribute]:
    """The sentences that a file reads when it is imported, before anybody has asked for anything."""
    if isinstance(node, ast.Lambda):
        return
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        inside: list[ast.AST] = [*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)]
    else:
        inside = list(ast.iter_child_nodes(node))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in MODULES:
        yield node
    for each in inside:
        yield from read_at_import(each)


def test_no_sentence_is_read_before_somebody_asks() -> None:
    """What is read when a file is imported would stay in one language for everybody."""
    for path in WEB.rglob("*.py"):
        if WEB / "texts" not in path.parents:
            found = [ast.unparse(each) for each in read_at_import(ast.parse(path.read_text(encoding="utf-8")))]
            assert found == [], path


def test_hebrew_stands_in_its_own_room() -> None:
    """No Hebrew letter in the code of the web, its scripts, styles or templates: a sentence there has one language."""
    for path in [path for kind in ("*.py", "*.js", "*.css", "*.html") for path in WEB.rglob(kind)]:
        if WEB / "texts" / "hebrew" not in path.parents and WEB / "api" not in path.parents:  # examples
            assert re.findall("[\u05d0-\u05ea]", path.read_text(encoding="utf-8")) == [], path


def test_no_style_slants_letters() -> None:
    """Hebrew has no italics: slanted letters are only bent ones (and `em` has to be told so)."""
    for path in (WEB / "screen" / "static").glob("*.css"):
        assert not re.search(r"font-style:\s*(italic|oblique)", path.read_text(encoding="utf-8")), path
