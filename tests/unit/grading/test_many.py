import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

import pytest
from end_to_end.tiny_rubric import damp_backward, damp_forward, midpoint

from autograder.errors import GraderFault, PutOff, SubmissionError, UsageError
from autograder.grading import many
from autograder.grading.attempts import best
from autograder.grading.executors import InProcess
from autograder.grading.many import Job, grade_class
from autograder.grading.store import Store
from autograder.lateness import Deadline
from autograder.reports.summary import summarize
from autograder.results import HandedIn
from autograder.sandbox.inside.control import LOCKS
from autograder.sandbox.interface import Limits
from autograder.sandbox.scripted import ScriptedSandbox
from autograder.submission import StudentSource, Submitted


class Named(Submitted):
    def read(self):
        return StudentSource(self.identifier, self.name, "folder", {}, "")


def class_of(names):
    return [Named(name, name, Path(), "folder") for name in names]


@pytest.fixture
def order(monkeypatch):
    """What is graded, in order; whoever is called slow is put off, and the grading itself is left out."""
    asked = []

    def promptly(_, source):
        asked.append(("promptly", source.name))
        if source.name.startswith("slow"):
            raise PutOff
        return source.name.encode()

    def patiently(_, source):
        asked.append(("patiently", source.name))
        return source.name.encode()

    monkeypatch.setattr(many, "grade_promptly", promptly)
    monkeypatch.setattr(many, "grade_source", patiently)
    monkeypatch.setattr(many.rubrics, "load", lambda _: None)
    monkeypatch.setattr(many, "_finish", lambda context, answer, *_: (context[0].name, answer))
    return asked


@pytest.mark.parametrize("width", [1, 3])
def test_what_takes_long_comes_last_and_comes_once(order, tmp_path, width):
    names = ["slow-1", "a", "slow-2", "b", "c"]
    graded = list(
        grade_class(class_of(names), Job("", ""), Store(tmp_path), InProcess, width=width, fresh=True, put_off=True)
    )
    assert sorted(name for name, _ in graded[:3]) == ["a", "b", "c"]
    assert sorted(name for name, _ in graded[3:]) == ["slow-1", "slow-2"]
    assert sorted(name for how, name in order if how == "patiently") == ["slow-1", "slow-2"]


def test_unasked_nothing_is_put_off(order, tmp_path):
    graded = list(grade_class(class_of(["slow", "a"]), Job("", ""), Store(tmp_path), InProcess, width=1, fresh=True))
    assert sorted(name for name, _ in graded) == ["a", "slow"]
    assert {how for how, _ in order} == {"patiently"}


# --- with the grading itself -------------------------------------------------------------------

RUBRIC = str(Path(__file__).parents[2] / "end_to_end" / "tiny_rubric.py")
RIGHT = {"damp_forward": damp_forward, "damp_backward": damp_backward, "midpoint": midpoint}
JOB = Job(RUBRIC, "key")


class Handed(Submitted):
    """Read as often as it is asked for; ``texts`` by name, or what reading it raises."""

    texts: ClassVar[dict] = {}

    def read(self):
        text = self.texts.get(self.name, b"")
        if isinstance(text, list):
            text = text.pop(0)
        if isinstance(text, Exception):
            raise text
        return StudentSource(self.identifier, self.name, "folder", {"a.py": text}, hashlib.sha256(text).hexdigest())


class Played(ScriptedSandbox):
    """Under every lock, by its word."""

    locks = LOCKS


@pytest.fixture
def run(monkeypatch, tmp_path):
    """Grade these names with the tiny rubric, in this process; what a name stands for may be changed."""
    monkeypatch.setattr(Handed, "texts", {})
    sandbox = Played(RIGHT)
    monkeypatch.setattr(many, "LockedSandbox", lambda limits, **_: sandbox)
    many.grader.cache_clear()

    def run(*names, **options):
        owners = options.pop("owners", {})
        submissions = [Handed(name, name, Path(), "folder", attempt_of=owners.get(name, "")) for name in names]
        options = {"width": 1, **options}
        job = options.pop("job", JOB)
        return {one.submitted.name: one for one in grade_class(submissions, job, Store(tmp_path), InProcess, **options)}

    yield run
    many.grader.cache_clear()


def test_results_are_kept_and_used_again_as_long_as_nothing_has_changed(run, tmp_path):
    assert [one.result.score for one in run("ada", "bela").values()] == [4, 4]
    assert {path.name for path in (tmp_path / "results").iterdir()} == {"ada.json", "bela.json"}
    Handed.texts["bela"] = b"changed"
    assert {name: one.reused for name, one in run("ada", "bela").items()} == {"ada": True, "bela": False}
    assert not run("ada", fresh=True)["ada"].reused


