"""Plots as SVG that is part of a page: text as text, colours from the page, the same bytes for the same numbers."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from typing import Any
from xml.etree import ElementTree

import numpy as np
from markupsafe import Markup

from .items import LOW, Item

__all__ = ["bins", "get_ready", "histogram", "item_map"]

WIDE, NARROW = 900, 330
"""Widths in CSS pixels; a page shows the one that fits, so that text is never shrunk."""

HEIGHT = 260

FONT = 12
"""Pixels; as in ``pages.css``."""

BINS = 20

LINE = 1.6
"""The width of the median's line, in pixels."""

ABOVE = 6
"""How far over the plot its label stands, in pixels."""

LEFT_OUT = {"title", "desc"}
"""What pygal's own script would show."""

EMPTY = {"background", "plot text-overlay", "plot tooltip-overlay"}
"""Classes of what holds nothing without it."""

LONG = re.compile(r"\d+\.\d{3,}")

Draw = Callable[[int], ElementTree.Element]
"""Draws a plot of a width, as pygal's tree."""


def get_ready() -> None:
    """Import pygal."""
    _pygal()


def bins(scores: Sequence[float], highest: float) -> list[tuple[float, float, int]]:
    """(from, to, how many) by a twentieth of the marks to be had; the last holds full marks."""
    counts, edges = np.histogram(np.clip(scores, 0, highest), bins=BINS, range=(0, highest))
    return [(float(edges[i]), float(edges[i + 1]), int(counts[i])) for i in range(BINS)]


def histogram(scores: Sequence[float], highest: float, median: float) -> Markup:
    """How many submissions have how many marks."""
    parts = bins(scores, highest)
    most = max(number for *_, number in parts)

    def draw(width: int) -> ElementTree.Element:
        half = LINE / 2 / width * highest
        chart = _pygal().Histogram(x_title="marks", y_title="submissions", order_min=0, **_settings(width))
        chart.x_labels = list(np.linspace(0, highest, 11 if width == WIDE else 6))
        chart.add("submissions", [(number, low, high) for low, high, number in parts])
        chart.add("median", [(most, median - half, median + half)])
        tree: ElementTree.Element = chart.render_tree()
        *_, line = tree.iterfind(".//g[@class='histbar']/..")
        at = {"x": line[0][0].get("x", ""), "y": str(-ABOVE), "class": "to-the-left" if median > highest / 2 else ""}
        ElementTree.SubElement(line, "text", at).text = f"median {median:g}"
        return tree

    return _both(draw, f"Histogram of the marks of {len(scores)} submissions; the table below has its numbers")


def item_map(items: Sequence[Item]) -> Markup:
    """Each check by difficulty and discrimination."""
    known = [(item.difficulty, item.correlation) for item in items if item.correlation is not None]
    least = min([-0.1, *(correlation for _, correlation in known)])

    def draw(width: int) -> ElementTree.Element:
        chart = _pygal().XY(
            x_title="mean share (right: easy)", y_title="correlation",
            xrange=(0, 1), range=(least, 1), stroke=False, dots_size=3.2, max_scale=6, **_settings(width),
        )  # fmt: skip
        chart.x_labels = list(np.linspace(0, 1, 6))
        chart.add("fine", [one for one in known if one[1] >= LOW])
        chart.add("low", [one for one in known if one[1] < LOW])
        chart.add("limit", [(0, LOW), (1, LOW)], stroke=True, show_dots=False)
        tree: ElementTree.Element = chart.render_tree()
        return tree

    return _both(draw, f"Difficulty and discrimination of {len(known)} checks; the table below has the numbers")


def _pygal() -> Any:
    """The library, imported only here: a page that is not drawn anew needs none."""
    import pygal

    # It leaves a finder for its maps behind, of a kind that Python 3.11 warns of in each import that finds nothing.
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__module__ != pygal.__name__]
    return pygal


def _settings(width: int) -> dict[str, Any]:
    """What all plots have in common; the page's own style says how they look."""
    # It need know only how much room its texts take.
    style = _pygal().style.Style(label_font_size=FONT, major_label_font_size=FONT, title_font_size=FONT)
    return {
        "style": style,
        "width": width, "height": HEIGHT, "margin": 4, "margin_top": 24, "spacing": 8, "show_legend": False,
        "show_x_guides": False, "no_prefix": True, "value_formatter": _number, "x_value_formatter": _number,
    }  # fmt: skip


def _number(value: float) -> str:
    return f"{round(value, 9):g}"


def _both(draw: Draw, title: str) -> Markup:
    """The picture at two widths, of which a page shows one."""
    return Markup("").join(
        Markup('<div class="plot {}">{}</div>').format(kind, _svg(draw, title, width))
        for kind, width in (("wide", WIDE), ("narrow", NARROW))
    )


def _svg(draw: Draw, title: str, width: int) -> Markup:
    drawn = draw(width).find("g")
    assert drawn is not None
    _clean(drawn)
    size = f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
    body = Markup(ElementTree.tostring(drawn, encoding="unicode"))
    return Markup('<svg role="img" aria-label="{}" {}>{}</svg>').format(title, Markup(size), body)


def _clean(element: ElementTree.Element) -> None:
    """Leave out what needs pygal's own style and script, and say where things are to a hundredth of a pixel."""
    for child in list(element):
        if child.tag in LEFT_OUT or child.get("class") in EMPTY:
            element.remove(child)
            continue
        for name, value in child.items():
            child.set(name, LONG.sub(lambda found: f"{float(found[0]):.2f}", value))
        _clean(child)
