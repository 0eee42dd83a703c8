from __future__ import annotations

import inspect
import traceback

import numpy as np
import pytest

AREAS = "def square(a):\n    return a * a\n\n\ndef circle(r):\n    return 3 * square(r)\n"
SUMS = "import numpy as np\n\n\ndef total(x):\n    return np.sum(x)\n\n\ndef mean(x):\n    return total(x) / len(x)\n"
WHOLE = {"shapes/areas.py": AREAS, "shapes/sums.py": SUMS}


def test_a_whole_package_has_all_functions_and_no_problem(load):
    loaded = load(WHOLE)
    assert list(loaded.functions) == ["square", "circle", "total", "mean"]
    assert loaded.problems == ()
    assert loaded["circle"](2) == 12
    assert loaded["mean"](np.array([1.0, 3.0])) == 2


@pytest.mark.parametrize(
    "line",
    [
        "from .areas import square",
        "from shapes.areas import square",
        "from areas import square",
        "from . import areas\nsquare = areas.square",
        "from shapes import areas\nsquare = areas.square",
        "import shapes.areas as areas\nsquare = areas.square",
        "import shapes.areas\nsquare = shapes.areas.square",
        "import areas\nsquare = areas.square",
        "import importlib\nsquare = importlib.import_module('shapes.areas').square",
        "from .areas import *",
        "from Shapes.areas import square",
    ],
)
def test_modules_of_the_package_import_each_other(load, line):
    loaded = load({**WHOLE, "shapes/sums.py": f"{line}\n\n\ndef total(x):\n    return square(x) + 1\n"})
    assert loaded["total"](3) == 10
    assert loaded.problems == ()


@pytest.mark.parametrize("folder", ["", "shapes/", "work/shapes/", "some where/deep.er/shapes/", "loose/"])
def test_the_package_is_found_where_it_is(load, folder):
    files = {f"{folder}areas.py": AREAS, f"{folder}sums.py": "from .areas import square\ntotal = mean = square\n"}
    loaded = load({**files, "notes/draft.py": "square = None\n"})
    assert loaded["mean"](3) == 9
    assert loaded.problems == ()


def test_an_init_is_run_and_a_broken_one_costs_nothing(load):
    loaded = load({**WHOLE, "shapes/__init__.py": "from .nothing import here\nUNIT = 7\n1 / 0\n"})
    assert len(loaded.functions) == 4
    assert "No module named 'shapes.nothing'" in loaded.told("error")
    assert "ZeroDivisionError" in loaded.told("error")
    assert (
        load(
            {
                **WHOLE,
                "shapes/__init__.py": "UNIT = 7",
                "shapes/sums.py": "from . import UNIT\ndef total(x): return UNIT\n",
            }
        )["total"](1)
        == 7
    )


@pytest.mark.parametrize(
    ("helper", "line"),
    [
        ("shapes/helper.py", "from .helper import one"),
        ("shapes/helper.py", "from helper import one"),
        ("shapes/deep/helper.py", "from .deep.helper import one"),
        ("shapes/deep/helper.py", "from shapes.deep.helper import one"),
        ("shapes/deep/helper.py", "import deep.helper\none = deep.helper.one"),
        ("helper.py", "from helper import one"),
        ("tools/helper.py", "from tools.helper import one"),
        ("tools/helper.py", "import tools.helper as t\none = t.one"),
        ("statistics.py", "from statistics import one"),
        ("statistics.py", "import statistics as s\none = s.one"),
        ("autograder.py", "from autograder import one"),
    ],
)
def test_helpers_are_importable(load, helper, line):
    loaded = load({**WHOLE, helper: "one = 1\n", "shapes/sums.py": f"{line}\n\n\ndef total(x):\n    return x + one\n"})
    assert loaded["total"](1) == 2
    assert loaded.problems == ()


def test_helpers_above_the_folder_that_holds_the_package_are_importable(load):
    files = {f"src/{path}": text for path, text in WHOLE.items()}
    loaded = load(
        {**files, "helper.py": "one = 1\n", "src/shapes/sums.py": "from helper import one\ntotal = one.__add__\n"}
    )
    assert loaded["total"](1) == 2


