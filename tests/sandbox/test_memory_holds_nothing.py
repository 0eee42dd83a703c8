"""What a worker could look for in its own memory isn't there."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from autograder.sandbox import wire

INSIDE = {
    "autograder",
    "autograder.sandbox",
    "autograder.sandbox.wire",
    "autograder.sandbox.wire.messages",
    "autograder.sandbox.wire.values",
}


def test_no_module_of_the_trusted_side_is_loaded(lab):
    code = """
        import gc, sys

        def attempt():
            named = {str(getattr(thing, "__module__", "")) for thing in gc.get_objects()}
            return sorted(set(sys.modules) | named)
    """
    modules = lab.attempt(code).value
    ours = {name for name in modules if name.partition(".")[0] == "autograder"}
    assert {name for name in ours if not name.startswith("autograder.sandbox.inside")} == INSIDE
    assert not {name.partition(".")[0] for name in modules} & {"solutions", "scipy", "pytest", "rich", "typer"}


def memory(pid: int) -> Iterator[bytes]:
    """All that a process has mapped and may read, piece by piece."""
    with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as file:
        for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
            span, rights, *_ = line.split()
            if rights.startswith("r") and "[v" not in line:
                start, end = (int(limit, 16) for limit in span.split("-"))
                file.seek(start)
                yield file.read(end - start)


def test_nothing_of_the_grader_is_in_a_workers_memory(lab, monkeypatch, tmp_path):
    secret, given = secrets.token_hex(16), secrets.token_bytes(16)
    monkeypatch.setenv("COURSE_KEY", secret)
    expected = np.frombuffer(secret.encode(), dtype=np.uint8) ^ 0  # as an expected value would lie in memory
    code = "kept = []\ndef attempt(x):\n    kept.append(x)"
    with lab.session(code) as session:
        session.run(wire.Call(function="attempt", args=(wire.encode(np.frombuffer(given, dtype=np.uint8)),)))
        (worker,) = lab.workers()
        try:
            pieces = list(memory(worker))
        except PermissionError:
            pytest.skip("only root may read a worker's memory")
    assert any(given in piece for piece in pieces), "what it was given is there: the search finds what there is"
    assert not any(expected.tobytes() in piece for piece in pieces)
    assert not any(secret.encode() in piece for piece in memory(lab.zygote()))


def test_nothing_of_one_submission_is_in_the_next_ones_memory(lab):
    mark = secrets.token_hex(16)
    with lab.session(f"mark = {mark!r}\ndef attempt(): return 1"):
        pass
    with lab.session("def attempt(): return 1"):
        (worker,) = lab.workers()
        try:
            assert not any(mark.encode() in piece for piece in memory(worker))
        except PermissionError:
            pytest.skip("only root may read a worker's memory")
