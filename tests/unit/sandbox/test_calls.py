"""What a program's steps yield, in each kind of sandbox."""

from __future__ import annotations

import math

import numpy as np
import pytest

from autograder.errors import GraderFault, WorkerStopped
from autograder.results import Verdict
from autograder.sandbox import wire
from autograder.sandbox.scripted import ScriptedSession
from autograder.sandbox.wire import Call, Direction, Ref, Rng, Sweep, direction, encode, messages


def values(session, *steps):
    answer = session.run(*steps)
    for reply in answer.replies:
        assert reply.failure is None
    return [reply.value for reply in answer.replies]


def failures(session, *steps):
    return [reply.failure for reply in session.run(*steps).replies]


def call(function, *args, **options):
    return Call(function=function, args=tuple(encode(arg) for arg in args), **options)


RESULTS = {
    "None": (None, "None"),
    "a bool": (True, "True"),
    "an int": (-5, "-5"),
    "a float": (0.1, "0.1"),
    "not a number": (math.nan, "float('nan')"),
    "infinity": (math.inf, "float('inf')"),
    "a text": ("ReLU σ", "'ReLU σ'"),
    "a tuple": ((1, 2.0, "3"), "(1, 2.0, '3')"),
    "a list": ([1, [2]], "[1, [2]]"),
    "a dict": ({"W1": 1.0}, "{'W1': 1.0}"),
    "an array": (np.arange(6.0).reshape(2, 3), "np.arange(6.0).reshape(2, 3)"),
    "a float32 array": (np.float32([1, 2]), "np.float32([1, 2])"),
    "an int array": (np.array([[1], [2]]), "np.array([[1], [2]])"),
    "a bool array": (np.array([True, False]), "np.array([True, False])"),
    "a complex array": (np.array([1j]), "np.array([1j])"),
    "an empty array": (np.zeros((0, 3)), "np.zeros((0, 3))"),
    "a 0-d array": (np.array(2.0), "np.array(2.0)"),
    "a numpy scalar": (np.float64(2.0), "np.float64(2.0)"),
    "a numpy bool": (np.bool_(True), "np.bool_(True)"),
    "a transposed view": (np.arange(6.0).reshape(2, 3).T, "np.arange(6.0).reshape(2, 3).T"),
    "a reversed view": (np.arange(3.0)[::-1], "np.arange(3.0)[::-1]"),
    "a broadcast view": (np.ones((2, 3)), "np.broadcast_to(1.0, (2, 3))"),
    "another byte order": (np.arange(3.0), "np.arange(3.0).astype('>f8')"),
    "a matrix": (np.eye(2), "np.matrix(np.eye(2))"),
    "a masked array": (np.arange(2.0), "np.ma.masked_array(np.arange(2.0))"),
    "an extended double": (np.array([1.5]), "np.array([1.5], dtype=np.longdouble)"),
    "a named tuple": ((1, 2), "__import__('collections').namedtuple('P', 'a b')(1, 2)"),
    "an ordered dict": ({"a": 1}, "__import__('collections').OrderedDict(a=1)"),
    "a complex number": (np.complex128(1j), "1j"),
}


def test_results_come_back_as_they_are(opened):
    code = "\n".join(f"def f{n}(): return {expression}" for n, (_, expression) in enumerate(RESULTS.values()))
    returned = values(opened("import numpy as np\n" + code), *(call(f"f{n}") for n in range(len(RESULTS))))
    for (what, (expected, _)), value in zip(RESULTS.items(), returned, strict=True):
        assert type(value) is type(expected), what
        if isinstance(expected, (np.ndarray, np.generic)):
            assert value.dtype == expected.dtype, what
            np.testing.assert_array_equal(value, expected, err_msg=what)
        else:
            assert repr(value) == repr(expected), what


OPAQUE = {
    "an object": ("object()", "object"),
    "an object array": ("np.array([None, 'x'], dtype=object)", "ndarray"),
    "a text array": ("np.array(['a', 'bc'])", "ndarray"),
    "a function": ("(lambda: 0)", "function"),
    "a generator": ("(x for x in range(3))", "generator"),
    "a set": ("{1, 2}", "set"),
    "a fraction": ("__import__('fractions').Fraction(1, 3)", "Fraction"),
    "a dict with other keys": ("{0: 1.0}", "dict"),
    "a huge integer": ("10**5000", "int"),
    "many axes": ("np.zeros((1,) * 20)", "ndarray"),
    "a list within itself": ("itself()", "list"),
    "a very deep list": ("deep()", "list"),
}


