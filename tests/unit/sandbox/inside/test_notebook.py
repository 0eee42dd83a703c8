from __future__ import annotations

import json
import re

import numpy as np
import pytest

from autograder.sandbox.inside import cells as cells_module

AREAS = "def square(a):\n    return a * a\n\n\ndef circle(r):\n    return PI * square(r)\n"


def test_definitions_of_all_cells_share_one_namespace(load, notebook):
    loaded = load({"work.ipynb": notebook("import numpy as np\nPI = 3", AREAS, "def total(x):\n    return np.sum(x)")})
    assert loaded["circle"](2) == 12
    assert loaded["total"]([1, 2]) == 3
    assert loaded.problems == ()


def test_a_notebook_and_the_same_code_as_modules_load_the_same(load, notebook):
    sums = "import numpy as np\nfrom .areas import square\n\n\ndef total(x):\n    return np.sum(square(x))\n"
    areas = "PI = 3.14\nsquare = lambda a: a * a\n\n\ndef circle(r):\n    return PI * square(r)\n"
    modules = load({"shapes/areas.py": areas, "shapes/sums.py": sums})
    x = np.array([1.0, 2.5])
    expected = [modules["circle"](2.0), modules["total"](x)]
    cells = load({"work.ipynb": notebook(areas, sums)})
    assert [cells["circle"](2.0), cells["total"](x)] == expected
    assert tuple(cells.functions) == tuple(modules.functions)
    assert cells.problems == modules.problems == ()


def test_sources_may_be_lists_and_version_3_has_worksheets(load):
    cell = {"cell_type": "code", "input": AREAS.splitlines(keepends=True), "language": "python", "outputs": []}
    v3 = {"nbformat": 3, "worksheets": [{"cells": [{"cell_type": "heading", "source": "x"}, cell]}]}
    assert load({"work.ipynb": json.dumps(v3)})["square"](3) == 9


def test_the_last_definition_of_a_name_wins(load, notebook):
    cells = ("def square(a):\n    return 0", "def square(a):\n    return a * a")
    assert load({"work.ipynb": notebook(*cells)})["square"](3) == 9


def test_experiments_are_not_run_and_told_in_one_sentence(load, notebook):
    cells = (
        "1 / 0",
        "print(square(2))",
        "for i in range(3):\n    print(i)",
        "x = 1 / 0",
        "assert False",
        "if __name__ == '__main__':\n    import nothing",
        "del y",
    )
    loaded = load({"work.ipynb": notebook(AREAS, *cells)})
    assert loaded["square"](3) == 9
    (problem,) = loaded.problems
    assert problem.kind == "dropped"
    assert "7 statements" in problem.message


@pytest.mark.parametrize(
    "cells",
    [
        ["PI = 3"],
        ["PI: int = 3"],
        ["THREE = 3", "PI = THREE"],
        ["PI, E = 3, 2"],
        ["TABLE = {}", "TABLE['pi'] = 3", "PI = TABLE['pi']"],
        ["def three(): return THREE", "THREE = 3", "PI = three()"],
        ["PI = 1", "PI += 2"],
        ["if True:\n    PI = 3\nelse:\n    PI = 1"],
        ["try:\n    from nowhere import PI\nexcept ImportError:\n    PI = 3"],
        ["try:\n    from nowhere import PI\nexcept ImportError:\n    print('none')\n    PI = 3\n    def f(): pass"],
        ["TABLE = [0, 0]", "for i in range(2):\n    TABLE[i] = i + 2", "PI = TABLE[1]"],
        ["class Constants:\n    pi = None", "Constants.pi = 3", "PI = Constants.pi"],
        ["import numpy as np\nwith np.errstate(all='ignore'):\n    PI = np.float64(3)"],
        ["from math import floor, pi; PI = floor(pi)"],
    ],
)
def test_assignments_that_a_definition_needs_are_run(load, notebook, cells):
    loaded = load({"work.ipynb": notebook(*cells, AREAS)})
    assert loaded["circle"](2) == 12
    assert loaded.problems == ()


@pytest.mark.parametrize("experiment", ["square = square(3)", "circle = square = 5", "square += 1", "square, x = 1, 2"])
def test_an_experiment_does_not_take_a_functions_name(load, notebook, experiment):
    loaded = load({"work.ipynb": notebook("PI = 3", AREAS, experiment)})
    assert loaded["circle"](2) == 12
    assert loaded["square"](2) == 4


