"""Pictures of what your functions do, and two classes of points to try them on.

Shapes: N samples, D features.  Colours are chosen to be told apart by colour-blind eyes too
(Okabe and Ito, "Color Universal Design", 2008).
"""

from contextlib import contextmanager

import matplotlib.pyplot as plt
import numpy as np

BLUE, ORANGE, GREEN, PURPLE, SKY = "#0072B2", "#D55E00", "#009E73", "#AA4499", "#56B4E9"

STYLE = {
    "axes.axisbelow": True,
    "axes.grid": True,
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
        return f"{error.name} isn't there; it comes from a cell above."
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
    with plt.rc_context(STYLE):
        figure, all_axes = plt.subplots(1, len(panels), figsize=_size(len(panels)), squeeze=False, sharey=True)
        for axes, (title, lines) in zip(all_axes[0], panels.items()):
            for line, (label, (x, y)) in zip(("-", "--", "-.", ":", (0, (5, 1))), lines.items()):
                axes.plot(x, y, label=label, linestyle=line, linewidth=2)
            axes.set(title=title, xlabel=xlabel, yscale="log" if logarithmic else "linear")
            if any(lines):
                axes.legend()
        all_axes[0, 0].set_ylabel(ylabel)
        plt.show()


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
    with plt.rc_context(STYLE):
        figure, (left, right) = plt.subplots(1, 2, figsize=_size(2), sharex=True)
        for axes, values in ((left, out), (right, derivative)):
            for style, label, column in zip(("-", "--", "-."), labels, values.T):
                axes.plot(line, column, style, label=label, linewidth=2)
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
        plt.show()


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
    with plt.rc_context({**STYLE, "axes.grid": False}):
        columns = max(1, len(classifiers))
        figure, all_axes = plt.subplots(1, columns, figsize=(4 * columns, 4.3), squeeze=False, sharey=True)
        for axes, (title, says_one) in zip(all_axes[0], classifiers.items()):
            regions = np.asarray(says_one(plane.reshape(-1, 2)), dtype=float).reshape(plane.shape[:2])
            axes.contourf(side, side, regions, levels=[-0.5, 0.5, 1.5], colors=["#cfe4f2", "#f8dcc8"])
            if 0 < regions.mean() < 1:
                axes.contour(side, side, regions, levels=[0.5], colors="black", linewidths=1)
            axes.set_title(f"{title}: {np.mean(np.asarray(says_one(X)) == (y == 1)):.0%} right")
        for axes in all_axes[0]:
            for label, colour, marker in ((0, BLUE, "o"), (1, ORANGE, "^")):
                axes.plot(*X[y == label].T, marker, color=colour, markersize=4, label=f"class {label}")
            axes.set(aspect="equal", xlabel="$x_1$", xlim=(-3, 3), ylim=(-3, 3))
        all_axes[0, 0].set_ylabel("$x_2$")
        all_axes[0, -1].legend(loc="upper right")
        plt.show()


def draw_images(images):
    """Grey images side by side: black is 0, white the largest; where some are negative, red to blue.

    Args:
        images: {title: image}, each (H, W).
    """
    with plt.rc_context({**STYLE, "axes.grid": False}):
        figure, all_axes = plt.subplots(1, len(images), figsize=(3 * len(images), 2.9), squeeze=False)
        for axes, (title, image) in zip(all_axes[0], images.items()):
            signed = np.min(image) < 0
            limit = np.max(np.abs(image))
            shown = axes.imshow(image, cmap="RdBu" if signed else "gray", vmin=-limit if signed else 0, vmax=limit)
            axes.set(title=title, xticks=[], yticks=[])
            axes.spines[:].set_visible(False)
            figure.colorbar(shown, ax=axes, shrink=0.8)
        plt.show()


def draw_histograms(settings, bins=21):
    """What comes out of every layer of a deep network: a row for each setting, a column for each layer.

    A bar's height is the share of the values that fall into it; bars above a fifth are cut off.

    Args:
        settings: {title: (low, high, outputs)}: the ends of the x axis, and an array for each layer.
        bins: the number of bars.
    """
    depth = max(len(outputs) for _, _, outputs in settings.values())
    with plt.rc_context({**STYLE, "axes.grid": False}):
        figure, grid = plt.subplots(
            len(settings), depth, figsize=(1.25 * depth, 1.55 * len(settings)), squeeze=False, sharey=True
        )
        for row, (title, (low, high, outputs)) in zip(grid, settings.items()):
            for axes, output in zip(row, outputs):
                heights, edges = np.histogram(output, bins=bins, range=(low, high))
                axes.stairs(heights / output.size, edges, fill=True, color=BLUE)
                axes.set(ylim=(0, 0.2), xlim=(low, high), xticks=[low, high], yticks=[])
                axes.set_title(f"std {np.std(output):.2g}", fontsize=9)
            row[0].set_ylabel(title)
        for number, axes in enumerate(grid[-1], 1):
            axes.set_xlabel(f"layer {number}")
        plt.show()


def _size(panels):
    return (6.4, 3.8) if panels == 1 else (4.6 * panels, 3.4)
