"""nbgrader's own commands on a class: through the preprocessor, through the plain kernel, and `autograder grade`."""

import csv
import datetime
import json
import re

import nbgrader_course
import pytest

from autograder.results import load

pytest.importorskip("nbgrader")

from nbgrader.api import Gradebook

ASSIGNMENT, NOTEBOOK = nbgrader_course.ASSIGNMENT, nbgrader_course.NOTEBOOK

DUE = datetime.datetime(2026, 1, 11)

# Worked out from the rubric's points: what each one's mistake costs, and what builds on it.
EXPECTED = {"ada": 100, "chen": 0, "dilan": 96, "jonas": 100, "ivan": 95}

FOUND = {
    "emre": "cells that had lost nbgrader's metadata",
    "farida": "cells that are there more than once",
    "ivan": "broken or cut short",
    "jonas": "most of it outputs",
}

LATE = """
from nbgrader.plugins import BasePlugin


class TenPercent(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 10


c.AssignLatePenalties.plugin_class = TenPercent
"""


class Class:
    """A course that was graded, and the same one for the plain kernel."""

    def __init__(self, folder):
        self.course, self.released, solved = nbgrader_course.make(folder / "course")
        self.students = nbgrader_course.class_of(self.released, solved)
        for student, (content, time) in self.students.items():
            self.course.hand_in(student, content, time)
        config = self.course.folder / "nbgrader_config.py"
        config.write_text(config.read_text("utf-8") + LATE, "utf-8")
        with self.gradebook(self.course) as book:
            book.update_or_create_assignment(ASSIGNMENT, duedate=DUE)
        self.plain = nbgrader_course.copied(self.course, folder / "plain")
        self.before = (self.course.submission("ada")).read_bytes()
        self.graded = self.course.autograder("grade", ".", "--jobs", "2")
        self.autograded = self.course.nbgrader("autograde", ASSIGNMENT)

    def gradebook(self, course):
        return Gradebook(f"sqlite:///{course.folder}/gradebook.db", ASSIGNMENT)

    def results(self):
        found = [load(path.read_bytes()) for path in (self.course.folder / "graded" / "results").glob("*.json")]
        return {result.name: {task.name: task.score for task in result.tasks} for result in found}

    def marks(self, course):
        """By student and task what the gradebook has."""
        with self.gradebook(course) as book:
            return {
                submission.student.id: {
                    grade.name.removeprefix("check-"): grade.auto_score
                    for grade in submission.notebooks[0].grades
                    if grade.name.startswith("check-")
                }
                for submission in book.assignment_submissions(ASSIGNMENT)
            }

    def exported(self, course):
        course.nbgrader("export")
        with (course.folder / "grades.csv").open(newline="") as file:
            return {row["student_id"]: row for row in csv.DictReader(file)}


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    return Class(tmp_path_factory.mktemp("nbgrader"))


def test_students_get_the_notebook_that_release_makes(root, course):
    committed = json.loads((root / "assignment" / "notebook" / NOTEBOOK).read_text("utf-8"))
    theirs = {cell["id"]: cell for cell in course.released["cells"]}
    for cell in committed["cells"]:
        if cell["metadata"].get("nbgrader") and cell["id"] != "imports":
            assert theirs[cell["id"]] == cell


def test_marks_are_the_same_in_the_gradebook_in_its_export_and_in_grade(course):
    marks, results, exported = course.marks(course.course), course.results(), course.exported(course.course)
    assert marks == results
    assert set(marks) == set(course.students)
    for student, tasks in results.items():
        assert float(exported[student]["raw_score"]) == pytest.approx(sum(tasks.values()), abs=1e-9)
    for student, score in EXPECTED.items():
        assert sum(results[student].values()) == score
    assert all(sum(results[student].values()) < 100 for student in ("bela", "emre", "farida", "greta", "hana"))


def test_earlier_results_are_used_and_none_is_graded_twice(course):
    kept = {path.name: path.stat().st_mtime_ns for path in (course.course.folder / "graded" / "results").iterdir()}
    course.course.nbgrader("autograde", ASSIGNMENT, "--student", "bela", "--force")
    assert kept == {
        path.name: path.stat().st_mtime_ns for path in (course.course.folder / "graded" / "results").iterdir()
    }


def test_being_late_costs_what_the_plugin_says(course):
    exported = course.exported(course.course)
    late = exported["greta"]
    assert float(late["late_submission_penalty"]) == pytest.approx(float(late["raw_score"]) / 10)
    assert all(float(row["late_submission_penalty"]) == 0 for name, row in exported.items() if name != "greta")


@pytest.mark.parametrize("student", FOUND)
def test_what_was_found_in_a_broken_notebook_is_said(course, student):
    page = course.course.folder / "autograded" / student / ASSIGNMENT / NOTEBOOK
    (found,) = [c for c in json.loads(page.read_text("utf-8"))["cells"] if c["id"] == "found-while-grading"]
    assert FOUND[student] in "".join(found["source"]).replace("&#x27;", "'")
    assert FOUND[student] in course.autograded.stderr


