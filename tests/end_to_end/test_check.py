"""A student's own check, in all its forms, beside grading."""

import re
import shutil
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from submissions import overlay

from autograder.grading.one import Grader
from autograder.grading.public import load_public
from autograder.results import Verdict
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.sandbox.unlocked import UnlockedSandbox
from autograder.student.checking import check_source
from autograder.submission import StudentSource
from autograder.submission.discovery import single

# Others are right.  One for each module, so that one submission has them all.
MISTAKES = (
    "wrong/linear/db_not_summed",
    "wrong/losses/gradient_not_divided_by_N",
    "wrong/activations/relu_changes_dout",
    "wrong/activations/sigmoid_overflows",
    "wrong/preprocessing/mean_of_both",
    "wrong/initialization/he_uniform",
    "wrong/batchnorm/backward_eps_forgotten",
    "wrong/network/step_uphill",
)


def first_mistakes():
    """For each task a submission that is wrong in it."""
    tasks = [task for tasks in overlay.TASKS.values() for task in tasks]
    return {task: next(slug for slug, wrong in overlay.WRONG.items() if task in wrong.tasks) for task in tasks}


FIRST = first_mistakes()


def merged(slugs):
    """The reference with several mistakes in it."""
    files = dict(overlay.sources(slugs[0]))
    for slug in slugs[1:]:
        module = slug.split("/")[1]
        files[f"nn/{module}.py"] += b"\n\n" + (overlay.HERE / f"{slug}.py").read_bytes()
    return files


def functions_of(files):
    """What a notebook has that holds the same code: one namespace, no imports of one another."""
    namespace = {}
    for module in overlay.MODULES:
        text = re.sub(
            r"^ *from \.\w* import (\([^)]*\)|.*)$", "", files[f"nn/{module}.py"].decode(), flags=re.MULTILINE
        )
        exec(compile(text, f"<{module}>", "exec"), namespace)
    return {name: thing for name, thing in namespace.items() if callable(thing)}


def outcomes(result):
    """Verdict and words of each visible check."""
    return {
        f"{task.name}/{check.name}": (check.verdict, check.score, check.message)
        for task in result.tasks
        for check in task.checks
        if check.visibility == "visible"
    }


def without_words(found):
    return {name: (verdict, score) for name, (verdict, score, _) in found.items()}


@pytest.fixture(scope="module")
def public(root):
    return load_public(root / "assignment" / "python" / "public_checks.json")


@pytest.fixture(scope="module")
def graded(sandbox, exercise):
    """The visible checks as grading runs them: locked, with the reference."""
    grader = Grader(exercise, "tests", sandbox, only_visible=True)
    return lambda path: outcomes(grader.grade(single(path).read()))


