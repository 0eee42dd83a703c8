from __future__ import annotations

import os
import socket
import sys

import pytest

from autograder.errors import SubmissionError
from autograder.sandbox import wire
from autograder.submission import reading

posix = pytest.mark.skipif(sys.platform == "win32", reason="has no such files")


@pytest.fixture(params=[pytest.param(True, marks=posix), False], ids=["descriptors", "paths"])
def way(request, monkeypatch):
    """Both ways of opening a file: relative to its folder's descriptor, and by path as on Windows."""
    monkeypatch.setattr(reading, "BENEATH", request.param)


def make(folder, files):
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)


def test_modules_notebooks_and_zips_are_read_at_any_depth(tmp_path, way):
    files = {"a.py": b"1", "nn/b.PY": b"2", "x/y/z.ipynb": b"3", "x/w.Zip": b"4"}
    make(tmp_path, {**files, "data.csv": b"5", "nn/c.pyc": b"6"})
    assert reading.read_folder(tmp_path) == (files, ())


def test_what_tools_leave_behind_is_passed_over(tmp_path, way):
    junk = [".git/a.py", "__MACOSX/a.py", "nn/__pycache__/a.py", "node_modules/a.py", ".a.py", "e/site-packages/a.py"]
    make(tmp_path, {**dict.fromkeys(junk, b"x"), "env/pyvenv.cfg": b"", "env/a.py": b"x", "a.py": b"1"})
    files, warnings = reading.read_folder(tmp_path)
    assert files == {"a.py": b"1"}
    assert warnings == ("env: is a virtual environment, and was passed over",)


@posix
def test_links_do_not_exist(tmp_path, way):
    make(tmp_path, {"secret/key.py": b"secret", "ada/a.py": b"1"})
    (tmp_path / "ada/link.py").symlink_to(tmp_path / "secret/key.py")
    (tmp_path / "ada/inside.py").symlink_to("a.py")
    (tmp_path / "ada/folder").symlink_to(tmp_path / "secret")
    (tmp_path / "ada/up").symlink_to("..")
    files, warnings = reading.read_folder(tmp_path / "ada")
    assert files == {"a.py": b"1"}
    assert sorted(warnings) == [
        f"{name}: is a link, and was passed over" for name in ("folder", "inside.py", "link.py", "up")
    ]


@posix
def test_a_link_that_takes_a_files_place_is_not_followed(tmp_path, monkeypatch):
    make(tmp_path, {"secret/key.py": b"secret", "ada/nn/key.py": b"1", "ada/key.py": b"1"})
    listed = list(reading._candidates(tmp_path / "ada", reading._Warnings()))
    monkeypatch.setattr(reading, "_candidates", lambda *_: listed)
    (tmp_path / "ada/key.py").unlink()
    (tmp_path / "ada/key.py").symlink_to(tmp_path / "secret/key.py")
    (tmp_path / "ada/nn").rename(tmp_path / "was")
    (tmp_path / "ada/nn").symlink_to(tmp_path / "secret")
    files, warnings = reading.read_folder(tmp_path / "ada")
    assert files == {}
    assert len(warnings) == 2
    assert all("could not be read" in warning for warning in warnings)


@posix
def test_pipes_sockets_and_devices_are_never_opened(tmp_path, way, monkeypatch):
    os.mkfifo(tmp_path / "pipe.py")
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket.ipynb")
        files, warnings = reading.read_folder(tmp_path)
    (tmp_path / "folder.py").mkdir()
    assert files == {}
    assert len(warnings) == 2
    assert all("not an ordinary file" in warning for warning in warnings)


@posix
def test_a_pipe_that_takes_a_files_place_is_not_read(tmp_path):
    os.mkfifo(tmp_path / "work.ipynb")
    files, warnings = reading.read_file(tmp_path / "work.ipynb")
    assert files == {}
    assert "not an ordinary file" in warnings[0]


def test_a_submission_with_an_unreadable_file_has_no_mark(tmp_path, way, monkeypatch):
    make(tmp_path, {"a.py": b"1", "b.py": b"2"})
    real = os.open

    def refuse(path, *args, **kwargs):
        if str(path).endswith("b.py"):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(SubmissionError, match=r": b\.py can't be read \(Permission denied\); see to its permissions"):
        reading.read_folder(tmp_path)


def test_what_can_not_be_read_at_all_is_an_error(tmp_path, way):
    with pytest.raises(SubmissionError, match=r"gone can't be read \(No such file or directory\)"):
        reading.read_folder(tmp_path / "gone")
    with pytest.raises(SubmissionError, match=r"gone\.zip can't be read"):
        reading.read_file(tmp_path / "gone.zip")


