"""The text of an answer that is still being written, as it is drawn meanwhile: without what would look broken.

A model writes Markdown from its beginning on, so the last line is often half of something: of a mark, of bold words, of
a table. What is held back here comes with the next words. Knows nothing of HTML.
"""

import re

_HALF_MARK = re.compile(r"(?<!\s)\s*+\[\d{0,3}\Z")
_HALF_SIGN = "*_`$\\"
_TABLE_BEGINS = re.compile(r"(?:\A|\n)[ \t]*\|[^\n]*(?:\n[ \t:|-]*)?\Z")
_LINE_BEGINS = re.compile(r"(?:\A|\n)[ \t]*(?:[-+*]|#{1,6}|\d{1,3}[.)]?)[ \t]*\Z")


def settled(text: str) -> str:
    """The beginning of a text, without the end of it that may still become something else.

    Left out are half a mark, the head of a table of which no more is known, the sign of a list item or heading without
    a word, and open signs of emphasis; words that a closing sign will make bold are bold already.
    """
    if text.count("```") % 2:
        return text  # inside of code nothing means anything
    text = _LINE_BEGINS.sub("", _TABLE_BEGINS.sub("", _HALF_MARK.sub("", text)))
    text = text.rstrip(_HALF_SIGN)
    paragraph = text[text.rfind("\n") + 1 :]
    return f"{text.rstrip()}**" if paragraph.count("**") % 2 else text
