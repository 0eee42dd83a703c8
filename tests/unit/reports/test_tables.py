import csv
import io

import msgspec
import pytest
from rich.console import Console

from autograder.reports.console import class_table
from autograder.reports.grades_csv import grades_csv
from autograder.reports.summary import Summary, failed, marks, summarize
from autograder.results import CheckResult, Result, TaskResult, Verdict


def check(verdict, score, name="c", **details):
    return CheckResult(
        name=name, title="", verdict=verdict, score=score, max_score=2.0, visibility="hidden", details=details
    )


def a_result(*tasks, warnings=()):
    return Result(
        submission="ada",
        name="ada",
        source_sha256="0" * 64,
        rubric="",
        rubric_sha256="",
        seed="",
        score=sum(task.score for task in tasks),
        max_score=sum(task.max_score for task in tasks),
        tasks=tasks,
        warnings=warnings,
    )


def task(name, module, *checks):
    return TaskResult.of(name, module, checks)


def test_marks_are_added_by_module():
    summary = summarize(
        a_result(
            task("f", "one", check(Verdict.PASSED, 2.0)),
            task("g", "one", check(Verdict.FAILED, 0.0)),
            task("h", "two", check(Verdict.PARTIAL, 0.5)),
        )
    )
    assert summary.modules == {"one": (2.0, 4.0), "two": (0.5, 2.0)}
    assert summary.score == 2.5
    assert summary.note == "wrong: g; partly wrong: h"


def test_the_gravest_verdict_names_the_task():
    summary = summarize(a_result(task("f", "m", check(Verdict.SKIPPED, 0.0), check(Verdict.TIMED_OUT, 0.0, "d"))))
    assert summary.note == "timed out: f"


def test_an_empty_submission_says_why():
    tasks = (task("f", "m", check(Verdict.NOT_ATTEMPTED, 0.0)),)
    assert summarize(a_result(*tasks)).note == "nothing attempted"
    assert "bad zip" in summarize(a_result(*tasks, warnings=("bad zip",))).note


def test_who_has_marks_has_attempted_something():
    half = task("f", "m", check(Verdict.PASSED, 2.0), check(Verdict.NOT_ATTEMPTED, 0.0, "d"))
    assert summarize(a_result(half)).note == "not attempted: f"


def test_what_is_left_out_of_every_notebook_is_no_reason_for_an_empty_one():
    tasks = (task("f", "m", check(Verdict.NOT_ATTEMPTED, 0.0)),)
    ordinary = "w.ipynb: 3 statements beside the definitions (experiments, plots) were not run"
    assert summarize(a_result(*tasks, warnings=(ordinary,))).note == "nothing attempted"
    assert summarize(a_result(*tasks, warnings=(ordinary, "bad zip"))).note == "nothing attempted (bad zip)"


def test_marks_that_were_taken_away_by_hand_have_words_too():
    one = msgspec.structs.replace(task("f", "m", check(Verdict.PASSED, 2.0)), score=1.0)
    assert summarize(a_result(one)).note == "partly wrong: f"


def test_full_marks_need_no_words():
    assert summarize(a_result(task("f", "m", check(Verdict.PASSED, 2.0)))).note == ""


def test_a_grader_fault_has_no_marks():
    assert summarize(a_result(task("f", "m", check(Verdict.GRADER_FAULT, 0.0)))).score is None
    assert failed("ada", "ada", "killed").score is None


def a_fault(name="c"):
    return check(Verdict.GRADER_FAULT, 0.0, name, error="RubricError: f has no parameter 'v'\x1b[2J" + "!" * 500)


def test_a_grader_fault_says_what_failed_in_short():
    note = summarize(a_result(task("f", "m", a_fault()), task("g", "m", check(Verdict.FAILED, 0.0)))).note
    assert note.startswith("GRADER FAULT: f (RubricError: f has no parameter 'v'\\x1b[2J!!!")
    assert note.endswith("!…); wrong: g")
    assert len(note) < 160


def test_what_fails_for_everybody_is_the_marking_scheme_s_fault_and_not_mended_by_another_run():
    one, other = (
        summarize(a_result(task("f", "m", *faults))) for faults in ((a_fault(), a_fault("d")), (a_fault("d"),))
    )
    text = shown([one, other, failed("bob", "bob", "killed")])
    assert "3 not graded by a fault of the grader, in f/d for every submission: see autograder verify;" in text
    fine = summarize(a_result(task("f", "m", check(Verdict.PASSED, 2.0))))
    assert "1 not graded by a fault of the grader: run again;" in shown([one, fine])


def test_the_csv_has_a_row_each_by_identifier():
    rows = list(
        csv.DictReader(
            io.StringIO(
                grades_csv(
                    [
                        Summary("zoe", "=cmd()", 3.5, 4.0, {"m": (3.5, 4.0)}),
                        failed("bob", "bob", "killed"),
                    ]
                )
            )
        )
    )
    assert [row["submission"] for row in rows] == ["bob", "zoe"]
    assert rows[0]["score"] == ""
    assert rows[1]["score"] == "3.5"
    assert rows[1]["name"] == "'=cmd()"
    assert rows[1]["m"] == "3.5"


def shown(summaries, width=160):
    console = Console(width=width, file=io.StringIO())
    console.print(class_table(summaries, width))
    return console.file.getvalue()


@pytest.mark.parametrize("width", [80, 160])
def test_the_table_shows_modules_totals_and_figures(width):
    summaries = [Summary("ada", "ada", 3.5, 4.0, {"losses": (3.5, 4.0)}, "wrong: f"), failed("bob", "bob", "killed")]
    text = shown(summaries, width)
    assert "losses" in text
    assert "wrong: f" in text
    assert "1 graded" in text
    assert "1 not graded by a fault of the grader" in text


def test_markup_and_escapes_in_names_are_only_text():
    text = shown([Summary("[bold]x[/]\x1b[2J", "x", 1.0, 1.0)])
    assert "[bold]x[/]" in text
    assert "\x1b" not in text


def test_a_large_class_is_cut_and_says_so():
    text = shown([Summary(f"s{i}", "", 1.0, 1.0) for i in range(103)])
    assert "3 more in grades.csv" in text


def test_marks_are_written_as_people_write_them():
    assert [marks(x) for x in (4.0, 3.5, 87.25, 0.0, 10.0, 1 / 3)] == ["4", "3.5", "87.25", "0", "10", "0.33"]