def test_a_new_deadline_changes_what_counts_without_grading_again(run, tmp_path):
    run("ada")
    when = HandedIn(time="2030-01-02T00:00:00+00:00")
    deadline = Deadline(due=datetime(2030, 1, 1, tzinfo=UTC))
    (late,) = grade_class(
        [Handed("ada", "ada", Path(), "folder", handed_in=when)],
        JOB,
        Store(tmp_path),
        InProcess,
        width=1,
        deadline=deadline,
    )
    assert late.reused
    assert late.result.handed_in == when
    assert Store(tmp_path).read("ada") == late.result


def test_a_result_that_can_t_be_read_is_told_and_made_anew(run, tmp_path):
    Store(tmp_path).path("ada").write_bytes(b"{ half")
    one = run("ada")["ada"]
    assert "ada.json" in one.note
    assert one.result.score == 4


def test_a_submission_that_can_t_be_read_costs_itself(run):
    Handed.texts["bela"] = SubmissionError("bela: nothing in it")
    found = run("ada", "bela")
    assert found["ada"].result.score == 4
    assert (found["bela"].result, found["bela"].note) == (None, "bela: nothing in it")


def test_what_is_kept_of_one_that_can_t_be_graded_says_so_in_the_place_of_an_earlier_result(run, tmp_path):
    assert run("ada")["ada"].result.score == 4
    Handed.texts["ada"] = SubmissionError("ada: nothing in it")
    run("ada")
    kept = Store(tmp_path).read("ada")
    assert (kept.ungraded, kept.faulty, kept.score, kept.max_score) == (True, True, 0, 4)
    assert kept.warnings == ("ada: nothing in it",)
    assert summarize(kept).score is None
    Handed.texts["ada"] = b""
    again = run("ada")["ada"]
    assert (again.result.score, again.reused, again.result.ungraded) == (4, False, False)


def test_with_other_limits_it_is_graded_again(run):
    run("ada")
    assert run("ada")["ada"].reused
    assert not run("ada", job=Job(RUBRIC, "key", Limits(cpu_seconds=20.0)))["ada"].reused
    assert not run("ada", job=Job(RUBRIC, "key", Limits(memory_bytes=2**30)))["ada"].reused


def test_a_student_s_attempts_that_can_t_be_graded_are_no_marks_for_the_student(run, tmp_path):
    store = Store(tmp_path)
    Handed.texts["ada-1"] = SubmissionError("ada: nothing in it")
    submitted = Handed("ada-1", "ada", Path(), "folder", attempt_of="ada")
    (one,) = best(run("ada-1", owners={"ada-1": "ada"}).values(), [submitted], store)
    assert one.result is None
    assert store.read("ada").ungraded


def test_one_that_was_put_off_and_is_gone_by_then_costs_itself(run, monkeypatch):
    def put_off(*_):
        raise PutOff

    monkeypatch.setattr(many, "grade_promptly", put_off)
    Handed.texts["ada"] = [b"there", SubmissionError("ada: it is gone")]
    found = run("ada", "bela", "chen", put_off=True)
    assert (found["ada"].result, found["ada"].note) == (None, "ada: it is gone")
    assert [found[name].result.score for name in ("bela", "chen")] == [4, 4]


def test_grading_promptly_is_grading(run):
    assert run("ada", put_off=True)["ada"].result.score == 4


def test_what_nobody_foresaw_costs_nobody_else_a_result(run, monkeypatch):
    graded = many.grade_source

    def fail(job, source):
        if source.name == "ada":
            raise RuntimeError("a bug of ours")
        return graded(job, source)

    monkeypatch.setattr(many, "grade_source", fail)
    ended = run("ada", "bela")
    assert (ended["ada"].result, ended["ada"].note) == (None, "the grader itself failed (RuntimeError: a bug of ours)")
    assert ended["bela"].result.score == 4


@pytest.mark.parametrize("error", [GraderFault("the zygote died twice"), UsageError("a lock can't be applied")])
def test_our_own_fault_is_a_note_and_what_the_user_can_mend_ends_the_run(run, monkeypatch, error):
    def fail(*_):
        raise error

    monkeypatch.setattr(many, "grade_source", fail)
    if isinstance(error, GraderFault):
        one = run("ada")["ada"]
        assert (one.result, one.note) == (None, "the zygote died twice")
    else:
        with pytest.raises(UsageError):
            run("ada")


def test_single_attempts_are_kept_apart(run, tmp_path):
    run("ada-1", "ada-2", owners={"ada-1": "ada", "ada-2": "ada"})
    assert list((tmp_path / "results").iterdir()) == []
    assert {path.name for path in (tmp_path / "attempts" / "results").iterdir()} == {"ada-1.json", "ada-2.json"}