@pytest.mark.parametrize(
    "cell",
    [
        "square = lambda a: a * a",
        "def mine(a): return a * a\nsquare = mine",
        "import functools\nsquare = functools.partial(pow, exp=2)",
        "import numpy as np\nsquare = np.square",
        "class Square:\n    def __call__(self, a): return a * a\nsquare = Square()",
    ],
)
def test_a_function_may_be_anything_that_can_be_called(load, notebook, cell):
    assert load({"work.ipynb": notebook(cell)})["square"](3) == 9


@pytest.mark.parametrize(
    ("cell", "magics"),
    [
        (f"%matplotlib inline\n{AREAS}", True),
        (f"import math\n!pip install numpy\n%load_ext autoreload\n{AREAS}?square\nsquare?", True),
        (f"%%time\n{AREAS}", True),
        (f"\n%%capture out\n{AREAS}", True),
        (f"%%writefile shapes/areas.py\n{AREAS}", True),
        (f"files = !ls\nrate = %timeit -o square(3)\n{AREAS}", True),
        (f"if True:\n    %matplotlib inline\n    pass\n{AREAS}", True),
        (f"rest = (7\n% 4)\nTEXT = '''\n%matplotlib\n!no\n'''\n{AREAS}", False),
        (f"{AREAS}\ndef broken(:\n    pass\n%matplotlib inline\n", True),
    ],
)
def test_magics_and_shell_lines_are_left_out_and_told(load, notebook, cell, magics):
    loaded = load({"work.ipynb": notebook("PI = 3", cell, "%%bash\nrm -rf /", "%%html\n<b>")})
    assert loaded["circle"](2) == 12
    assert f"cells {'2, ' if magics else ''}3, 4" in loaded.told("dropped")


def test_a_cell_with_a_syntax_error_costs_what_is_broken(load, notebook):
    loaded = load(
        {"work.ipynb": notebook("PI = 3", "def total(x:\n    return x\n" + AREAS, "def mean(x):\n    return x")}
    )
    assert set(loaded.functions) == {"square", "circle", "mean"}
    (problem,) = [problem for problem in loaded.problems if problem.kind == "syntax"]
    assert (problem.module, problem.line) == ("cell 2", 1)


@pytest.mark.parametrize(
    "line",
    [
        "from shapes.areas import square, circle",
        "from areas import square",
        "from .areas import square",
        "from shapes import areas",
        "import shapes.areas as a",
        "from shapes.areas import *",
    ],
)
def test_imports_of_the_package_give_the_notebooks_own(load, notebook, line):
    loaded = load({"work.ipynb": notebook(line, "PI = 3", AREAS, line)})
    assert loaded["circle"](2) == 12
    assert loaded.problems == ()


def test_an_alias_of_a_function_that_comes_later_works(load, notebook):
    cells = (
        "from shapes.areas import square as s, mean as m\nimport shapes.areas as A",
        "def total(x):\n    return s(x) + A.square(x)\ndef mean2(): m()",
        AREAS,
    )
    loaded = load({"work.ipynb": notebook(*cells)})
    assert loaded["total"](3) == 18
    assert "mean" not in loaded.functions


def test_a_function_that_is_only_imported_from_the_package_is_missing(load, notebook):
    loaded = load(
        {
            "work.ipynb": notebook(
                "from shapes.sums import mean, total as t\ndef total(x): return t(x)\ndef square(x): return mean(x)"
            )
        }
    )
    assert set(loaded.functions) == {"square", "total"}
    with pytest.raises(NameError, match="'mean' is not defined in the notebook"):
        loaded["square"](1)


def test_files_beside_the_notebook_can_be_imported(load, notebook):
    loaded = load(
        {"a/work.ipynb": notebook("from helper import two\ndef square(a): return a * two"), "a/helper.py": "two = 2"}
    )
    assert loaded["square"](3) == 6


def test_cells_in_another_order_are_given_a_second_chance(load, notebook):
    cells = (
        "class Square(Shape):\n    def __call__(self, a): return a * self.factor",
        "square = Square()",
        "class Shape:\n    factor = 2",
    )
    loaded = load({"work.ipynb": notebook(*cells)})
    assert loaded["square"](3) == 6
    assert loaded.problems == ()


def test_dataclasses_with_deferred_annotations_work(load, notebook):
    cells = (
        "from __future__ import annotations\nfrom dataclasses import dataclass\nimport dataclasses\n"
        "@dataclass\nclass Box:\n    a: float\n    kind: ClassVar[str] = 'x'\ndef square(a): return Box(a).a ** 2",
    )
    assert load({"work.ipynb": notebook(*cells)})["square"](3) == 9