def test_what_cannot_travel_is_named_in_its_place(opened):
    code = """
import numpy as np

def itself():
    x = []
    x.append(x)
    return x

def deep():
    x = 1
    for _ in range(10000):
        x = [x]
    return x
"""
    code += "\n".join(f"def f{n}(): return (1, {expression})" for n, (expression, _) in enumerate(OPAQUE.values()))
    returned = values(opened(code), *(call(f"f{n}") for n in range(len(OPAQUE))))
    for (what, (_, name)), (first, thing) in zip(OPAQUE.items(), returned, strict=True):
        while isinstance(thing, list):
            (thing,) = thing
        assert first == 1, what
        assert isinstance(thing, wire.Opaque), what
        assert thing.class_name == name, what


def test_each_call_gets_copies_of_its_own_that_it_may_write_to(opened):
    session = opened("def f(x, d): x += 1; d['W'] *= 2; return x, d")
    step = call("f", np.zeros(3), {"W": np.ones(2)})
    for x, d in values(session, step, step):
        np.testing.assert_array_equal(x, np.ones(3))
        np.testing.assert_array_equal(d["W"], 2 * np.ones(2))


def test_arguments_are_laid_out_as_they_were(opened):
    session = opened("def f(x): return x.flags.c_contiguous, x.flags.f_contiguous, x.flags.writeable, x")
    array = np.arange(6.0).reshape(2, 3)
    layouts = (array, np.asfortranarray(array), np.arange(12.0).reshape(2, 6)[:, ::2])
    returned = values(session, *(call("f", laid_out) for laid_out in layouts))
    assert [flags for *flags, _ in returned] == [[True, False, True], [False, True, True], [False, False, True]]
    for laid_out, (*_, value) in zip(layouts, returned, strict=True):
        np.testing.assert_array_equal(value, laid_out)


def test_a_generator_starts_afresh_in_each_call(opened):
    session = opened("def f(rng): return rng.normal(size=3)")
    first, second = values(session, call("f", Rng(7)), call("f", Rng(7)))
    np.testing.assert_array_equal(first, np.random.default_rng(7).normal(size=3))
    np.testing.assert_array_equal(first, second)


def test_keywords_and_defaults(opened):
    session = opened("def f(x, slope=0.01, *, eps=1e-5): return [x, slope, eps]")
    step = call("f", 1.0, kwargs={"eps": 0.5})
    assert values(session, step) == [[1.0, 0.01, 0.5]]


def test_a_cache_stays_inside_and_is_passed_on_by_name(opened):
    code = """
        class Cache:
            def __init__(self, x):
                self.x = x

            def __reduce__(self):
                raise TypeError("can't be pickled")

        def forward(x):
            return x * x, {"deep": [Cache(x)]}

        def backward(dout, cache):
            return 2 * cache.x * dout
    """
    forward = call("forward", np.arange(3.0), pick=0)
    backward = Call(function="backward", args=(encode(np.ones(3)), Ref(0, (1, "deep", 0))))
    out, dx = values(opened(code), forward, backward)
    np.testing.assert_array_equal(out, [0, 1, 4])
    np.testing.assert_array_equal(dx, [0, 2, 4])


def test_a_picked_result_is_sent_as_it_was_before_later_steps(opened):
    code = """
        def forward(x):
            out = 2 * x
            return out, out

        def backward(cache):
            cache *= 0
            return cache
    """
    out, _ = values(opened(code), call("forward", np.ones(2), pick=0), Call(function="backward", args=(Ref(0, (1,)),)))
    np.testing.assert_array_equal(out, [2, 2])


def test_an_echo_shows_arguments_and_result_when_the_program_has_run(opened):
    code = """
        def forward(x, note):
            x += 1
            out = 2 * x
            return out, (x, out)

        def backward(dout, cache):
            cache[0][:] = -1
            cache[1][:] = -2
            dout[:] = -3
            return dout
    """
    forward = call("forward", np.zeros(2), "note", pick=0, echo=True)
    backward = Call(function="backward", args=(encode(np.zeros(2)), Ref(0, (1,))), echo=True, send=False)
    first, second = opened(code).run(forward, backward).replies
    np.testing.assert_array_equal(first.value, [2, 2])
    x, note, out = first.echo
    np.testing.assert_array_equal(x, [-1, -1])
    assert note == "note"
    np.testing.assert_array_equal(out, [-2, -2])
    dout, cache, result = second.echo
    np.testing.assert_array_equal(dout, [-3, -3])
    assert cache is None
    np.testing.assert_array_equal(result, [-3, -3])
    assert second.value is None


def test_what_a_step_refers_to_must_be_there(opened):
    session = opened("def f(x=0): return (1,)\ndef bad(): raise ValueError")
    steps = [
        call("bad"),
        Call(function="f", args=(Ref(0),)),
        call("f"),
        Call(function="f", args=(Ref(2, (5,)),)),
        Call(function="f", args=(Ref(2, ("key",)),)),
        Call(function="f", args=(Ref(9),)),
        Call(function="f", args=(Ref(2, (0,)),)),
    ]
    kinds = [failure and failure.kind for failure in failures(session, *steps)]
    assert kinds == ["raised", "unmet", None, "unmet", "unmet", "unmet", None]


