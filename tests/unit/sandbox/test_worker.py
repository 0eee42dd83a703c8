"""What the trusted side makes of what a worker says; the worker is played here, word by word."""

from __future__ import annotations

import math
import os
import sys
import tracemalloc
from typing import Any

import numpy as np
import pytest

from autograder.errors import AutograderError, GraderFault, WorkerStopped
from autograder.results import Verdict
from autograder.sandbox import wire, worker
from autograder.sandbox.channel import ClosedError, TimeUpError
from autograder.sandbox.endings import Seen
from autograder.sandbox.interface import Answer, Limits
from autograder.sandbox.wire import messages
from autograder.sandbox.worker import Ended, Worker, cpu_clock

CALL = wire.Call(function="f")
LOAD = wire.Load("folder", {}, "lab", {"f": "code"}, ())


class Play:
    """A process and its channel: what it says by turns (a message, or an exception), and how it ends."""

    def __init__(self, *says: Any, ended: Ended | None = None, ahead: bool = False, deaf: Exception | None = None):
        self.says = list(says)
        self.ended = ended or Ended(killed=True, returncode=-9, cpu_seconds=0.1)
        self.ahead = ahead
        self.deaf = deaf
        self.heard: list[Any] = []
        self.settled = 0
        self.patience: float | None = None
        self.channel = self

    def cpu_seconds(self):
        return 0.0

    def delayed_seconds(self):
        return 0.0

    def settle(self):
        self.settled += 1

    def end(self, *, patience):
        self.patience = patience
        return self.ended

    def send(self, data, watch):
        self.heard.append(wire.read_request(data[wire.HEADER.size :]))
        if self.deaf:
            raise self.deaf

    def receive(self, watch):
        said = self.says.pop(0)
        if callable(said):
            said = said(self.heard[-1])
        if isinstance(said, Exception):
            raise said
        return bytearray(said) if isinstance(said, bytes) else wire.frame(said)[wire.HEADER.size :]

    def pending(self):
        return self.ahead


def answer(value: Any, *more: Any):
    """The answer to the question that was asked, whatever its number."""
    return lambda asked: wire.Ran(asked.programs[0].id, tuple(wire.Outcome(each) for each in (value, *more)))


def answer_to(number: int, value: Any):
    """The answer to one of several questions that were asked together."""
    return lambda asked: wire.Ran(asked.programs[number].id, (wire.Outcome(value),))


def ask(started: Worker, count: int = 1) -> list[Answer]:
    return list(started.run([(CALL,)] * count, 1.0))


def alive(*says: Any, **options: Any) -> tuple[Worker, Play]:
    play = Play(wire.Hello(("rlimits",)), *says, **options)
    return Worker(play, Limits(cpu_seconds=2.0)), play


def loaded(*says: Any, **options: Any) -> tuple[Worker, Play]:
    started, play = alive(wire.Loaded(("f",)), *says, **options)
    started.load(LOAD, 1.0, lambda part: None)
    return started, play


def stopped(act: Any) -> AutograderError:
    with pytest.raises(AutograderError) as caught:
        act()
    return caught.value


def detail(error: AutograderError) -> str:
    assert isinstance(error, WorkerStopped)
    return error.detail


def test_it_loads_announces_each_part_and_answers():
    parts: list[str] = []
    started, play = alive(wire.Loading("a"), wire.Loading("b"), wire.Loaded(("f",)), answer(3))
    assert started.hello.locks == ("rlimits",)
    assert started.load(LOAD, 1.0, parts.append).functions == ("f",)
    assert parts == ["a", "b"]
    assert ask(started)[0].replies[0].value == 3
    assert play.patience is None
    started.close()
    assert play.patience == 0


def test_what_is_to_be_done_meanwhile_is_done_when_it_has_been_asked_and_before_it_is_waited_for():
    started, play = alive(wire.Loading("a"), wire.Loaded(("f",)))
    left = []
    started.load(LOAD, 1.0, lambda part: None, lambda: left.append((list(play.heard), len(play.says))))
    assert left == [([LOAD], 2)]


def test_once_it_has_loaded_it_settles_down_and_not_where_it_fails_to():
    _, play = loaded()
    assert play.settled == 1
    started, play = alive(wire.Loading("a"), ClosedError())
    assert isinstance(stopped(lambda: started.load(LOAD, 1.0, lambda part: None)), WorkerStopped)
    assert play.settled == 0


def test_before_any_of_the_student_s_code_ran_it_is_our_fault():
    with pytest.raises(GraderFault, match="before any"):
        Worker(Play(ClosedError()), Limits())


@pytest.mark.parametrize(
    ("reply", "says"),
    [
        (wire.Ran(-1, (wire.Outcome(3),)), "no answer to what was asked"),
        (answer(3, 4), "no answer to what was asked"),
        (wire.Hello(), "no place here"),
        (b"\xc1", "not a message"),
        (answer(wire.Array("float64", (2,), b"")), "whose data are 0 bytes"),
    ],
)
def test_what_is_no_answer_is_forbidden_and_ends_the_process_at_once(reply, says):
    started, play = loaded(reply)
    error = stopped(lambda: ask(started))
    assert isinstance(error, WorkerStopped)
    assert error.verdict is Verdict.FORBIDDEN
    assert says in detail(error)
    assert says not in error.message
    assert play.patience == 0


