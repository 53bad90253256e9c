"""What a server has acknowledged, and what it may also have done: for each thing, the values that it may have.

While a change is under way, both the old and the new value are right; once it is acknowledged, only the new one.
"""

import threading
from collections import Counter
from collections.abc import Hashable, Iterator, Mapping

Key = tuple[str, ...]
Value = Hashable


class Promises:
    """The values that things may have. Of a thing that nobody has changed there is none: it has the value None."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._may: dict[Key, frozenset[Value]] = {}
        self.acknowledged: Counter[str] = Counter()

    def begin(self, change: Mapping[Key, Value]) -> None:
        """A change is sent: from now on things may have their old values or these."""
        with self._lock:
            for key, value in change.items():
                self._may[key] = self._may.get(key, frozenset({None})) | {value}

    def keep(self, change: Mapping[Key, Value]) -> None:
        """The change was acknowledged: things have these values and no others."""
        with self._lock:
            self._may |= {key: frozenset({value}) for key, value in change.items()}
            self.acknowledged.update({key[0] for key in change})

    def below(self, *start: str) -> list[Key]:
        """The things whose keys begin like that."""
        with self._lock:
            return [key for key in self._may if key[: len(start)] == start]

    def sure(self, key: Key) -> Value:
        """The one value that a thing can have; None where there are several or none."""
        with self._lock:
            may = self._may.get(key, frozenset({None}))
        return next(iter(may)) if len(may) == 1 else None

    def broken(self, found: Mapping[Key, Value]) -> Iterator[str]:
        """A sentence for each thing that has another value than it may have. The others are settled: they are so."""
        with self._lock:
            for key, may in self._may.items():
                value = found.get(key)
                if value not in may:
                    yield f"{key} is {value!r} and not {' or '.join(map(repr, may))}"
                self._may[key] = frozenset({value})

    @property
    def open(self) -> int:
        """How many things are neither sure to have been changed nor sure not to."""
        with self._lock:
            return sum(len(may) > 1 for may in self._may.values())