def test_the_standard_library_comes_before_the_packages_own_names(load):
    loaded = load(
        {**WHOLE, "shapes/random.py": "x = 1\n", "shapes/sums.py": "import random\ntotal = random.Random(0).gauss\n"}
    )
    assert isinstance(loaded["total"](0, 1), float)


def test_an_expected_module_comes_before_the_standard_librarys_of_that_name(load):
    text = "from sums import total\n\n\ndef square(x):\n    return total(x)\n"
    assert load({**WHOLE, "shapes/areas.py": text})["square"]([1, 2]) == 3


def test_circular_imports_work_even_where_python_would_refuse(load):
    areas = "from .sums import total\n\n\ndef square(a):\n    return total([a, a])\n\n\nBASE = 5\n"
    sums = "from .areas import square, BASE\nclass Two(type(BASE)): pass\ndef total(x): return Two(BASE + len(x))\n"
    loaded = load({"shapes/areas.py": areas, "shapes/sums.py": sums})
    assert loaded["square"](1) == 7
    assert loaded["total"]([1]) == 6
    assert loaded.problems == ()


@pytest.mark.parametrize(
    "line",
    [
        "data = np.load('numbers.npy')",
        "assert False, 'not yet'",
        "raise KeyboardInterrupt",
        "exit()",
        "import sys; sys.exit(3)",
        "print(undefined)",
        "undefined = undefined + 1",
        "for i in range(3):\n    1 / 0",
        "with open('/no/such/file') as f: pass",
        "square(1, 2, 3)",
        "def recurse(): recurse()\nrecurse()",
        "class Odd(Exception):\n    def __str__(self): raise SystemExit\nraise Odd",
        "from .sums import nothing_of_that_name",
        "import shapes.nothing",
        "int('x' * 5)",
    ],
)
def test_a_statement_that_fails_costs_itself_alone(load, line):
    text = f"import numpy as np\ndef square(a): return a * a\n{line}\ndef circle(r): return 3 * square(r)\n"
    loaded = load({**WHOLE, "shapes/areas.py": text})
    assert list(loaded.functions) == ["square", "circle", "total", "mean"]
    assert loaded["circle"](1) == 3
    (problem,) = loaded.problems
    assert (problem.module, problem.kind) == ("areas", "error")
    assert problem.line >= 3
    assert problem.message


def test_of_an_import_of_several_names_only_the_missing_one_is_lost(load):
    loaded = load({**WHOLE, "shapes/sums.py": "from .areas import gone, square\ntotal = square\n"})
    assert loaded["total"](2) == 4
    assert "'gone'" in loaded.told("error")


def test_the_main_guard_is_not_run(load):
    loaded = load({**WHOLE, "shapes/areas.py": AREAS + "if __name__ == '__main__':\n    1 / 0\n"})
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ("def circle(r)\n    return r\n", "expected ':'"),
        ("def circle(r):\nreturn r\n", "expected an indented block"),
        ("def circle(r):\n    return (r\n", "never closed"),
        ("def circle(r):\n        x = 1\n    return x\n", "unindent"),
        ("def circle(r):\n    if r:\n\tx = 1\n        y = 2\n    return x\n", "inconsistent use of tabs"),
        ("def circle(r):\n    print r\n", "Missing parentheses"),
        ("<<<<<<< HEAD\n", "invalid"),
        ("def circle(r):\n    '''never ends\n    return r\n", "unterminated"),
        ("x = '\0'\n", "null"),
        ("def circle(r):\n    return r\nreturn circle\n", "outside function"),
    ],
)
def test_a_syntax_error_costs_its_own_piece(load, broken, message):
    text = (
        f"import numpy as np\n\ndef square(a):\n    return np.multiply(a, a)\n\n{broken}\ndef late(x):\n    return x\n"
    )
    loaded = load({**WHOLE, "shapes/areas.py": text})
    assert loaded["square"](3) == 9
    assert message in loaded.told("syntax")
    assert all(
        problem.module == "areas" and problem.line >= 6 for problem in loaded.problems if problem.kind == "syntax"
    )


