import importlib.util
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from autograder.errors import RubricError
from autograder.grading import rubrics

GOOD = """
from autograder.rubric import Rubric
rubric = Rubric(name="empty", package="pkg", reference={}, tasks=())
"""


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(textwrap.dedent(text))
    return str(path)


def test_a_file_is_a_rubric(tmp_path):
    loaded = rubrics.load(write(tmp_path, "rubric_in_a_file.py", GOOD))
    assert loaded.rubric.name == "empty"


def test_a_file_in_a_package_may_import_relatively(tmp_path):
    write(tmp_path, "a_course/__init__.py", "")
    write(tmp_path, "a_course/answers.py", "reference = {}")
    path = write(tmp_path, "a_course/rubric.py", "from .answers import reference\n" + GOOD)
    assert rubrics.load(path).rubric.reference == {}


def digest(tmp_path, package, **files):
    """Of a rubric in a package of that name, with these files beside it."""
    write(tmp_path, f"{package}/__init__.py", "")
    for name, text in files.items():
        write(tmp_path, f"{package}/deep/{name}.py", text)
    return rubrics.load(write(tmp_path, f"{package}/rubric.py", GOOD)).sha256


def test_the_digest_changes_with_the_reference_and_with_nothing_else(tmp_path):
    assert digest(tmp_path, "digested", reference="x = 1") == digest(tmp_path, "once_more", reference="x = 1")
    assert digest(tmp_path, "otherwise", reference="x = 2") != digest(tmp_path, "digested", reference="x = 1")


def test_the_digest_is_of_what_was_imported_whatever_becomes_of_the_files(tmp_path):
    before = digest(tmp_path, "imported", reference="x = 1")
    assert digest(tmp_path, "imported", reference="x = 2") == before


def test_what_was_compiled_in_the_second_of_the_last_change_is_not_taken_for_it(tmp_path):
    """Python tells a change by its second and the source's length: a script that tries rubrics makes several in one."""
    write(tmp_path, "retried/__init__.py", "")
    reference = Path(write(tmp_path, "retried/answers.py", "points = 0.5"))
    path = write(tmp_path, "retried/rubric.py", "from .answers import points" + GOOD.replace('"empty"', "str(points)"))
    command = (
        "import sys; from autograder.grading import rubrics; loaded = rubrics.load(sys.argv[1]); "
        "print(loaded.rubric.name, loaded.sha256)"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}

    def loaded():
        done = subprocess.run(
            [sys.executable, "-c", command, path], capture_output=True, text=True, check=True, env=environment
        )
        return done.stdout.split()

    (before, digest), second = loaded(), 1_700_000_000
    compiled = Path(importlib.util.cache_from_source(str(reference)))
    os.utime(reference, (second, second + 0.1))
    assert loaded() == [before, digest]
    os.utime(compiled, (second, second + 0.5))
    reference.write_text("points = 0.9")
    os.utime(reference, (second, second + 0.8))
    name, now = loaded()
    assert (before, name) == ("0.5", "0.9")
    assert now != digest


@pytest.mark.parametrize(
    ("spec", "says"),
    [
        ("no.such.module", "--rubric"),
        ("no/such/file.py", "no such file"),
        ("json", "no Rubric named 'rubric'"),
        ("sys", "no Rubric named 'rubric'"),
        ("__main__", "no Rubric named 'rubric'"),
        ("", "neither a module's name nor a file"),
        ("mine/rubric", "neither a module's name nor a file"),
        (str(Path(__file__).parent), "a folder; name the rubric's file in it with --rubric, .*/rubric.py say"),
    ],
)
def test_what_is_no_rubric_is_refused_in_one_line(spec, says):
    with pytest.raises(RubricError, match=says) as caught:
        rubrics.load(spec)
    assert spec in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_rubric_that_fails_to_import_says_why(tmp_path):
    path = write(tmp_path, "raises_on_import.py", "1/0")
    with pytest.raises(RubricError, match="ZeroDivisionError"):
        rubrics.load(path)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("import no_such_module", "no module named 'no_such_module' {}; install it, or correct the import"),
        ("import sys; sys.exit(3)", "importing it ends Python {}; take sys.exit out of it"),
        ("import jsn.decoder", "no module named 'jsn' {}; install it"),
        ("print(undefined)", "NameError: name 'undefined' is not defined {}; correct it there"),
        ("len()", "TypeError: .* {}; correct it there"),
        ("import json; json.loads('')", "JSONDecodeError: .* {}; correct it there"),
        ("rubric = (", "SyntaxError: .*, line 3.; correct it there"),
    ],
)
def test_what_is_wrong_in_a_rubric_is_one_line_with_its_place_and_a_remedy(tmp_path, line, says):
    path = write(tmp_path, "wrong_in_line_3.py", f"\n\n{line}\n")
    with pytest.raises(RubricError, match=f"{path}: .*{says.format(f'.{path}, line 3.')}") as caught:
        rubrics.load(path)
    assert "\n" not in str(caught.value)


def test_another_rubric_of_the_same_name_is_never_taken_for_it(tmp_path):
    rubrics.load(write(tmp_path, "one/twice_named.py", GOOD))
    other = write(tmp_path, "other/twice_named.py", GOOD.replace("empty", "other"))
    with pytest.raises(RubricError, match="another name"):
        rubrics.load(other)


def test_modules_of_the_current_folder_are_not_found(tmp_path, monkeypatch):
    write(tmp_path, "planted_rubric.py", GOOD)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(RubricError):
        rubrics.load("planted_rubric")


def test_the_digest_is_of_the_outermost_package_s_own_part(tmp_path):
    def digest(outermost, text):
        for folder in (outermost, f"{outermost}/inner", f"{outermost}/inner/deep"):
            write(tmp_path, f"{folder}/__init__.py", "")
        write(tmp_path, f"{outermost}/inner/reference.py", text)
        return rubrics.load(write(tmp_path, f"{outermost}/inner/deep/rubric.py", GOOD)).sha256

    assert digest("outer", "x = 1") != digest("farther", "x = 2")


def test_a_rubric_that_contradicts_itself_says_so_in_its_own_words(tmp_path):
    twice = GOOD.replace("tasks=()", "tasks=(Task('a', module='m', checks=[]),) * 2")
    path = write(tmp_path, "twice.py", twice.replace("import Rubric", "import Rubric, Task"))
    with pytest.raises(RubricError) as caught:
        rubrics.load(path)
    assert "importing it failed" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: rubric empty: two tasks are named 'a'")
    assert str(caught.value).endswith(f"({path}, line 3); correct it there")
