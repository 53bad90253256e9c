"""Which browser a session hash or an event of Gradio belongs to: the one that used it first. In memory, and bounded."""

from collections import OrderedDict

MOST_PER_BROWSER = 128
MOST_BROWSERS = 2000


class Claims:
    """Names that browsers have claimed. A browser that claims too many loses its own oldest ones, never another's."""

    def __init__(self) -> None:
        self.owners: dict[str, str] = {}
        self.names: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    def claim(self, browser: str, name: str) -> bool:
        """Takes a name for a browser; False if another one has it."""
        if self.owners.setdefault(name, browser) != browser:
            return False
        mine = self.names.setdefault(browser, OrderedDict())
        mine[name] = None
        mine.move_to_end(name)
        self.names.move_to_end(browser)
        if len(mine) > MOST_PER_BROWSER:
            del self.owners[mine.popitem(last=False)[0]]
        if len(self.names) > MOST_BROWSERS:
            for forgotten in self.names.popitem(last=False)[1]:
                del self.owners[forgotten]
        return True

    def owns(self, browser: str, name: str) -> bool:
        """Whether the browser has claimed that name."""
        return self.owners.get(name) == browser