@pytest.fixture
def kit(root, tmp_path):
    """Fill the released folder: ``kit(files) -> folder``."""

    def kit(files, name="student"):
        folder = tmp_path / name
        shutil.copytree(root / "assignment" / "python", folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(root / "solutions" / "given" / "python" / "test_exercise.py", folder)
        for path, data in files.items():
            (folder / path).write_bytes(data if isinstance(data, bytes) else data.encode())
        return folder

    return kit


def under_pytest(folder):
    """Each test's outcome, and its words, by the check's name."""
    report = folder / "report.xml"
    line = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", "."]
    done = subprocess.run(line, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    found = {}
    for case in ET.parse(report).getroot().iter("testcase"):
        name = re.search(r"\[(.*)\]", case.get("name"))[1]
        inner = next(iter(case), None)
        found[name] = ("passed", "") if inner is None else (inner.tag, f"{inner.get('message')}\n{inner.text}")
    return done, found


@pytest.mark.parametrize("task", FIRST)
def test_check_and_notebook_agree_with_grading_on_wrong_code(task, graded, public, write):
    files = overlay.sources(FIRST[task])
    folder = write(files)
    due = graded(folder)
    with UnlockedSandbox() as sandbox:
        checked = check_source(single(folder).read(), public, sandbox, [task])
    due = {name: outcome for name, outcome in due.items() if name.split("/")[0] == task}
    assert outcomes(checked.result) == due
    source = StudentSource("notebook", "notebook", "notebook", {}, "")
    in_notebook = check_source(source, public, ScriptedSandbox(functions_of(files)), [task])
    assert without_words(outcomes(in_notebook.result)) == without_words(due)


def test_all_forms_agree_on_a_submission_with_several_mistakes(command, graded, public, kit):
    files = merged(MISTAKES)
    folder = kit(files)
    due = graded(folder)
    assert {name.split("/")[0] for name, (verdict, *_) in due.items() if verdict is Verdict.FAILED} >= {
        "affine", "softmax_loss", "relu", "sigmoid", "subtract_mean_image", "he_init", "batchnorm_backward", "sgd_step",
    }  # fmt: skip
    done = command("check", folder)
    assert done.returncode == 1
    tested, found = under_pytest(folder)
    assert tested.returncode == 1
    words = {Verdict.PASSED: "passed", Verdict.NOT_ATTEMPTED: "skipped", Verdict.SKIPPED: "skipped"}
    said = " ".join(done.stdout.split())
    for name, (verdict, _, message) in due.items():
        assert found[name][0] == words.get(verdict, "failure")
        if verdict is Verdict.FAILED:
            assert message in found[name][1]
            assert f"{name} " in said
            assert " ".join(message.split()) in said
    assert "Traceback" not in tested.stdout
    assert "autograder/student" not in tested.stdout


def test_finished_work_is_all_right(command, graded, kit):
    folder = kit(overlay.sources("right/verbose_stages"))
    done = command("check", cwd=folder / "nn")
    assert done.returncode == 0, done.stdout
    assert "All visible checks are right." in done.stdout
    tested, found = under_pytest(folder)
    assert tested.returncode == 0
    assert {outcome for outcome, _ in found.values()} == {"passed"}
    assert {verdict for verdict, *_ in graded(folder).values()} == {Verdict.PASSED}


def test_the_released_folder_is_not_attempted_and_no_error(command, kit):
    folder = kit({})
    done = command("check", folder)
    assert done.returncode == 0
    assert "not attempted yet" in done.stdout
    assert "Hint" not in done.stdout
    tested, found = under_pytest(folder)
    assert tested.returncode == 0
    assert {outcome for outcome, _ in found.values()} == {"passed", "skipped"}


def test_a_forgotten_return_and_a_misspelt_name_are_told_and_cost_the_exit_code(command, kit):
    folder = kit(
        {"nn/linear.py": "def affine_forward(x, W, b):\n    x @ W + b\n\ndef affine_bakward(dout, cache): ...\n"}
    )
    done = command("check", folder)
    assert done.returncode == 1
    assert done.stdout.count("affine_forward returns nothing.") == 1
    assert done.stdout.count("affine_backward is not there.") == 1
    _, found = under_pytest(folder)
    assert found["affine/forward"][0] == "failure"
    assert "`return` is missing" in found["affine/forward"][1]
    assert found["sigmoid/forward"][0] == "skipped"


def test_a_module_that_python_cannot_read_is_told_and_costs_the_exit_code(command, kit):
    folder = kit({"nn/linear.py": "def affine_forward(x, W, b:\n    return\n"})
    done = command("check", folder)
    assert done.returncode == 1
    assert "linear, line 1" in done.stdout
    _, found = under_pytest(folder)
    assert found["everything can be loaded"][0] == "failure"
    assert "linear, line 1" in found["everything can be loaded"][1]
    assert command("check", folder, "--task", "softmax").returncode == 0


def test_only_the_tasks_that_are_named_are_checked(command, kit):
    folder = kit(merged(MISTAKES))
    done = command("check", folder, "--task", "softmax", "--task", "tanh")
    assert done.returncode == 0
    assert "softmax " in done.stdout
    assert "affine" not in done.stdout


def test_a_notebook_is_checked_too(command, kit, tmp_path):
    nbformat = pytest.importorskip("nbformat")
    files = merged(MISTAKES)
    folder = kit({})
    notebook = nbformat.v4.new_notebook()
    notebook.cells = [nbformat.v4.new_code_cell(files[f"nn/{module}.py"].decode()) for module in overlay.MODULES]
    nbformat.write(notebook, folder / "mine.ipynb")
    done = command("check", folder / "mine.ipynb", "--task", "softmax_loss")
    assert done.returncode == 1, done.stdout + done.stderr
    assert "dscores" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--task", "sofmax"), "sofmax: there is no such task"),
        (("no/such/folder",), "no such file or folder"),
        (("--checks", "no.json"), "no.json"),
        (("--html",), "--html"),
        (("--html", "no/such/folder/page.html"), "page.html"),
    ],
)
def test_wrong_use_is_told_in_a_line(command, kit, arguments, says):
    folder = kit({})
    done = command("check", *arguments, cwd=folder)
    assert done.returncode == 2
    assert says in " ".join(done.stderr.split())
    assert "Traceback" not in done.stderr


