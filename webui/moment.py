"""Moments as people write them, in the time of the machine that Darash runs on. They are seconds since 1970.

The forms are those of the language of the moment: `21.11.2026` in Hebrew, `21 November 2026` in English.
"""

from datetime import datetime

from webui.texts import conversation_texts, texts


def day_text(moment: float) -> str:
    """The day of a moment."""
    day = datetime.fromtimestamp(moment).astimezone()
    return texts.DAY.format(day=day, month=conversation_texts.MONTHS[day.month - 1])


def moment_text(moment: float) -> str:
    """The day and the time of a moment: `21.11.2026 15:04`."""
    return texts.MOMENT.format(day=day_text(moment), time=datetime.fromtimestamp(moment).astimezone())
