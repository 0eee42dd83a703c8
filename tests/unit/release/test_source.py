import numpy as np
import pytest

from autograder.errors import RubricError
from autograder.release.source import Module


@pytest.fixture
def waves(files):
    return Module("waves", files["reference/waves.py"])


def test_a_stub_keeps_the_text_and_none_of_the_solution(waves):
    stub = waves.stub
    assert "SOLUTION" not in stub
    assert "_phase" not in stub
    assert "np.sin" not in stub
    assert "RATE = 8\n\n\ndef tone_forward(t, pitch):" in stub
    assert '    """Its gradient."""\n    raise NotImplementedError\n' in stub
    assert 'return {"a": np.array([440.0])}[name]' in stub


def test_in_a_stub_nothing_is_implemented(waves):
    space = {}
    exec(waves.stub, space)
    with pytest.raises(NotImplementedError):
        space["tone_forward"](1, 2)
    assert space["pitches"]("a") == [440.0]


def test_filled_it_is_the_reference_without_its_marks(waves):
    assert "SOLUTION" not in waves.filled
    space = {}
    exec(waves.filled, space)
    out, _ = space["tone_forward"](np.array([1.0]), np.array([2.0]))
    assert out == pytest.approx(1.0)


def test_parts_are_what_stands_at_the_top_level(waves):
    parts = list(waves.parts)
    assert [part.names for part in parts] == [
        ("RATE",), ("_phase",), ("tone_forward",), ("tone_backward",), ("pitches",)
    ]  # fmt: skip
    assert [part.solution for part in parts] == [False, True, False, False, False]
    assert parts[0].source == "# Samples in a second.\nRATE = 8"
    assert parts[2].stub.endswith('    """\n    raise NotImplementedError')
    assert parts[2].filled.endswith("    return out, (t, pitch)")
    assert parts[4].stub == parts[4].filled


def test_a_part_has_its_decorators():
    module = Module("m", "import functools\n\n\n# Kept.\n@functools.cache\ndef f():\n    return 1\n\n\nf()\n")
    (first, second) = module.parts
    assert first.source == "# Kept.\n@functools.cache\ndef f():\n    return 1"
    assert second.names == ()


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n", 2),
        ("def f():\n    return 1\n    ### END SOLUTION\n", 3),
        ("### BEGIN SOLUTION\n### BEGIN SOLUTION\n### END SOLUTION\n", 2),
        ("def f():\n    ### BEGIN SOLUTION\n    return 1\n### END SOLUTION\n", 4),
    ],
)
def test_a_mark_without_its_counterpart_is_refused(source, line):
    with pytest.raises(RubricError, match=rf"m\.py, line {line}: .*no counterpart"):
        Module("m", source)


def test_what_is_no_python_is_refused_with_its_line():
    with pytest.raises(RubricError, match=r"m\.py, line 2"):
        list(Module("m", "x = 1\ny = = 2\n").parts)
