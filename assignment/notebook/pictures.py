"""Pictures of what your functions do, and two classes of points to try them on.

Shapes: N samples, D features.  Colours are chosen to be told apart by colour-blind eyes too
(Okabe and Ito, "Color Universal Design", 2008).
"""

from contextlib import contextmanager
from itertools import cycle

import matplotlib.pyplot as plt
import numpy as np

BLUE, ORANGE, GREEN, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#AA4499", "#56B4E9"

DASHES = ("-", "--", "-.", ":")

WIDTH = 0.8
"""Of a histogram in a row of them, one a unit."""

STYLE = {
    "axes.axisbelow": True,
    "axes.prop_cycle": plt.cycler(color=[BLUE, ORANGE, GREEN, PURPLE, SKY]),
    "axes.spines.right": False,
    "axes.spines.top": False,
    "axes.titlesize": 11,
    "figure.constrained_layout.use": True,
    "figure.dpi": 100,
    "figure.facecolor": "white",
    "font.size": 10,
    "grid.color": "#dddddd",
    "legend.framealpha": 0.9,
}
"""On white, whatever the notebook's theme, so that black text can be read."""


@contextmanager
def when_written():
    """Run the lines in the block; if a function that they need isn't written yet, say which."""
    try:
        yield
    except Exception as error:
        missing = _still_missing(error)
        if missing is None:
            raise
        print(f"Nothing to show yet: {missing}")


def _still_missing(error):
    """What an error says is still to be done, or None if it says something else."""
    text = str(error)
    if isinstance(error, NotImplementedError) or "must derive from BaseException" in text:
        return f"{_where(error)} is still to be written."
    if isinstance(error, NameError) and error.name:
        where = _where(error)
        inside = "" if where.startswith("<") else f", which {where} uses,"
        return f"{error.name}{inside} isn't defined; does it come from a cell above?"
    if isinstance(error, TypeError) and "NoneType" in text:
        return "one of the functions returns None; are all of them written, and do they end with return?"
    return None


def _where(error):
    """The name of the function that raised an error."""
    trace = error.__traceback__
    while trace.tb_next:
        trace = trace.tb_next
    return trace.tb_frame.f_code.co_name


def two_circles(rng, n=150):
    """Two classes of points: a ring, and what is inside it.

    Args:
        rng: a numpy.random.Generator.
        n: how many points each class has.

    Returns:
        X: (2n, 2).
        y: (2n,), 0 inside and 1 on the ring.
    """
    y = np.repeat([0, 1], n)
    radius = np.where(y == 1, 2.0, 0.8) + 0.2 * rng.standard_normal(2 * n)
    angle = rng.uniform(0, 2 * np.pi, 2 * n)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1), y


def draw_lines(panels, xlabel, ylabel, logarithmic=False):
    """Lines in one panel or several, side by side.

    Args:
        panels: {title: {label: (x, y)}}.
        xlabel: what x is, for all panels.
        ylabel: what y is.
        logarithmic: whether equal steps upwards are equal factors.
    """
    size = (6.4, 3.8) if len(panels) == 1 else (4.6 * len(panels), 3.4)
    with _shown(1, len(panels), size, sharey=True) as (all_axes,):
        for axes, (title, lines) in zip(all_axes, panels.items(), strict=True):
            for dashes, (label, (x, y)) in zip(cycle(DASHES), lines.items()):
                axes.plot(x, y, dashes, label=label, linewidth=2)
            axes.set(title=title, xlabel=xlabel, yscale="log" if logarithmic else "linear")
            axes.legend()
        all_axes[0].set_ylabel(ylabel)


def draw_activation(title, forward, backward, labels=("",)):
    """An activation function beside its derivative, which is what its backward makes of ones.

    Grey are the places where the derivative is below 0.01.

    Args:
        title: the activation's name.
        forward: forward(x) returns (out, cache).
        backward: backward(dout, cache) returns dx.
        labels: one a feature, where the features differ.
    """
    line = np.linspace(-6, 6, 600)
    x = np.repeat(line[:, np.newaxis], len(labels), axis=1)  # (N, D)
    out, cache = forward(x.copy())
    derivative = np.asarray(backward(np.ones_like(x), cache))
    with _shown(1, 2, (9.2, 3.4)) as ((left, right),):
        for axes, values in ((left, out), (right, derivative)):
            for dashes, label, column in zip(cycle(DASHES), labels, values.T):
                axes.plot(line, column, dashes, label=label, linewidth=2)
            axes.axhline(0, color="#888888", linewidth=0.8)
            axes.set(xlabel="x", xlim=(-6, 6))
        flat = np.all(derivative < 0.0099, axis=1)
        if flat.any():
            bottom, top = right.get_ylim()
            right.fill_between(line, bottom, top, where=flat, color="#cccccc", label="below 0.01")
            right.set_ylim(bottom, top)
        left.set_title(title)
        right.set_title(f"{title}: the derivative")
        for axes in (left, right):
            if axes.get_legend_handles_labels()[1]:
                axes.legend()


