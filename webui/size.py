"""Sizes of files as people write them, in the language of the moment."""

from webui.texts import status_texts

STEP = 1024
EXACT = 10
"""From so many of a unit on, no digit after the point says anything."""


def size_text(count: int) -> str:
    """So many bytes, in the greatest unit of which there is a whole one: `1.5 MB`."""
    amount, unit = float(count), 0
    while amount >= STEP and unit < len(status_texts.SIZES) - 1:
        amount, unit = amount / STEP, unit + 1
    return status_texts.SIZES[unit].format(count=f"{amount:.1f}" if unit and amount < EXACT else f"{amount:,.0f}")
