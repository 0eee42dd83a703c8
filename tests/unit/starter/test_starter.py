import ast
import string

import pytest

from autograder.errors import UsageError
from autograder.starter import files


@pytest.mark.parametrize("name", ["heat", "heat_flow", "week3"])
def test_every_blank_is_filled_and_every_module_is_python(name):
    made = files(name)
    assert f"{name}/rubric.py" in made
    for path, content in made.items():
        text = content.decode()
        assert not string.Template.pattern.search(text), path
        if path.endswith(".py"):
            ast.parse(text)


def test_its_name_in_words_is_the_exercise_s():
    assert b'name="Heat flow"' in files("heat_flow")["heat_flow/rubric.py"]


@pytest.mark.parametrize("name", ["Heat", "heat-flow", "3rd", "", "../up", "a/b", "class", "numpy", "wärme", "x" * 60])
def test_what_can_be_no_package_is_refused_in_one_line(name):
    with pytest.raises(UsageError, match="can't be an exercise's name") as refused:
        files(name)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["statistics", "json", "nt", "pygal", "rich"])
def test_what_would_hide_a_module_is_refused_with_another_name(name):
    with pytest.raises(UsageError, match=f"can't be an exercise's name: .* choose another, {name}_exercise say"):
        files(name)


def test_a_folder_of_that_name_hides_nothing(tmp_path, monkeypatch):
    (tmp_path / "heat_of_a_folder").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert files("heat_of_a_folder")