def draw_boundaries(X, y, classifiers):
    """Points of two classes, and what some classifiers make of the plane that they lie in.

    Args:
        X: (N, 2), the points.
        y: (N,), their classes, 0 or 1.
        classifiers: {title: function}; a function takes points, (M, 2), and returns (M,), true where
            it says class 1.  Without any, the points are shown alone.
    """
    side = np.linspace(-3, 3, 301)
    plane = np.stack(np.meshgrid(side, side), axis=-1)  # (301, 301, 2)
    columns = max(1, len(classifiers))
    with _shown(1, columns, (4 * columns, 4.3), sharey=True, grid=False) as (all_axes,):
        for axes, (title, says_one) in zip(all_axes, classifiers.items(), strict=False):
            regions = np.asarray(says_one(plane.reshape(-1, 2)), dtype=float).reshape(plane.shape[:2])
            axes.contourf(side, side, regions, levels=[-0.5, 0.5, 1.5], colors=["#cfe4f2", "#f8dcc8"])
            if 0 < regions.mean() < 1:
                axes.contour(side, side, regions, levels=[0.5], colors="black", linewidths=1)
            axes.set_title(f"{title}: {np.mean(np.asarray(says_one(X)) == (y == 1)):.0%} right")
        for axes in all_axes:
            for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
                axes.plot(*X[y == label].T, marker, color=colour, markersize=4, label=f"class {label}")
            axes.set(aspect="equal", xlabel="$x_1$", xlim=(-3, 3), ylim=(-3, 3))
        all_axes[0].set_ylabel("$x_2$")
        all_axes[-1].legend(loc="upper right")


def draw_images(images):
    """Grey images side by side: black is 0, white the largest; where some are negative, red to blue.

    Args:
        images: {title: image}, each (H, W).
    """
    with _shown(1, len(images), (3 * len(images), 2.9), grid=False) as (all_axes,):
        for axes, (title, image) in zip(all_axes, images.items(), strict=True):
            signed = np.min(image) < 0
            limit = np.max(np.abs(image))
            shown = axes.imshow(image, cmap="RdBu" if signed else "gray", vmin=-limit if signed else 0, vmax=limit)
            axes.set(title=title, xticks=[], yticks=[])
            axes.spines[:].set_visible(False)
            plt.colorbar(shown, ax=axes, shrink=0.8)


def draw_histograms(settings, bins=21):
    """What comes out of every layer of a deep network: a row for each setting, a column for each layer.

    A bar's height is the share of the values that fall into it; bars above a fifth are cut off.

    Args:
        settings: {title: (low, high, outputs)}: the ends of the x axis, and an array for each layer.
        bins: the number of bars.
    """
    depth = max(len(outputs) for _, _, outputs in settings.values())
    starts = np.arange(depth)
    with _shown(len(settings), 1, (1.25 * depth, 1.55 * len(settings)), grid=False) as grid:
        for (axes,), (title, (low, high, outputs)) in zip(grid, settings.items(), strict=True):
            for start, output in zip(starts, outputs, strict=True):
                heights, edges = np.histogram(output, bins=bins, range=(low, high))
                axes.stairs(heights / output.size, start + WIDTH * (edges - low) / (high - low), fill=True, color=BLUE)
                axes.plot([start, start, start + WIDTH], [0.2, 0, 0], color="black", linewidth=0.8, clip_on=False)
                axes.text(start + WIDTH / 2, 0.21, f"std {_short(np.std(output))}", ha="center", fontsize=9)
            axes.set(ylim=(0, 0.2), xlim=(-0.05, depth - 1 + WIDTH + 0.05), yticks=[], ylabel=title)
            axes.set_xticks(np.sort([*starts, *(starts + WIDTH)]), [f"${low}$", f"${high}$"] * depth)
            axes.spines[:].set_visible(False)
        for start in starts:
            grid[-1, 0].text(start + WIDTH / 2, -0.07, f"layer {start + 1}", ha="center")


def _short(number):
    return f"{number:.2f}" if number >= 0.005 else f"{number:.0e}"


@contextmanager
def _shown(rows, columns, size, *, sharey=False, grid=True):
    """An array of axes, (rows, columns), which is drawn on in the block and shown at its end."""
    with plt.rc_context({**STYLE, "axes.grid": grid}):
        figure, axes = plt.subplots(rows, columns, figsize=size, sharey=sharey, squeeze=False)
        try:
            yield axes
            plt.show()
        finally:
            plt.close(figure)
