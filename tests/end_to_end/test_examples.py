"""The example class earns what was worked out for it by hand."""

import csv
import json
import tomllib

import pytest


@pytest.fixture(scope="module")
def expected(root):
    return tomllib.loads((root / "examples" / "expected.toml").read_text("utf-8"))


@pytest.fixture(scope="module")
def graded(root, tmp_path_factory, command):
    """The class as the README's command grades it, but for a shorter limit on what hangs."""
    out = tmp_path_factory.mktemp("examples")
    done = command("grade", root / "examples" / "submissions", "--out", out, "--seed", "examples", "--cpu-seconds", 2)
    assert done.returncode == 0, done.stderr
    results = [json.loads(path.read_bytes()) for path in (out / "results").glob("*.json")]
    return out, {result["name"]: result for result in results}, done


def test_every_submission_is_there(graded, root, expected):
    names = {path.name for path in (root / "examples" / "submissions").iterdir()}
    assert names == set(graded[1])
    assert {name.partition(".")[0] for name in names} == set(expected)


def test_totals_are_those_that_were_worked_out(graded, expected):
    totals = {name.partition(".")[0]: result["score"] for name, result in graded[1].items()}
    assert totals == {name: entry["total"] for name, entry in expected.items()}


def test_marks_are_lost_in_the_tasks_that_were_named_and_nowhere_else(graded, expected):
    for name, result in graded[1].items():
        lost = expected[name.partition(".")[0]]["lost"]
        found = {task["name"]: task for task in result["tasks"] if task["score"] < task["max_score"]}
        assert set(found) == set(lost), name
        for task, how_much in lost.items():
            assert (found[task]["score"] == 0) >= (how_much == "all"), (name, task)
            if how_much == "some":
                assert found[task]["score"] > 0, (name, task)


def test_totals_are_sums(graded):
    for result in graded[1].values():
        assert result["max_score"] == 100
        assert result["score"] == pytest.approx(sum(task["score"] for task in result["tasks"]))
        for task in result["tasks"]:
            assert task["score"] == pytest.approx(sum(check["score"] for check in task["checks"]))


def test_the_table_and_the_csv_agree(graded):
    out, results, done = graded
    rows = list(csv.DictReader((out / "grades.csv").read_text("utf-8").splitlines()))
    assert len(rows) == len(results)
    for row in rows:
        assert float(row["score"]) == pytest.approx(results[row["name"]]["score"])
        assert row["submission"] in done.stdout


def test_no_hidden_check_shows_a_number_of_its_cases(graded):
    for result in graded[1].values():
        for check in (check for task in result["tasks"] for check in task["checks"]):
            if check["visibility"] == "hidden" and "expected" in check["details"]:
                assert str(check["details"]["expected"]) not in check["message"] + check["hint"]
