"""Frames, and the watch that keeps anybody from waiting for ever."""

from __future__ import annotations

import math
import socket
import subprocess
import sys
import threading
import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.sandbox import channel, wire
from autograder.sandbox.channel import ClosedError, Frames, TimeUpError, Watch
from autograder.sandbox.endings import Seen
from autograder.sandbox.pipe_channel import PipeChannel
from autograder.sandbox.socket_channel import SocketChannel

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Unix sockets")


def framed(*bodies: bytes) -> bytes:
    return b"".join(wire.HEADER.pack(len(body)) + body for body in bodies)


@given(st.lists(st.binary(max_size=30), max_size=5), st.data())
def test_frames_are_found_however_they_arrive(bodies, data):
    stream = framed(*bodies)
    frames, found = Frames(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        frames.feed(stream[:size])
        stream = stream[size:]
        while (body := frames.next()) is not None:
            found.append(bytes(body))
    assert found == bodies
    assert not frames


def test_a_frame_that_is_not_whole_is_kept_and_shows():
    frames = Frames()
    frames.feed(framed(b"whole", b"cut")[:-1])
    assert frames.next() == b"whole"
    assert frames.next() is None
    assert frames
    frames.feed(b"t")
    assert frames.next() == b"cut"


def test_a_frame_that_is_too_long_is_refused_by_its_header():
    with pytest.raises(wire.WireError, match="too long"):
        Frames().feed(wire.HEADER.pack(wire.MAX_FRAME + 1))


def test_a_frame_that_is_too_long_takes_none_before_it_along():
    frames = Frames()
    frames.feed(framed(b"whole") + wire.HEADER.pack(wire.MAX_FRAME + 1))
    assert frames.next() == b"whole"
    assert frames
    with pytest.raises(wire.WireError, match="too long"):
        frames.next()


def test_a_header_alone_takes_no_memory_whatever_length_it_claims():
    frames = Frames()
    tracemalloc.start()
    frames.feed(wire.HEADER.pack(wire.MAX_FRAME))
    frames.feed(bytes(1000))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**16
    assert frames.next() is None


class Clock:
    """Stands in for a worker's clocks."""

    def __init__(self, *cpu: float, delayed: tuple[float, ...] = (0.0,)) -> None:
        self._cpu = list(cpu)
        self._delayed = list(delayed)

    def cpu(self) -> float:
        return self._cpu.pop(0) if len(self._cpu) > 1 else self._cpu[0]

    def delayed(self) -> float:
        return self._delayed.pop(0) if len(self._delayed) > 1 else self._delayed[0]

    def watch(self, cpu_seconds: float, wall_seconds: float) -> Watch:
        return Watch(cpu_seconds, wall_seconds, self.cpu, self.delayed)


def test_processor_time_judges():
    watch = Clock(100.0, 100.5, 102.5).watch(2.0, 1000.0)
    assert watch.left() == pytest.approx(1.5, abs=0.01)
    with pytest.raises(TimeUpError) as up:
        watch.left()
    assert up.value.seen is Seen.CPU_TIME


def test_wall_time_rescues_and_does_not_count_what_a_busy_machine_took():
    with pytest.raises(TimeUpError) as up:
        Clock(0.0).watch(2.0, 0.0).left()
    assert up.value.seen is Seen.WALL_TIME
    assert Clock(0.0, delayed=(0.0, 1.0)).watch(2.0, 0.0).left() > 0.5


def test_what_a_worker_waited_for_before_it_was_asked_does_not_count():
    with pytest.raises(TimeUpError):
        Clock(0.0, delayed=(1.0,)).watch(2.0, 0.0).left()
    assert Clock(0.0, delayed=(5.0, 5.5)).watch(2.0, 0.0).left() < 0.6


def test_what_others_waited_for_gives_the_next_request_no_time(monkeypatch):
    monkeypatch.setattr(channel, "STALE", -1.0)
    watch = Clock(0.0, delayed=(0.0, 7.0)).watch(2.0, 0.0)
    watch.again()
    with pytest.raises(TimeUpError):
        watch.left()


def test_how_long_a_worker_waited_is_not_read_for_each_of_many_short_requests():
    clock = Clock(0.0, delayed=tuple(map(float, range(100))))
    watch = clock.watch(2.0, 0.0)
    for _ in range(50):
        watch.again()
    assert clock.delayed() < 50.0


def test_where_there_is_no_clock_the_wall_has_to_do():
    watch = Clock(math.nan).watch(2.0, 5.0)
    assert watch.left() == pytest.approx(5.0, abs=0.5)
    assert math.isnan(watch.cpu_seconds())


@pytest.fixture(params=["socket", "pipes"])
def tested(request):
    """A channel, and what ends its other end."""
    if request.param == "socket":
        ours, theirs = socket.socketpair()
        tested = SocketChannel(ours)
        yield tested, theirs.close
        theirs.close()
    else:
        process = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1, stdout=-1, bufsize=0)
        tested = PipeChannel(process.stdin, process.stdout)
        yield tested, process.kill
        process.kill()
        process.wait()
    tested.close()


