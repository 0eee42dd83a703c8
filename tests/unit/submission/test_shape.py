"""A class that no system packed, told from one student's work."""

from __future__ import annotations

import zipfile

import downloads
import pytest

from autograder.submission import discover
from autograder.submission.bulk import find, tree
from autograder.submission.shape import shape

ADA, BEN = "ada/decay/geometry.py", "ben/decay/geometry.py"


def found(*paths):
    return discover(paths, "decay", {"geometry", "waves"})


def names(submissions):
    return [one.name for one in submissions]


def looks(*paths):
    return shape((tuple(path.split("/")) for path in paths), "decay", {"geometry", "waves"})


@pytest.mark.parametrize(
    "paths",
    [
        [ADA, BEN],
        [f"HW 1/{ADA}", f"HW 1/{BEN}"],
        ["ada/geometry.py", "ben/hw.ipynb"],
        ["ada.zip", "ben.zip"],
        ["12345/geometry.py", "12346/waves.py"],
    ],
)
def test_a_class_is_plain(paths):
    found = looks(*paths)
    assert (len(found.students), found.sure, found.own) == (2, True, False)


@pytest.mark.parametrize(
    "paths",
    [
        ["decay/geometry.py", "backup/decay/geometry.py", "old/decay/geometry.py"],
        ["decay/geometry.py", "ada/notes.ipynb", "plots/more.ipynb"],
        ["project/decay/geometry.py", "project/decay (copy)/geometry.py"],
        ["v1/decay/geometry.py", "v2/decay/geometry.py"],
        ["part_a/hw.ipynb", "part_b/hw.ipynb"],
        ["src/decay/geometry.py", "tests/geometry.py"],
        ["decay/decay/geometry.py", "mine/decay/geometry.py"],
        ["work/decay.zip", "work/old.zip"],
        [ADA],
        [],
    ],
)
def test_one_student_s_work_is_no_class(paths):
    assert looks(*paths).students == ()


@pytest.mark.parametrize(
    "paths",
    [
        ["Ada/HW 1/Version 1/geometry.py", "Ben/HW 1/Version 2/geometry.py"],
        ["decay/geometry.py", "ada.zip", "ben.ipynb"],
        ["ada.ipynb", "ben.ipynb"],
        [ADA, "ben.zip"],
    ],
)
def test_what_may_be_either_is_not_sure(paths):
    found = looks(*paths)
    assert len(found.students) == 2
    assert not found.sure


def test_a_class_is_named_by_its_first():
    assert str(looks(*(f"{name}/geometry.py" for name in ("ada", "ben", "chen", "dora", "eve")))) == (
        "a class (ada, ben, chen and 2 more)"
    )


@pytest.mark.parametrize("wrapper", ["", "Blatt 3/"])
def test_a_zip_of_a_class_is_a_class(tmp_path, wrapper):
    files = {
        ADA: "a",
        BEN: "b",
        "chen/answer.rar": "c",
        "dora.zip": "d",
        "grades.csv": "",
        "__MACOSX/x/geometry.py": "",
    }
    path = downloads.write(tmp_path / "all", {wrapper + name: text for name, text in files.items()})
    submissions = found(path)
    assert names(submissions) == ["ada", "ben", "chen", "dora.zip"]
    assert [one.handed_in for one in submissions] == [None] * 4
    assert [dict(one.read().files) for one in submissions] == [
        {"decay/geometry.py": b"a"},
        {"decay/geometry.py": b"b"},
        {},
        {"dora.zip": b"d"},
    ]
    assert submissions.passed_over == ("grades.csv: in no student's folder",)
    assert submissions.notes == (
        "all.zip: is taken for a class (ada, ben); if it is one student's, give a folder that holds it",
    )
    unpacked = found(downloads.write(tmp_path / "all", files, unpacked=True))
    assert names(unpacked) == names(submissions)  # and so the same seeds


def test_one_student_s_zip_with_copies_stays_one(tmp_path):
    files = dict.fromkeys(("decay/geometry.py", "backup/decay/geometry.py", "old/decay/geometry.py", "data/x"), "")
    submissions = found(downloads.write(tmp_path / "ada", files))
    assert (names(submissions), submissions.notes) == (["ada.zip"], ())


def test_a_zip_that_may_be_either_is_one_and_tells(tmp_path):
    submissions = found(downloads.write(tmp_path / "all", {"ada.ipynb": "{}", "ben.ipynb": "{}"}))
    assert names(submissions) == ["all.zip"]
    assert submissions.notes == (
        "all.zip: looks like a class (ada.ipynb, ben.ipynb), and is graded as one submission; "
        "if it is a class, unpack it and give the folder",
    )