def test_what_is_too_large_is_told_and_modules_come_first(tmp_path, way, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    monkeypatch.setattr(reading, "MAX_MODULE", 300)
    make(
        tmp_path, {"a.zip": bytes(400), "b.ipynb": bytes(600), "c.py": bytes(301), "d/e.py": bytes(290), "f.zip": b"1"}
    )
    files, warnings = reading.read_folder(tmp_path)
    assert set(files) == {"d/e.py", "b.ipynb", "f.zip"}
    assert warnings == (
        "c.py: was not read: it is too large (a module may have 1 MiB; take its data out)",
        "a.zip: was not read: it is too large (a submission may have 63 MiB; leave its data out)",
    )
    (tmp_path / "g.ipynb").write_bytes(bytes(1001))
    said = "g.ipynb: was not read: it is too large (a submission may have 63 MiB; clear its outputs)"
    assert reading.read_file(tmp_path / "g.ipynb") == ({}, (said,))


def test_many_files_in_a_folder_hide_none_in_another(tmp_path, way, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILES", 10)
    make(tmp_path, {f"extra/{n:02}.py": b"x" for n in range(30)} | {"zz/nn/a.py": b"1", "zz/nn/b.py": b"2"})
    files, _ = reading.read_folder(tmp_path)
    assert {"zz/nn/a.py", "zz/nn/b.py"} < set(files)
    assert len(files) == 10


def test_where_there_is_nothing_to_read_the_first_names_are_told(tmp_path, way):
    make(tmp_path, {"answer.rar": b"", "model.tar.gz": b"", "x/report.docx": b"", "x/scan.pdf": b"", ".DS_Store": b""})
    assert reading.read_folder(tmp_path) == (
        {},
        (
            "answer.rar: only .py, .ipynb and .zip are read; unpack it, or hand in a zip",
            "model.tar.gz: only .py, .ipynb and .zip are read; unpack it, or hand in a zip",
            "x/report.docx: only .py, .ipynb and .zip are read; hand in one of these",
        ),
    )
    make(tmp_path, {"a.py": b"1"})
    assert reading.read_folder(tmp_path) == ({"a.py": b"1"}, ())


def test_numbers_of_files_folders_and_warnings_are_bounded(tmp_path, way, monkeypatch):
    monkeypatch.setattr(reading, "MAX_FILES", 5)
    make(tmp_path, {f"{n:02}.py": b"x" for n in range(30)})
    deep = tmp_path.joinpath(*["d"] * (reading.MAX_DEPTH + 3))
    make(deep, {"a.py": b"x"})
    files, warnings = reading.read_folder(tmp_path)
    assert sorted(files) == [f"{n:02}.py" for n in range(5)]
    assert len(warnings) == reading.MAX_WARNINGS + 1
    assert "more than 12 folders deep" in warnings[0]
    assert warnings[-1] == "6 more files were passed over"
    monkeypatch.setattr(reading, "MAX_ENTRIES", 10)
    assert any("there are more than 10 files" in warning for warning in reading.read_folder(tmp_path)[1])


@posix
def test_odd_names_travel_and_are_shown_safely(tmp_path):
    (tmp_path / os.fsdecode(b"\xff\x1b.py")).write_bytes(b"x")
    (tmp_path / "a\nb.py").symlink_to("nowhere")
    files, warnings = reading.read_folder(tmp_path)
    assert files == {"\\udcff\x1b.py": b"x"}
    assert warnings == ("a\\nb.py: is a link, and was passed over",)


def test_the_digest_is_of_kind_paths_and_bytes_alone():
    one = reading.digest("folder", {"a": b"1", "b": b"2"})
    assert one == reading.digest("folder", {"b": b"2", "a": b"1"})
    others = [
        ("zip", {"a": b"1", "b": b"2"}),
        ("folder", {"a": b"12", "b": b""}),
        ("folder", {"a": b"1", "c": b"2"}),
        ("folder", {"ab": b"12"}),
        ("folder", {}),
    ]
    assert len({one, *(reading.digest(*other) for other in others)}) == 6


def test_the_largest_submission_fits_in_a_frame():
    path = "x" * 200
    load = wire.Load(
        "zip", {path: bytes(reading.MAX_BYTES - len(path))}, "shapes", {f"function {n}": "m" * 50 for n in range(200)}
    )
    wire.frame(load)


@posix
def test_a_submission_with_a_folder_that_can_not_be_listed_has_no_mark(tmp_path, way, monkeypatch):
    make(tmp_path, {"a.py": b"1", "closed/b.py": b"2"})
    listed = reading._listed

    def refuse(root, parts):
        if parts:
            raise PermissionError(13, "Permission denied")
        return listed(root, parts)

    monkeypatch.setattr(reading, "_listed", refuse)
    with pytest.raises(SubmissionError, match=r": closed can't be read \(Permission denied\); see to its permissions"):
        reading.read_folder(tmp_path)


@posix
def test_a_folder_that_has_become_a_link_is_passed_over(tmp_path, monkeypatch):
    make(tmp_path, {"a.py": b"1", "was/b.py": b"2"})
    listed = reading._listed

    def swap(root, parts):
        if parts:
            (tmp_path / "was").rename(tmp_path.with_name("elsewhere"))
            (tmp_path / "was").symlink_to(tmp_path.with_name("elsewhere"))
        return listed(root, parts)

    monkeypatch.setattr(reading, "_listed", swap)
    files, (warning,) = reading.read_folder(tmp_path)
    assert files == {"a.py": b"1"}
    assert warning.startswith("was: could not be read")
