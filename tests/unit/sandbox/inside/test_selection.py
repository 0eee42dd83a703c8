"""Which statements of a notebook are run that are neither definitions nor assignments."""

from __future__ import annotations

import pytest

AREA = "def circle(r):\n    return TABLE['pi'] * r * r\n"


@pytest.mark.parametrize(
    "statements",
    [
        ["TABLE.update({'pi': 3})"],
        ["PI = 3", "TABLE.update(pi=PI)"],
        ["TABLE.setdefault('all', []).append(3)", "TABLE['pi'] = TABLE['all'][0]"],
        ["TABLE.setdefault('all', [0])[0] = 3", "TABLE['pi'] = TABLE['all'][0]"],
        ["LIST = []", "LIST.append(('pi', 3))", "TABLE = dict(LIST)"],
        ["LIST = []\nLIST.append(('pi', 3)); TABLE = dict(LIST)"],
        ["BOX = {'table': TABLE}", "BOX['table'].update(pi=3)", "TABLE = BOX['table']"],
        ["for name in ['pi']:\n    TABLE.update({name: 3})"],
        ["LIST = []", "for i in range(4):\n    LIST.append(i)", "TABLE['pi'] = LIST[3]"],
        ["LIST = []\ni = 0", "while i < 4:\n    LIST.append(i)\n    i += 1", "TABLE['pi'] = LIST[3]"],
        ["for x in [3]:\n    TABLE['pi'] = x\n    print(x)"],
        ["LIST = []", "for i in range(4):\n    print(i)\n    LIST.append(i)", "TABLE['pi'] = LIST[3]"],
        ["while True:\n    TABLE['pi'] = 3\n    break"],
        ["for name in ['e', 'pi']:\n    if name == 'e':\n        continue\n    '''pi'''\n    TABLE.update({name: 3})"],
        ["if True:\n    TABLE.update(pi=3)\nelse:\n    TABLE.update(pi=4)"],
        ["try:\n    TABLE.update(pi=nothing)\nexcept NameError:\n    TABLE.update(pi=3)"],
        ["import io\nwith io.StringIO('3') as file:\n    ALL = []\n    ALL.extend(file)", "TABLE['pi'] = int(ALL[0])"],
        ["if True:\n    def three(): return 3\n    TABLE.update(pi=three())"],
        ["class Box: pass", "setattr(Box, 'pi', 3)", "TABLE['pi'] = Box.pi"],
        ["class Box:\n    @classmethod\n    def add(cls, x): cls.all = {'pi': x}", "Box.add(3)", "TABLE = Box.all"],
        ["import types\nbox = types.SimpleNamespace()", "setattr(box, 'pi', 3)", "TABLE['pi'] = box.pi"],
        ["import types\nbox = types.SimpleNamespace(all=[])", "box.all.append(3)", "TABLE['pi'] = box.all[0]"],
        ["import numpy as np\nk = np.zeros(1)", "k.fill(3)", "TABLE['pi'] = k[0]"],
        ["import numpy as np\nk = np.zeros(1)", "np.copyto(k, 3)", "TABLE['pi'] = k[0]"],
        ["import numpy as np\nk = np.ones(1)", "np.multiply(k, 3, out=k)", "TABLE['pi'] = k[0]"],
        ["(PI := 3)", "TABLE['pi'] = PI"],
        ["print(PI := 3)", "TABLE['pi'] = PI"],
        ["(ALL := []).append(1)", "ALL.append(3)", "TABLE['pi'] = ALL[-1]"],
        ["def register(name, x):\n    TABLE[name] = x", "register('pi', 3)"],
        ["def register(name, x):\n    TABLE[name] = x\n1", "register('pi', 3)"],
        ["@print\ndef nothing(): pass\ndef register(name, x):\n    TABLE.update({name: x})", "register('pi', 3)"],
        ["def register(name):\n    def keep(x):\n        TABLE[name] = x\n    return keep", "register('pi')(3)"],
        ["PI = 0", "def count(n):\n    global PI\n    PI = n", "count(3)", "TABLE['pi'] = PI"],
        ["class Register:\n    def __init__(self, x):\n        TABLE['pi'] = x", "Register(3)"],
        ["def register(x):\n    TABLE['pi'] = x", "for x in [3]:\n    register(x)\n"],
        ["Σ = []", "def register(x):\n    Σ.append(x)", "register(3)", "TABLE['pi'] = Σ[0]"],
    ],
)  # fmt: skip
def test_what_fills_a_table_that_a_definition_reads_is_run(load, notebook, statements):
    loaded = load({"work.ipynb": notebook("TABLE = {}", *statements, AREA)})
    assert loaded["circle"](2) == 12
    assert loaded.told("error") == ""


