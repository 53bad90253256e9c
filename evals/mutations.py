"""Ways in which files break: each takes a file and gives a damaged one, the same for the same seed.

Knows no format but zip, whose members are broken too, so that what is packed in them is reached.
"""

import zipfile
from collections.abc import Callable, Sequence
from io import BytesIO
from random import Random

_MOST_FLIPS = 20
_LARGEST_BLOCK = 2000


def mutated(content: bytes, others: Sequence[bytes], random: Random) -> tuple[str, bytes]:
    """The name of what was done to a file, and what became of it. `others` are files of the same kind."""
    if content.startswith(b"PK\x03\x04") and random.random() < 0.6:  # noqa: PLR2004  # else the zip itself is broken
        done = _in_a_member(content, random)
        if done:
            return done
    name = random.choice([*_MUTATIONS, "splice"])
    if name == "splice":
        other = random.choice(others)
        return name, content[: random.randrange(len(content) + 1)] + other[random.randrange(len(other) + 1) :]
    return name, _MUTATIONS[name](content, random)


def _flip(content: bytes, random: Random) -> bytes:
    changed = bytearray(content)
    for _ in range(random.randint(1, _MOST_FLIPS)):
        changed[random.randrange(len(changed))] ^= 1 << random.randrange(8)
    return bytes(changed)


def _cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content)) or 1]


def _insert(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content) + 1)
    return content[:at] + random.randbytes(random.randint(1, _LARGEST_BLOCK)) + content[at:]


def _zero(content: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(content)), random.randint(1, _LARGEST_BLOCK)
    return content[:at] + bytes(len(content[at : at + length])) + content[at + length :]


def _lose(content: bytes, random: Random) -> bytes:
    at = random.randrange(len(content))
    return content[:at] + content[at + random.randint(1, _LARGEST_BLOCK) :] or b"x"


def _number(content: bytes, random: Random) -> bytes:
    """A number written in digits becomes a huge or a negative one, as a hostile file has it."""
    digits = [at for at in range(len(content)) if content[at : at + 1].isdigit()]
    if not digits:
        return _flip(content, random)
    at = random.choice(digits)
    return content[:at] + random.choice([b"-1", b"0", b"99999999999", b"4294967295", b"1e308"]) + content[at + 1 :]


_MUTATIONS: dict[str, Callable[[bytes, Random], bytes]] = {
    "flip": _flip,
    "cut": _cut,
    "insert": _insert,
    "zero": _zero,
    "lose": _lose,
    "number": _number,
}


def _in_a_member(content: bytes, random: Random) -> tuple[str, bytes] | None:
    """One member of a zip broken, left out or swapped for another, and all packed again; None for an empty zip."""
    with zipfile.ZipFile(BytesIO(content)) as archive:
        members = {info.filename: archive.read(info) for info in archive.infolist()}
    names = [name for name, data in members.items() if data]
    if not names:
        return None
    name, other = random.choice(names), random.choice(names)
    how = random.choice([*_MUTATIONS, "swap", "drop"])
    if how == "swap":
        members[name], members[other] = members[other], members[name]
    elif how == "drop":
        del members[name]
    else:
        members[name] = _MUTATIONS[how](members[name], random)
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for each, data in members.items():
            archive.writestr(each, data)
    return f"{how} in {name}", buffer.getvalue()
