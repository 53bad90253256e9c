"""Moments as people here write them, in the time of the machine that Darash runs on. They are seconds since 1970."""

from datetime import datetime


def day_text(moment: float) -> str:
    """The day of a moment: `21.11.2026`."""
    day = datetime.fromtimestamp(moment).astimezone()
    return f"{day.day}.{day.month}.{day.year}"


def moment_text(moment: float) -> str:
    """The day and the time of a moment: `21.11.2026 15:04`."""
    return f"{day_text(moment)} {datetime.fromtimestamp(moment).astimezone():%H:%M}"
