from pathlib import Path

import msgspec
import pytest

from autograder.errors import UsageError
from autograder.grading.store import Store, make_folder, stamp, write_whole
from autograder.results import CheckResult, Result, TaskResult, Verdict

RESULT = Result(
    submission="ada",
    name="ada",
    source_sha256="0",
    rubric="tiny",
    rubric_sha256="1",
    seed="2",
    score=0.0,
    max_score=0.0,
    tasks=(),
)


def test_a_result_is_kept_under_its_identifier(tmp_path):
    store = Store(tmp_path / "out")
    assert store.read("ada") is None
    store.write(RESULT)
    assert store.path("ada") == tmp_path / "out" / "results" / "ada.json"
    assert store.read("ada") == RESULT
    assert stamp(RESULT) == stamp(store.read("ada"))


def test_nothing_but_results_is_left(tmp_path):
    store = Store(tmp_path)
    store.write(RESULT)
    assert [path.name for path in store.results.iterdir()] == ["ada.json"]


def test_a_corrupted_result_is_named(tmp_path):
    store = Store(tmp_path)
    store.path("ada").write_bytes(b"{ half")
    with pytest.raises(UsageError, match=r"ada\.json"):
        store.read("ada")


def test_another_s_result_is_not_taken(tmp_path):
    store = Store(tmp_path)
    store.write(RESULT)
    store.path("bela").write_bytes(store.path("ada").read_bytes())
    with pytest.raises(UsageError, match=r"bela\.json: holds the result of ada"):
        store.read("bela")
    assert store.task_marks("bela") == {}


def test_one_run_at_a_time_has_the_folder(tmp_path):
    with Store(tmp_path).alone(), pytest.raises(UsageError, match="another run"), Store(tmp_path).alone():
        pass
    with pytest.raises(BlockingIOError), Store(tmp_path).alone():
        raise BlockingIOError("no process was to be had")
    with Store(tmp_path).alone():
        pass


def test_whose_results_there_are(tmp_path):
    store = Store(tmp_path)
    assert store.exercise() == ""
    store.path("aaa").write_bytes(b"{ half")
    store.write(RESULT)
    store.write(msgspec.structs.replace(RESULT, submission="bela"))
    assert store.exercise() == "tiny"
    assert list(store.others({"ada"})) == ["aaa", "bela"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--out"):
        Store(tmp_path / "file")


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "grades.csv"
    write_whole(path, b"old")
    monkeypatch.setattr(type(path), "replace", lambda *_: (_ for _ in ()).throw(OSError(28, "No space left on device")))
    with pytest.raises(UsageError, match="No space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("path", [".", "/", "README.md/page.html", "x" * 300], ids=["here", "root", "file", "long"])
def test_a_place_where_no_file_can_be_is_one_line(tmp_path, monkeypatch, path):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "README.md").write_text("")
    with pytest.raises(UsageError, match="can't be written"):
        write_whole(Path(path), b"")
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]


def test_a_result_without_end_is_none(tmp_path):
    store = Store(tmp_path)
    store.path("ada").write_bytes(b"[" * 100_000)
    assert store.task_marks("ada") == {}
    with pytest.raises(UsageError, match=r"ada\.json"):
        store.read("ada")


def of(*verdicts):
    checks = tuple(
        CheckResult(name=str(i), title="", verdict=verdict, score=1.5, max_score=2.0, visibility="hidden")
        for i, verdict in enumerate(verdicts)
    )
    return msgspec.structs.replace(RESULT, tasks=(TaskResult.of("affine", "linear", checks),))


def test_marks_by_task_are_those_of_a_result_that_can_be_used(tmp_path):
    store = Store(tmp_path)
    assert store.task_marks("ada") == {}
    store.write(of(Verdict.PARTIAL, Verdict.PARTIAL))
    assert store.task_marks("ada") == {"affine": 3.0}
    store.write(of(Verdict.PARTIAL, Verdict.GRADER_FAULT))
    assert store.task_marks("ada") == {}
    store.path("ada").write_bytes(b'{"tasks": 3}')
    assert store.task_marks("ada") == {}


def test_attempts_have_a_store_of_their_own(tmp_path):
    store = Store(tmp_path)
    store.attempts.write(RESULT)
    assert store.read("ada") is None
    assert store.attempts.read("ada") == RESULT


def test_a_folder_is_made_with_those_above_it_or_refused(tmp_path):
    assert make_folder(tmp_path / "a" / "b").is_dir()
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="choose another folder"):
        make_folder(tmp_path / "file" / "b")
