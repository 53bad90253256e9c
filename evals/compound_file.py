"""A small writer of compound files (MS-CFB): version 3, the directory a chain, no more than 109 FATs."""

import struct
from dataclasses import dataclass, field

Tree = dict[str, "bytes | Tree"]

_SECTOR, _MINI = 512, 64
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_NONE = 0xFFFFFFFF
_CUTOFF = 4096
_FOLDER, _STREAM, _ROOT = 1, 2, 5


@dataclass
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    start: int = _END
    next: int = _NONE
    child: int = _NONE


@dataclass
class _Sectors:
    """Sectors of one size with their chains."""

    size: int
    data: bytearray = field(default_factory=bytearray)
    chain: list[int] = field(default_factory=list)

    def add(self, data: bytes) -> int:
        """Puts data down, and returns its first sector."""
        if not data:
            return _END
        first, count = len(self.chain), -(-len(data) // self.size)
        self.chain += [*range(first + 1, first + count), _END]
        self.data += data.ljust(count * self.size, b"\0")
        return first


def compound_file(tree: Tree) -> bytes:
    """A compound file with these streams (bytes) and folders."""
    entries = [_Entry("Root Entry", _ROOT)]
    _list(tree, entries, 0)
    large, small = _Sectors(_SECTOR), _Sectors(_MINI)
    for entry in entries[1:]:
        if entry.kind == _STREAM:
            entry.start = (small if len(entry.data) < _CUTOFF else large).add(entry.data)
    entries[0].data = bytes(small.data)
    entries[0].start = large.add(entries[0].data)
    mini_fat = large.add(
        struct.pack(f"<{len(small.chain)}I", *small.chain).ljust(-(-len(small.chain) // 128) * 512, b"\xff")
    )
    directory = large.add(b"".join(map(_packed, entries)).ljust(-(-len(entries) // 4) * _SECTOR, b"\0"))
    fats = 1
    while fats * 128 < len(large.chain) + fats:
        fats += 1
    first_fat = len(large.chain)
    chain = [*large.chain, *[_FAT] * fats]
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(fats * _SECTOR, b"\xff")
    places = [*range(first_fat, first_fat + fats)] + [_FREE] * (109 - fats)
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII109I", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, directory, 0,
        _CUTOFF, mini_fat, -(-len(small.chain) // 128), _END, 0, *places,
    )  # fmt: skip
    return header + bytes(large.data) + table


def _list(tree: Tree, entries: list[_Entry], parent: int) -> None:
    before = None
    for name in sorted(tree, key=lambda name: (len(name), name.upper())):
        content = tree[name]
        entries.append(_Entry(name, _STREAM, content) if isinstance(content, bytes) else _Entry(name, _FOLDER))
        here = len(entries) - 1
        if before is None:
            entries[parent].child = here
        else:
            entries[before].next = here
        before = here
        if not isinstance(content, bytes):
            _list(content, entries, here)


def _packed(entry: _Entry) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    return struct.pack(
        "<64sHBBIII16xI8x8xIQ", name, len(name), entry.kind, 1, _NONE, entry.next, entry.child, 0, entry.start,
        len(entry.data),
    )  # fmt: skip
