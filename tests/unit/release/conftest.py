"""A small course, written to a folder as an instructor has it."""

import itertools

import pytest

from autograder.grading import rubrics
from autograder.release.exercise import Exercise

WAVES = '''"""Waves."""

import numpy as np

# Samples in a second.
RATE = 8

### BEGIN SOLUTION


def _phase(t, pitch):
    """Where a wave is."""
    return 2 * np.pi * pitch * t / RATE + np.float64(0.0)


### END SOLUTION


def tone_forward(t, pitch):
    """A tone.

    Returns:
        out: as t in shape.
        cache: what tone_backward needs.
    """
    ### BEGIN SOLUTION
    # A sine whose phase goes round pitch times in every second.
    out = np.sin(_phase(t, pitch))
    return out, (t, pitch)
    ### END SOLUTION


def tone_backward(dout, cache):
    """Its gradient."""
    ### BEGIN SOLUTION
    t, pitch = cache
    inner = dout * np.cos(_phase(t, pitch)) * 2 * np.pi / RATE
    return inner * pitch, np.sum(inner * t, axis=0)
    ### END SOLUTION


def pitches(name):
    """Given whole."""
    return {"a": np.array([440.0])}[name]
'''

LEVELS = '''"""Levels."""

import numpy as np

from .waves import tone_forward


def loudness(x):
    """The root of the mean square, in each column."""
    ### BEGIN SOLUTION
    return np.sqrt(np.mean(np.square(x), axis=0))
    ### END SOLUTION


def noise(n, rng):
    """Gaussian noise."""
    ### BEGIN SOLUTION
    return rng.standard_normal(n)
    ### END SOLUTION
'''

RUBRIC = '''"""The marking scheme."""

import math
from dataclasses import dataclass

import numpy as np

from autograder.checks import Case, Distribution, Gradient, Matches, Purity, Speed, Stability, Tolerance
from autograder.rubric import Rubric, Task
from autograder.sandbox.wire import Rng

from .reference import levels, waves


@dataclass(frozen=True)
class Wrong:
    name: str
    sentence: str
    function: object


def doubled(t, pitch):
    return 2 * waves.tone_forward(t, pitch)[0], None


def hopeless(t, pitch):
    raise ValueError


VARIANTS = (Wrong("doubled", "Your tone is twice as high.", doubled), Wrong("hopeless", "No.", hopeless))


def ordinary(rng):
    return [Case((rng.uniform(0, 2, (4, 3)), rng.uniform(0.5, 1.5, 3)), note="ordinary")]


def hidden(rng):
    first, second = rng.uniform(0, 2, (5, 2)), rng.uniform(0.5, 1.5, 2)
    shuffled = [Case((np.asfortranarray(first), second))]
    return shuffled + [Case((np.repeat(first, 2, axis=1)[:, ::2], second * 1.25, *()), {}, "strided")]


def columns(rng):
    return [Case((np.asfortranarray(rng.normal(size=(4, 2))),)), Case((rng.normal(size=(3, 5)).astype(np.float32),))]


def draws(rng):
    return [Case((16000, Rng(int(rng.integers(2**32)))))]


FUNCTIONS = {
    f.__name__: f for f in (waves.tone_forward, waves.tone_backward, levels.loudness, levels.noise)
}

rubric = Rubric(
    name="sounds",
    package="lab",
    reference=FUNCTIONS,
    tasks=(
        Task("tone", module="waves", checks=(
            Matches("tone_forward", points=1, visible=True, cases=ordinary, pick=0, title="It sounds."),
            Gradient("tone", points=2, visible=True, cases=ordinary, variants=VARIANTS, wrt=("pitch", "t")),
            Purity(("tone_forward", "tone_backward"), points=0.5, visible=True, cases=ordinary),
            Gradient("tone", name="again", points=1, cases=hidden),
            Speed(layer="tone", points=0.5, cases=ordinary),
        )),
        Task("loudness", module="levels", checks=(
            Stability("loudness", points=1.25, visible=True, cases=columns, tolerance=Tolerance(rtol=1e-6)),
            Matches("loudness", name="again", points=1, cases=columns),
        ), needs=("tone",)),
        Task("noise", module="levels", checks=(
            Distribution("noise", points=1, visible=True, cases=draws, variance=lambda n: 1.0),
        )),
    ),
)
'''

STORY = """# Sounds

A tone, $\\sin x$:

```python
not_a_cell = 1
```

```{code} imports
import numpy as np
```

```{function} RATE tone_forward tone_backward
```

```{check} tone
```

Levels.

+++

A cell of its own.

```{code}
x = np.linspace(0, 1)
```

````{function} pitches loudness noise
````

```{check} loudness
```
```{check} noise
```

```{written} why 2.5
Why *sine*?
```
"""

FILES = {
    "__init__.py": "",
    "rubric.py": RUBRIC,
    "reference/__init__.py": "",
    "reference/waves.py": WAVES,
    "reference/levels.py": LEVELS,
    "notebook/story.md": STORY,
    "given/both/helpers.py": "def clap():\n    return 1\n",
    "given/python/README.md": "Modules.\n",
    "given/python/lab/__init__.py": "",
    "given/notebook/README.md": "A notebook.\n",
    "data/sounds.bin": b"\x00\xff",
    "data/make_sounds.py": "1 / 0\n",
}

counter = itertools.count()


@pytest.fixture(scope="session")
def make_course(tmp_path_factory):
    """Write a course, changed here and there: ``make_course({path: text or None}) -> Exercise``."""

    def make(changes=()):
        folder = tmp_path_factory.mktemp("courses") / f"course_{next(counter)}"
        for path, content in {**FILES, **dict(changes)}.items():
            if content is not None:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content if isinstance(content, bytes) else content.encode())
        return Exercise(rubrics.load(str(folder / "rubric.py")))

    return make


@pytest.fixture(scope="session")
def course(make_course):
    return make_course()


@pytest.fixture(scope="session")
def files():
    """The course's files, to be changed."""
    return dict(FILES)
