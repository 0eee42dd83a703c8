"""Student's code that writes to the grader's own pipe, which it finds as descriptor 3."""

from __future__ import annotations

import pytest

from autograder.results import Verdict
from autograder.sandbox import wire

WRITE = """
    import os, struct, sys
    wire = sys.modules["autograder.sandbox.wire"]

    def send(*messages):
        for message in messages:
            os.write(3, wire.frame(message))

    def answer(value):
        return wire.Ran(1, (wire.Outcome(value),))

    def attempt():
        {way}
        return 1

    def honest(x):
        return 2 * x
"""

FORGED = {
    "garbage": "os.write(3, b'100 points' * 100)",
    "zeros": "os.write(3, bytes(100))",
    "an oversized length": "os.write(3, struct.pack('>I', 2**32 - 1))",
    "a length and no more": "os.write(3, struct.pack('>I', 10) + b'half')",
    "no message": "os.write(3, struct.pack('>I', 4) + b'\\xc0' * 4)",
    "nested without end": "os.write(3, struct.pack('>I', 10**5) + b'\\x91' * 10**5)",
    "a map that claims 2**32 entries": "os.write(3, struct.pack('>I', 5) + b'\\xdf\\xff\\xff\\xff\\xff')",
    "bytes that claim to be 2**32": "os.write(3, struct.pack('>I', 5) + b'\\xc6\\xff\\xff\\xff\\xff')",
    "text that is none": "os.write(3, struct.pack('>I', 3) + b'\\xa2\\xff\\xfe')",
    "an answer to another question": "send(answer(1))",
    "two answers": "send(answer(1), answer(1))",
    "a hello": "send(wire.Hello(('landlock',)))",
    "a loading": "send(wire.Loading('code'))",
    "a loaded": "send(wire.Loaded(('attempt',)))",
    "a request": "send(wire.Program(1, ()))",
    "an endless flood": "\n        while True: os.write(3, bytes(2**16))",
}


@pytest.mark.parametrize("way", FORGED)
def test_what_is_no_answer_ends_the_worker_and_nothing_else(lab, way):
    with lab.session(WRITE.format(way=FORGED[way]), "attempt", "honest") as session:
        with pytest.raises(Exception, match="pipe") as stopped:
            session.run(wire.Call(function="attempt"))
        assert stopped.value.verdict is Verdict.FORBIDDEN
        assert session.run(wire.Call(function="honest", args=(21,))).replies[0].value == 42


WRONG_VALUES = {
    "bytes that don't fit the shape": "wire.Array('float64', (3, 4), bytes(8))",
    "an unknown dtype": "wire.Array('object', (1,), bytes(8))",
    "a structured dtype": "wire.Array('f8,i8', (1,), bytes(16))",
    "a negative shape": "wire.Array('float64', (-1, -1), bytes(8))",
    "a shape that no memory holds": "wire.Array('float64', (0, 2**40), b'')",
    "a product beyond 64 bits": "wire.Array('float64', (2**32, 2**32), b'')",
    "too many axes": "wire.Array('float64', (1,) * 33, bytes(8))",
    "a scalar with a shape": "wire.Array('float64', (1,), bytes(8), 'C', True)",
    "a bool of 7": "wire.Array('bool', (1,), b'\\x07')",
    "a reference": "wire.Ref(0)",
    "a generator": "wire.Rng(0)",
}

REPLACE = """
    import sys
    wire = sys.modules["autograder.sandbox.wire"]
    steps = sys.modules["autograder.sandbox.inside.steps"]

    def attempt():
        # The student's code shares its process with ours, and may put anything in our place.
        steps._Run.outcome = lambda run, number, step: wire.Outcome({value})
        return 1
"""


@pytest.mark.parametrize("value", WRONG_VALUES)
def test_false_values_in_the_right_place_end_the_worker(lab, value):
    with lab.session(REPLACE.format(value=WRONG_VALUES[value])) as session:
        session.run(wire.Call(function="attempt"))
        with pytest.raises(Exception, match="pipe") as stopped:
            session.run(wire.Call(function="attempt"))
        assert stopped.value.verdict is Verdict.FORBIDDEN


def test_too_few_answers_end_the_worker(lab):
    code = """
        import sys
        wire = sys.modules["autograder.sandbox.wire"]
        steps = sys.modules["autograder.sandbox.inside.steps"]

        def attempt():
            steps.run = lambda program, functions: wire.Ran(program.id, ())
            return 1
    """
    with lab.session(code) as session:
        session.run(wire.Call(function="attempt"))
        with pytest.raises(Exception, match="pipe"):
            session.run(wire.Call(function="attempt"))


def test_an_answer_in_advance_is_noticed_before_the_question(lab):
    code = """
        import sys
        Pipe = sys.modules["autograder.sandbox.inside.pipe"].Pipe

        write = Pipe.write

        def twice(self, message):
            write(self, message)
            write(self, message)

        def attempt():
            Pipe.write = twice
            return 1
    """
    with lab.session(code) as session:
        session.run(wire.Call(function="attempt"))
        session.run(wire.Call(function="attempt"))
        with pytest.raises(Exception, match="pipe") as stopped:
            session.run(wire.Call(function="attempt"))
    assert stopped.value.verdict is Verdict.FORBIDDEN


def test_a_closed_pipe_is_forbidden(lab):
    stopped = lab.stop("import os, time\ndef attempt():\n    os.close(3)\n    time.sleep(600)")
    assert stopped.verdict is Verdict.FORBIDDEN


def test_false_words_while_loading_cost_only_their_author(lab):
    code = """
        import os, sys
        wire = sys.modules["autograder.sandbox.wire"]
        os.write(3, wire.frame(wire.Loaded(("attempt", "honest", "invented"))))

        def honest(): return 1
    """
    with lab.session(code, "attempt", "honest") as session:
        assert session.loaded.functions == ("attempt", "honest")
        with pytest.raises(Exception, match="pipe") as stopped:
            session.run(wire.Call(function="honest"))
        assert stopped.value.verdict is Verdict.FORBIDDEN


def test_hostile_text_is_bounded_and_spelt_out(lab):
    code = """
        def attempt():
            raise type("\\x1b[2J" * 100, (Exception,), {})("\\x1b]0;owned\\x07\\u202e\\r\\n" + "x" * 10**7)

        def value():
            return {"\\x1b[31m" * 9: "\\x1b[31m" + "y" * 10**7}
    """
    with lab.session(code, "attempt", "value") as session:
        failed, answered = session.run(wire.Call(function="attempt"), wire.Call(function="value")).replies
    for text in (failed.failure.type, failed.failure.message, *answered.value, *answered.value.values()):
        assert text.isprintable()
        assert 0 < len(text) <= 500
