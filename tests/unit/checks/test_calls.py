import numpy as np
import pytest

from autograder.checks import calls
from autograder.checks.base import Case
from autograder.errors import RubricError
from autograder.sandbox.wire import Ref, Rng


def test_the_reference_gets_copies_generators_and_doubles():
    x, y = np.ones(3), np.ones(2, dtype=np.float32)
    case = Case((x, [y, (1, "a")], {"rng": Rng(4)}), {"rng": Rng(4)})

    def function(x, nested, named, rng):
        x += 1
        assert nested[0].dtype == np.float64
        assert nested[1] == (1, "a")
        return named["rng"].random() == rng.random() == np.random.default_rng(4).random()

    assert calls.ask({"f": function}, "f", case)
    assert x.sum() == 3
    assert y.dtype == np.float32


def test_the_layout_of_an_argument_is_kept():
    assert calls.fresh(np.asfortranarray(np.ones((2, 3)))).flags.f_contiguous


def test_names_of_positional_parameters():
    assert calls.parameters(lambda a, b, /, c=1, *rest, d=2, **more: None) == ("a", "b", "c")
    with pytest.raises(RubricError, match="no signature"):
        calls.parameters(3)  # type: ignore[arg-type]


def test_arguments_travel_as_they_are():
    case = Case((np.ones(2), 3, Rng(1), Ref(0, (1,))), {"eps": 0.1})
    call = calls.Wired(case).call("f", pick=0)
    assert (call.function, call.pick, call.args[1:]) == ("f", 0, (3, Rng(1), Ref(0, (1,))))
    sweep = calls.Wired(case).sweep("f", [[((0,), np.ones(2))]], (0.5,))
    assert (sweep.steps, sweep.kwargs, sweep.lines[0][0].path) == ((0.5,), {"eps": 0.1}, (0,))


def test_float32_is_noticed_among_the_arguments():
    assert calls.is_single(Case((1, np.ones(2, dtype=np.float32))))
    assert not calls.is_single(Case((1, np.ones(2))))
