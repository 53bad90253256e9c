"""Moments as people read them, in the time of the machine that Darash runs on."""

from datetime import datetime

from webui.sharing.day import day_text


def moment_text(at: float) -> str:
    """The day and the time of a moment in seconds since 1970, such as 21.11.2026 15:04."""
    return f"{day_text(at)} {datetime.fromtimestamp(at).astimezone():%H:%M}"