@pytest.mark.parametrize("cut", [0.5, 0.7, 0.9, 0.97])
def test_a_notebook_cut_short_gives_its_whole_cells(load, notebook, cut):
    text = notebook("PI = 3", AREAS, *(f"def filler{n}(): pass" for n in range(20)))
    loaded = load({"work.ipynb": text[: int(len(text) * cut)]})
    assert loaded["circle"](2) == 12
    assert "broken or cut short" in loaded.told("syntax")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"cells"',
        b"\xff\xfe\x00",
        b'{"cells": 3}',
        b'{"cells": [1, null, {"cell_type": "code"}]}',
        b'{"cells": [{"cell_type": "code", "source": 5}]}',
        b"[" * 200_000,
        b'{"worksheets": [1, {"cells": null}]}',
        b'{"cells": [' + b"[" * 100_000,
        b'{"cells": ' + b"9" * 6000 + b"}",
        b'{"cells": [{"cell_type": "code", "source": "\\ud800 = 1"}]}',
        b'{"cells": [{"cell_type": "code", "source": "x = \'\\u0000\'"}]}',
    ],
)
def test_a_broken_notebook_raises_nothing(load, data):
    assert load({"work.ipynb": data}).functions == {}


def test_a_number_without_end_in_the_notebook_costs_nothing(load, notebook):
    text = notebook("PI = 3", AREAS).replace('"nbformat": 4', '"nbformat": ' + "4" * 6000)
    assert load({"work.ipynb": text})["circle"](2) == 12


def test_outputs_are_ignored_however_large(load, notebook):
    document = json.loads(notebook("PI = 3", AREAS))
    document["cells"][1]["outputs"] = [{"output_type": "stream", "text": "x" * 20_000_000}]
    assert load({"work.ipynb": json.dumps(document)})["circle"](2) == 12


def test_of_several_notebooks_the_one_with_most_functions_is_taken_and_told(load, notebook):
    files = {
        "a.ipynb": notebook("def square(a): return 0"),
        "b.ipynb": notebook("PI = 3", AREAS),
        "c.ipynb": notebook(),
    }
    loaded = load(files)
    assert loaded["circle"](2) == 12
    assert "b.ipynb was graded; not graded: a.ipynb" in loaded.told("odd")


def test_a_cell_is_announced_before_it_runs_and_can_be_skipped(load, notebook):
    text = notebook("PI = 3", AREAS, "total = max([sum])", "def mean(x): return x")
    loaded = load({"work.ipynb": text})
    assert [part for part in loaded.announced if part.startswith("cell")] == [
        "cell 1",
        "cell 2",
        "cell 3",
        "cell 3 line 1",
        "cell 3",
        "cell 4",
    ]
    assert loaded.announced[0] == "work.ipynb"
    assert set(load({"work.ipynb": text}, skip=["cell 3 line 1"]).functions) == {"square", "circle", "mean"}
    assert set(load({"work.ipynb": text}, skip=["cell 2"]).functions) == {"total", "mean"}
    assert load({"work.ipynb": text}, skip=["work.ipynb"]).functions == {}


def test_tracebacks_name_the_cell(load, notebook):
    loaded = load({"work.ipynb": notebook("x = 0", "def square(a):\n    return 1 / 0")})
    with pytest.raises(ZeroDivisionError) as caught:
        loaded["square"](1)
    code = caught.value.__traceback__.tb_next.tb_frame.f_code
    assert code.co_filename == "cell 2"


def test_a_future_import_holds_for_the_cells_after_it(load, notebook):
    cells = ("from __future__ import annotations", "def square(a: Undefined) -> Nothing:\n    return a * a")
    assert load({"work.ipynb": notebook(*cells)})["square"](3) == 9


def test_commands_are_found_where_another_error_hides_them(load, notebook):
    cell = f"%matplotlib inline\n!ls\ndef total(x):\n    return [x\n{AREAS}"
    loaded = load({"work.ipynb": notebook("PI = 3", cell)})
    assert loaded["circle"](2) == 12
    assert "magics" in loaded.told("dropped")


def test_statements_that_share_a_line_are_told_apart(load, notebook):
    cells = (
        "a = [\n2]; PI = (lambda: a[0] + b[\n0])(); b = [1]",
        "b = [1]\nPI = (a[0] +\n b[0]); unused = 1 / 0",
        AREAS,
    )
    loaded = load({"work.ipynb": notebook(*cells)})
    assert loaded["circle"](2) == 12


