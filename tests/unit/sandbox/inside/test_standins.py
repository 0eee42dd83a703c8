from __future__ import annotations

import sys

import numpy as np
import pytest

HEAD = "def square(a):\n    return a * a\n"


@pytest.mark.parametrize(
    "code",
    [
        "import matplotlib.pyplot as plt\nfig, axes = plt.subplots(2, 2)\naxes[0, 1].plot([1], [2], 'x')\nplt.show()",
        "import matplotlib.pyplot as plt\n(a, b), (c, d) = plt.subplots(2, 2)[1]\nn, bins, patches = plt.hist([1])",
        "from matplotlib import pyplot as plt\nplt.rcParams['figure.figsize'] = (1, 2)\nline, = plt.plot([1])",
        "import matplotlib\nmatplotlib.use('Agg')\nfrom mpl_toolkits.mplot3d import Axes3D",
        "from matplotlib.pyplot import *",
        "import seaborn as sns\nsns.set_theme()\nsns.style = 1",
        "from IPython.display import display, HTML\ndisplay(HTML('x'))\nget_ipython().run('inline')",
        "from google.colab import drive\ndrive.mount('/content')",
        "import pytest\n@pytest.fixture\ndef f(): pass\n@pytest.mark.parametrize('x', [1])\ndef test_x(x): pass",
        "from autograder import check\ncheck('square')",
        "import autograder.sandbox.wire as w\nassert not hasattr(w, '__file__')",
        "import ipywidgets as w\n@w.interact\ndef f(): pass\n@w.interact(x=3)\ndef g(): pass",
        "import matplotlib.pyplot as plt\nwith plt.style('x') as c:\n    pass\nfor x in plt.all: 1 / 0\nlen(plt)",
        "import plotly\nclass Figure(plotly.Figure, list):\n    pass\nFigure([1]).append(2)",
        "from jaxtyping import Float\ndef f(x: Float['n d'] | None): pass",
    ],
)
def test_what_shows_or_checks_does_nothing(load, code):
    loaded = load({"shapes/areas.py": f"{HEAD}{code}\ndef circle(r): return 3 * square(r)\n"})
    assert loaded["circle"](2) == 12
    assert [problem for problem in loaded.problems if problem.module != "sums"] == []


@pytest.mark.parametrize(
    "line",
    [
        "from tqdm import tqdm",
        "from tqdm.auto import tqdm",
        "import tqdm as t\ntqdm = t.tqdm",
        "from tqdm.notebook import tqdm_notebook as tqdm",
    ],
)
def test_a_progress_bar_passes_on_what_it_goes_through(load, line):
    text = (
        f"{line}\nfrom tqdm import trange\n"
        "def square(a):\n    bar = tqdm(range(a), desc='x')\n    bar.set_postfix(l=1)\n"
        "    return [i for i in bar] + [i for i in trange(2)] + [len(bar)]\n"
    )
    assert load({"shapes/areas.py": text})["square"](3) == [0, 1, 2, 0, 1, 3]


def test_a_decorator_that_is_not_here_gives_the_function_back(load):
    text = (
        "import numba\nfrom numba import njit, prange\n@njit\ndef square(a): return a * a\n"
        "@numba.jit(nopython=True)\ndef circle(r): return sum(r for _ in prange(3))\n"
    )
    loaded = load({"shapes/areas.py": text})
    assert (loaded["square"](3), loaded["circle"](2)) == (9, 6)


@pytest.mark.parametrize(
    ("code", "module"),
    [
        ("import scipy\ndef square(a): return scipy.special.expit(a)", "scipy"),
        ("from scipy.special import expit\nsquare = expit", "scipy"),
        ("import torch.nn as nn\ndef square(a): return nn.functional.relu(a)", "torch"),
        ("import pandas as pd\ndef square(a): return pd + a", "pandas"),
        ("import torch\ndef square(a): return a @ torch.eye", "torch"),
        ("import sklearn\ndef square(a):\n    class B(sklearn.Base): pass", "sklearn"),
        ("import my_helpers\ndef square(a): return [x for x in my_helpers.all]", "my_helpers"),
        ("def square(a):\n    from scipy.special import expit\n    return expit(a)", "scipy"),
        ("import msgspec\ndef square(a): return msgspec.json.encode(a)", "msgspec"),
    ],
)
def test_what_is_not_here_fails_where_it_is_used_and_says_so(load, code, module):
    loaded = load({"shapes/areas.py": code + "\ndef circle(r): return r\n"})
    assert loaded["circle"](1) == 1
    with pytest.raises(ModuleNotFoundError, match=f"{module} is not available here: only numpy"):
        loaded["square"](np.ones(2))