def test_written_answers_wait_for_a_person_and_missing_ones_are_nothing(course):
    with course.gradebook(course.course) as book:
        answered = book.find_grade("why-not-zero", "exercise", ASSIGNMENT, "ada")
        assert (answered.auto_score, answered.needs_manual_grade) == (None, True)
        untouched = book.find_grade("why-not-zero", "exercise", ASSIGNMENT, "chen")
        assert (untouched.auto_score, untouched.needs_manual_grade) == (0, False)


def test_comments_stand_at_the_function_that_they_are_about(course):
    with course.gradebook(course.course) as book:
        comment = book.find_comment("relu_backward", "exercise", ASSIGNMENT, "bela").auto_comment
        assert "Wrong" in comment
        assert book.find_comment("tanh_backward", "exercise", ASSIGNMENT, "bela").auto_comment is None
        assert book.find_comment("tanh_backward", "exercise", ASSIGNMENT, "chen").auto_comment == "No response."


def test_the_feedback_has_marks_and_messages_and_nothing_of_hidden_cases(course):
    course.course.nbgrader("generate_feedback", ASSIGNMENT, "--student", "bela")
    page = (course.course.folder / "feedback" / "bela" / ASSIGNMENT / "exercise.html").read_text("utf-8")
    assert "relu: 0.5 of 2 points" in page or re.search(r"relu: [\d.]+ of 2 points", page)
    assert "ag-picture" in page
    result = load((course.course.folder / "graded" / "results" / "bela.json").read_bytes())
    hidden = [c for task in result.tasks for c in task.checks if c.visibility == "hidden" and c.verdict != "passed"]
    assert hidden
    for check in hidden:
        for value in _numbers(check.details):
            assert value not in page


def test_hostile_notebooks_get_nowhere(course):
    assert not (course.course.folder / "LOOT").exists()
    assert course.course.submission("ada").read_bytes() == course.before
    with course.gradebook(course.course) as book:
        for submission in book.assignment_submissions(ASSIGNMENT):
            assert all(grade.manual_score is None for grade in submission.notebooks[0].grades)
    marks = course.marks(course.course)["hana"]
    assert marks["quadratic_features"] == 0
    assert marks["relu"] == 0


def test_regrading_changes_automatic_marks_and_never_a_manual_one(course):
    with course.gradebook(course.course) as book:
        book.find_grade("check-tanh", "exercise", ASSIGNMENT, "ada").manual_score = 1.25
        book.find_grade("check-relu", "exercise", ASSIGNMENT, "bela").auto_score = 2.0  # as another scheme gave it
        book.db.commit()
    done = course.course.autograder("export", "nbgrader", "graded", "--course", ".", check=False)
    assert done.returncode == 0, done.stderr
    assert re.search(r"bela: [\d.]+ → [\d.]+", done.stdout)
    with course.gradebook(course.course) as book:
        by_hand = book.find_grade("check-tanh", "exercise", ASSIGNMENT, "ada")
        assert (by_hand.manual_score, by_hand.auto_score) == (1.25, 2.0)
        assert by_hand.score == 1.25
        by_hand.manual_score = None
        by_hand.needs_manual_grade = False
        book.db.commit()
    assert course.marks(course.course) == course.results()


def test_a_course_in_order_and_one_that_is_not(course):
    folder = course.course.folder
    (folder / "source" / ASSIGNMENT / "nn").mkdir()
    (folder / "source" / ASSIGNMENT / "nn" / "linear.py").write_text(
        "def affine_forward(x, W, b):\n    return x @ W + b, x\n"
    )
    (folder / "gradebook.db").chmod(0o666)
    (folder / "submitted" / "chen" / ASSIGNMENT / "other.csv").symlink_to(folder / "gradebook.db")
    done = course.course.autograder("doctor", "--nbgrader", ".", check=False)
    assert done.returncode == 1, done.stderr
    for words in (
        "exclude_overwriting",
        "gradebook.db",
        "chmod go-w",
        "a link, of which nbgrader copies",
        "cells that had lost nbgrader's metadata",
        "cells that are there more than once",
        "cells that were missing",
    ):
        assert words in done.stdout


@pytest.mark.long
def test_the_plain_kernel_gives_the_same_marks(course):
    """Slow: a kernel for each notebook.  Hostile ones are left to docs/nbgrader.md, heavy ones to the preprocessor."""
    plain = course.plain
    plain.configure("solutions.rubric'", "solutions.rubric', sandbox=False")
    expected = course.results()
    for student in ("ada", "bela", "chen", "dilan", "emre", "farida", "greta", "ivan"):
        plain.nbgrader("autograde", ASSIGNMENT, "--student", student)
        assert course.marks(plain)[student] == expected[student], student
    exported = course.exported(plain)
    assert float(exported["bela"]["raw_score"]) == pytest.approx(sum(expected["bela"].values()), abs=1e-9)


def _numbers(value):
    """Long decimal numbers in a hidden check's details: what would tell them apart from anything."""
    if isinstance(value, float) and len(repr(value)) > 10:
        yield repr(value)
        yield f"{value:.6g}"
    elif isinstance(value, dict):
        for part in value.values():
            yield from _numbers(part)
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _numbers(part)
