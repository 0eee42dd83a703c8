"""A worker's life: what it says first, what it answers, and what it leaves with."""

from __future__ import annotations

import os
import resource
import socket
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import numpy as np
import pytest
from unit.sandbox.inside import forked

from autograder.sandbox import wire
from autograder.sandbox.inside import modules, solo, steps, worker
from autograder.sandbox.inside.control import OUT_OF_MEMORY
from autograder.sandbox.inside.pipe import Pipe

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="these processes are forked")

CODE = b"""
import random, warnings
import numpy as np

warnings.simplefilter("error")
np.seterr(all="raise")

def double(x):
    return 2 * x

def divide(x):
    return x / np.zeros(2)

def draw():
    return [random.random(), float(np.random.random()), float(np.random.default_rng().random())]
"""
LOAD = wire.Load("folder", {"lab/code.py": CODE}, "lab", dict.fromkeys(("double", "divide", "draw"), "code"), ())


class Client:
    """The other end of a worker's pipe."""

    def __init__(self, end: socket.socket, child: forked.Child) -> None:
        self._end = end
        self._child = child

    def send(self, message: Any) -> None:
        self._end.sendall(wire.frame(message))

    def receive(self) -> Any:
        header = self._end.recv(wire.HEADER.size, socket.MSG_WAITALL)
        return wire.read_reply(self._end.recv(wire.HEADER.unpack(header)[0], socket.MSG_WAITALL))

    def ask(self, *calls: wire.Call) -> Any:
        """The outcomes of a program."""
        (outcomes,) = self.ask_together(calls)
        return outcomes

    def ask_together(self, *programs: tuple[wire.Call, ...]) -> Any:
        """The outcomes of each program."""
        self.send(wire.Batch(tuple(wire.Program(7 + number, calls) for number, calls in enumerate(programs))))
        ran = [self.receive() for _ in programs]
        assert [each.id for each in ran] == [7 + number for number in range(len(programs))]
        return [each.outcomes for each in ran]

    def load(self) -> Any:
        self.send(LOAD)
        while isinstance(reply := self.receive(), wire.Loading):
            pass
        return reply

    def status(self) -> int | None:
        """Close the pipe; the status that the worker leaves with."""
        self._end.close()
        return self._child.told().status


def serve(end: socket.socket) -> None:
    worker.serve(Pipe(end.fileno(), end.fileno()), ("landlock",))


@contextmanager
def running(start: Callable[[socket.socket], None] = serve):
    ours, theirs = socket.socketpair()

    def work() -> None:
        ours.close()
        start(theirs)

    with ours, forked.forked(work) as child:
        theirs.close()
        client = Client(ours, child)
        client.hello = client.receive()
        yield client


def test_it_says_which_locks_hold_it_then_loads_and_answers_until_the_pipe_is_closed():
    with running() as client:
        assert client.hello == wire.Hello(("landlock",))
        assert sorted(client.load().functions) == ["divide", "double", "draw"]
        first, second = client.ask(wire.Call(function="double", args=(21,)), wire.Call(function="nothing"))
        assert first.value == 42
        assert second.failure.kind == "missing"
        assert client.ask(wire.Call(function="double", args=(1,)))[0].value == 2
        assert client.status() == 0


def test_programs_that_come_together_are_answered_one_by_one_and_know_nothing_of_each_other():
    with running() as client:
        client.load()
        doubled = (wire.Call(function="double", args=(1,)),)
        refers = (wire.Call(function="double", args=(wire.Ref(0),)),)
        first, second, third = client.ask_together(doubled, refers, doubled)
        assert first == third == (wire.Outcome(2),)
        assert second[0].failure.kind == "unmet"
        assert client.status() == 0


def test_a_warning_is_no_error_whatever_a_module_has_set():
    with running() as client:
        client.load()
        (outcome,) = client.ask(wire.Call(function="divide", args=(wire.encode(np.ones(2)),)))
        assert outcome.failure is None
        assert np.isinf(wire.decode(outcome.value)).all()


