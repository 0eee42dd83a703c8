"""What mutants are made, which of them survive, and what is recorded of them."""

import ast
import textwrap
from dataclasses import replace

import pytest

from autograder.errors import RubricError
from autograder.release.source import Module
from autograder.verify import equivalents
from autograder.verify import killing as kills
from autograder.verify.callers import Callers
from autograder.verify.mutants import mutants


def changes(body, arguments="x, y"):
    """What becomes of a function with this body: the changed lines, as before → after."""
    source = f"def f({arguments}):\n" + textwrap.indent(textwrap.dedent(body), "    ")
    return {(each.before, each.after) for each in mutants({"m": source})}


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("return x - y", "return x + y"),
        ("return x - y", "return y - x"),
        ("return x - y", "return x"),
        ("return x - y", "return -y"),
        ("return x - y", "return -(x - y)"),
        ("return x * y", "return x / y"),
        ("return x @ y", "return y @ x"),
        ("return -x", "return x"),
        ("return x + 0", "return x + 1"),
        ("return x + 3", "return x + 4"),
        ("return x + 1e-05", "return x + 2e-05"),
        ("return x + 1e-05", "return x + 0.0"),
        ("return x > y", "return x >= y"),
        ("return x == y", "return x != y"),
        ("return x and y", "return x or y"),
        ("return x and y", "return y"),
        ("return x if y else 0", "return 0 if y else x"),
        ("return np.sum(x, axis=0)", "return np.sum(x, axis=1)"),
        ("return np.sum(x, axis=0)", "return np.sum(x)"),
        ("return np.sum(x, axis=(0, 2))", "return np.sum(x, axis=(2,))"),
        ("return np.sum(x, keepdims=True)", "return np.sum(x, keepdims=False)"),
        ("return np.mean(x)", "return np.sum(x)"),
        ("return np.max(x)", "return np.min(x)"),
        ("return np.std(x)", "return np.var(x)"),
        ("return np.zeros(x)", "return np.ones(x)"),
        ("return np.exp(x)", "return np.log(x)"),
        ("return np.where(x, 1, y)", "return np.where(x, y, 1)"),
        ("return np.where(x, 1, y)", "return np.where(1, y)"),
        ("return x.copy()", "return x"),
        ("return x.T", "return x"),
        ("return x[1]", "return x[2]"),
        ("return x[1, y]", "return x[y, 1]"),
        ("return x[:, y]", "return x[1:, y]"),
        ("return x[1:]", "return x[1:-1]"),
        ("return x[::-1]", "return x[:]"),
        ("return np.argsort(x)", "return np.sort(x)"),
        ("return (x, y)", "return (y, x)"),
        ("return [i for i in x if i]", "return [i for i in x]"),
    ],
)
def test_a_slip_of_each_kind(line, after):
    assert (line, after) in changes(line)


@pytest.mark.parametrize(
    ("body", "change"),
    [
        ("x -= y\nreturn x", ("x -= y", "x += y")),
        ("x -= y\nreturn x", ("x -= y", "x = y")),
        ("x -= y\nreturn x", ("x -= y", "pass")),
        ("if x:\n    y = 2\nreturn y", ("if x:", "if True:")),
        ("for i in x:\n    y += i\nreturn y", ("", "break")),
        ("x, y = y\nreturn x", ("x, y = y", "y, x = y")),
    ],
)
def test_a_slip_in_a_statement(body, change):
    assert change in changes(body)


def test_the_end_of_a_slice_too():
    assert ("return x[:, y]", "return x[:-1, y]") in changes("return x[:, y]")


def test_a_default_is_changed_too():
    assert ("def f(x, eps=0.5):", "def f(x, eps=1.0):") in changes("return x", "x, eps=0.5")


def test_what_has_to_be_there_is_not_dropped_and_no_error_text_is_changed():
    found = changes("z = x\nif z:\n    raise ValueError(f'{x!r}: 3')\nreturn z")
    assert ("z = x", "pass") not in found
    assert all("raise" not in before for before, after in found if after != "pass" and "if" not in before)


def test_every_mutant_is_python_and_differs_from_the_reference_and_the_others():
    source = Module(
        "springs", "import numpy as np\n\n\ndef f(x, k=2):\n    '''Doc.'''\n    return np.sum(x[1:] * k + x[1:])\n"
    )
    made = list(mutants({"springs": source.filled}))
    texts = [ast.unparse(ast.parse(each.source)) for each in made]
    assert len(set(texts)) == len(texts) > 10
    assert ast.unparse(source.tree) not in texts
    assert len({equivalents.key(each) for each in made}) == len(made)
    assert [equivalents.key(each) for each in mutants({"springs": source.filled})] == list(map(equivalents.key, made))


