"""Plots as SVG that is part of a page: text as text, colours from the page, the same bytes for the same numbers."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from markupsafe import Markup, escape

from .items import LOW, Item

__all__ = ["bins", "histogram", "item_map"]

INK, MUTED, LINE, FILL, BAD = "#010101", "#020202", "#030303", "#040404", "#050505"
COLOURS = {INK: "ink", MUTED: "muted", LINE: "line", FILL: "fill", BAD: "none"}
"""Stand-ins that become the page's own colours, light or dark."""

WIDE, NARROW = 900, 330
"""Widths in CSS pixels; a page shows the one that fits, so that text is never shrunk."""

HEIGHT = 260
MARGINS = 56, 12, 48, 22
"""Left, right, bottom, top."""

BINS = 20


def bins(scores: Sequence[float], highest: float) -> list[tuple[float, float, int]]:
    """(from, to, how many) by a twentieth of the marks to be had; the last holds full marks."""
    counts, edges = np.histogram(np.clip(scores, 0, highest), bins=BINS, range=(0, highest))
    return [(float(edges[i]), float(edges[i + 1]), int(counts[i])) for i in range(BINS)]


def histogram(scores: Sequence[float], highest: float, median: float) -> Markup:
    """How many submissions have how many marks."""
    parts = bins(scores, highest)

    def draw(axes: Any, width: int) -> None:
        step = highest / BINS
        axes.bar([low for low, _, _ in parts], [n for *_, n in parts], width=step * 0.92, align="edge", color=FILL)
        axes.axvline(median, color=INK, linewidth=1.2, linestyle=(0, (4, 3)))
        right = median > highest / 2
        axes.annotate(
            f"median {median:g} ", (median, 1), xycoords=("data", "axes fraction"), color=INK, va="bottom",
            ha="right" if right else "left", fontsize=11.5, annotation_clip=False,
        )  # fmt: skip
        axes.set_xlim(0, highest)
        axes.set_xticks(np.linspace(0, highest, 11 if width == WIDE else 6))
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
        axes.yaxis.get_major_locator().set_params(integer=True)
        axes.set_xlabel("marks")
        axes.set_ylabel("submissions")
        axes.grid(axis="y", color=LINE, linewidth=0.8)

    return _both(
        draw, "histogram", f"Histogram of the marks of {len(scores)} submissions; the table below has its numbers"
    )


def item_map(items: Sequence[Item]) -> Markup:
    """Each check by difficulty and discrimination."""
    known = [(item.difficulty, item.correlation) for item in items if item.correlation is not None]
    low = [each for each in known if each[1] < LOW]
    fine = [each for each in known if each[1] >= LOW]

    def draw(axes: Any, width: int) -> None:
        del width
        axes.axhline(LOW, color=MUTED, linewidth=1, linestyle=(0, (4, 3)))
        axes.axhline(0, color=LINE, linewidth=1)
        for points, colour, mark in ((fine, FILL, "o"), (low, BAD, "D")):
            axes.scatter([p for p, _ in points], [r for _, r in points], s=26, c=colour, marker=mark, alpha=0.75, lw=0)
        axes.set_xlim(-0.03, 1.03)
        axes.set_ylim(min([-0.1, *(r for _, r in known)]) - 0.08, 1.05)
        axes.set_xlabel("mean share of the points (right: easy)")
        axes.set_ylabel("correlation with the rest")
        axes.grid(color=LINE, linewidth=0.6)

    return _both(
        draw, "items", f"Difficulty and discrimination of {len(known)} checks; the table below has the numbers"
    )


def _both(draw: Any, name: str, title: str) -> Markup:
    """The picture at two widths, of which a page shows one."""
    return Markup("").join(
        Markup('<div class="plot {}">{}</div>').format(kind, _svg(draw, f"{name}-{kind}", title, width))
        for kind, width in (("wide", WIDE), ("narrow", NARROW))
    )


def _svg(draw: Any, name: str, title: str, width: int) -> Markup:
    # Only here: it takes longer to import than several submissions take to grade, and a page that is
    # not drawn anew needs none of it.
    import matplotlib as mpl
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    settings: Any = {
        "svg.fonttype": "none",
        "svg.hashsalt": name,
        "font.size": 12,
        "axes.edgecolor": LINE,
        "axes.labelcolor": MUTED,
        "xtick.color": MUTED,
        "ytick.color": MUTED,
        "text.color": INK,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.axisbelow": True,
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(width / 72, HEIGHT / 72))
        FigureCanvasSVG(figure)
        left, right, bottom, top = MARGINS
        box = (left / width, bottom / HEIGHT, (width - left - right) / width, (HEIGHT - bottom - top) / HEIGHT)
        draw(figure.add_axes(box), width)
        file = io.StringIO()
        figure.savefig(file, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _inline(file.getvalue(), name, title, width)


def _inline(svg: str, name: str, title: str, width: int) -> Markup:
    """A whole SVG file as a part of a page."""
    body = svg[svg.index("<svg") :]
    body = re.sub(r"<metadata>.*?</metadata>", "", body, flags=re.DOTALL)
    body = body[body.index(">") + 1 :]
    body = re.sub(r"<defs>\s*<style.*?</style>\s*</defs>", "", body, flags=re.DOTALL)
    body = re.sub(r"; font-family: [^;\"]*|(?<=px) '[^;\"]*", "", body).replace("font: ", "font-size: ")
    body = re.sub(r'\bid="', f'id="{name}-', body)
    body = re.sub(r'(url\(#|xlink:href="#)', rf"\g<1>{name}-", body).replace("xlink:href", "href")
    for stand_in, colour in COLOURS.items():
        body = body.replace(stand_in, f"var(--{colour})")
    size = f'viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}"'
    head = f'<svg role="img" aria-label="{escape(title)}" {size}>'
    return Markup(head + body.strip())