def test_what_comes_after_a_syntax_error_is_loaded(load):
    text = f"def first(:\n    pass\n\nTEXT = '''\ndef inside(:\n'''\n@property\ndef no(self): pass\n{AREAS}"
    loaded = load({**WHOLE, "shapes/areas.py": text})
    assert loaded["circle"](1) == 3
    assert loaded.told("syntax").count("\n") == 0
    assert "Python itself would not load this file" in loaded.told("syntax")


def test_a_compound_statement_stays_in_one_piece(load):
    text = (
        f"def first(:\n    pass\ntry:\n    import math\nexcept ImportError:\n    math = None\nelse:\n    K = 2\n{AREAS}"
    )
    assert load({**WHOLE, "shapes/areas.py": text + "circle = lambda r: K * math.pi"})["circle"](1) == pytest.approx(
        6.283, rel=1e-3
    )


@pytest.mark.parametrize(
    "data",
    [
        AREAS.replace("\n", "\r\n").encode(),
        AREAS.replace("\n", "\r").encode(),
        AREAS.replace("    ", "\t").encode(),
        b"\xef\xbb\xbf" + AREAS.encode(),
        AREAS.encode("utf-16"),
        ("# -*- coding: latin-1 -*-\n# fl\xe4che\n" + AREAS).encode("latin-1"),
        "\n".join(f"   {line}" for line in AREAS.split("\n")).encode(),
        b"\n\n" + AREAS.encode() + b"   ",
    ],
)
def test_any_way_of_writing_a_file_is_read(load, data):
    loaded = load({**WHOLE, "shapes/areas.py": data})
    assert loaded["circle"](2) == 12
    assert not loaded.told("odd")


def test_a_file_in_another_encoding_than_it_says_is_read_and_told(load):
    loaded = load({**WHOLE, "shapes/areas.py": "# Fl\xe4che\n".encode("latin-1") + AREAS.encode()})
    assert loaded["circle"](2) == 12
    assert "not UTF-8" in loaded.told("odd")


def test_a_missing_module_is_told_and_the_others_are_loaded(load):
    loaded = load({"shapes/areas.py": AREAS})
    assert list(loaded.functions) == ["square", "circle"]
    assert "there is no sums.py" in loaded.told("missing")


def test_a_function_in_another_module_of_the_package_is_found(load):
    loaded = load({"shapes/areas.py": AREAS, "shapes/other.py": SUMS})
    assert loaded["mean"]([2, 4]) == 3
    assert "total was found in shapes/other.py, not in sums.py" in loaded.told("odd")
    assert not loaded.told("missing")


def test_everything_in_one_file_of_another_name_is_found(load):
    loaded = load({"my solution.py": AREAS + SUMS})
    assert len(loaded.functions) == 4


def test_a_module_in_another_case_is_taken_and_told(load):
    loaded = load({"shapes/Areas.py": AREAS, "shapes/sums.py": "from .areas import square\ntotal = mean = square\n"})
    assert loaded["mean"](2) == 4
    assert "shapes/Areas.py was taken for areas.py" in loaded.told("odd")


def test_of_two_packages_the_one_with_written_functions_is_taken(load):
    stubs = {f"given/{path}": "def square(a):\n    '''Doc.'''\n    raise NotImplementedError\n" for path in WHOLE}
    loaded = load({**stubs, **{f"later/handed/{path}": text for path, text in WHOLE.items()}})
    assert loaded["square"](2) == 4


def test_of_two_written_packages_the_upper_one_is_taken_and_the_other_told(load):
    old = {f"old/{path}": text.replace("a * a", "0") for path, text in WHOLE.items()}
    loaded = load({**old, **WHOLE})
    assert loaded["square"](2) == 4
    assert "not graded: old/shapes" in loaded.told("odd")