def test_the_notebook_has_no_hidden_names(load, notebook):
    loaded = load(
        {
            "work.ipynb": notebook(
                "import shapes\ntry:\n    SPEC = shapes.__spec__\nexcept AttributeError:\n"
                "    SPEC = None\ndef square(a): return SPEC"
            )
        }
    )
    assert loaded["square"](1) is None


def test_cells_that_are_not_read_are_told(load, notebook, monkeypatch):
    assert cells_module.MAX_CELLS == 2000
    monkeypatch.setattr(cells_module, "MAX_CELLS", 50)
    cells = [*(f"x{number} = {number}" for number in range(cells_module.MAX_CELLS)), AREAS]
    loaded = load({"work.ipynb": notebook(*cells)})
    assert "square" not in loaded.functions
    assert "only the first 50 code cells were read, not the 1 after them" in loaded.told("odd")
    whole = load({"work.ipynb": notebook(AREAS, *cells[2:-1])})
    assert whole["square"](3) == 9
    assert whole.told("odd") == ""


def test_a_cell_that_is_too_long_is_told_and_costs_itself(load, notebook):
    loaded = load({"work.ipynb": notebook(AREAS, "#" * (cells_module.MAX_CODE + 1), "def total(x):\n    return 7")})
    assert loaded["square"](3) == 9
    assert loaded["total"](3) == 7
    assert "code cell 2 was not read" in loaded.told("odd")


def test_notebooks_beyond_the_first_twenty_are_named(load, notebook):
    loaded = load({f"{number:03}.ipynb": notebook(AREAS) for number in range(25)})
    assert loaded["square"](3) == 9
    assert "024.ipynb" in loaded.told("odd")


EXPERIMENT = "1 / 0"


@pytest.mark.parametrize(
    "cells",
    [
        ["PI = 3", AREAS],
        [f"PI = 3\n{AREAS}"],
        ["PI, x = 3, 4", AREAS, "def total(x):\n    return x"],
        ["ε = 4", AREAS, "PI = 3", "def total(ε):\n    '''ε'''\n    return ε"],
        [AREAS, "import math as PI", "import math as square", "PI = 3"],
        ["PI = 3", f"{AREAS}import math as square\n"],
        ["PI = 3", "def square(a):\n    return 0\n", f"{AREAS}import math as square\n"],
        ["PI = 3", f"import nothing\n{AREAS}@undefined\ndef total(x): pass\n"],
        ["PI = 3", f"{AREAS}def total(x):\n    return x\n\ndef broken(x, x):\n    return x\n"],
        ["PI = 3", AREAS, f"import math; {EXPERIMENT}"],
        ["PI = 3", AREAS, f"import math, \\\n  json; {EXPERIMENT}"],
        ["PI = 3", AREAS, f"from math import (pi,\n    floor); {EXPERIMENT}"],
        ["PI = 3", AREAS, f"from math import (pi,\n); {EXPERIMENT}"],
        ["PI = 3", AREAS, f"from math import floor; {EXPERIMENT}"],
        ["PI = 3", AREAS, f"def total(x):\n    return x\n  \f{EXPERIMENT}"],
        ["PI = 3", AREAS, f"def total(x):\n    return x\n\\\n{EXPERIMENT}"],
        ["PI = 3", AREAS, f"\ufeff{EXPERIMENT}"],
        ["PI = 3", f"import dataclasses\n{AREAS}@dataclasses.dataclass\nclass Total:\n    a: Unknown = 1\n"],
        ["from __future__ import annotations\nimport math", "PI = 3", f"def total(x: Unknown):\n    return x\n{AREAS}"],
        [f"from __future__ import annotations\n{AREAS}", "PI = 3", "def total(x: int):\n    return x\n"],
        ["PI = 3", AREAS, "", "# nothing\n", "\n"],
    ],
)
def test_cells_of_definitions_load_as_their_statements_would(load, notebook, monkeypatch, cells):
    files = {"work.ipynb": notebook(*cells)}
    whole = load(files)
    monkeypatch.setattr(cells_module, "NOT_A_DEFINITION", re.compile(""))
    one_by_one = load(files)
    assert whole["circle"](2) == one_by_one["circle"](2) == 12
    assert tuple(whole.functions) == tuple(one_by_one.functions)
    assert [f.__annotations__ for f in whole.functions.values()] == [
        f.__annotations__ for f in one_by_one.functions.values()
    ]
    assert whole.problems == one_by_one.problems
