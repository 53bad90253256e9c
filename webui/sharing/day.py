"""How a moment is called: by its day, as people here write one."""

from datetime import datetime


def day_text(moment: float) -> str:
    """The day of a moment, in seconds since 1970, where this machine is: `21.11.2026`."""
    day = datetime.fromtimestamp(moment).astimezone()
    return f"{day.day}.{day.month}.{day.year}"