def test_what_is_not_here_is_told_once(load):
    loaded = load({"shapes/areas.py": f"import scipy.stats\n{HEAD}"})
    (problem,) = [problem for problem in loaded.problems if problem.kind == "odd"]
    assert (problem.module, problem.line) == ("areas", 1)
    assert problem.message.startswith("scipy is not available here")


def test_what_is_not_here_may_be_named(load):
    text = (
        "import torch\ndef square(a: torch.Tensor | None, b: 'x' = torch.float32):\n"
        "    return 1 if isinstance(a, torch.Tensor) else a * a\n"
    )
    assert load({"shapes/areas.py": text})["square"](3) == 9


@pytest.mark.parametrize("kind", ["ImportError", "ModuleNotFoundError", "Exception", "(ValueError, ImportError)", ""])
def test_code_that_can_do_without_a_module_does_without(load, kind):
    text = f"try:\n    import cupy as np\nexcept {kind}:\n    import numpy as np\ndef square(a): return np.square(a)\n"
    loaded = load({"shapes/areas.py": text})
    assert loaded["square"](3) == 9
    assert not loaded.told("odd")


def test_a_part_of_the_standard_library_that_is_not_there_is_the_students_mistake(load):
    loaded = load({"shapes/areas.py": f"from math import square_root\nimport os.nothing\n{HEAD}"})
    assert "square_root" in loaded.told("error")
    assert "os.nothing" in loaded.told("error")


def test_a_name_from_an_inert_library_is_no_function(load):
    assert load(
        {"shapes/areas.py": "from matplotlib import square\nfrom tqdm import tqdm as circle"}
    ).functions.keys() <= {"circle"}


def test_numpy_and_the_standard_library_are_the_real_ones(load):
    text = (
        "import numpy.linalg as la, math, json, unittest\nfrom numpy import array as arr\n"
        "def square(a): return json.loads(str(la.norm(arr([3, 4])) + math.floor(a)))\n"
    )
    assert load({"shapes/areas.py": text, "numpy.py": "linalg = 0"})["square"](0.5) == 5.0


def test_a_stand_in_says_what_it_is(load):
    text = "import scipy.stats, matplotlib.pyplot as plt\ndef square(a): return repr(scipy.stats), repr(plt.plot())\n"
    stats, plot = load({"shapes/areas.py": text})["square"](1)
    assert stats == "<scipy, which is not available here>"
    assert plot == "<matplotlib.pyplot.plot(), which does nothing here>"


def test_a_stand_in_takes_what_is_put_into_it_and_has_no_hidden_names(load):
    text = (
        "import scipy, matplotlib as m\nm.rcParams['x'] = m.y = 1\nclass Mean(m.Base): pass\n"
        "def square(a): return hasattr(scipy, '__path__'), hasattr(m, '__path__'), scipy.a['x'] is not None\n"
    )
    assert load({"shapes/areas.py": text})["square"](1) == (False, False, True)


def test_an_import_in_code_made_at_run_time_gets_a_stand_in_too(load):
    text = "exec('import scipy')\ndef square(a): return scipy.special.expit(a)\n"
    with pytest.raises(ModuleNotFoundError, match="scipy is not available here"):
        load({"shapes/areas.py": text})["square"](1)


def test_a_module_of_the_standard_library_that_can_not_be_had_is_told(load, monkeypatch):
    monkeypatch.setitem(sys.modules, "sqlite3", None)
    monkeypatch.delitem(sys.modules, "sqlite3")
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.setattr(sys, "path_importer_cache", {})
    with pytest.raises(ModuleNotFoundError, match="sqlite3 is not available here: it needs"):
        load({"shapes/areas.py": "import sqlite3\nsquare = sqlite3.connect\n"})["square"](1)
