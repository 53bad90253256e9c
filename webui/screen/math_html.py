"""Formulas in an answer: found where models write them, as LaTeX, and drawn as MathML Core, which browsers know.

Only what answers about documents need is known: fractions, roots, powers, indices, Greek letters, signs. A formula with
anything else stays the letters that it is, from left to right. Knows nothing of Markdown beside its one rule.
"""

import html
import re
from collections.abc import Iterator

from markdown_it.rules_inline import StateInline

_FORMULA = re.compile(
    r"\\\((?P<round>.+?)\\\)"
    r"|\\\[(?P<square>.+?)\\\]"
    r"|\$\$(?P<double>[^$]+)\$\$"
    # An amount in dollars is no formula: that has a sign of one, begins and ends tightly, and no digit follows it.
    r"|\$(?P<single>(?=[^$\n]*[\\^_=]|[A-Za-z]\$)[^\s$](?:[^$\n]*[^\s$])?)\$(?!\d)",
    re.DOTALL,
)
_HEBREW = re.compile("[\u0590-\u05ff]")
_LONGEST = 2000
_DEEPEST = 12

_TOKEN = re.compile(r"\\(?P<command>[A-Za-z]+|.)|(?P<number>\d+(?:[.,]\d+)*)|(?P<letter>[A-Za-z])|(?P<other>\S)")
# fmt: off
_GREEK = {
    "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "epsilon": "ε", "theta": "θ", "lambda": "λ",
    "mu": "μ", "pi": "π", "rho": "ρ", "sigma": "σ", "tau": "τ", "phi": "φ", "omega": "ω", "Delta": "Δ",
    "Sigma": "Σ", "Omega": "Ω",
}
_SIGNS = {
    "times": "×", "cdot": "·", "div": "÷", "pm": "±", "le": "≤", "leq": "≤", "ge": "≥", "geq": "≥", "ne": "≠",
    "neq": "≠", "approx": "≈", "sum": "∑", "prod": "∏", "int": "∫", "infty": "∞", "rightarrow": "→", "to": "→",
    "in": "∈", "%": "%", "$": "$", "{": "{", "}": "}", "ldots": "…", "dots": "…",
}
# fmt: on
_SPACES = {",", ";", "!", " ", ":", "quad", "qquad", "left", "right", "displaystyle"}
_TEXTS = {"text", "mathrm", "textbf", "mathbf", "operatorname"}


class _Unknown(ValueError):
    """The formula holds what is not known here."""


def math_rule(state: StateInline, silent: bool) -> bool:
    """A rule of markdown-it: a formula becomes a token `math`, whose content is all of it and whose markup says how."""
    if state.src[state.pos] not in "\\$":
        return False
    found = _FORMULA.match(state.src, state.pos, min(state.posMax, state.pos + _LONGEST))
    if found is None or _HEBREW.search(found[0]):
        return False
    if not silent:
        token = state.push("math", "math", 0)
        token.content = found[0]
    state.pos = found.end()
    return True


def math_html(formula: str) -> str:
    """A formula with its signs of beginning and end as MathML, or as the letters it is."""
    found = _FORMULA.fullmatch(formula)
    inside = found[str(found.lastgroup)] if found else formula
    whole = ' display="block"' if found and found.lastgroup in ("square", "double") else ""
    try:
        drawn = _row(_Reading(inside), "", 0)
    except _Unknown:
        return f'<span class="math" dir="ltr">{html.escape(inside.strip())}</span>'
    return f'<math dir="ltr"{whole}>{drawn}</math>'


class _Reading:
    """The tokens of a formula, one after the other."""

    def __init__(self, formula: str) -> None:
        self._tokens: Iterator[re.Match[str]] = _TOKEN.finditer(formula)
        self.next = next(self._tokens, None)

    def take(self) -> re.Match[str]:
        """The next token. Raises `_Unknown` at the end."""
        taken, self.next = self.next, next(self._tokens, None)
        if taken is None:
            raise _Unknown("the formula ends too early")
        return taken

    def sees(self, text: str) -> bool:
        """Whether that is the next token."""
        return self.next is not None and self.next[0] == text


def _row(reading: _Reading, closing: str, depth: int) -> str:
    """Everything until `closing`, which is taken as well."""
    parts = []
    while reading.next is not None and not reading.sees(closing):
        parts.append(_scripted(reading, depth))
    if closing:
        reading.take()
    return f"<mrow>{''.join(parts)}</mrow>"


def _scripted(reading: _Reading, depth: int) -> str:
    """One thing with what stands below and above it."""
    base, below, above = _thing(reading, depth), "", ""
    while reading.sees("_") or reading.sees("^"):
        if reading.take()[0] == "_":
            below = _thing(reading, depth)
        else:
            above = _thing(reading, depth)
    if below and above:
        return f"<msubsup>{base}{below}{above}</msubsup>"
    if below or above:
        tag = "msub" if below else "msup"
        return f"<{tag}>{base}{below or above}</{tag}>"
    return base


def _thing(reading: _Reading, depth: int) -> str:
    if depth > _DEEPEST:
        raise _Unknown("too deep")
    token = reading.take()
    if token[0] == "{":
        return _row(reading, "}", depth + 1)
    if token["command"]:
        return _command(token["command"], reading, depth)
    if token["number"]:
        return f"<mn>{token[0]}</mn>"
    if token["letter"]:
        return f"<mi>{token[0]}</mi>"
    if token[0] in "}_^&\\":
        raise _Unknown(token[0])
    return f"<mo>{html.escape(token[0])}</mo>"


def _command(name: str, reading: _Reading, depth: int) -> str:
    if name in ("frac", "dfrac", "tfrac"):
        return f"<mfrac>{_thing(reading, depth + 1)}{_thing(reading, depth + 1)}</mfrac>"
    if name == "sqrt":
        return f"<msqrt>{_thing(reading, depth + 1)}</msqrt>"
    if name in _GREEK:
        return f"<mi>{_GREEK[name]}</mi>"
    if name in _SIGNS:
        return f"<mo>{html.escape(_SIGNS[name])}</mo>"
    if name in _SPACES:
        return "<mrow></mrow>" if name in ("left", "right", "displaystyle") else '<mspace width="0.2em"></mspace>'
    if name in _TEXTS:
        return _thing(reading, depth + 1)
    raise _Unknown(name)