def draws() -> Any:
    def start(end: socket.socket) -> None:
        worker.take_chance_away()
        serve(end)

    with running(start) as client:
        client.load()
        return wire.decode(client.ask(wire.Call(function="draw"))[0].value)


def test_where_a_student_gives_no_seed_the_same_is_drawn_in_each_worker():
    assert draws() == draws()


def test_an_answer_that_is_too_long_is_told_for_each_step(monkeypatch):
    def run(program: wire.Program, _: Any) -> Any:
        if program.steps[0].function == "double":
            raise wire.WireError("too long")
        raise MemoryError

    monkeypatch.setattr(steps, "run", run)
    with running() as client:
        outcomes = client.ask(wire.Call(function="double"), wire.Call(function="double"))
        assert [outcome.failure.kind for outcome in outcomes] == ["too_large", "too_large"]
        (outcome,) = client.ask(wire.Call(function="draw"))
        assert outcome.failure == steps.NO_MEMORY
        assert client.status() == 0


@pytest.mark.parametrize(("error", "status"), [(MemoryError, OUT_OF_MEMORY), (RuntimeError, 1)])
def test_what_it_can_t_go_on_after_shows_in_its_status(monkeypatch, error, status):
    def load(*_: Any) -> None:
        raise error

    monkeypatch.setattr(modules, "load", load)
    with running() as client:
        client.send(LOAD)
        assert client.status() == status


# --- the pipe -----------------------------------------------------------------------------------------


def test_a_frame_may_come_and_go_in_pieces(monkeypatch):
    reading, writing = os.pipe()
    request = wire.frame(wire.Batch((wire.Program(3, (wire.Call(function="f", args=("x" * 1000,)),)),)))
    real = os.write
    try:
        pipe = Pipe(reading, writing)
        monkeypatch.setattr(os, "write", lambda descriptor, data: real(descriptor, bytes(data)[:100]))
        pipe.write(wire.Hello(refused="y" * 1000))
        assert os.read(reading, 2000) == wire.frame(wire.Hello(refused="y" * 1000))
        monkeypatch.undo()
        with ThreadPoolExecutor(1) as other:
            read = other.submit(pipe.read)
            for start in range(0, len(request), 400):
                os.write(writing, request[start : start + 400])
            assert read.result().programs[0].id == 3
    finally:
        os.close(reading)
        os.close(writing)


@pytest.mark.parametrize("sent", [b"", b"\0\0", wire.HEADER.pack(10) + b"12345"])
def test_a_pipe_that_ends_anywhere_is_the_end(sent):
    reading, writing = os.pipe()
    os.write(writing, sent)
    os.close(writing)
    try:
        assert Pipe(reading, -1).read() is None
    finally:
        os.close(reading)


# --- without locks -----------------------------------------------------------------------------------


def as_standard(end: socket.socket) -> None:
    """As ``solo`` is started: its pipe is standard input and output."""
    for standard in (0, 1):
        os.dup2(end.fileno(), standard)
    solo.main(["100"])


def test_on_a_student_s_machine_the_pipe_is_what_was_standard_input_and_output():
    with running(as_standard) as client:
        assert client.hello == wire.Hello(())
        assert "double" in client.load().functions
        assert client.ask(wire.Call(function="double", args=(2,)))[0].value == 4
        assert client.status() == 0


def test_there_the_system_ends_what_nobody_ends(monkeypatch):
    def look(*_: Any) -> Any:
        empty = os.read(0, 1)
        os.write(1, b"said to nobody")
        return empty, resource.getrlimit(resource.RLIMIT_CPU)

    def work() -> Any:
        result = []
        monkeypatch.setattr(worker, "serve", lambda *_: result.append(look()))
        solo.main(["100"])
        return result[0]

    empty, (soft, hard) = forked.run(work).result
    assert empty == b""
    assert soft == 100
    assert hard == resource.getrlimit(resource.RLIMIT_CPU)[1]
