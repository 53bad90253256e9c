"""The line in front of the model servers: who is served where, and who waits. Knows nothing of what servers do."""

import asyncio
from collections import deque
from collections.abc import Hashable, Sequence
from typing import Generic, TypeVar

from answers.errors import ModelBusy

ServerT = TypeVar("ServerT", bound=Hashable)


class Ticket(Generic[ServerT]):
    """Held by a question: first `place` in the line, then, which is 0, one at `server`, until it leaves."""

    def __init__(self, line: "Line[ServerT]") -> None:
        self.server: ServerT | None = None
        self.place = 0
        self._line = line
        self._changed = asyncio.Event()

    async def moved(self, place: int) -> None:
        """Waits until this is no longer at that place of the line."""
        while self.place == place:
            self._changed.clear()
            await self._changed.wait()

    def leave(self) -> None:
        """Gives back the place, be it in the line or at a server. A second time changes nothing."""
        self._line.leave(self)

    def move(self, place: int, server: ServerT | None = None) -> None:
        """Told by the line."""
        self.server, self.place = server, place
        self._changed.set()


class Line(Generic[ServerT]):
    """Places at servers, `parallel` at each; who finds none waits, first come, first served, `longest` at most.

    A place is given when one is free, to the first in the line, at the server with the fewest answers on the way, among
    equals at the one that has waited longest. Servers left out get nobody, unless all of them are. Nothing here awaits
    or polls, so nothing can be lost when a task is cancelled. For one event loop.
    """

    def __init__(self, servers: Sequence[ServerT], parallel: int, longest: int) -> None:
        self.left_out: set[ServerT] = set()
        self._busy = dict.fromkeys(servers, 0)  # in the order in which they were last given
        self._parallel = parallel
        self._longest = longest
        self._waiting: deque[Ticket[ServerT]] = deque()
        self._served: set[Ticket[ServerT]] = set()

    @property
    def waiting(self) -> int:
        """How many wait."""
        return len(self._waiting)

    def busy(self, server: ServerT) -> int:
        """How many are served by a server."""
        return self._busy[server]

    def order(self) -> list[ServerT]:
        """The servers as they are to be tried: the least busy first, those left out last."""
        return sorted(self._busy, key=lambda server: (server in self.left_out, self._busy[server]))

    def join(self, *, ahead: bool = False) -> Ticket[ServerT]:
        """A ticket at the end of the line, or `ahead` of it for who was served already. Raises `ModelBusy`."""
        ticket = Ticket(self)
        if ahead:
            self._waiting.appendleft(ticket)
        else:
            self._waiting.append(ticket)
        self._advance()
        if ticket.server is None and not ahead and len(self._waiting) > self._longest:
            self.leave(ticket)
            raise ModelBusy(f"every place at the model server is taken, and {self._longest} questions wait")
        return ticket

    def leave(self, ticket: Ticket[ServerT]) -> None:
        """Takes a ticket back, see `Ticket.leave`."""
        if ticket in self._served and ticket.server is not None:
            self._served.remove(ticket)
            self._busy[ticket.server] -= 1
        elif ticket in self._waiting:
            self._waiting.remove(ticket)
        self._advance()

    def leave_out(self, server: ServerT) -> None:
        """Sends nobody to a server any more."""
        self.left_out.add(server)
        self._advance()

    def take_back(self, server: ServerT) -> None:
        """Sends people to a server again."""
        self.left_out.discard(server)
        self._advance()

    def _advance(self) -> None:
        while self._waiting and (server := self._free()) is not None:
            ticket = self._waiting.popleft()
            self._busy[server] = self._busy.pop(server) + 1
            self._served.add(ticket)
            ticket.move(0, server)
        for place, ticket in enumerate(self._waiting, start=1):
            ticket.move(place)

    def _free(self) -> ServerT | None:
        servers = [server for server in self._busy if server not in self.left_out] or list(self._busy)
        server = min(servers, key=self._busy.__getitem__)
        return server if self._busy[server] < self._parallel else None