def test_a_word_ahead_of_the_question_is_forbidden_and_the_question_not_asked():
    started, play = loaded(ahead=True)
    error = stopped(lambda: ask(started))
    assert "it was not asked" in detail(error)
    assert len(play.heard) == 1


def test_several_questions_travel_together_and_each_has_its_answer():
    started, play = loaded(*(answer_to(number, 10 + number) for number in range(3)))
    assert [each.replies[0].value for each in ask(started, 3)] == [10, 11, 12]
    assert len(play.heard) == 2
    assert len({program.id for program in play.heard[1].programs}) == 3


def test_an_answer_out_of_turn_is_forbidden():
    started, _ = loaded(answer_to(1, 11), answer_to(0, 10))
    assert "no answer to what was asked" in detail(stopped(lambda: ask(started, 2)))


def test_what_was_answered_before_the_end_is_kept():
    started, _ = loaded(answer_to(0, 10), ClosedError(), ended=Ended(False, -11, 0.1))
    running = started.run([(CALL,)] * 3, 1.0)
    assert next(running).replies[0].value == 10
    error = stopped(lambda: next(running))
    assert isinstance(error, WorkerStopped)
    assert error.verdict is Verdict.CRASHED


def test_more_than_may_travel_together_travels_in_several(monkeypatch):
    started, play = loaded(*[lambda asked: wire.Ran(asked.programs[0].id, (wire.Outcome(1),))] * 3)
    monkeypatch.setattr(messages, "MAX_BATCH", 10)
    assert len(ask(started, 3)) == 3
    assert [len(batch.programs) for batch in play.heard[1:]] == [1, 1, 1]


def test_where_nothing_is_asked_nothing_is_sent():
    assert list(wire.frames([])) == []


def test_no_more_is_written_down_than_is_sent(monkeypatch):
    monkeypatch.setattr(messages, "MAX_BATCH", 1_000_000)
    call = wire.Call(function="f", args=(wire.encode(np.zeros(50_000)),))
    tracemalloc.start()
    sent = [len(batch) for batch, _ in wire.frames(wire.Program(number, (call,)) for number in range(50))]
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sent == [2] * 25
    assert peak < 6_000_000


def test_an_answer_says_how_much_there_is_of_it():
    small = ask(loaded(answer("x"))[0])[0].memory_bytes
    array = ask(loaded(answer(wire.encode(np.zeros(10_000))))[0])[0].memory_bytes
    many = ask(loaded(answer(wire.encode([0] * 15_000)))[0])[0].memory_bytes
    assert small < array < many
    assert 80_000 < array < 100_000
    assert many > 15_000 * sys.getsizeof(2**40)


@pytest.mark.parametrize("text", ["\U0001f600" + "a" * 499, "\0" * 100 + "\U0001f600", "\0" * 500])
@pytest.mark.parametrize("many", [lambda text: [text] * 200, lambda text: {f"{i}{text}": 1 for i in range(200)}])
def test_texts_take_up_no_more_than_an_answer_says(text, many):
    (answered,) = ask(loaded(answer(wire.encode(many(text))))[0])
    assert sum(map(sys.getsizeof, answered.replies[0].value)) < answered.memory_bytes


def test_parts_without_end_are_forbidden(monkeypatch):
    monkeypatch.setattr(worker, "MAX_LOADING", 3)
    started, _ = alive(*[wire.Loading("a")] * 4)
    error = stopped(lambda: started.load(LOAD, 1.0, lambda part: None))
    assert "more parts than a submission has" in detail(error)


@pytest.mark.parametrize(
    ("end", "ended", "verdict"),
    [
        (TimeUpError(Seen.CPU_TIME), Ended(True, -9, 1.0), Verdict.TIMED_OUT),
        (TimeUpError(Seen.WALL_TIME), Ended(True, -9, 0.0), Verdict.TIMED_OUT),
        (ClosedError(), Ended(False, -11, 0.1), Verdict.CRASHED),
        (ClosedError(), Ended(True, -9, 0.1), Verdict.FORBIDDEN),  # it closed the pipe, and lived on
    ],
)
def test_whose_fault_an_end_was(end, ended, verdict):
    for options in ({"ended": ended}, {"ended": ended, "deaf": end}):
        started, play = alive(end, **options)
        error = stopped(lambda started=started: started.load(LOAD, 1.0, lambda part: None))
        assert isinstance(error, WorkerStopped)
        assert error.verdict is verdict
        assert play.patience == (worker.PATIENCE if isinstance(end, ClosedError) else 0)


def test_what_no_frame_holds_is_whose_it_is(monkeypatch):
    started, play = loaded()
    monkeypatch.setattr(messages, "MAX_FRAME", 10)
    error = stopped(lambda: started.load(LOAD, 1.0, lambda part: None))
    assert isinstance(error, WorkerStopped)
    assert error.verdict is Verdict.OUT_OF_MEMORY
    assert isinstance(stopped(lambda: ask(started)), GraderFault)
    assert play.patience is None  # neither was its doing


@pytest.mark.skipif(sys.platform != "linux", reason="the clock is Linux's")
def test_a_process_s_clock_is_read_from_outside(monkeypatch):
    assert cpu_clock(os.getpid()) == pytest.approx(sum(os.times()[:2]), abs=0.5)
    assert math.isnan(cpu_clock(2**22 + 1))  # no process has so high a number
    monkeypatch.setattr(sys, "platform", "darwin")
    assert math.isnan(cpu_clock(os.getpid()))
