import json
import re

import pytest

from autograder.errors import RubricError, UsageError
from autograder.release import kits

pytest.importorskip("nbformat")


@pytest.fixture
def released(course):
    return kits.release(course)


@pytest.fixture
def folder(released, tmp_path):
    kits.write(released, tmp_path)
    return tmp_path


def test_a_release_is_two_kits(released):
    assert list(released) == [
        "notebook/README.md",
        "notebook/data/sounds.bin",
        "notebook/exercise.ipynb",
        "notebook/helpers.py",
        "notebook/public_checks.json",
        "python/README.md",
        "python/data/sounds.bin",
        "python/helpers.py",
        "python/lab/__init__.py",
        "python/lab/levels.py",
        "python/lab/waves.py",
        "python/public_checks.json",
    ]
    assert released["python/README.md"] == b"Modules.\n"
    assert released["python/data/sounds.bin"] == b"\x00\xff"


def test_the_same_exercise_gives_the_same_bytes(make_course, released):
    assert kits.release(make_course()) == released


def test_without_a_story_there_is_no_notebook(make_course):
    files = kits.release(make_course({"notebook/story.md": None}))
    assert {path.partition("/")[0] for path in files} == {"python"}


def test_what_editors_leave_behind_is_not_released(make_course):
    course = make_course({"given/both/__pycache__/helpers.pyc": b"\x00", "data/.DS_Store": b"\x00"})
    assert not [path for path in kits.release(course) if "pyc" in path or "DS_Store" in path]


def test_what_is_written_is_the_release(released, folder):
    assert list(kits.differences(released, folder)) == []
    kits.write(released, folder)
    assert list(kits.differences(released, folder)) == []


@pytest.mark.parametrize(
    ("path", "change", "says"),
    [
        ("python/lab/waves.py", lambda data: data + b"\n", "not what the release makes"),
        ("python/lab/waves.py", lambda data: None, "missing"),
        ("python/lab/more.py", lambda data: b"", "no part of the release"),
        ("notebook/notes/more.txt", lambda data: b"", "no part of the release"),
        ("python/public_checks.json", lambda data: data.replace(b'"It sounds."', b'"It hums."'), "not what the"),
        ("python/public_checks.json", lambda data: data.replace(b"0.5", b"0.500001", 1), "not what the"),
        ("python/public_checks.json", lambda data: data[:-5], "not what the"),
        ("python/public_checks.json", lambda data: data.replace(b'"rng"', b'"lag"'), "not what the"),
    ],
)
def test_a_change_is_found(released, folder, path, change, says):
    before = released.get(path, b"")
    after = change(before)
    target = folder / path
    if after is None:
        target.unlink()
    else:
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(after)
    (line,) = kits.differences(released, folder)
    assert line.startswith(f"{path}: {says}")


def test_numbers_may_differ_by_rounding(released, folder):
    target = folder / "python" / "public_checks.json"
    text = target.read_text(encoding="utf-8")
    rounded = re.sub(r"\d\.\d{14,}", lambda match: repr(float(match[0]) * (1 + 1e-14)), text)
    assert json.loads(rounded) != json.loads(text)
    target.write_text(rounded, encoding="utf-8")
    assert list(kits.differences(released, folder)) == []


def test_other_files_are_left_alone(released, folder):
    (folder / "mine.txt").write_text("mine")
    kits.write(released, folder)
    assert (folder / "mine.txt").read_text() == "mine"
    assert list(kits.differences(released, folder)) == []


def test_a_given_file_can_t_take_a_module_s_place(make_course):
    course = make_course({"given/python/lab/waves.py": "x = 1\n"})
    with pytest.raises(RubricError, match=r"lab/waves\.py is given, and a module"):
        kits.release(course)


def test_a_function_has_to_be_in_its_module(make_course, files):
    course = make_course(
        {"rubric.py": files["rubric.py"].replace('Task("loudness", module="levels"', 'Task("loudness", module="waves"')}
    )
    with pytest.raises(RubricError, match=r"waves\.py: the rubric expects loudness here"):
        kits.release(course)


@pytest.mark.parametrize("path", ["reference/waves.py", "notebook/story.md"])
def test_a_text_that_is_not_utf_8_is_named(make_course, files, path):
    text = files[path] if isinstance(files[path], str) else files[path].decode()
    course = make_course({path: b"# -*- coding: latin-1 -*-\n# caf\xe9\n" + text.encode()})
    with pytest.raises(RubricError, match=rf"{path.rpartition('/')[2]}: not UTF-8; save it as UTF-8$"):
        kits.release(course)


def test_a_rubric_without_reference_modules_is_refused(make_course, files, tmp_path):
    alone = files["rubric.py"].replace("from .reference import levels, waves", "import math as levels, math as waves")
    alone = re.sub(r"FUNCTIONS = \{.*?\n\}", "FUNCTIONS = {}", alone, flags=re.DOTALL)
    alone = re.sub(r"    tasks=\(.*\),\n\)", "    tasks=(),\n)", alone, flags=re.DOTALL)
    course = make_course({"rubric.py": alone, "reference/waves.py": None, "reference/levels.py": None})
    with pytest.raises(RubricError, match="no reference modules"):
        kits.release(course)


def test_a_folder_that_can_t_be_made_is_named(released, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match=r"file/.*: can't be made"):
        kits.write(released, tmp_path / "file")
