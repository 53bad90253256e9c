"""Names and paths of files from outside as they are kept and shown. They never become paths, see `indexes/files.py`."""

import re
import unicodedata
from hashlib import blake2b

LONGEST = 255
LONGEST_PATH = 1000
_MARK = 11
"""Letters that are added to a path that was changed."""
_SHORTEST = 2
"""Parts of a path: a folder and a file."""

_INVISIBLE = ("Cc", "Cf", "Cs", "Zl", "Zp")
"""Categories of Unicode: control, format (direction overrides too), half characters, ends of lines and paragraphs."""


def visible(text: str) -> str:
    """The text on one line, without control and direction characters: nothing in it moves what stands around it."""
    return "".join(letter for letter in text if unicodedata.category(letter) not in _INVISIBLE).strip()


_ALIKE = ("LATIN", "CYRILLIC", "GREEK")
"""Scripts whose letters look like each other's. Hebrew beside them is common, and looks like none of them."""


def marked(text: str) -> str:
    """The text with those letters in brackets that pass for Latin ones within a word (UTS #39, 5.1)."""
    return re.sub(r"\w+", lambda word: _marked_word(word[0]), text)


def _marked_word(word: str) -> str:
    scripts = [unicodedata.name(letter, "").partition(" ")[0] for letter in word]
    if len(set(scripts) & set(_ALIKE)) < 2:  # noqa: PLR2004 - mixing takes two
        return word
    return "".join(
        f"‹{letter}›" if script in _ALIKE[1:] else letter for letter, script in zip(word, scripts, strict=True)
    )


def shown_filename(sent: str) -> str:
    """The last part of the name a browser sent, without control and direction characters; empty if nothing is left.

    Letters that only look like those around them are marked.
    A name over 255 characters loses its middle, so that its suffix stays.
    """
    name = marked(visible(sent.replace("\\", "/").rsplit("/", 1)[-1]))
    if len(name) > LONGEST:
        stem, dot, suffix = name.rpartition(".")
        tail = f"{dot}{suffix}" if dot and len(suffix) < LONGEST // 2 else ""
        name = (stem if tail else name)[: LONGEST - len(tail)] + tail
    return "" if name in (".", "..") else name


def shown_path(sent: str) -> str:
    """Where a file was in the folder it came from, cleaned part by part, as `folder/file`; empty without a folder.

    Of a path over 1,000 characters the folders nearest to the file stay. Where cleaning changed a path, some letters
    that follow from what it was stand at its end: two paths that differ in what nobody sees are not the same file.
    """
    parts = [part for part in map(shown_filename, sent.replace("\\", "/").split("/")) if part]
    while len(parts) > 1 and sum(map(len, parts)) + len(parts) + _MARK > LONGEST_PATH:
        del parts[0]
    if len(parts) < _SHORTEST:
        return ""
    path, original = "/".join(parts), sent.replace("\\", "/")
    if path == original:
        return path
    return f"{path} ({blake2b(original.encode('utf-8', 'replace'), digest_size=4).hexdigest()})"
