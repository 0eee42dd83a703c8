"""What is in a download, and what of it is passed over."""

from __future__ import annotations

import os
import zipfile

import pytest

from autograder.errors import SubmissionError
from autograder.submission import reading
from autograder.submission.bulk import tree as trees
from autograder.submission.bulk.tree import tree


def zipped(path, members):
    """A zip of these members, ``(ZipInfo or name, bytes)``, that may occur twice."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, data in members:
            archive.writestr(member, data)
    return path


def entry(name, mode=0o100644):
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def test_links_pipes_junk_and_what_lies_too_deep_are_passed_over(tmp_path, monkeypatch):
    root = tmp_path / "class"
    (root / "ada" / "deep" / "deeper").mkdir(parents=True)
    (root / "ada" / "work.py").write_text("x = 1")
    (root / "ada" / "deep" / "deeper" / "far.py").write_text("")
    (root / "link.py").symlink_to(root / "ada" / "work.py")
    os.mkfifo(root / "pipe")
    (root / "__MACOSX").mkdir()
    (root / "__MACOSX" / "junk.py").write_text("")
    monkeypatch.setattr(trees, "MAX_DEPTH", 2)
    found = tree(root)
    assert found.names == ("ada/work.py",)
    assert sorted(found.passed_over) == [
        "ada/deep/deeper: more than 2 folders deep",
        "link.py: a link",
        "pipe: not an ordinary file",
    ]
    assert found.read("ada/work.py", 100) == b"x = 1"


def test_a_folder_that_can_t_be_listed_costs_itself(tmp_path, monkeypatch):
    (tmp_path / "shut").mkdir()
    (tmp_path / "work.py").write_text("")
    scan = os.scandir

    def refuse(path):
        if str(path).endswith("shut"):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = tree(tmp_path)
    assert found.names == ("shut/.", "work.py")  # its owner's reading meets the same error
    assert found.passed_over == ("shut/: can't be listed (Permission denied)",)


def test_more_files_than_are_read_are_too_many_in_a_folder_and_in_a_zip(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "MAX_ENTRIES", 2)
    folder = tmp_path / "folder"
    folder.mkdir()
    for name in "abc":
        (folder / name).write_text("")
    with pytest.raises(SubmissionError, match="more than 2 files in it"):
        tree(folder)
    with pytest.raises(SubmissionError, match="more than 2 files in a zip"):
        tree(zipped(tmp_path / "class.zip", [(name, b"") for name in "abc"]))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_is_no_ordinary_member_of_a_zip_is_passed_over(tmp_path):
    locked = entry("locked.py")
    path = zipped(
        tmp_path / "class.zip",
        [
            ("ada/work.py", b"x = 1"),
            ("ada/work.py", b"x = 2"),
            ("../out.py", b""),
            (entry("link.py", 0o120777), b"ada/work.py"),
            (locked, b"secret"),
            (".DS_Store", b""),
        ],
    )
    data = bytearray(path.read_bytes())
    central = data.rindex(b"PK\1\2", 0, data.rindex(b"locked.py"))
    data[central + 8] |= trees.ENCRYPTED
    path.write_bytes(data)
    found = tree(path)
    assert found.names == ("ada/work.py",)
    assert sorted(found.passed_over) == [
        "../out.py: its name leads elsewhere",
        "ada/work.py: its name occurs twice",
        "link.py: a link or a device",
        "locked.py: encrypted",
    ]


def test_other_compressions_ask_for_memory_and_are_not_opened(tmp_path):
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("work.py", b"x = 1", compress_type=zipfile.ZIP_BZIP2)
    assert tree(path).passed_over == ("work.py: compressed in an unusual way",)


def test_what_is_no_zip_is_none(tmp_path):
    path = tmp_path / "class.zip"
    path.write_bytes(b"no zip")
    assert tree(path) is None
    assert tree(tmp_path / "not there.zip") is None


def test_a_directory_that_is_too_long_is_not_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(trees, "MAX_DIRECTORY", 50)
    with pytest.raises(SubmissionError, match="unpack it, and give the folder"):
        tree(zipped(tmp_path / "class.zip", [(f"{name}.py", b"") for name in "abc"]))


def test_a_member_is_read_within_bounds_and_only_as_long_as_it_is_there(tmp_path):
    path = zipped(tmp_path / "class.zip", [("work.py", b"x" * 100)])
    found = tree(path)
    assert found.read("work.py", 100) == b"x" * 100
    with pytest.raises(reading.UnfitError):
        found.read("work.py", 99)
    with pytest.raises(reading.UnfitError, match="no longer in the download"):
        found.read("other.py", 100)
    data = bytearray(path.read_bytes())
    at = data.index(b"work.py") + 7
    data[at : at + 4] = b"\xff" * 4
    path.write_bytes(data)
    with pytest.raises(reading.UnfitError, match="could not be unpacked"):
        found.read("work.py", 100)
    path.unlink()
    with pytest.raises(OSError, match="No such file"):
        found.read("work.py", 100)
