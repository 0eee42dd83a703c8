import re

import pytest

from autograder import errors


def drawn() -> dict[str, str]:
    """Each class in the drawing with the class that it hangs from."""
    parents: dict[str, str] = {}
    path: list[str] = []
    for line in errors.__doc__.splitlines():
        match = re.match(r"    (?P<branch>[│ ]*(?:[├└]── )?)(?P<name>[A-Z]\w+)\b", line)
        if match:
            depth = len(match["branch"]) // 4
            path[depth:] = [match["name"]]
            parents[match["name"]] = path[depth - 1] if depth else "Exception"
    return parents


def test_the_drawing_is_the_tree_of_classes():
    actual = {name: getattr(errors, name).__mro__[1].__name__ for name in errors.__all__}
    assert drawn() == actual


@pytest.mark.parametrize("name", errors.__all__)
def test_every_error_is_one_of_ours(name):
    assert issubclass(getattr(errors, name), errors.AutograderError)
