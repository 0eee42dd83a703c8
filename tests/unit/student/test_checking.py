import dataclasses

import numpy as np
import pytest
from rich.console import Console

import autograder
from autograder.checks import Case, Matches, Prepared
from autograder.errors import UsageError
from autograder.grading.public import PublicChecks, PublicTask
from autograder.reports.check_console import check_report, check_text
from autograder.reports.check_html import check_fragment
from autograder.reports.checked import tally
from autograder.results import Verdict
from autograder.sandbox import wire
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.student import checking, notebook, watching
from autograder.student.checking import check_source
from autograder.submission import StudentSource
from autograder.submission.source import Layout

X = np.arange(6.0).reshape(2, 3)


def matches(function):
    check = Matches(function, points=2, visible=True, name="values", title="It doubles.", cases=lambda rng: [])
    return check, Prepared((Case((X,)),), ({"value": 2 * X, "arity": None},))


PUBLIC = PublicChecks(
    "doubling",
    Layout("pack", {"double": "one", "twice": "two"}),
    (
        PublicTask("double", "one", 8.0, (), (matches("double"),)),
        PublicTask("twice", "two", 4.0, (), (matches("twice"),)),
    ),
    "",
)


NOTHING = PublicChecks("nothing", Layout("pack", {}), (), "")


def wrong_in_one(x):
    doubled = 2 * x
    doubled[1, 2] += 1e-3
    return doubled


def run(functions, only=(), problems=()):
    source = StudentSource("me", "me", "folder", {}, "")
    return check_source(source, PUBLIC, ScriptedSandbox(functions, problems), only)


def test_what_is_not_written_is_no_fault():
    checked = run({"double": lambda x: 2 * x})
    assert checked.all_right
    assert "not attempted yet" in check_text(checked)
    assert "Hint" not in check_text(checked)


def test_a_return_that_is_forgotten_is_told_once():
    checked = run({"double": lambda x: None})
    assert not checked.all_right
    text = check_text(checked)
    assert text.count("double returns nothing.") == 1
    assert "Hint: If it is written, its `return` is missing." in text


def test_a_stub_that_nobody_touched_is_no_slip():
    def stub(x):
        raise NotImplementedError

    assert run({"double": stub, "twice": stub}).all_right
    assert run({}).all_right


def test_a_name_that_is_misspelt_is_told_where_the_module_has_other_functions():
    both = dataclasses.replace(
        PUBLIC,
        layout=Layout("pack", {"double": "one", "twice": "one"}),
        tasks=tuple(dataclasses.replace(task, module="one") for task in PUBLIC.tasks),
    )

    def text(functions):
        source = StudentSource("me", "me", "folder", {}, "")
        checked = check_source(source, both, ScriptedSandbox(functions, ()), ())
        return checked.all_right, check_text(checked)

    all_right, told = text({"double": lambda x: 2 * x, "twicee": lambda x: 2 * x})
    assert not all_right
    assert told.count("twice is not there.") == 1
    assert text({})[0]


def test_a_mistake_is_told_with_the_element_and_both_numbers():
    text = check_text(run({"double": wrong_in_one}))
    assert "double: the result is wrong" in text
    assert "[1, 2] is 10.001, due is 10" in text
    assert "...\n    ..x" in text


def test_the_page_shows_each_element_and_what_is_due():
    page = check_fragment(run({"double": wrong_in_one}))
    assert page.count('<td class="ag-wrong"') == 1
    assert "the result[1, 2]: 10.001 came, 10 is due, wrong" in page
    assert "the result[0, 1]: 2 came, 2 is due, right" in page


def test_of_no_checks_none_is_said_to_be_right():
    none = check_source(StudentSource("me", "me", "folder", {}, ""), NOTHING, ScriptedSandbox({}), ())
    assert "0 of 0 visible checks are right (no visible check)." in check_fragment(none)
    assert "0 of 0 visible checks are right (no visible check)." in check_text(none)


def test_numbers_that_are_not_finite_are_pictured():
    def breaks(x):
        return np.where(x > 4, np.nan, 2 * x)

    assert "the result[1, 2]: nan came, 10 is due, wrong" in check_fragment(run({"double": breaks}))


def test_what_is_broken_elsewhere_is_told_where_it_matters():
    broken = (wire.Problem("two", 3, "syntax", "invalid syntax"), wire.Problem("", 0, "dropped", "plots were not run"))
    everything = run({"double": lambda x: 2 * x}, problems=broken)
    assert not everything.all_right
    assert "two, line 3: invalid syntax" in check_text(everything)
    assert "plots" not in check_text(everything)
    assert run({"double": lambda x: 2 * x}, ["double"], broken).all_right


