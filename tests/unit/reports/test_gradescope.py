import json

import jsonschema
import pytest
from results_for_exports import HOSTILE, SECRET, result

from autograder.reports.gradescope import Format, Visibility, gradescope_fault, gradescope_json

TEXT = {"type": "string"}
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
VISIBILITY = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
SCORE = {"type": "number", "minimum": 0}

# Gradescope's own rules for results.json: what each key holds, and that there is a score on top or on every test.
SCHEMA = {
    "type": "object",
    "properties": {
        "score": SCORE,
        "execution_time": {"type": "integer"},
        "output": TEXT,
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": VISIBILITY,
        "stdout_visibility": VISIBILITY,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "score": SCORE,
                    "max_score": SCORE,
                    "status": {"enum": ["passed", "failed"]},
                    "name": TEXT,
                    "name_format": FORMAT,
                    "number": TEXT,
                    "output": TEXT,
                    "output_format": FORMAT,
                    "tags": {"type": "array", "items": TEXT},
                    "visibility": VISIBILITY,
                    "extra_data": {"type": "object"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
    "anyOf": [
        {"required": ["score"]},
        {"required": ["tests"], "properties": {"tests": {"minItems": 1, "items": {"required": ["score"]}}}},
    ],
}


def read(text):
    report = json.loads(text)
    jsonschema.validate(report, SCHEMA)
    return report


def test_marks_and_tests_are_read_back():
    report = read(gradescope_json(result()))
    assert report["score"] == 7.5
    assert [test["number"] for test in report["tests"]] == ["1.1", "1.2", "1.3"]
    assert sum(test["score"] for test in report["tests"]) == 7.5
    assert [test["status"] for test in report["tests"]] == ["failed", "passed", "failed"]
    assert report["tests"][0]["tags"] == ["layer", "visible"]


@pytest.mark.parametrize("hidden", Visibility)
def test_hidden_checks_are_shown_when_it_was_asked_for(hidden):
    report = read(gradescope_json(result(), hidden=hidden))
    assert [test["visibility"] for test in report["tests"]] == ["visible", hidden, hidden]


def test_lateness_is_told_apart_from_the_work():
    report = read(gradescope_json(result(late=2.0)))
    assert report["score"] == 5.5
    assert report["output"].startswith("7.5 of 15 marks for the work; 1 d 1 h late: −2, which leaves 5.5")
    assert sum(test["score"] for test in report["tests"]) == 7.5


@pytest.mark.parametrize("output_format", Format)
def test_text_is_only_text_and_no_secret_is_in_it(output_format):
    text = gradescope_json(result(message=HOSTILE), output_format=output_format)
    assert SECRET not in text
    assert "5eed" not in text
    assert "\\u001b" not in text
    output = read(text)["tests"][0]["output"]
    if output_format is Format.HTML:
        assert "<script>" not in output
    if output_format is Format.MD:
        assert "\\<script\\>" in output


def test_a_fault_is_no_zero():
    with pytest.raises(ValueError, match="no marks"):
        gradescope_json(result(faulty=True))
    report = json.loads(gradescope_fault("the disk is full"))
    with pytest.raises(jsonschema.ValidationError):  # neither a score nor tests: the autograder's error
        jsonschema.validate(report, SCHEMA)
    assert "disk" in report["output"]
