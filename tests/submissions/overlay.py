"""Submissions made for tests, each a set of ``nn/*.py`` by its slug.

- ``right/<name>``: written otherwise, and right; the files are ``solutions/alternatives/<name>/<module>.py``.
- ``wrong/<module>/<name>.py``: one mistake; ``wrong/expected.toml`` says in which task.
- ``cheap/<name>.py``: every function returns something that was cheap to have (an array made from
  the right answer's shape, from the answer itself, or from an argument).
- ``stubs/<name>.py``: every function as somebody leaves it who has not written it.

A file is appended to the reference's module of the same name (those of ``cheap`` and ``stubs`` to
every module), so that its definitions take the place of the reference's.  What would be broken or
lost by that stands by itself: an alternative that has all the modules, and the stubs with an
IndentationError.  ``examples/<name>`` is one of the example submissions.
"""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
REFERENCE = HERE.parents[1] / "solutions" / "reference"
ALTERNATIVES = HERE.parents[1] / "solutions" / "alternatives"
EXAMPLES = HERE.parents[1] / "examples" / "submissions"

TASKS = {
    "linear": ("affine", "quadratic_features"),
    "losses": ("softmax", "softmax_loss", "logistic_loss"),
    "activations": ("sigmoid", "tanh", "relu", "leaky_relu", "prelu", "maxout"),
    "preprocessing": ("subtract_mean_image", "subtract_channel_mean"),
    "initialization": (
        "zero_init",
        "gaussian_init",
        "xavier_init",
        "he_init",
        "active_bias",
        "activation_statistics",
    ),
    "batchnorm": (
        "batchnorm_forward",
        "batchnorm_backward",
        "undo_parameters",
        "population_statistics",
        "inference_parameters",
        "batchnorm_inference",
    ),
    "network": (
        "init_network",
        "network_scores",
        "network_loss",
        "sgd_step",
        "train",
        "freeze_batchnorm",
        "inference_scores",
    ),
}
"""The exercise's tasks by module."""

MODULES = tuple(TASKS)

_IN_A_NETWORK = ("network_scores", "network_loss", "train", "freeze_batchnorm", "inference_scores")

BUILDS_ON: dict[str, tuple[str, ...]] = {
    "affine": _IN_A_NETWORK,
    "softmax": ("softmax_loss", "network_loss", "train"),
    "softmax_loss": ("network_loss", "train"),
    "sigmoid": ("logistic_loss", "activation_statistics", *_IN_A_NETWORK),
    "tanh": ("activation_statistics", *_IN_A_NETWORK),
    "relu": ("activation_statistics", *_IN_A_NETWORK),
    "zero_init": ("init_network",),
    "gaussian_init": ("xavier_init", "he_init", "init_network"),
    "xavier_init": ("init_network",),
    "he_init": ("init_network",),
    "batchnorm_forward": ("batchnorm_backward", "network_scores", "network_loss", "train", "freeze_batchnorm"),
    "batchnorm_backward": ("network_loss", "train"),
    "population_statistics": ("freeze_batchnorm",),
    "inference_parameters": ("freeze_batchnorm",),
    "batchnorm_inference": ("inference_scores",),
    "network_scores": ("network_loss", "train"),
    "network_loss": ("train",),
    "sgd_step": ("train",),
}
"""Which tasks may lose marks too when one is wrong: those whose functions call its functions."""


@dataclass(frozen=True)
class Wrong:
    """A submission with one mistake.

    Attributes:
        tasks: those that it must lose marks in.
        builds_on: those that may lose marks as well; all others are right.
        says: the mistake, in a few words.
    """

    tasks: tuple[str, ...]
    builds_on: tuple[str, ...]
    says: str


def _names(kind: str, folder: Path, pattern: str) -> tuple[str, ...]:
    return tuple(sorted(f"{kind}/{path.stem}" for path in folder.glob(pattern) if path.name[0] not in "._"))


def _wrong() -> dict[str, Wrong]:
    table = tomllib.loads((HERE / "wrong" / "expected.toml").read_text("utf-8"))
    wrong = {}
    for module, entries in table.items():
        for name, entry in entries.items():
            tasks = tuple(entry["tasks"])
            builds_on = {later for task in tasks for later in BUILDS_ON.get(task, ())}
            wrong[f"wrong/{module}/{name}"] = Wrong(tasks, tuple(sorted(builds_on - set(tasks))), entry["says"])
    return wrong


RIGHT = (*_names("right", ALTERNATIVES, "*"), "examples/ada", "examples/bela", "examples/chen")
WRONG = _wrong()
CHEAP: dict[str, tuple[str, ...]] = {
    "cheap/a_thousandth_more": ("zero_init", "gaussian_init", "xavier_init", "he_init"),
    "cheap/constants": (),
    "cheap/first_argument": (),
    "cheap/millionths": ("zero_init",),
    "cheap/not_numbers": (),
    "cheap/random": (),
    "cheap/zeros": ("zero_init",),
}
"""The tasks that such a submission earns marks in, because what it returns is honestly right there.

(No test that spares the right standard deviation can tell one that is larger by a thousandth.)
"""

STUBS = _names("stubs", HERE / "stubs", "*.py")


@cache
def _reference() -> dict[str, bytes]:
    return {module: (REFERENCE / f"{module}.py").read_bytes() for module in MODULES}


def sources(slug: str) -> dict[str, bytes]:
    """A submission's files, such as ``nn/linear.py``, by its slug."""
    kind, name = slug.split("/", 1)
    if kind == "examples":
        folder = EXAMPLES / name / "nn"
        return {f"nn/{path.name}": path.read_bytes() for path in sorted(folder.glob("*.py"))}
    if kind == "right":
        added = {path.stem: path.read_bytes() for path in sorted((ALTERNATIVES / name).glob("*.py"))}
        if TASKS.keys() <= added.keys():
            return {f"nn/{module}.py": text for module, text in added.items()}
    elif kind == "wrong":
        added = {name.split("/")[0]: (HERE / f"{slug}.py").read_bytes()}
    elif slug == "stubs/indentation_error":
        return {f"nn/{module}.py": (HERE / f"{slug}.py").read_bytes() for module in MODULES}
    else:
        parts = ["cheap/_of_the_answer"] if kind == "cheap" else []
        text = b"\n\n".join((HERE / f"{part}.py").read_bytes() for part in [*parts, slug, "_every_function"])
        added = dict.fromkeys(MODULES, text)
    base = _reference()
    return {
        f"nn/{module}.py": b"\n\n".join(part for part in (base.get(module), added.get(module)) if part)
        for module in sorted(base.keys() | added.keys())
    }