def relaxed() -> Watch:
    return Watch(60.0, 60.0, time.monotonic, lambda: 0.0)


def test_nobody_waits_longer_than_the_watch_allows(tested):
    end, _ = tested
    with pytest.raises(TimeUpError):
        end.receive(Watch(0.05, 60.0, time.monotonic, lambda: 0.0))


def test_an_answer_that_is_there_is_in_time_whatever_the_worker_has_done_since():
    ours, theirs = socket.socketpair()
    end = SocketChannel(ours)
    theirs.sendall(framed(b"first", b"second")[:-1])
    spent = Watch(0.0, 0.0, time.monotonic, lambda: 0.0)
    assert end.receive(spent) == b"first"
    with pytest.raises(TimeUpError):
        end.receive(spent)
    end.close()
    theirs.close()


def test_an_answer_that_has_come_through_a_pipe_is_in_time_as_well():
    program = "print('\\0\\0\\0\\1x', end='')"
    process = subprocess.Popen([sys.executable, "-c", program], stdin=-1, stdout=-1, bufsize=0)
    end = PipeChannel(process.stdin, process.stdout)
    process.wait()
    while not end.pending():
        time.sleep(0.01)
    spent = Watch(0.0, 0.0, time.monotonic, lambda: 0.0)
    assert end.receive(spent) == b"x"
    end.close()


def test_the_end_of_a_pipe_is_noticed(tested):
    end, finish = tested
    finish()
    with pytest.raises(ClosedError):
        end.receive(relaxed())


def test_a_socket_that_nobody_reads_is_given_up():
    ours, theirs = socket.socketpair()
    end = SocketChannel(ours)
    with theirs, pytest.raises(TimeUpError):
        end.send(bytes(10**8), Watch(0.05, 60.0, time.monotonic, lambda: 0.0))
    with pytest.raises(ClosedError):
        end.send(bytes(10**6), relaxed())
    end.close()


def test_large_frames_pass_whole_in_both_directions():
    ours, theirs = socket.socketpair()
    end = SocketChannel(ours)
    stream = framed(bytes(range(256)) * 40_000)

    def echo() -> None:
        read = bytearray()
        while len(read) < len(stream):
            read += theirs.recv(2**16)
        theirs.sendall(read)

    thread = threading.Thread(target=echo)
    thread.start()
    with theirs:
        end.send(stream, relaxed())
        assert framed(bytes(end.receive(relaxed()))) == stream
        assert not end.pending()
        thread.join()
        theirs.sendall(b"x")
        assert end.pending()
    end.close()


def test_a_worker_that_is_killed_with_words_unread_has_closed_its_end():
    ours, theirs = socket.socketpair()
    end = SocketChannel(ours)
    ours.send(b"unread")
    theirs.close()  # with something unread: the connection is reset, not ended
    with pytest.raises(ClosedError):
        end.receive(relaxed())
    assert not end.pending()
    end.close()


def test_the_beginning_of_a_frame_that_nobody_asked_for_is_pending():
    ours, theirs = socket.socketpair()
    end = SocketChannel(ours)
    with theirs:
        assert not end.pending()
        theirs.sendall(framed(b"asked") + framed(b"ahead"))
        assert end.receive(relaxed()) == b"asked"
        assert end.pending()
    end.close()


def test_a_pipe_that_is_written_full_holds_up_nobody_s_end():
    endless = "import os\nwhile True: os.write(1, bytes(2**16))"
    process = subprocess.Popen([sys.executable, "-c", endless], stdin=-1, stdout=-1, bufsize=0)
    end = PipeChannel(process.stdin, process.stdout)
    deadline = time.monotonic() + 30
    while not end._arrived.full():
        assert time.monotonic() < deadline
        time.sleep(0.01)
    process.kill()
    process.wait()
    end.close()
    assert not any(thread.is_alive() for thread in end._threads)