def test_a_page_is_self_contained_and_a_strangers_text_is_text(command, kit):
    hostile = "<script>alert(1)</script><img src=http://evil.test/x>"
    body = f"def softmax(scores):\n    raise ValueError({hostile!r} + '\\x1b[31m')\n"
    folder = kit({"nn/losses.py": body}, name="<b>me")
    done = command("check", folder, "--html", folder / "page.html", "--task", "softmax", "--task", "affine")
    assert done.returncode == 1
    page = (folder / "page.html").read_text("utf-8")
    assert "alert(1)" in page
    assert not re.search(r"<(script|img|link|iframe|b>me)", page)
    assert not re.search(r"""(src|href)\s*=\s*["']|url\(|@import""", page)
    assert "\x1b" not in page + done.stdout


def test_each_failure_has_a_script_that_fails_as_long_as_the_check_does(command, kit):
    folder = kit(merged(MISTAKES))
    done = command("check", "--bundle", "debug", cwd=folder)
    scripts = sorted((folder / "debug").glob("*.py"))
    assert done.returncode == 1
    told = re.findall(r"python (debug\S+)", done.stdout)
    assert sorted(told) == [str(Path("debug", path.name)) for path in scripts]
    assert len(scripts) >= 8
    for path in scripts:
        run = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False)
        assert run.returncode == 1, (path.name, run.stdout, run.stderr)
    for path, data in overlay.sources("right/verbose_stages").items():
        (folder / path).write_bytes(data)
    for path in scripts:
        run = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False)
        assert run.returncode == 0, (path.name, run.stderr)


def test_a_save_has_it_checked_again(kit):
    folder = kit(overlay.sources("wrong/losses/gradient_not_divided_by_N"))
    line = [sys.executable, "-m", "autograder", "check", str(folder), "--watch", "--task", "softmax_loss"]
    log = folder.parent / "log"
    with log.open("w") as out:
        process = subprocess.Popen(line, stdout=out, stderr=subprocess.STDOUT)
    try:
        until(lambda: "Watching" in log.read_text(), process)
        assert "dscores" in log.read_text()
        (folder / "nn" / "losses.py").write_bytes(overlay.sources("right/verbose_stages")["nn/losses.py"])
        until(lambda: log.read_text().count("Watching") == 2, process)
        assert "All visible checks are right." in log.read_text()
    finally:
        process.terminate()
        assert process.wait(30) == 0


def until(holds, process):
    deadline = time.monotonic() + 60
    while not holds():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.05)


ELSEWHERE = """
import sys
for name in ("fcntl", "grp", "pwd", "py_landlock", "pyseccomp", "readline", "resource", "scipy", "syslog", "termios"):
    sys.modules[name] = None
import os, subprocess, sysconfig, threading  # the standard library looks at the real platform
sysconfig.get_config_vars()
linux = ("memfd_create", "pidfd_open", "sched_getaffinity", "sched_setaffinity", "setresuid", "splice", "unshare")
for name in linux:
    if hasattr(os, name):
        delattr(os, name)
sys.platform = "darwin"
from autograder.cli import main
sys.argv = ["autograder", "check", *sys.argv[1:]]
try:
    main()
finally:
    assert "autograder.sandbox.locked" not in sys.modules
    assert "autograder.sandbox.inside.lockdown" not in sys.modules
"""


def test_the_check_runs_where_linux_modules_are_missing(kit):
    folder = kit(overlay.sources("wrong/linear/db_not_summed"))
    line = [sys.executable, "-c", ELSEWHERE, str(folder), "--bundle", str(folder / "debug")]
    done = subprocess.run(line, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 1, done.stderr
    assert "affine/gradient" in done.stdout
    assert done.stderr == ""
    assert (folder / "debug" / "affine_gradient.py").is_file()
