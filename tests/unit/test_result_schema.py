import json
from pathlib import Path

import jsonschema
import pytest

from autograder.results import (
    CheckResult,
    HandedIn,
    Late,
    Person,
    Result,
    Source,
    TaskResult,
    Verdict,
    dump,
    json_schema,
)

PUBLISHED = Path(__file__).resolve().parents[2] / "docs" / "result.schema.json"


@pytest.fixture
def data():
    """A result with something in every field, as it stands in a file."""
    check = CheckResult(
        name="values",
        title="It is right.",
        verdict=Verdict.FAILED,
        score=0,
        max_score=2,
        visibility="visible",
        message="The result is wrong.",
        hint="Look again.",
        misconception="halved",
        details={"index": [0, 1]},
    )
    result = Result(
        submission="ada",
        name="Ada",
        source_sha256="0" * 64,
        rubric="exercise",
        rubric_sha256="1" * 64,
        seed="2" * 64,
        score=0,
        max_score=2,
        tasks=(TaskResult.of("half", "numbers", (check,), ("half",)),),
        warnings=("a warning",),
        sandbox=("landlock",),
        timing={"total": 0.1},
        code={"half": Source(file="numbers.py", line=3, text="def half(x): ...")},
        handed_in=HandedIn(system="canvas", people=(Person(name="Ada"),), attempt=1, attempts=2),
        late=Late(penalty=1, score=-1, seconds=60),
    )
    return json.loads(dump(result))


def test_what_is_published_is_what_the_types_say():
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == json.loads(json.dumps(json_schema()))


def test_a_result_file_satisfies_it(data):
    jsonschema.Draft202012Validator.check_schema(json_schema())
    jsonschema.validate(data, json_schema())


@pytest.mark.parametrize(
    ("where", "value"),
    [
        (("score",), "full"),
        (("tasks", 0, "checks", 0, "verdict"), "excellent"),
        (("tasks", 0, "checks", 0, "visibility"), ""),
    ],
)
def test_what_is_no_result_does_not(data, where, value):
    thing = data
    for step in where[:-1]:
        thing = thing[step]
    thing[where[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, json_schema())
