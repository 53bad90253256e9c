"""A drawing of how several measures grow: a panel each, both axes in powers of ten. Knows not what is measured."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, HEIGHT, MARGIN = 330, 200, 62
COLOURS = ("#2f81f7", "#d9622b", "#2c9a4b")
TEXT, GRID = "#767c84", 'stroke="#888" stroke-opacity="0.35"'
"""Like the colours of lines, to be seen on white and on black: a picture is not told the theme of its page."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One measure: its title with the unit, and lines by name, each with a value above 0 for every size."""

    title: str
    lines: dict[str, Sequence[float]]


def drawing(sizes: Sequence[int], panels: Sequence[Panel]) -> str:
    """The panels two by two, as an SVG document."""
    width, height = WIDTH + 2 * MARGIN, HEIGHT + 2 * MARGIN
    parts = [
        f'<g transform="translate({number % 2 * width + MARGIN},{number // 2 * height + MARGIN})">'
        f"{_panel(sizes, panel)}</g>"
        for number, panel in enumerate(panels)
    ]
    rows = ceil(len(panels) / 2)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {2 * width} {rows * height}" '
        f'font-family="sans-serif" font-size="12" fill="{TEXT}">{"".join(parts)}</svg>\n'
    )


def _panel(sizes: Sequence[int], panel: Panel) -> str:
    across = _ends([float(size) for size in sizes])
    up = _ends([value for line in panel.lines.values() for value in line])
    parts = [f'<text x="0" y="-14" font-size="14">{escape(panel.title)}</text>']
    for power in range(across[0], across[1] + 1):
        x = _placed(10.0**power, across, WIDTH)
        parts.append(f'<path d="M{x} 0V{HEIGHT}" {GRID}/>')
        parts.append(f'<text x="{x}" y="{HEIGHT + 18}" text-anchor="middle">{10**power:,}</text>')
    for power in range(up[0], up[1] + 1):
        y = HEIGHT - _placed(10.0**power, up, HEIGHT)
        parts.append(f'<path d="M0 {y}H{WIDTH}" {GRID}/>')
        parts.append(f'<text x="-6" y="{y + 4}" text-anchor="end">{10.0**power:g}</text>')
    names = []
    for number, (name, values) in enumerate(panel.lines.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = [
            (_placed(float(size), across, WIDTH), round(HEIGHT - _placed(value, up, HEIGHT), 1))
            for size, value in zip(sizes, values, strict=True)
        ]
        line = " ".join(f"{x},{y}" for x, y in points)
        parts.append(f'<polyline points="{line}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x}" cy="{y}" r="3" fill="{colour}"/>' for x, y in points]
        names.append(f'<tspan dx="12" fill="{colour}">{escape(name)}</tspan>')
    parts.append(f'<text x="{WIDTH}" y="-14" text-anchor="end">{"".join(names)}</text>')
    return "".join(parts)


def _ends(values: Sequence[float]) -> tuple[int, int]:
    low, high = floor(log10(min(values))), ceil(log10(max(values)))
    return low, max(high, low + 1)


def _placed(value: float, ends: tuple[int, int], size: int) -> float:
    return round(size * (log10(value) - ends[0]) / (ends[1] - ends[0]), 1)
