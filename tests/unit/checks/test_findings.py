import numpy as np
import pytest

from autograder.checks.compare import difference
from autograder.checks.findings import details, evidence, failed, not_a_pair, not_delivered, number, of_failure, passed
from autograder.checks.tolerance import ORDINARY, Tolerance
from autograder.errors import GraderFault
from autograder.messages import Sentence
from autograder.results import Verdict
from autograder.sandbox.interface import Reply
from autograder.sandbox.wire import Failure, Opaque


@pytest.mark.parametrize(
    ("failure", "verdict"),
    [
        (Failure("missing"), Verdict.NOT_ATTEMPTED),
        (Failure("raised", "NotImplementedError", ""), Verdict.NOT_ATTEMPTED),
        (Failure("raised", "Exception", "Not implemented!"), Verdict.NOT_ATTEMPTED),
        (Failure("raised", "ValueError", "this is not yet implemented"), Verdict.NOT_ATTEMPTED),
        (Failure("raised", "TypeError", "exceptions must derive from BaseException"), Verdict.NOT_ATTEMPTED),
        (Failure("arity", "NoneType"), Verdict.NOT_ATTEMPTED),
        (Failure("arity", "NotImplementedType"), Verdict.NOT_ATTEMPTED),
        (Failure("raised", "PermissionError", "denied"), Verdict.FORBIDDEN),
        (Failure("raised", "MemoryError", ""), Verdict.OUT_OF_MEMORY),
        (Failure("raised", "_ArrayMemoryError", "too much"), Verdict.OUT_OF_MEMORY),
        (Failure("raised", "IndexError", "list index out of range"), Verdict.CRASHED),
        (Failure("raised", "SystemExit", "3"), Verdict.CRASHED),
        (Failure("raised", "", ""), Verdict.CRASHED),
        (Failure("arity", "tuple", "3"), Verdict.FAILED),
        (Failure("arity", "ndarray"), Verdict.FAILED),
        (Failure("ragged"), Verdict.FAILED),
        (Failure("too_large"), Verdict.FAILED),
        (Failure("unmet"), Verdict.SKIPPED),
    ],
)
def test_whose_doing_it_was_is_decided_by_enumeration(failure, verdict):
    finding = of_failure(failure, "f")
    assert (finding.verdict, finding.share) == (verdict, 0)
    assert finding.message.startswith("f ")


def test_an_unknown_kind_is_our_own_fault():
    with pytest.raises(GraderFault):
        of_failure(Failure("unheard-of"), "f")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "where",
    ["losses.py:12 in softmax_loss", "losses.py:447611 in f", "x is -0.524 0.507.py:2 in f", "枓氹枀椧.py:2 in f", ""],
)
def test_the_place_stands_in_the_evidence_alone(where):
    finding = of_failure(Failure("raised", "KeyError", "'W3'", where), "f")
    assert finding.message == "f raised a KeyError."
    assert finding.hint == "A dict is asked for a key that it does not have."
    assert where in finding.evidence
    assert finding.details == {"raised": finding.evidence}


def test_what_a_student_s_exception_says_stands_in_the_evidence_alone():
    finding = of_failure(Failure("raised", "Leak3.25", "the input is 3.25\x1b[2J", "a.py:1 in x3"), "f")
    assert finding.message == "f raised an exception."
    assert finding.hint == ""
    assert "the input is 3.25" in finding.evidence
    assert "\x1b" not in finding.evidence


@pytest.mark.parametrize(
    ("says", "hint"),
    [
        ("cannot unpack non-iterable NoneType object", "returns nothing"),
        ("'NoneType' object is not iterable", "returns nothing"),
        ("'numpy.float64' object is not callable", "is no function"),
        ("unhashable type: 'list'", "a dict's key"),
        ("f() takes 2 positional arguments but 3 were given", "wrong number or kind"),
    ],
)
def test_a_type_error_s_hint_is_chosen_by_what_python_says(says, hint):
    assert hint in of_failure(Failure("raised", "TypeError", says), "f").hint


def test_long_texts_are_cut():
    finding = of_failure(Failure("raised", "ValueError", "x" * 10_000), "f")
    assert len(finding.evidence) < 400


def test_none_is_nothing_delivered():
    for value in (None, (None, None), {"a": None}, Opaque("NotImplementedType")):
        finding = not_delivered(Reply(value), "f")
        assert finding is not None
        assert finding.verdict is Verdict.NOT_ATTEMPTED
    assert not_delivered(Reply(0.0), "f") is None


@pytest.mark.parametrize("value", [1.0, (1,), (1, 2, 3), "ab", np.ones(2), {"a": 1, "b": 2}])
def test_a_pair_is_a_tuple_or_list_of_two(value):
    finding = not_a_pair(Reply(value), "f", "(loss, gradient)")
    assert finding is not None
    assert finding.message == "f must return (loss, gradient)."
    assert not_a_pair(Reply([1, 2]), "f", "(loss, gradient)") is None


def test_float32_is_told_beside_a_pass():
    assert passed([np.float32(1)]).message
    assert passed([np.float64(1)]).message == ""
    assert passed([np.float32(1)], single=True).message == ""


def test_the_evidence_shows_where_numbers_begin_to_differ():
    due = np.array([1.0, 1.0])
    for error in (1e-3, 1e-6, 2e-8):
        found = difference(due + np.array([0, error]), due, ORDINARY)
        assert found is not None
        came = evidence(found, lambda path: "dx").split(" is ")[1].split(",")[0]
        assert float(came) == pytest.approx(1 + error, rel=error / 10)


def test_the_evidence_has_at_most_twelve_digits():
    found = difference(np.array([1 + 1e-14]), np.array([1.0]), Tolerance(rtol=1e-15, atol_scale=0, floor=0))
    assert found is not None
    assert evidence(found, lambda path: "dx").startswith("dx[0] is 1, due is 1, relative error 1e-14")


def test_details_are_json():
    for actual in (np.array([1.0, np.nan]), np.array([1.0, np.inf]), np.array([1.0, 3.0]), np.ones(3), None):
        found = difference(actual, np.array([1.0, 2.0]), ORDINARY)
        assert found is not None
        data = details(found, lambda path: "dx")
        assert all(isinstance(value, (str, int, float, list)) for value in data.values())


def test_numbers_that_json_lacks_become_texts():
    assert (number(float("nan")), number(float("-inf")), number(1 / 3, 3)) == ("nan", "-inf", 0.333)


def test_a_failure_may_be_of_no_case():
    assert failed(Sentence("a", "b")).details == {}
