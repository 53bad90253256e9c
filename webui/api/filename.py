"""The name of an uploaded file as it is kept and shown. It never becomes a path, see `indexes/files.py`."""

import unicodedata

LONGEST = 255


def shown_filename(sent: str) -> str:
    """The last part of the name a browser sent, without control and direction characters; empty if nothing is left.

    A name over 255 characters loses its middle, so that its suffix stays.
    """
    last = sent.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        letter for letter in last if unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Zl", "Zp")
    ).strip()
    if len(name) > LONGEST:
        stem, dot, suffix = name.rpartition(".")
        tail = f"{dot}{suffix}" if dot and len(suffix) < LONGEST // 2 else ""
        name = (stem if tail else name)[: LONGEST - len(tail)] + tail
    return "" if name in (".", "..") else name
