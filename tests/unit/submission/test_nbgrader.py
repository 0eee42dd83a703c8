"""An nbgrader course's folder of submissions."""

import os

import pytest

from autograder.errors import SubmissionError
from autograder.submission.nbgrader import class_of, submitted_folder


@pytest.fixture
def course(tmp_path):
    """Write a course: ``course({"ada/ps1/work.ipynb": "{}"}) -> the folder of submissions``."""

    def course(files):
        (tmp_path / "nbgrader_config.py").write_text("")
        folder = tmp_path / "submitted"
        folder.mkdir()
        for name, text in files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text)
        return folder

    return course


def test_the_course_or_its_folder_of_submissions_is_known(course, tmp_path):
    folder = course({})
    assert submitted_folder(tmp_path) == folder
    assert submitted_folder(folder) == folder
    (tmp_path / "other").mkdir()
    assert submitted_folder(tmp_path / "other") is None


def test_each_student_s_notebook_of_the_one_assignment(course):
    passed_over = []
    folder = course(
        {
            "ada/ps1/work.ipynb": "{}",
            "ada/ps1/timestamp.txt": "2026-03-01 12:30:00.123 UTC\n",
            "bela/ps1/work.ipynb": "{}",
            "bela/ps1/another.ipynb": "{}",
            "bela/ps1/timestamp.txt": "2026-03-01 12:30:00 +0130",
            "chen/ps1/notes.txt": "",
            "dora/ps1/work.ipynb": "{}",
            "dora/ps1/timestamp.txt": "yesterday",
            ".ipynb_checkpoints/ps1/work.ipynb": "{}",
        }
    )
    (folder / "link").symlink_to(folder / "ada")
    found = class_of(folder, None, passed_over)
    assert [(one.name, one.path.name, one.kind) for one in found] == [
        ("ada", "work.ipynb", "notebook"),
        ("bela", "another.ipynb", "notebook"),
        ("dora", "work.ipynb", "notebook"),
    ]
    assert [one.handed_in.time for one in found] == ["2026-03-01T12:30:00+00:00", "2026-03-01T12:30:00+01:30", ""]
    assert [one.handed_in.people[0].id for one in found] == ["ada", "bela", "dora"]
    assert sorted(passed_over) == [
        "bela: work.ipynb: a second notebook",
        "chen: no notebook of this assignment",
        "link: a link",
    ]


def test_of_several_assignments_one_has_to_be_named(course):
    folder = course({"ada/ps1/work.ipynb": "{}", "ada/ps2/work.ipynb": "{}", "bela/ps2/work.ipynb": "{}"})
    with pytest.raises(SubmissionError, match="name one of ps1, ps2 with --assignment"):
        class_of(folder, None, [])
    assert [one.name for one in class_of(folder, "ps2", [])] == ["ada", "bela"]
    with pytest.raises(SubmissionError, match="nobody handed in ps3; collect first"):
        class_of(folder, "ps3", [])


def test_a_folder_that_can_t_be_listed_is_one_line(course, monkeypatch):
    folder = course({"ada/ps1/work.ipynb": "{}"})

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(os, "scandir", refuse)
    with pytest.raises(SubmissionError, match=r"can't be listed \(Permission denied\)"):
        class_of(folder, None, [])


def test_a_student_s_timestamp_that_is_no_time_stops_nobody_s_grading(course):
    folder = course({"eve/ps1/work.ipynb": "{}", "eve/ps1/timestamp.txt": "2026-99-99 10:00:00 UTC"})
    (eve,) = class_of(folder, None, [])
    assert eve.handed_in.time == ""
