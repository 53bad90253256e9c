"""Which browser an event or a window of Gradio belongs to: the one that asked. In memory, and bounded."""

from collections import OrderedDict

MOST_PER_BROWSER = 128
MOST_BROWSERS = 2000


class Claims:
    """Names of events, or of windows. A browser that has too many loses its own oldest ones, never another's."""

    def __init__(self) -> None:
        self.names: OrderedDict[str, OrderedDict[str, None]] = OrderedDict()

    def claim(self, browser: str, name: str) -> None:
        """Notes that the name is the browser's."""
        mine = self.names.setdefault(browser, OrderedDict())
        mine[name] = None
        self.names.move_to_end(browser)
        if len(mine) > MOST_PER_BROWSER:
            mine.popitem(last=False)
        if len(self.names) > MOST_BROWSERS:
            self.names.popitem(last=False)

    def owns(self, browser: str, name: str) -> bool:
        """Whether the name is the browser's."""
        return name in self.names.get(browser, ())