def test_failures_say_what_and_where(opened):
    code = """
        def inner(x):
            return 1 / x

        def outer(x):
            return inner(x)

        def late(x):
            raise NotImplementedError("softmax is not implemented")

        def odd():
            raise NotImplemented
    """
    session = opened(code)
    divided, late, odd, missing = failures(session, call("outer", 0), call("late", 0), call("odd"), call("none"))
    assert (divided.type, divided.message, divided.where) == (
        "ZeroDivisionError",
        "division by zero",
        "code.py:3 in inner",
    )
    assert (late.type, late.message) == ("NotImplementedError", "softmax is not implemented")
    assert (odd.type, odd.message) == ("TypeError", "exceptions must derive from BaseException")
    assert missing.kind == "missing"


EXCEPTIONS = {
    "an exit": ("raise SystemExit(0)", "SystemExit"),
    "endless recursion": ("return endless()", "RecursionError"),
    "too much memory": ("return bytearray(2**62)", "MemoryError"),
    "too large an array": ("return __import__('numpy').ones(2**50)", "MemoryError"),
    "an error that can't be told": ("raise Untold", "Untold"),
    "an error with a name of its own": ("raise Nameless", ""),
}


def test_whatever_is_raised_is_a_failure_and_the_next_step_runs(opened):
    code = """
class Untold(Exception):
    def __str__(self):
        raise SystemExit

class Meta(type):
    @property
    def __name__(cls):
        raise SystemExit

class Nameless(Exception, metaclass=Meta):
    pass

def fine():
    return 1

def endless():
    return endless()
"""
    code += "\n".join(f"def f{n}(): {action}" for n, (action, _) in enumerate(EXCEPTIONS.values()))
    steps = [step for n in range(len(EXCEPTIONS)) for step in (call(f"f{n}"), call("fine"))]
    replies = opened(code).run(*steps).replies
    assert [reply.value for reply in replies[1::2]] == [1] * len(EXCEPTIONS)
    assert [reply.failure.kind for reply in replies[::2]] == ["raised"] * len(EXCEPTIONS)
    assert [reply.failure.type for reply in replies[::2]] == [name for _, name in EXCEPTIONS.values()]


def test_results_that_raise_when_looked_at_are_failures(opened):
    code = """
        class Evil(list):
            def __iter__(self):
                raise KeyError("no")
            def __len__(self):
                raise KeyError("no")

        def f():
            return Evil()

        def fine():
            return 1
    """
    plain, with_arity, picked, fine = (
        opened(code).run(call("f"), call("f", arity=2), call("f", pick=0), call("fine")).replies
    )
    assert [reply.failure.type for reply in (plain, with_arity, picked)] == ["KeyError"] * 3
    assert fine.value == 1


ARITIES = (
    ("(1, 2)", {"arity": 2}, None),
    ("[1, 2]", {"arity": 2}, None),
    ("(1, 2, 3)", {"arity": 2}, ("arity", "tuple", "3")),
    ("None", {"arity": 2}, ("arity", "NoneType", "")),
    ("np.zeros(2)", {"arity": 2}, ("arity", "ndarray", "")),
    ("5.0", {"pick": 0}, ("arity", "float", "")),
    ("(1,)", {"pick": 1}, ("arity", "tuple", "1")),
)


def test_a_tuple_that_is_due(opened):
    code = "\n".join(f"def f{n}(): return {result}" for n, (result, _, _) in enumerate(ARITIES))
    steps = [call(f"f{n}", **options) for n, (_, options, _) in enumerate(ARITIES)]
    found = failures(opened("import numpy as np\n" + code), *steps)
    told = [failure and (failure.kind, failure.type, failure.message) for failure in found]
    assert told == [expected for _, _, expected in ARITIES]


def test_warnings_are_told_only_where_they_are_watched(opened):
    code = """
        import warnings
        import numpy as np

        def f(x):
            warnings.warn("odd", DeprecationWarning)
            return np.exp(x) + 1 / np.zeros(1)

        def often():
            for n in range(100):
                warnings.warn(str(n))
    """
    session = opened(code)
    x = np.array([1e4])
    ignored, watched, often = session.run(call("f", x), call("f", x, watch=True), call("often", watch=True)).replies
    assert ignored.warnings == ()
    assert [(warning.category, warning.where) for warning in watched.warnings] == [
        ("DeprecationWarning", "code.py:6"),
        ("RuntimeWarning", "code.py:7"),
        ("RuntimeWarning", "code.py:7"),
    ]
    assert "overflow" in watched.warnings[1].message
    assert len(often.warnings) == 5
    assert np.isinf(ignored.value).all()


