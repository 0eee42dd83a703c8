import textwrap

import pytest

from autograder.sandbox.inside.written import MAX_SOURCE, source


def written(load, code, name="square"):
    return load({"shapes/areas.py": textwrap.dedent(code)}).sources.get(name)


@pytest.mark.parametrize(
    "lines",
    [
        ["def square(x):", "    return x * x"],
        ["def square(", "    x,", "):", "", "    # by itself", "    return x * x"],
        ["square = lambda x: x * x"],
        ["def square(x):", '    """Two lines,', "the second in the first column", '    """', "    return x * x"],
        ["def square(x):", "    def inner():", "        return x * x", "    return inner()"],
        ["def square(x): return x * x"],
    ],
)
@pytest.mark.parametrize("after", ["", "\n\n# of circle\ndef circle(r):\n    return r\n", "\nprint(square(2))\n"])
def test_a_function_is_cut_out_from_its_first_line_to_its_last(load, lines, after):
    text = "import math\n\n" + "\n".join(lines) + "\n" + after
    found = load({"shapes/areas.py": text}).sources["square"]
    assert (found.file, found.line, found.text) == ("areas.py", 3, "\n".join(lines))


def test_a_decorated_function_is_shown_with_its_decorator(load):
    found = written(
        load,
        """
        import functools
        def twice(f):
            @functools.wraps(f)
            def inner(*args):
                return f(*args)
            return inner

        @twice
        def square(x):
            return x * x
        """,
    )
    assert found.text == "@twice\ndef square(x):\n    return x * x"
    assert found.line == 9


def test_a_method_stops_where_the_next_begins(load):
    found = written(
        load,
        """
        class Layer:
            @staticmethod
            def square(x):
                return x * x
            def other(self):
                pass
        square = Layer.square
        """,
    )
    assert found.text == "    @staticmethod\n    def square(x):\n        return x * x"


def test_what_is_built_by_partial_is_shown_as_what_it_calls(load):
    found = written(
        load, "from functools import partial\ndef power(p, x):\n    return x**p\nsquare = partial(power, 2)\n"
    )
    assert found.text.startswith("def power")


@pytest.mark.parametrize(
    "code",
    [
        "import numpy as np\nsquare = np.square\n",
        "class square:\n    def __new__(cls, x):\n        return x * x\n",
        "class Trap:\n    def __call__(self, x):\n        return x\n"
        "    def __getattribute__(self, name):\n        raise SystemError\nsquare = Trap()\n",
        "def square(x):\n    return x\nsquare.__wrapped__ = square\n",
    ],
)
def test_what_has_no_source_is_left_out_and_works_all_the_same(load, code):
    loaded = load({"shapes/areas.py": code})
    assert "square" not in loaded.sources
    assert "square" in loaded.functions


def test_a_function_without_end_is_cut_short(load):
    found = written(load, "def square(x):\n" + "    x = x + 1\n" * 10_000 + "    return x\n")
    assert len(found.text) == MAX_SOURCE + 1


def test_a_function_of_a_notebook_is_found_in_its_cell(load, notebook):
    found = load({"work.ipynb": notebook("import math", "# %%\ndef square(x):\n    return x * x")}, kind="notebook")
    source = found.sources["square"]
    assert (source.file, source.line, source.text) == ("cell 2", 2, "def square(x):\n    return x * x")


def test_a_source_that_can_t_be_had_is_none_and_no_error():
    def square(x):
        return x * x

    def unreadable(_):
        raise RuntimeError

    assert source(square, unreadable) is None
    assert source(print, unreadable) is None
    assert source(square, lambda _: "") is None


def test_a_function_that_is_wrapped_without_end_has_no_source():
    def square(x):
        return x * x

    square.__wrapped__ = square
    assert source(square, lambda _: "def square(x):") is None