def test_a_fault_of_the_checker_is_not_the_students():
    text = check_text(run({"double": _faulty}))
    assert "the checker itself failed" in text
    assert "tell your course" in text


def _faulty(x):
    from autograder.errors import GraderFault

    raise GraderFault("boom")


def test_a_stranger_s_text_rules_no_terminal():
    def hostile(x):
        raise ValueError("\x1b]0;owned\x07 [red]loud[/red]")

    file = Console(record=True, width=120)
    file.print(check_report(run({"double": hostile})))
    text = file.export_text()
    assert "\x1b" not in text
    assert "[red]loud[/red]" in text


def test_the_tally_counts_or_says_one_word():
    checks = run({"double": wrong_in_one, "twice": lambda x: 2 * x}).result.tasks
    assert tally(checks[0].checks) == "wrong"
    assert tally([*checks[0].checks, *checks[1].checks]) == "1 right, 1 wrong"
    assert tally([]) == "no visible check"


def test_checks_are_found_in_the_folder_or_above(tmp_path, monkeypatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "public_checks.json").write_text("{}")
    assert checking.checks_file(tmp_path / "a" / "b") == tmp_path / "public_checks.json"
    (tmp_path / "a" / "public_checks.json").write_text("{}")
    assert checking.checks_file(tmp_path / "a" / "b") == tmp_path / "a" / "public_checks.json"
    monkeypatch.setattr(checking, "FILE", "there_is_no_such_file.json")
    with pytest.raises(UsageError, match=r"there_is_no_such_file\.json.*--checks"):
        checking.checks_file(tmp_path)


# --- in a notebook ------------------------------------------------------------------------------


@pytest.fixture
def in_notebook(monkeypatch, capsys):
    monkeypatch.setattr(notebook, "_public", lambda: PUBLIC)

    def in_notebook(*tasks, **functions):
        value = autograder.check(*tasks, namespace=functions)
        return value, capsys.readouterr()

    return in_notebook


def test_the_value_is_the_task_s_points_in_proportion(in_notebook):
    assert in_notebook("double", double=lambda x: 2 * x)[0] == 8.0
    assert in_notebook("double")[0] == 0.0
    value, said = in_notebook(double=lambda x: 2 * x, twice=lambda x: x)
    assert value == 8.0
    assert type(value) is float  # nbgrader reads its repr
    assert "twice/values" in said.out
    assert said.err == ""  # nbgrader takes any for no marks


def test_functions_are_taken_from_where_it_is_called(monkeypatch, capsys):
    monkeypatch.setattr(notebook, "_public", lambda: PUBLIC)
    cell = {"double": lambda x: 2 * x, "check": autograder.check}
    exec("value = check('double')", cell)
    assert cell["value"] == 8.0


def test_a_task_that_is_not_there_is_one_line(in_notebook):
    with pytest.raises(notebook.NotCheckedError) as caught:
        in_notebook("dubble")
    (line,) = caught.value._render_traceback_()
    assert "dubble: there is no such task" in line


def test_an_interrupt_ends_the_check(in_notebook):
    calls = []

    def hangs(x):
        calls.append(x)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_notebook(double=hangs, twice=hangs)
    assert len(calls) == 1


def test_other_names_of_the_package_are_not_made_up():
    with pytest.raises(AttributeError):
        _ = autograder.chek


# --- watching -----------------------------------------------------------------------------------


def test_a_save_shows_in_the_state_and_other_files_do_not(tmp_path):
    (tmp_path / "pack").mkdir()
    module = tmp_path / "pack" / "one.py"
    module.write_text("x = 1")
    before = watching.state(tmp_path)
    (tmp_path / "notes.txt").write_text("hello")
    (tmp_path / ".ipynb_checkpoints").mkdir()
    (tmp_path / ".ipynb_checkpoints" / "a.ipynb").write_text("")
    assert watching.state(tmp_path) == before
    module.write_text("x = 12")
    assert watching.state(tmp_path) != before
    assert list(watching.state(module)) == [str(module)]


def test_a_file_that_is_gone_is_a_change_and_no_error(tmp_path):
    module = tmp_path / "one.py"
    module.write_text("x = 1")
    assert watching.state(module)
    module.unlink()
    assert watching.state(module) == {}
    assert {check.verdict for task in run({}).result.tasks for check in task.checks} == {Verdict.NOT_ATTEMPTED}