UNREAD = [
    "OTHER.update(pi=4)",
    "OTHER.setdefault('all', []).append(1)",
    "for x in [1]:\n    OTHER.update({x: x})",
    "setattr(OTHER, 'x', 1)",
    "(n := 5)",
    "print(n := 5)",
    "print([TABLE for TABLE in [1]])",
    "print(TABLE)",
    "TABLE",
    "1 + 1",
    "len(TABLE)",
    "circle(TABLE.update(pi=4))",
    "plt.plot(TABLE)",
    "plt.figure().add_subplot().plot([1])",
    "ax.set_title('x')",
    "fig.savefig('x.png')",
    "df.head()",
    "np.random.seed(0)",
    "matplotlib.use('Agg')",
    "for x in [1]:\n    TABLE['pi'] = 4\n    display(x)",
    "for x in [1]:\n    OTHER['pi'] = 4\n    print(x)",
    "for x in [1]:\n    TABLE.update(pi=4)\n    plt.plot(x)",
    "for x in [1]:\n    TABLE.update(pi=4)\n    assert x",
    "if __name__ == '__main__':\n    TABLE.update(pi=4)",
    "for x in [1]:\n    if __name__ == '__main__':\n        TABLE.update(pi=4)",
    "show()",
    "show(TABLE)",
    "log(1)",
    "shadow(1)",
    "broken(1)",
    "total([1])",
    "missing(1)",
]

BESIDE = """\
import matplotlib
import matplotlib.pyplot as plt
import numpy as np


def show(TABLE={}):
    TABLE["pi"] = 4
    plt.plot(TABLE)


def log(x):
    LOG.append(x)
    return len(LOG)


def shadow(x):
    TABLE = {}
    TABLE["pi"] = x


def total(x):
    TABLE["pi"] = 4


def drawn(df, ax, fig):
    return df.head(), ax.plot(), fig, OTHER_LOG
"""


@pytest.mark.parametrize("apart", [True, False])
@pytest.mark.parametrize("statement", UNREAD)
def test_calls_that_fill_nothing_that_is_read_stay_out(load, notebook, statement, apart):
    constants = "TABLE = {'pi': 3}\nOTHER = {}\nLOG = []\nOTHER_LOG = []\nfig, ax = plt.subplots()\ndf = plt.x\n"
    styled = "plt.rcParams['figure.figsize'] = 1, 2\n"  # an assignment into what was imported makes it no table
    broken = "def broken(_):\n    TABLE['pi'] = 4\n    nonlocal y\n"
    start = [BESIDE, constants, styled] if apart else [BESIDE + constants + styled]
    loaded = load({"work.ipynb": notebook(*start, broken, AREA, statement)})
    assert loaded["circle"](2) == 12
    (dropped,) = (problem for problem in loaded.problems if problem.kind == "dropped")
    assert "4 statements" in dropped.message  # that one, and of the constants OTHER, fig and ax, df
    assert f"cell {len(start) + 3}" not in loaded.announced


@pytest.mark.parametrize(
    "reader", ["def total(x):\n    return len(LOG)\n", "COUNT = len(LOG)\ndef total(x):\n    return COUNT\n"]
)
@pytest.mark.parametrize("apart", [True, False])
def test_a_function_that_keeps_a_log_is_called_where_another_reads_it(load, notebook, reader, apart):
    log = "def log(x):\n    LOG.append(x)\n    return len(LOG)\n"
    start = ["LOG = []", log] if apart else ["LOG = []\n" + log]
    loaded = load({"work.ipynb": notebook(*start, "log(1)\nlog(2)", reader)})
    assert loaded["total"](0) == 2
    assert loaded.problems == ()


def test_a_kept_call_that_fails_is_a_warning(load, notebook):
    cells = ("TABLE = {'pi': 3}", "TABLE.update(nothing)", "TABLE.pop('e')", AREA)
    loaded = load({"work.ipynb": notebook(*cells)})
    assert loaded["circle"](2) == 12
    assert [(problem.module, problem.line, problem.kind) for problem in loaded.problems] == [
        ("cell 2", 1, "error"),
        ("cell 3", 1, "error"),
    ]


def test_a_kept_call_that_hung_is_left_out_by_its_line(load, notebook):
    text = notebook("TABLE = {'pi': 3}", "TABLE.update(pi=4)\nTABLE.update(e=2)", AREA)
    loaded = load({"work.ipynb": text})
    assert [part for part in loaded.announced if "line" in part] == ["cell 1 line 1", "cell 2 line 1", "cell 2 line 2"]
    assert load({"work.ipynb": text}, skip=["cell 2 line 1"])["circle"](2) == 12