def test_a_mutant_keeps_its_name_when_the_module_changes_elsewhere(files):
    source = files["reference/springs.py"]
    before = {equivalents.key(each) for each in mutants({"springs": source})}
    after = {equivalents.key(each) for each in mutants({"springs": source.replace('"""Springs."""', "A = 1\nB = 2")})}
    assert before == after


def test_only_checks_that_a_function_can_matter_to_the_nearest_first(make, exercise):
    subject = exercise(make())
    callers = Callers(subject.modules)
    assert callers.checks(subject.rubric, "force") == (("force", "matches"), ("force", "again"))
    assert callers.checks(subject.rubric, "_squares") == (("energy", "matches"),)
    assert callers.checks(subject.rubric, "nobody") == ()


def survivors(outcome):
    return {(each["function"], each["before"], each["after"]) for each in outcome.figures["survivors"]}


def test_a_rubric_that_looks_catches_what_matters(make, verify):
    outcome = verify(make(), "mutants", kill_rate=100)
    assert outcome.ok, outcome.notes
    assert outcome.figures["killed"] == outcome.figures["mutants"] > 20


def test_a_mutant_that_nobody_catches_is_shown_and_counted(make, verify, files):
    blind = files["rubric.py"].replace("rng.normal(size=5), float(rng.uniform(1, 2))", "rng.normal(size=5), 1.0")
    outcome = verify(make({"rubric.py": blind}), "mutants", kill_rate=100)
    assert outcome.ok is False
    assert ("springs.energy", "each = _squares(x) * k / 2", "each = _squares(x) / 2") in survivors(outcome)
    assert "survives: springs.energy\n- each = _squares(x) * k / 2\n+ each = _squares(x) / 2" in outcome.notes
    assert verify(make({"rubric.py": blind}), "mutants", kill_rate=50).ok


def test_a_function_that_no_check_calls_is_a_hole(make, verify, files):
    source = files["reference/springs.py"] + "\n\ndef period(k):\n    return 1 / k\n"
    outcome = verify(make({"reference/springs.py": source}), "mutants")
    assert any(function == "springs.period" for function, _, _ in survivors(outcome))


def test_a_mutant_that_hangs_is_caught(make, verify, files, monkeypatch):
    monkeypatch.setattr(kills, "LIMITS", replace(kills.LIMITS, cpu_seconds=0.3))  # each of its cases waits so long
    source = files["reference/springs.py"].replace(
        "    return x**2\n", "    n = 0\n    while n < 2:\n        n += 1\n    return x**n\n"
    )
    outcome = verify(make({"reference/springs.py": source}), "mutants")
    assert ("springs._squares", "n += 1", "n -= 1") not in survivors(outcome)


RECORD = '[[mutant]]\nfunction = "springs.energy"\nbefore = "each = _squares(x) * k / 2"\nafter = "{}"\nreason = "{}"\n'


def test_a_recorded_equivalent_is_no_survivor(make, verify, files):
    blind = files["rubric.py"].replace("rng.normal(size=5), float(rng.uniform(1, 2))", "rng.normal(size=5), 1.0")
    record = RECORD.format("each = _squares(x) / 2", "k is 1 here.")
    outcome = verify(make({"rubric.py": blind, equivalents.FILE: record}), "mutants", kill_rate=50)
    assert outcome.ok
    assert ("springs.energy", "each = _squares(x) * k / 2", "each = _squares(x) / 2") not in survivors(outcome)
    assert outcome.figures["equivalent"] == 1


@pytest.mark.parametrize(
    ("after", "finding"),
    [
        ("each = _squares(x) / 2", "loses energy/matches, so it is not equivalent"),
        ("return 7", "is no mutant any more"),
    ],
)
def test_a_record_that_is_not_true_is_a_finding(make, verify, after, finding):
    outcome = verify(make({equivalents.FILE: RECORD.format(after, "I say so.")}), "mutants")
    assert outcome.ok is False
    assert any(finding in line for line in outcome.findings)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[[mutant]\n", "can't be read"),
        ("[[mutant]]\nfunction = 3\n", "can't be read"),
        ("[[mutant]]\nline = 3\n", "can't be read"),
        (RECORD.format("return x", " "), "say in 'reason'"),
        (2 * RECORD.format("return x", "Twice."), "recorded twice"),
    ],
)
def test_a_bad_record_is_one_line(tmp_path, text, complaint):
    (tmp_path / equivalents.FILE).write_text(text, encoding="utf-8")
    with pytest.raises(RubricError, match=complaint):
        equivalents.load(tmp_path)