def test_a_package_comes_before_a_notebook(load, notebook):
    loaded = load({**WHOLE, "work.ipynb": notebook("def square(a): return 0")})
    assert loaded["square"](2) == 4
    assert "not graded: work.ipynb" in loaded.told("odd")


def test_a_written_notebook_comes_before_untouched_stubs(load, notebook):
    stub = "def square(a):\n    raise NotImplementedError()\n"
    loaded = load({"shapes/areas.py": stub, "work.ipynb": notebook("def square(a): return 1")})
    assert loaded["square"](2) == 1


def test_untouched_stubs_are_loaded(load):
    loaded = load({"shapes/areas.py": "def square(a):\n    raise NotImplementedError\n"})
    with pytest.raises(NotImplementedError):
        loaded["square"](1)


@pytest.mark.parametrize("files", [{}, {"readme.py": "x = 1"}, {"shapes/empty.zip": b""}])
def test_nothing_usable_is_told(load, files):
    loaded = load(files)
    assert loaded.functions == {}
    assert "no folder shapes" in loaded.told("missing")


def test_what_is_no_function_is_told(load):
    loaded = load({**WHOLE, "shapes/areas.py": "square = 3\ncircle = None\n"})
    assert set(loaded.functions) == {"total", "mean"}
    assert "square is no function" in loaded.told("odd")


def test_each_part_is_announced_before_it_runs_and_the_outer_one_again_after_it(load):
    areas = "from .sums import total\nTABLE = list(range(3))\ndef square(a): return a\n"
    loaded = load(
        {**WHOLE, "shapes/areas.py": areas, "shapes/sums.py": "from helper import x\n", "helper.py": "x = 1\n"}
    )
    assert loaded.announced == (
        "areas",
        "sums",
        "helper.py",
        "sums",
        "areas",
        "areas line 2",
        "areas",
        *loaded.announced[7:],
    )


def test_a_module_to_be_skipped_is_not_run(load):
    loaded = load({**WHOLE, "shapes/areas.py": AREAS + "raise RuntimeError\n"}, skip=["areas"])
    assert set(loaded.functions) == {"total", "mean"}
    assert loaded.problems == ()


def test_a_line_to_be_skipped_is_not_run_and_the_rest_is(load):
    text = f"{AREAS}circle = list([1])\nSIDE = list([2])\n"
    loaded = load({**WHOLE, "shapes/areas.py": text}, skip=["areas line 7"])
    assert loaded["circle"](1) == 3
    assert load({**WHOLE, "shapes/areas.py": text}).told("odd")


def test_after_two_lines_only_definitions_are_run(load):
    text = f"print('one')\nprint('two')\n{AREAS}square = None if print else None\n"
    loaded = load({**WHOLE, "shapes/areas.py": text}, skip=["areas line 1", "areas line 2"])
    assert loaded["square"](2) == 4
    assert "only its definitions were run" in loaded.told("error")


def test_tracebacks_and_inspect_show_the_students_own_lines(load):
    loaded = load({**WHOLE, "shapes/areas.py": f"{AREAS}\n\ndef broken(a):\n    return 1 / 0\n\n\nsquare = broken\n"})
    with pytest.raises(ZeroDivisionError) as caught:
        loaded["square"](1)
    frame = traceback.extract_tb(caught.value.__traceback__)[-1]
    assert (frame.filename, frame.lineno, frame.line) == ("areas.py", 10, "return 1 / 0")
    assert inspect.getsource(loaded["square"]).startswith("def broken(a):")


def test_names_for_tracebacks_are_distinct(load):
    files = {"shapes/helper.py": "import sys\ndef here(): return sys._getframe().f_code.co_filename\n"}
    files |= {"helper.py": files["shapes/helper.py"]}
    sums = "from .helper import here as a\nfrom helper import here as b\ndef total(x): return a(), b()\n"
    loaded = load({**WHOLE, **files, "shapes/sums.py": sums})
    assert loaded["total"](0) == ("shapes/helper.py", "helper.py")


