from __future__ import annotations

import io
import os
import pickle
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.errors import SubmissionError
from autograder.submission import discover, single

MODULES = {"areas", "sums"}


def make(folder, *paths):
    for path in paths:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        if path.endswith("/"):
            (folder / path).mkdir()
        elif path.endswith(".zip"):
            with zipfile.ZipFile(folder / path, "w") as archive:
                archive.writestr("shapes/areas.py", "x = 1")
        else:
            (folder / path).write_text("x = 1")


def found(*paths):
    return discover(paths, "shapes", MODULES)


def names(*paths):
    return [(one.identifier, one.kind) for one in found(*paths)]


def test_a_folder_of_submissions_is_a_class(tmp_path):
    make(tmp_path, "ada/shapes/areas.py", "bob.zip", "carol.ipynb")
    assert names(tmp_path) == [("ada", "folder"), ("bob.zip", "zip"), ("carol.ipynb", "notebook")]


def test_whatever_a_class_holds_is_a_submission_or_listed(tmp_path):
    make(
        tmp_path,
        "ada/deep/down/shapes/areas.py",
        "empty/",
        "wrong/readme.txt",
        "grades.csv",
        ".DS_Store",
        "__MACOSX/x",
        "BOB.ZIP",
        "helper.py",
        "dan.tar.gz",
    )
    assert names(tmp_path)[1:] == [("ada", "folder"), ("empty", "folder"), ("wrong", "folder")]
    assert found(tmp_path)[0].kind == "zip"
    assert found(tmp_path).passed_over == (
        ".DS_Store: hidden or left by a tool",
        "__MACOSX: hidden or left by a tool",
        "dan.tar.gz: not a folder, a .zip, a .ipynb or a .py",
        "grades.csv: not a folder, a .zip, a .ipynb or a .py",
        "helper.py: a module beside others' work; give it by itself if it is a submission",
    )
    empty = found(tmp_path)[2].read()
    assert (empty.name, dict(empty.files), empty.warnings) == ("empty", {}, ())


@pytest.mark.parametrize(
    "paths",
    [
        ["shapes/areas.py", "work.ipynb", "data/x.csv"],
        ["Shapes/other.py"],
        ["areas.py", "data/x.csv"],
        ["Sums.PY", "old.zip"],
        ["areas.py", "backup/shapes/areas.py"],
    ],
)
def test_a_folder_with_the_package_or_its_modules_is_one_submission(tmp_path, paths):
    make(tmp_path / "ada", *paths)
    assert names(tmp_path / "ada") == [("ada", "folder")]


def test_a_folder_with_a_notebook_alone_is_a_class_of_one(tmp_path):
    make(tmp_path / "ada", "work.ipynb")
    assert names(tmp_path / "ada") == [("work.ipynb", "notebook")]


@pytest.mark.parametrize("stray", ["shapes/notes.txt", "areas.py", "shapes/shapes/areas.py"])
def test_a_class_stays_a_class_whatever_lies_about(tmp_path, stray):
    make(tmp_path, "ada/shapes/areas.py", "bela/shapes/areas.py", stray)
    assert [name for name, _ in names(tmp_path)][:2] == ["ada", "bela"]


def test_a_module_alone_is_a_submission(tmp_path):
    make(tmp_path, "ada.py")
    for one in (*found(tmp_path / "ada.py"), single(tmp_path / "ada.py"), *found(tmp_path)):
        assert (one.identifier, one.kind, dict(one.read().files)) == ("ada.py", "folder", {"ada.py": b"x = 1"})
    assert found(tmp_path).notes == ()
    (tmp_path / "ada.py").write_bytes(bytes(2**20 + 1))
    (one,) = found(tmp_path / "ada.py")
    assert "a module may have 1 MiB" in one.read().warnings[0]


@pytest.mark.parametrize("others", [[], ["carol.zip"], ["carol.ipynb", "dan.ipynb"]])
def test_modules_of_students_names_are_a_submission_each(tmp_path, others):
    make(tmp_path, "ada.py", "ben.py", "__init__.py", *others)
    assert [name for name, _ in names(tmp_path)] == ["ada.py", "ben.py", *others]
    (note,) = found(tmp_path).notes
    assert note.endswith("each .py in it is taken for a student's; if they are one student's, zip them")


@pytest.mark.parametrize("other", ["carol.ipynb", "carol/hw.ipynb"])
def test_modules_beside_a_notebook_or_folders_are_listed(tmp_path, other):
    make(tmp_path, "ada.py", other)
    assert [name for name, _ in names(tmp_path)] == [other.split("/")[0]]
    assert found(tmp_path).passed_over == (
        "ada.py: a module beside others' work; give it by itself if it is a submission",
    )


def test_modules_with_the_exercise_s_own_are_one_submission(tmp_path):
    make(tmp_path / "ada", "areas.py", "helpers.py", "plots.py")
    assert names(tmp_path / "ada") == [("ada", "folder")]


def test_several_paths_are_taken_in_order_and_once(tmp_path):
    make(tmp_path, "class/ada/shapes/areas.py", "class/bob.zip", "eve.ipynb")
    paths = [tmp_path / "eve.ipynb", tmp_path / "class/bob.zip", tmp_path / "class", tmp_path / "class/ada"]
    assert [name for name, _ in names(*paths)] == ["eve.ipynb", "bob.zip", "ada"]


