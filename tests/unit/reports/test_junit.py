import builtins

import junitparser
import pytest
from results_for_exports import SECRET, result

from autograder.errors import UsageError
from autograder.reports.junit import junit_xml


def suites(*results):
    xml = junit_xml(results)
    assert SECRET.encode() not in xml
    return list(junitparser.JUnitXml.fromstring(xml))


def test_each_check_is_a_case_with_what_became_of_it():
    (suite,) = suites(result())
    assert (suite.name, suite.tests, suite.failures, suite.errors, suite.skipped) == ("ada", 3, 1, 0, 1)
    forward, backward, corners = suite
    assert isinstance(forward.result[0], junitparser.Failure)
    assert "\\x1b" in forward.result[0].message
    assert backward.is_passed
    assert corners.is_skipped
    assert forward.classname == "exercise.layer"
    assert forward.name == "The forward. (2.5 of 5)"


def test_marks_are_properties():
    (suite,) = suites(result(late=2.0))
    found = {one.name: one.value for one in suite.properties()}
    assert found | {"late": ""} == {"score": "7.5", "max_score": "15", "final": "5.5", "late": ""}
    assert "1 d 1 h late" in found["late"]


def test_our_own_fault_is_an_error_and_has_no_marks():
    fine, faulty = suites(result("a"), result("b", faulty=True))
    assert (fine.errors, faulty.errors) == (0, 1)
    assert {one.name for one in faulty.properties()} == {"max_score"}


def test_without_the_library_there_is_a_remedy(monkeypatch):
    real = builtins.__import__

    def refuse(name, *arguments):
        if name == "junitparser":
            raise ModuleNotFoundError(name)
        return real(name, *arguments)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(UsageError, match=r"numerical-autograder\[report\]"):
        junit_xml([])