def test_futures_hold_for_the_whole_file(load):
    text = (
        "from __future__ import annotations\nimport dataclasses\nprint()\n@dataclasses.dataclass\nclass Box:\n"
        "    side: Missing\ndef square(a: Undefined) -> Nothing:\n    return Box(a).side ** 2\n"
    )
    loaded = load({**WHOLE, "shapes/areas.py": text})
    assert loaded["square"](3) == 9
    assert loaded.problems == ()


def test_deep_nesting_and_long_files_are_problems(load):
    text = f"x = {'(' * 5000}1{')' * 5000}\ny = {'-' * 100_000}1\n{AREAS}"
    loaded = load({**WHOLE, "shapes/areas.py": text})
    assert loaded["square"](2) == 4
    assert loaded.told("syntax")


def test_problems_are_bounded(load):
    text = "".join(f"raise ValueError({str(n) * 400!r})\n" for n in range(300)) + AREAS
    loaded = load({**WHOLE, "shapes/areas.py": text})
    assert len(loaded.problems) == 51
    assert "250 more" in loaded.problems[-1].message
    assert all(len(problem.message) <= 300 for problem in loaded.problems)


def test_loading_again_starts_afresh(load):
    load({**WHOLE, "helper.py": "x = 1\n", "shapes/sums.py": "import helper\n"})
    loaded = load({"shapes/sums.py": "from .areas import square\nimport helper\ntotal = helper.x.__add__\n"})
    assert "No module named 'shapes.areas'" in loaded.told("error")
    with pytest.raises(ModuleNotFoundError):
        loaded["total"](1)


def test_broken_pieces_without_end_are_named_up_to_a_bound(load):
    loaded = load({**WHOLE, "shapes/areas.py": AREAS + "x = (\n" * 3000})
    assert loaded["square"](2) == 4
    assert 1 < len(loaded.problems) < 15
    assert "too many errors" in loaded.problems[-1].message


def test_a_folder_in_another_case_is_taken_and_told(load):
    loaded = load({f"a/SHAPES/{path.removeprefix('shapes/')}": text for path, text in WHOLE.items()})
    assert loaded["circle"](2) == 12
    assert "the folder a/SHAPES was taken for shapes" in loaded.told("odd")


def test_a_package_may_be_named_as_something_else_is_already(load):
    sums = "from .areas import square\nimport statistics.areas as a\nfrom statistics import areas\n"
    files = {
        "statistics/areas.py": AREAS,
        "statistics/sums.py": f"{sums}total = lambda x: a.square(x) + areas.square(x)",
    }
    loaded = load(files, package="statistics")
    assert loaded["total"](2) == 8
    assert loaded.problems == ()


@pytest.mark.parametrize("line", ["sys.modules[__name__] = 3", "del sys.modules[__name__]"])
def test_a_module_that_takes_itself_away_costs_itself(load, line):
    loaded = load({**WHOLE, "shapes/areas.py": f"import sys\n{AREAS}\n{line}\n"})
    assert set(loaded.functions) == {"total", "mean"}
    assert loaded.told("error")


@pytest.mark.parametrize("kind", ["zip", "notebook", "folder"])
def test_a_submission_of_which_nothing_could_be_read_has_no_functions(load, kind):
    assert load({}, kind=kind).told("missing")


def test_a_file_whose_name_is_none_of_a_module_is_left_alone(load):
    loaded = load({"shapes/areas.py": "def square(x): return x", "shapes/areas.v2.py": "def circle(x): return x"})
    assert "square" in loaded.functions
    assert "circle" not in loaded.functions


def test_only_the_try_that_an_import_stands_in_handles_its_failing(load):
    code = """
try:
    fast = True
    import no_such_module
except ImportError:
    fast = False
try:
    size = int("3")
except ImportError:
    size = 4

def square(x):
    return x * x, fast, size
"""
    loaded = load({"shapes/areas.py": code})
    assert loaded["square"](2) == (4, False, 3)
    assert loaded.told("odd") == ""
    unhandled = load({"shapes/areas.py": "try:\n    size = 1\nexcept ImportError:\n    pass\nimport no_such_module\n"})
    assert "no_such_module is not available" in unhandled.told("odd")