def test_one_name_in_three_kinds_and_two_folders_gives_five_identifiers(tmp_path):
    make(tmp_path, "one/ada/shapes/areas.py", "one/ada.zip", "one/ada.ipynb", "two/ada/x.py", "two/Ada/x.py")
    identifiers = [name for name, _ in names(tmp_path / "one", tmp_path / "two")]
    assert len({name.lower() for name in identifiers}) == 5
    assert identifiers[:3] == ["ada", "ada.ipynb", "ada.zip"]


def test_an_identifier_does_not_depend_on_who_else_is_there(tmp_path):
    make(tmp_path, "Ada/", "b ob/", "eve.zip")
    before = names(tmp_path)
    make(tmp_path, "ada/", "ADA/", "b-ob/")
    assert set(before) < set(names(tmp_path))
    assert len(names(tmp_path)) == 6


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
def test_names_are_data(tmp_path):
    for name in (b"\xff\xfe.zip", b"a\nb.zip", b"\x1b[31m.zip", b"=1+1.zip", b"-rf.zip"):
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name)).write_bytes(b"")
    submissions = found(tmp_path)
    assert len({one.identifier for one in submissions}) == 5
    assert all(one.name.isprintable() and one.identifier.isascii() for one in submissions)
    assert all(len(one.read().files) == 1 for one in submissions)


@pytest.mark.skipif(sys.platform == "win32", reason="links need a privilege")
def test_a_link_is_followed_where_it_was_typed_and_nowhere_else(tmp_path):
    make(tmp_path, "real/ada/shapes/areas.py", "secret/shapes/areas.py")
    (tmp_path / "typed").symlink_to("real")
    (tmp_path / "real/bob").symlink_to(tmp_path / "secret")
    (tmp_path / "real/eve.zip").symlink_to("nowhere")
    assert names(tmp_path / "typed") == [("ada", "folder")]
    assert found(tmp_path / "typed").passed_over == ("bob: a link", "eve.zip: a link")


@pytest.mark.skipif(sys.platform == "win32", reason="has no named pipes")
def test_a_named_pipe_is_no_submission(tmp_path):
    make(tmp_path, "ada/")
    os.mkfifo(tmp_path / "bob.zip")
    assert names(tmp_path) == [("ada", "folder")]
    assert found(tmp_path).passed_over == ("bob.zip: not an ordinary file",)
    with pytest.raises(SubmissionError, match="not a folder"):
        found(tmp_path / "bob.zip")


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("gone", "gone: no such file or folder; check the spelling"),
        ("empty", "empty: no submission in it; give a folder, a .zip, a .ipynb or a .py, or a folder that holds some"),
        ("stray", "stray: no submission in it, only a.csv, b.csv, c.csv and 2 more; give a folder, "),
        ("work.rar", "work.rar: not a folder, a .zip, a .ipynb or a .py; give one of these, or unpack it"),
        ("x" * 300, "can't be opened"),
        ("a\0b", "a\\x00b: can't be opened"),
    ],
)
def test_a_path_without_a_submission_is_one_clear_line(tmp_path, path, message):
    make(tmp_path, "empty/", *(f"stray/{name}.csv" for name in "abcde"), "work.rar")
    with pytest.raises(SubmissionError) as caught:
        found(tmp_path / path)
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)


def test_no_path_is_an_error():
    with pytest.raises(SubmissionError, match="no path was given"):
        found()


def test_a_submission_is_read_later_and_elsewhere(tmp_path):
    make(tmp_path, "ada/shapes/areas.py", "ada/notes.txt", "bob.zip", "carol.ipynb")
    ada, bob, carol = (pickle.loads(pickle.dumps(one)).read() for one in found(tmp_path))
    assert (ada.kind, dict(ada.files)) == ("folder", {"shapes/areas.py": b"x = 1"})
    assert zipfile.ZipFile(io.BytesIO(bob.files["bob.zip"])).namelist() == ["shapes/areas.py"]
    assert (carol.identifier, carol.name, carol.files) == ("carol.ipynb", "carol.ipynb", {"carol.ipynb": b"x = 1"})
    assert len({ada.sha256, bob.sha256, carol.sha256}) == 3
    (tmp_path / "ada/notes.txt").write_text("other")
    assert found(tmp_path)[0].read().sha256 == ada.sha256
    (tmp_path / "ada/shapes/areas.py").write_text("x = 2")
    assert found(tmp_path)[0].read().sha256 != ada.sha256


def test_one_path_can_be_taken_as_one_submission(tmp_path):
    make(tmp_path / "ada", "work.ipynb", "data/x.csv")
    assert single(tmp_path / "ada").kind == "folder"
    assert set(single(tmp_path / "ada").read().files) == {"work.ipynb"}
    assert single(tmp_path / "ada/work.ipynb").kind == "notebook"
    with pytest.raises(SubmissionError):
        single(tmp_path / "ada/data/x.csv")


def test_found_is_a_sequence(tmp_path):
    make(tmp_path, "ada/", "bela/")
    submissions = found(tmp_path)
    assert len(submissions) == 2
    assert submissions[1:] == (submissions[1],)


def test_a_folder_that_can_not_be_listed_is_one_clear_line(tmp_path, monkeypatch):
    make(tmp_path, "ada/")

    def refuse(path):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SubmissionError, match=r"can't be listed \(Permission denied\)"):
        found(tmp_path)