def test_a_stray_package_makes_no_class_one_submission(tmp_path):
    for stray in ("decay/geometry.py", "geometry.py"):
        folder = downloads.write(tmp_path / stray[:5], {ADA: "", "ben/geometry.py": "", stray: ""}, unpacked=True)
        submissions = found(folder)
        assert names(submissions) == ["ada", "ben"]
        assert submissions.passed_over[0].startswith(f"{stray.split('/')[0]}: ")


def test_a_student_s_folder_with_copies_stays_one(tmp_path):
    files = dict.fromkeys(
        ["decay/geometry.py", "backup/decay/geometry.py", "old/decay/geometry.py", "mine/geometry.py", "data/x.csv"], ""
    )
    submissions = found(downloads.write(tmp_path / "ada", files, unpacked=True))
    assert (names(submissions), submissions.notes) == (["ada"], ())


def test_a_package_beside_notebooks_is_one_and_tells(tmp_path):
    files = {"decay/geometry.py": "", "ada.ipynb": "", "ben.ipynb": ""}
    submissions = found(downloads.write(tmp_path / "hw", files, unpacked=True))
    assert names(submissions) == ["hw"]
    assert submissions.notes[0].endswith("and is graded as one submission; if it is a class, give what is in it")


def test_a_class_s_one_folder_is_the_class(tmp_path):
    files = {f"hw/Blatt 3/{name}": "" for name in (ADA, "ben/hw.zip", "chen/answer.rar")}
    downloads.write(tmp_path / "given", files, unpacked=True)
    submissions = found(tmp_path / "given")
    assert names(submissions) == ["ada", "ben", "chen"]
    assert all("is taken for a class (ada, ben); if it is one student's, zip it" in note for note in submissions.notes)


@pytest.mark.parametrize("unpacked", [False, True], ids=["zip", "folder"])
def test_a_folder_of_downloads_is_what_they_hold(tmp_path, unpacked):
    given = tmp_path / "downloads"
    given.mkdir()
    downloads.write(given / "submissions", downloads.CANVAS, unpacked)
    assert len(found(given)) == 5
    downloads.write(given / "course-exercise-1", downloads.MOODLE, unpacked)
    (given / "grades.csv").write_text("")
    assert len(found(given)) == 8
    assert found(given).notes == ()
    assert {one.handed_in.system for one in found(given)} == {"canvas", "moodle"}


def test_a_download_of_one_student_alone_is_taken_apart(tmp_path):
    given = tmp_path / "downloads"
    given.mkdir()
    downloads.write(given / "submissions", {"lovelaceada_1_2_geometry.py": ""})
    assert [one.handed_in.people[0].name for one in found(given)] == ["lovelaceada"]


def test_a_download_beside_others_work_is_one_submission_and_tells(tmp_path):
    downloads.write(tmp_path / "class", {ADA: ""}, unpacked=True)
    downloads.write(tmp_path / "class" / "eve", downloads.CANVAS)
    submissions = found(tmp_path / "class")
    assert names(submissions) == ["ada", "eve.zip"]
    assert submissions.notes == (
        "eve.zip: looks like a download of 5 students, and is graded as one submission; if it is, give it by itself",
    )


def test_metadata_in_a_student_s_archive_are_not_parsed(tmp_path, monkeypatch):
    monkeypatch.setattr(find, "parsed", lambda data: pytest.fail("parsed"))
    downloads.write(tmp_path / "class", {ADA: ""}, unpacked=True)
    downloads.write(tmp_path / "class" / "eve", downloads.GRADESCOPE)
    assert "looks like a download of 3 students" in found(tmp_path / "class").notes[0]


def test_classes_beside_each_other_are_one_submission_each_and_tell(tmp_path):
    for name in ("mon", "tue"):
        downloads.write(tmp_path / name, {ADA: "", BEN: ""}, unpacked=True)
    submissions = found(tmp_path)
    assert names(submissions) == ["mon", "tue"]
    assert submissions.notes[1] == (
        "tue: looks like a class (ada, ben), and is graded as one submission; if it is a class, give it by itself"
    )


def test_a_download_with_a_stray_package_stays_a_download(tmp_path):
    folder = downloads.write(tmp_path / "s", {**downloads.CANVAS, "decay/geometry.py": ""}, unpacked=True)
    assert len(found(folder)) == 5


def test_a_student_s_zip_with_too_much_in_it_costs_nobody_else(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "MAX_DIRECTORY", 70_000)
    downloads.write(tmp_path / "class", {ADA: ""}, unpacked=True)
    with zipfile.ZipFile(tmp_path / "class/eve.zip", "w") as archive:
        for number in range(1000):
            archive.writestr(f"{number}{'x' * 40}", "")
    assert names(found(tmp_path / "class")) == ["ada", "eve.zip"]
