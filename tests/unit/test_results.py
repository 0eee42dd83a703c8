import json

import msgspec
import pytest

from autograder.results import CheckResult, Result, TaskResult, Verdict, dump, load


def a_result(*scores: float, verdict: Verdict = Verdict.PARTIAL) -> Result:
    checks = tuple(
        CheckResult(name=f"c{i}", title="", verdict=verdict, score=score, max_score=1.0, visibility="hidden")
        for i, score in enumerate(scores)
    )
    task = TaskResult.of("t", "m", checks)
    return Result(
        submission="ada",
        name="ada",
        source_sha256="0",
        rubric="tiny",
        rubric_sha256="1",
        seed="2",
        score=task.score,
        max_score=task.max_score,
        tasks=(task,),
    )


def test_thirds_of_a_point_sum_to_the_whole():
    assert a_result(1 / 3, 1 / 3, 1 / 3).score == 1.0


def test_json_holds_what_other_programs_rely_on():
    data = json.loads(dump(a_result(0.5)))
    assert data["schema"] == 1
    assert {"submission", "source_sha256", "rubric", "rubric_sha256", "seed", "score", "max_score", "tasks"} <= set(
        data
    )
    assert {"warnings", "sandbox", "timing"} <= set(data)
    check = data["tasks"][0]["checks"][0]
    assert check["verdict"] == "partial"
    assert {"name", "title", "score", "max_score", "visibility", "message", "hint", "misconception", "details"} <= set(
        check
    )


def test_what_is_written_is_read_back():
    result = a_result(0.25, 1.0)
    assert load(dump(result)) == result


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"schema": 1}', b"\xff\xfe"])
def test_a_damaged_result_is_refused(damage):
    with pytest.raises((msgspec.MsgspecError, UnicodeDecodeError)):
        load(damage)


def test_a_grader_fault_marks_the_whole_result():
    assert a_result(0.0, verdict=Verdict.GRADER_FAULT).faulty
    assert not a_result(0.0, verdict=Verdict.CRASHED).faulty
