"""What a session does as its workers hang, crash or lie; the workers are played here."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.errors import GraderFault, PutOff, WorkerStopped
from autograder.results import Verdict
from autograder.sandbox import replies, wire
from autograder.sandbox.interface import Answer, Limits, Reply
from autograder.sandbox.session import LEAST_CPU_SECONDS, MAX_HELD, MAX_LOST, WorkerSession
from autograder.submission.source import Layout, StudentSource

SOURCE = StudentSource("a", "a", "folder", {"work/code.py": b""}, "0" * 64)
LAYOUT = Layout("work", {"f": "first", "g": "second", "h": "second"})
CALL = wire.Call(function="f")

TIMED_OUT = WorkerStopped(Verdict.TIMED_OUT, "It ran too long.")
CRASHED = WorkerStopped(Verdict.CRASHED, "It crashed.")

Loads = Callable[[wire.Load, Callable[[str], None]], wire.Loaded]


class Play:
    """Starts workers that load and run as they are told, and notes what was asked of them."""

    def __init__(self, loads: Loads | None = None) -> None:
        self.loads = loads or (lambda load, say: wire.Loaded(tuple(load.functions)))
        self.runs: Callable[[], Answer] = lambda: Answer((Reply(1),))
        self.started = self.closed = 0
        self.limits: list[float] = []

    def start(self):
        self.started += 1
        return Actor(self)

    def session(self, cpu_seconds: float = 10.0) -> WorkerSession:
        return WorkerSession(self.start, SOURCE, LAYOUT, Limits(cpu_seconds))


class Actor:
    def __init__(self, play: Play) -> None:
        self._play = play
        self._open = True

    def load(self, load, cpu_seconds, on_loading, meanwhile=None):
        self._play.limits.append(cpu_seconds)
        if meanwhile is not None:
            meanwhile()
        return self._play.loads(load, on_loading)

    def run(self, programs, cpu_seconds):
        self._play.limits.append(cpu_seconds)
        for _ in programs:
            yield self._play.runs()

    def close(self):
        self._play.closed += self._open
        self._open = False


def raising(error: BaseException) -> Callable[[], Answer]:
    def run() -> Answer:
        raise error

    return run


def stuck_in(*parts: str, error: WorkerStopped = TIMED_OUT, keeps: tuple[str, ...] = ("f", "g", "h")) -> Loads:
    """A submission that comes to grief in each of these parts unless it is skipped."""

    def load(load: wire.Load, say: Callable[[str], None]) -> wire.Loaded:
        for part in parts:
            if part not in load.skip:
                say(part)
                raise error
        return wire.Loaded(keeps, (wire.Problem("first", 3, "syntax", "odd"),))

    return load


def test_one_worker_serves_many_programs():
    play = Play()
    session = play.session()
    assert [session.run(CALL).replies[0].value for _ in range(3)] == [1, 1, 1]
    session.close()
    session.close()
    assert (play.started, play.closed) == (1, 1)


@pytest.mark.parametrize("error", [CRASHED, GraderFault("killed"), KeyboardInterrupt()])
def test_a_lost_worker_is_replaced_for_the_next_program(error):
    play = Play()
    session = play.session()
    play.runs = raising(error)
    with pytest.raises(type(error)):
        session.run(CALL)
    assert play.closed == play.started == 1
    play.runs = lambda: Answer((Reply(2),))
    assert session.run(CALL).replies[0].value == 2
    assert play.started == 2


def answers(*turns: Answer | BaseException) -> Callable[[], Answer]:
    """One after the other."""
    rest = iter(turns)

    def run() -> Answer:
        turn = next(rest)
        if isinstance(turn, BaseException):
            raise turn
        return turn

    return run


def test_programs_run_together_and_their_answers_come_in_order():
    play = Play()
    session = play.session()
    play.runs = answers(*(Answer((Reply(number),)) for number in range(4)))
    assert [answer.replies[0].value for answer in session.ahead(*[(CALL,)] * 4)] == [0, 1, 2, 3]
    assert play.started == 1


@pytest.mark.parametrize("error", [CRASHED, TIMED_OUT, GraderFault("killed")])
def test_what_ends_the_worker_is_the_answer_of_its_own_program_and_the_rest_is_asked_of_a_fresh_one(error):
    play = Play()
    session = play.session()
    play.runs = answers(Answer((Reply(0),)), error, Answer((Reply(2),)))
    first, second = session.ahead(*[(CALL,)] * 3)
    assert first.replies[0].value == 0
    assert second is error
    assert (play.started, play.closed) == (1, 1)
    (third,) = session.ahead((CALL,))
    assert third.replies[0].value == 2
    assert play.started == 2


def test_an_interruption_is_nobody_s_answer():
    play = Play()
    session = play.session()
    play.runs = answers(Answer((Reply(0),)), KeyboardInterrupt())
    with pytest.raises(KeyboardInterrupt):
        session.ahead((CALL,), (CALL,))
    assert play.closed == 1


def test_an_error_of_ours_is_the_answer_of_its_own_program_and_no_earlier_one():
    play = Play()
    session = play.session()
    answers = iter([Answer((Reply(1),)), Answer((Reply(2),))])
    play.runs = lambda: next(answers, None) or raising(ValueError("ours"))()
    assert len(session.ahead(*[(CALL,)] * 4)) == 2
    assert play.closed == 1
    with pytest.raises(ValueError, match="ours"):
        session.ahead(*[(CALL,)] * 2)
    assert (play.started, play.closed) == (2, 2)


def test_more_than_may_be_held_ends_the_worker_and_not_the_submission():
    play = Play()
    session = play.session()
    play.runs = lambda: Answer((Reply(1),), memory_bytes=MAX_HELD // 2 + 1)
    assert len(session.ahead(*[(CALL,)] * 5)) == 2
    assert play.closed == 1
    assert len(session.ahead(*[(CALL,)] * 2)) == 2
    assert (play.started, play.closed) == (2, 1)  # there was nothing left to ask


def test_programs_of_a_lost_module_are_not_run_and_end_no_worker():
    session = Play(stuck_in("second", error=CRASHED, keeps=("f", "h"))).session()
    lost = (wire.Call(function="g"),)
    programs = [(CALL,), (CALL,), lost, (CALL,)]
    assert [type(outcome) for outcome in session.ahead(*programs)] == [Answer, Answer]
    (outcome,) = session.ahead(*programs[2:])
    assert isinstance(outcome, WorkerStopped)
    assert "second" in outcome.message


def test_a_worker_that_can_t_be_had_is_the_first_program_s_answer():
    play = Play()
    session = play.session()
    play.runs = raising(CRASHED)
    session.ahead((CALL,))
    play.loads = raising_load(GraderFault("no process"))
    (outcome,) = session.ahead((CALL,), (CALL,))
    assert isinstance(outcome, GraderFault)


def raising_load(error: BaseException) -> Loads:
    def load(load: wire.Load, say: Callable[[str], None]) -> wire.Loaded:
        raise error

    return load


def test_time_outs_halve_the_time_and_crashes_do_not():
    play = Play()
    session = play.session(10.0)
    for error in (TIMED_OUT, CRASHED, TIMED_OUT, TIMED_OUT, TIMED_OUT):
        play.runs = raising(error)
        with pytest.raises(WorkerStopped):
            session.run(CALL)
    assert play.limits[1::2] == [10.0, 5.0, 5.0, 2.5, LEAST_CPU_SECONDS]
    assert play.limits[0::2] == [10.0, 5.0, 5.0, 2.5, LEAST_CPU_SECONDS]


def test_a_short_limit_is_never_made_longer():
    play = Play()
    session = play.session(0.5)
    play.runs = raising(TIMED_OUT)
    for _ in range(2):
        with pytest.raises(WorkerStopped):
            session.run(CALL)
    assert set(play.limits) == {0.5}


def test_what_hangs_while_loading_is_skipped_and_told():
    play = Play(stuck_in("first line 9", "second line 2"))
    session = play.session()
    assert session.loaded.functions == ("f", "g", "h")
    told = [(problem.module, problem.kind) for problem in session.loaded.problems]
    assert told == [("first line 9", "error"), ("second line 2", "error"), ("first", "syntax")]
    assert session.run(CALL).replies[0].value == 1
    assert (play.started, play.closed) == (3, 2)


def test_a_part_with_an_odd_name_is_skipped_by_that_name_and_shown_safely():
    part = "exercise\x1b[31m.ipynb line 3"
    session = Play(stuck_in(part)).session()
    assert session.loaded.functions == ("f", "g", "h")
    assert session.loaded.problems[0] == wire.Problem("exercise\\x1b[31m.ipynb line 3", 0, "error", "It ran too long.")


def test_what_was_lost_while_loading_stays_lost_in_the_next_worker():
    play = Play(stuck_in("first line 9"))
    session = play.session()
    play.runs = raising(CRASHED)
    with pytest.raises(WorkerStopped):
        session.run(CALL)
    play.runs = lambda: Answer(())
    session.run(CALL)
    assert play.started == 3


def test_a_module_that_cannot_be_loaded_gives_its_verdict_to_its_functions():
    session = Play(stuck_in("second", error=CRASHED, keeps=("f", "h"))).session()
    session.run(wire.Call(function="f"))
    session.run(wire.Call(function="h"))  # defined elsewhere
    for _ in range(2):
        with pytest.raises(WorkerStopped, match="second: It crashed") as stopped:
            session.run(wire.Call(function="f"), wire.Call(function="g"))
        assert stopped.value.verdict is Verdict.CRASHED


def test_a_submission_that_dies_before_any_part_has_no_functions():
    def load(load, say):
        raise CRASHED

    session = Play(load).session()
    assert session.loaded.functions == ()
    assert [problem.message for problem in session.loaded.problems] == ["It crashed."]
    with pytest.raises(WorkerStopped, match="It crashed"):
        session.run(CALL)


def test_a_submission_that_dies_in_what_it_was_told_to_skip_has_no_functions():
    def load(load, say):
        say("first")
        raise CRASHED

    play = Play(load)
    session = play.session()
    assert session.loaded.functions == ()
    assert (play.started, play.closed) == (2, 2)


def test_a_submission_that_hangs_everywhere_is_given_up():
    play = Play(stuck_in(*(f"first line {n}" for n in range(100))))
    session = play.session()
    assert play.started == MAX_LOST
    assert session.loaded.functions == ()
    with pytest.raises(WorkerStopped) as stopped:
        session.run(CALL)
    assert stopped.value.verdict is Verdict.TIMED_OUT
    assert play.started == play.closed == MAX_LOST


def test_our_own_fault_while_loading_is_raised_and_leaves_no_worker():
    def load(load, say):
        raise GraderFault("killed")

    play = Play(load)
    with pytest.raises(GraderFault):
        play.session()
    assert play.started == play.closed == 1


def test_only_functions_that_were_asked_for_are_believed():
    many = tuple(wire.Problem("", n, "odd", "") for n in range(10**4))
    session = Play(lambda load, say: wire.Loaded(("h", "invented", "f"), many)).session()
    assert session.loaded.functions == ("f", "h")
    assert len(session.loaded.problems) <= 100


def test_sources_are_bounded_and_only_those_of_functions_that_are_there():
    long = {name: wire.Source("code.py", -3, "x" * 80_000) for name in ("f", "g", "h", "invented")}
    session = Play(lambda load, say: wire.Loaded(("f", "g", "invented"), (), long)).session()
    assert list(session.loaded.sources) == ["f"]


def test_a_source_is_made_plain():
    hostile = wire.Source("a\x1b[2Jb", -3, "x\x1b[2J\n\ty\u202e\r" + "z" * 10**5)
    tidied = replies.tidy(wire.Loaded((), (), {"f": hostile})).sources["f"]
    assert (tidied.file, tidied.line) == ("a\\x1b[2Jb", 1)
    assert tidied.text.startswith("x\\x1b[2J\n        y\\u202e\\rzzz")
    assert len(tidied.text) <= replies.MAX_SOURCE + 1


def test_the_submission_is_passed_on_unread():
    seen = []

    def load(load, say):
        seen.append(load)
        return wire.Loaded(())

    Play(load).session()
    assert seen == [wire.Load("folder", {"work/code.py": b""}, "work", dict(LAYOUT.functions))]


def test_what_is_to_be_done_meanwhile_is_done_once_however_many_workers_it_takes():
    done = []
    play = Play(stuck_in("first"))
    session = WorkerSession(play.start, SOURCE, LAYOUT, Limits(), meanwhile=lambda: done.append(play.started))
    assert play.started == 2
    assert done == [1]
    assert session.run(CALL)
    assert done == [1]


def test_in_a_hurry_a_time_out_is_no_verdict_and_waits():
    play = Play()
    session = WorkerSession(play.start, SOURCE, LAYOUT, Limits(10.0), 1.0)

    def times_out():
        raise TIMED_OUT

    play.runs = times_out
    with pytest.raises(PutOff):
        session.run(CALL)
    assert play.limits == [1.0, 1.0]
