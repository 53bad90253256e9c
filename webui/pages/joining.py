"""Scripts and style sheets in one piece with those that they import, so that a page needs one request for each.

Only what our own files use is understood: `@import url("/static/x.css");`, `import { a, b } from "/static/x.js";`,
`import "/static/x.js";`, and `export` before a function or a constant, each at the start of a line.
"""

import re
from collections.abc import Mapping

_STYLE = re.compile(r'^@import url\("/static/([\w.-]+)"\);\n', re.MULTILINE)
_SCRIPT = re.compile(r'^import (?:\{([^}]*)\} from )?"/static/([\w.-]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async function|function|const) (\w+))", re.MULTILINE)


def joined_style(name: str, sources: Mapping[str, str]) -> str:
    """A style sheet with those that it imports in place of the lines that name them."""
    return _STYLE.sub(lambda found: joined_style(found[1], sources), sources[name])


def joined_script(name: str, sources: Mapping[str, str]) -> str:
    """A module in one piece: what it needs comes before it, each as a function that returns what it exports.

    Raises `ValueError` where scripts import each other in a circle.
    """
    *needed, own = _in_order(name, sources, ())
    return "".join(_part(each, sources[each]) for each in needed) + _SCRIPT.sub(_taken, sources[own])


def _in_order(name: str, sources: Mapping[str, str], above: tuple[str, ...]) -> list[str]:
    """The scripts that a script needs, each once and behind those that it needs itself; at the end the script."""
    if name in above:
        raise ValueError(f"scripts import each other in a circle: {' -> '.join((*above, name))}")
    order: dict[str, None] = {}
    for _, other in _SCRIPT.findall(sources[name]):
        order |= dict.fromkeys(_in_order(other, sources, (*above, name)))
    return [*order, name]


def _part(name: str, source: str) -> str:
    exported = ", ".join(_EXPORT.findall(source))
    body = _EXPORT.sub("", _SCRIPT.sub(_taken, source))
    return f"const {_variable(name)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _taken(found: re.Match[str]) -> str:
    """In place of an import: its names, taken from what the part has returned."""
    names = " ".join(found[1].split()).rstrip(", ").replace(" as ", ": ") if found[1] else ""
    return f"const {{ {names} }} = {_variable(found[2])};\n" if names else ""


def _variable(name: str) -> str:
    return "part_" + re.sub(r"\W", "_", name.removesuffix(".js"))
