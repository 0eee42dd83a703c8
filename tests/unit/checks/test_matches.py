import numpy as np
import pytest
from unit.checks.examples import REFERENCE, layer_forward, layers, moments, samples

from autograder.checks import Matches
from autograder.checks.base import Case
from autograder.errors import GraderFault
from autograder.results import Verdict

CHECK = Matches("moments", points=2, cases=samples, returns=("mean", "var"))
PARTIAL = Matches("moments", points=2, cases=samples, returns=("mean", "var"), partial=True)


def test_the_reference_passes(examine):
    for check in (CHECK, PARTIAL, Matches("layer_forward", pick=0, points=1, cases=layers)):
        finding = examine(check, REFERENCE)
        assert (finding.verdict, finding.share, finding.message) == (Verdict.PASSED, 1, "")


@pytest.mark.parametrize("form", [list, tuple, lambda parts: tuple(part[None] for part in parts)])
def test_the_kinder_reading_holds(examine, form):
    assert examine(CHECK, REFERENCE, {"moments": lambda x: form(moments(x))}).share == 1


@pytest.mark.parametrize(
    ("wrong", "part", "kind"),
    [
        (lambda x: (x.mean(axis=0), x.var(axis=0, ddof=1)), "var", "values"),
        (lambda x: (x.mean(axis=0) + 1e-5, x.var(axis=0)), "mean", "values"),
        (lambda x: (x.mean(), x.var()), "mean and var", "scalar"),
        (lambda x: (x.mean(axis=1), x.var(axis=0)), "mean", "shape"),
        (lambda x: x.mean(axis=0), "the result", "length"),
        (lambda x: {"mean": x.mean(axis=0)}, "the result", "length"),
        (lambda x: (x.mean(axis=0), None), "var", "none"),
    ],
)
def test_a_wrong_part_is_named(examine, wrong, part, kind):
    finding = examine(CHECK, REFERENCE, {"moments": wrong})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)
    assert finding.message.startswith(f"moments: {part}")
    assert finding.details["difference"] == kind


def test_numbers_stand_in_the_evidence_alone(examine):
    finding = examine(CHECK, REFERENCE, {"moments": lambda x: (x.mean(axis=0), x.var(axis=0) * 1.001)})
    assert finding.message == "moments: var is wrong. mean is right."
    assert "relative error 0.001" in finding.evidence
    assert finding.details["case"] == 0


def test_the_case_is_named_by_its_note(examine):
    def only_for_two_rows(x):
        mean, var = moments(x)
        return mean, var if len(x) > 2 else var + 1

    finding = examine(CHECK, REFERENCE, {"moments": only_for_two_rows})
    assert finding.message.endswith("It shows in this case: two rows.")
    assert (finding.details["case"], finding.details["note"]) == (1, "two rows")


def test_parts_earn_their_share(examine):
    finding = examine(PARTIAL, REFERENCE, {"moments": lambda x: (x.mean(axis=0), x.var(axis=0, ddof=1))})
    assert (finding.verdict, finding.share) == (Verdict.PARTIAL, 0.5)
    assert "var is wrong" in finding.message


def test_a_part_has_to_be_right_in_all_cases(examine):
    def alternating(x):
        mean, var = moments(x)
        return (mean, var + 1) if len(x) > 2 else (mean + 1, var)

    assert examine(PARTIAL, REFERENCE, {"moments": alternating}).share == 0


def test_no_part_of_a_result_of_another_form_is_right(examine):
    finding = examine(PARTIAL, REFERENCE, {"moments": lambda x: (x.mean(axis=0),)})
    assert (finding.verdict, finding.share) == (Verdict.FAILED, 0)


def test_only_what_is_picked_is_compared(examine):
    check = Matches("layer_forward", pick=0, points=1, cases=layers)
    assert (
        examine(check, REFERENCE, {"layer_forward": lambda x, W, b: (layer_forward(x, W, b)[0], object())}).share == 1
    )
    alone = examine(check, REFERENCE, {"layer_forward": lambda x, W, b: layer_forward(x, W, b)[0]})
    assert alone.verdict is Verdict.FAILED
    assert "must return" in alone.message


def test_dicts_numbers_and_texts_are_compared(examine):
    reference = {"describe": lambda x: {"name": "x", "sizes": [float(x.sum()), 2], "nested": {"x": x}}}
    check = Matches("describe", points=1, cases=samples)
    assert examine(check, reference).share == 1
    for wrong in (
        lambda x: {"name": "y", "sizes": [float(x.sum()), 2], "nested": {"x": x}},
        lambda x: {"name": "x", "sizes": [float(x.sum()), 3], "nested": {"x": x}},
        lambda x: {"name": "x", "sizes": [float(x.sum()), 2], "nested": {"x": x + 1}},
        lambda x: {"name": "x", "sizes": [float(x.sum()), 2]},
    ):
        assert examine(check, reference, {"describe": wrong}).share == 0


def test_the_reference_computes_in_float64_whatever_goes_in():
    def singles(rng):
        return [Case((rng.normal(size=(6, 3)).astype(np.float32),))]

    check = Matches("moments", points=1, cases=singles)
    prepared = check.prepare(REFERENCE, np.random.default_rng(0))
    assert all(part.dtype == np.float64 for part in prepared.expected[0]["value"])


def test_a_reference_that_is_not_finite_is_our_fault():
    check = Matches("bad", points=1, cases=samples)
    with pytest.raises(GraderFault, match="not finite"):
        check.prepare({"bad": lambda x: {"a": (x * np.nan,)}}, np.random.default_rng(0))


def test_float32_is_told_only_where_it_was_not_what_went_in(examine):
    def single(x):
        return tuple(part.astype(np.float32) for part in moments(x))

    assert "float32" in examine(CHECK, REFERENCE, {"moments": single}).message

    def singles(rng):
        return [Case((case.args[0].astype(np.float32),)) for case in samples(rng)]

    finding = examine(Matches("moments", points=1, cases=singles), REFERENCE, {"moments": single})
    assert (finding.share, finding.message) == (1, "")


def test_arguments_are_not_shared_with_the_reference():
    def greedy(x):
        x += 1
        return x

    check = Matches("greedy", points=1, cases=samples)
    prepared = check.prepare({"greedy": greedy}, np.random.default_rng(0))
    np.testing.assert_allclose(prepared.expected[0]["value"], prepared.cases[0].args[0] + 1)


def test_the_share_of_a_single_part_is_all_or_nothing(examine):
    check = Matches("log1pexp", points=1, cases=samples, partial=True)
    assert examine(check, REFERENCE).share == 1
    assert examine(check, REFERENCE, {"log1pexp": lambda x: x}).share == 0
