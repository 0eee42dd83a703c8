"""Results to export: right, wrong in a hidden check, late, and one in which the grader failed."""

from __future__ import annotations

from autograder.results import CheckResult, HandedIn, Late, Person, Result, TaskResult, Verdict

SECRET = "secret-of-a-hidden-check"
HOSTILE = '=HYPERLINK("http://x")\x1b[31m<script>&\r\n+1'


def check(name, verdict, score, visibility="visible", message=""):
    return CheckResult(
        name=name,
        title=f"The {name}.",
        verdict=verdict,
        score=score,
        max_score=5.0,
        visibility=visibility,
        message=message,
        details={"expected": SECRET},
    )


def result(
    submission="ada", *, score=7.5, late=0.0, faulty=False, people=(), system="", message=HOSTILE, name=None
) -> Result:
    first = Verdict.GRADER_FAULT if faulty else Verdict.PARTIAL
    task = TaskResult.of(
        "layer",
        "module",
        (
            check("forward", first, score - 5, message=message),
            check("backward", Verdict.PASSED, 5.0, "hidden"),
            check("corners", Verdict.NOT_ATTEMPTED, 0.0, "hidden", "Not attempted."),
        ),
    )
    return Result(
        submission=submission,
        name=name or submission,
        source_sha256="",
        rubric="exercise",
        rubric_sha256="",
        seed="5eed",
        score=task.score,
        max_score=task.max_score,
        tasks=(task,),
        handed_in=HandedIn(system=system, people=tuple(people)) if people else None,
        late=Late(penalty=late, score=task.score - late, seconds=90000.0, note="1 d 1 h late") if late else None,
    )


def person(name="", email="", number="", school=""):
    return Person(name=name, email=email, id=number, student_id=school)
