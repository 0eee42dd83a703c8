"""Which of a cluster's workers may grade."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from . import worker
from .orders import Ready, Refused, Wanted, answers, encode

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["Members"]


class Members:
    """The workers, each asked once whether it can grade.

    Args:
        client: the way to them.
        wanted: what each has to hold.
        tell: is told of each that is left out, in a line.
    """

    def __init__(self, client: Client, wanted: Wanted, tell: Callable[[str], None]) -> None:
        self._client = client
        self._wanted = encode(wanted)
        self._tell = tell
        self._lock = threading.Lock()
        self.good: frozenset[str] = frozenset()
        self.refused: dict[str, str] = {}

    def refresh(self) -> None:
        """See who is there now, and ask those who are new.

        Raises:
            OSError: the scheduler doesn't answer.
        """
        present = self._client.nthreads()
        new = [address for address in present if address not in self.good and address not in self.refused]
        if new:
            replies = self._client.run(worker.prepare, self._wanted, workers=new, on_error="return")
            for address in new:
                self._judge(address, replies.get(address), present[address])
        with self._lock:
            # One that has gone is asked anew should it come back.
            self.refused = {address: why for address, why in self.refused.items() if address in present}
            self.good = self.good.intersection(present)

    def refuse(self, address: str, why: str) -> None:
        """Leave a worker out from now on."""
        with self._lock:
            first = address not in self.refused
            self.refused[address] = why
            self.good = self.good - {address}
        if first:
            self._tell(f"worker {address} is refused: {why}")

    def _judge(self, address: str, reply: object, threads: int) -> None:
        if not isinstance(reply, bytes):
            # It has no autograder, or has gone in between: then it is not there the next time.
            if isinstance(reply, ImportError):
                self.refuse(address, f"it can't load autograder ({reply})")
            return
        try:
            answer = answers.decode(reply)
        except (msgspec.MsgspecError, UnicodeDecodeError):
            answer = Refused(address, "its answer can't be read; it may have another version of autograder")
        if isinstance(answer, Ready):
            with self._lock:
                self.good = self.good | {address}
            if threads > 1:
                self._tell(
                    f"worker {address} has {threads} threads and grades one at a time; start it with --nthreads 1"
                )
        elif isinstance(answer, Refused):
            self.refuse(address, answer.why)
