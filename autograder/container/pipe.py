"""A process and the pipe to it: the engine's client, for as long as the container runs."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
import tempfile

from ..grading.many import Job
from . import frames
from .engine import Engine, last_line

__all__ = ["Container"]

PATIENCE = 20.0
"""Seconds for a container to end by itself once its input has ended."""

LAST_WORDS = 4096
"""How much is read of what was complained about."""

KILLED = 128 + 9


class Container:
    """A container that is starting, and has been told how to grade.

    Raises:
        OSError: the client can't be started.
    """

    def __init__(self, engine: Engine, job: Job, width: int) -> None:
        self._engine = engine
        self._name = f"autograder-{os.getpid()}-{secrets.token_hex(4)}"
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 - it is closed with the container
        self._fault = ""
        command, there = engine.run(self._name, job, width)
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            process_group=0,  # Ctrl-C is for this side, which then ends the other
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders, self._answers = self._process.stdin, self._process.stdout
        self.send(frames.Begin(there, width))

    def send(self, order: frames.Order) -> None:
        """Send an order; that nobody is there to read it shows when the answer is due."""
        with contextlib.suppress(BrokenPipeError):
            frames.write(self._orders.fileno(), order)

    def receive(self) -> frames.Answer | None:
        """Wait for an answer; ``None`` if there will be no more."""
        try:
            answer: frames.Answer | None = frames.read(self._answers, frames.answers)
        except frames.FrameError as error:
            self.distrust(str(error))
            return None
        return answer

    def distrust(self, fault: str) -> None:
        """Say why nothing more is to be believed of it."""
        self._fault = fault

    def why(self) -> str:
        """Why there are no more answers, in one line."""
        if self._fault:
            return self._fault
        try:
            status = self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            return "it has stopped answering"
        if status == KILLED:
            return "it was killed, as happens when its memory runs out (--memory and --jobs decide how much it has)"
        self._complaints.seek(max(0, self._complaints.seek(0, os.SEEK_END) - LAST_WORDS))
        return last_line(self._complaints.read())

    def close(self) -> None:
        """End it, whatever it is doing."""
        self._orders.close()
        try:
            self._process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            self._engine.remove(self._name)
            self._process.kill()
            self._process.wait()

    def forget(self) -> None:
        """Let go of one that has ended, once nobody listens to it any more."""
        self._answers.close()
        self._complaints.close()