def test_warnings_of_a_call_that_fails_are_told_too(opened):
    session = opened("import warnings\ndef f():\n    warnings.warn('odd')\n    raise ValueError")
    (reply,) = session.run(call("f", watch=True)).replies
    assert reply.failure.type == "ValueError"
    assert [warning.message for warning in reply.warnings] == ["odd"]


def sweep(function, *args, lines, steps, **options):
    return Sweep(function=function, args=tuple(map(encode, args)), lines=lines, steps=steps, **options)


def test_a_sweep_calls_along_lines(opened):
    session = opened("def f(x, W, scale=1.0): return scale * x @ W")
    x, W = np.arange(6.0).reshape(2, 3), np.ones((3, 4))
    along_x, along_both = np.full((2, 3), 0.5), np.full((3, 4), 2.0)
    lines = (
        (direction((0,), along_x),),
        (direction((0,), along_x), direction((1,), along_both)),
    )
    steps = (0.0, 0.1, -0.1)
    (value,) = values(session, sweep("f", x, W, lines=lines, steps=steps, kwargs={"scale": 3.0}))
    assert value.shape == (2, 3, 2, 4)
    for column, h in enumerate(steps):
        np.testing.assert_array_equal(value[0, column], 3.0 * (x + h * along_x) @ W)
        np.testing.assert_array_equal(value[1, column], 3.0 * (x + h * along_x) @ (W + h * along_both))


def test_a_sweep_reaches_into_dicts_and_moves_numbers(opened):
    session = opened("def f(params, slope): return params['W1'].sum() * params['deep'][1] * slope, None")
    params = {"W1": np.ones(3), "deep": [0.0, 2.0]}
    lines = (
        (direction((0, "W1"), [1, 0, 0]),),
        (direction((0, "deep", 1), 1.0),),
        (direction((1,), 1.0),),
    )
    (value,) = values(session, sweep("f", params, 5.0, lines=lines, steps=(0.0, 0.5), pick=0))
    np.testing.assert_array_equal(value, [[30.0, 35.0], [30.0, 37.5], [30.0, 33.0]])


def test_a_sweep_keeps_layout_and_dtype_and_gives_copies(opened):
    session = opened("def f(x): x *= 2; return [x.flags.f_contiguous, x.dtype == 'float32', x.sum()][KEY]\nKEY = 2")
    x = np.asfortranarray(np.ones((2, 3), dtype=np.float32))
    lines = ((direction((0,), np.ones((2, 3))),),)
    (value,) = values(session, sweep("f", x, lines=lines, steps=(0.0, 1.0, 0.0)))
    assert value.dtype == np.float32
    np.testing.assert_array_equal(value, [[12, 24, 12]])


def test_sweeps_of_results_that_differ_fail(opened):
    code = """
        import numpy as np

        def shapes(x): return np.zeros(1 if x > 0 else 2)
        def dtypes(x): return np.zeros(1, dtype="f8" if x > 0 else "f4")
        def nothing(x): return None
        def raises(x): return 1 / (x - 1)
        def number(x): return 2 * x
    """
    session = opened(code)
    lines = ((Direction((0,), encode(np.array(1.0))),),)
    found = failures(
        session,
        *(
            sweep(name, 0.0, lines=lines, steps=(0.0, 1.0))
            for name in ("shapes", "dtypes", "nothing", "raises", "number", "missing")
        ),
    )
    assert [failure and failure.kind for failure in found] == ["ragged", "ragged", "ragged", "raised", None, "missing"]


def test_a_program_of_no_steps(opened):
    assert opened("def f(): return 1").run().replies == ()


def test_a_program_that_no_frame_holds_is_our_own_fault(opened, monkeypatch):
    session = opened("def f(x): return x.sum()")
    monkeypatch.setattr(messages, "MAX_FRAME", 1000)
    with pytest.raises((GraderFault, wire.WireError)):
        session.run(call("f", np.ones(10**4)))
    monkeypatch.undo()
    assert values(session, call("f", np.ones(10**4))) == [10**4]


def test_time_is_measured_from_outside_where_that_can_be(opened):
    session = opened("def f():\n    for n in range(10**6): pass")
    seconds = session.run(call("f")).cpu_seconds
    assert math.isnan(seconds) or seconds > 0


def test_in_process_an_interrupt_is_the_persons_and_ends_the_program():
    called = []

    def f():
        called.append(1)
        raise KeyboardInterrupt

    session = ScriptedSession({"f": f})
    with pytest.raises(KeyboardInterrupt):
        session.run(call("f"), call("f"))
    assert called == [1]


def test_in_process_a_function_can_play_a_worker_that_is_stopped():
    def f():
        raise WorkerStopped(Verdict.TIMED_OUT, "It ran too long.")

    with pytest.raises(WorkerStopped, match="too long"):
        ScriptedSession({"f": f}).run(call("f"))
