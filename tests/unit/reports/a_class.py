"""Results to make pages of, without grading: a class that is the same every time."""

import random

from autograder.results import CheckResult, Result, Source, TaskResult, Verdict

PICTURE = {
    "part": "dx",
    "actual": [[1.0, 2.0], [3.0, "nan"]],
    "expected": [[1.0, 2.5], [3.0, 4.0]],
    "wrong": [1, 3],
}
SECRET = "a-number-of-a-hidden-case"


def check(name="values", verdict=Verdict.PASSED, share=None, **fields):
    share = float(verdict is Verdict.PASSED) if share is None else share
    points = fields.pop("points", 2.0)
    fields = {"title": f"What {name} asks.", "visibility": "visible", **fields}
    return CheckResult(name=name, verdict=verdict, score=share * points, max_score=points, **fields)


def result(submission="ada", tasks=(), **fields):
    fields = {"name": submission, "rubric": "waves", "rubric_sha256": "r1", **fields}
    return Result(
        submission=submission,
        source_sha256="0" * 64,
        seed=f"seed-of-{submission}",
        score=sum(task.score for task in tasks),
        max_score=sum(task.max_score for task in tasks),
        tasks=tuple(tasks),
        **fields,
    )


def task(name, *checks, module="waves", functions=()):
    return TaskResult.of(name, module, checks, functions)


def wrong(name="gradient", **fields):
    return check(
        name,
        Verdict.FAILED,
        message=f"{name}: dx is wrong.",
        hint="Look at the sum.",
        details={"index": [0, 1], "elements": [PICTURE]},
        **fields,
    )


def hidden(**fields):
    return check(
        "corners", Verdict.FAILED, visibility="hidden", message="corners: wrong for N = 1.",
        details={"index": [0], "due": SECRET}, misconception="sum-for-mean", **fields,
    )  # fmt: skip


def a_student(submission="ada", **fields):
    """One right task and one that is wrong, visibly and hidden."""
    code = {"sine": Source(file="waves.py", line=3, text="def sine(x):\n    return x\n")}
    return result(
        submission,
        [task("sine", check()), task("cosine", wrong(), hidden(), functions=("sine",))],
        **{"code": code, **fields},
    )


def a_class(count, seed=0):
    """``count`` submissions whose strength decides what they pass, with every kind of ending among them."""
    draw = random.Random(seed)
    for number in range(count):
        strength = draw.random()
        tasks = []
        for place in range(6):
            checks = []
            for index in range(3):
                right = draw.random() < 0.15 + 0.9 * strength - 0.08 * index
                visibility = "hidden" if index == 2 else "visible"
                named = f"check-{index}"
                if right:
                    checks.append(check(named, visibility=visibility))
                elif draw.random() < 0.1:
                    ending = draw.choice([Verdict.CRASHED, Verdict.TIMED_OUT, Verdict.NOT_ATTEMPTED, Verdict.FORBIDDEN])
                    checks.append(check(named, ending, visibility=visibility, message="It ended (waves.py:4)."))
                else:
                    mistake = draw.choice([None, "sum-for-mean", "one-off", "sign"])
                    checks.append(wrong(named, visibility=visibility, misconception=mistake))
            tasks.append(task(f"task_{place}", *checks, functions=(f"f{place}",)))
        code = {
            f"f{place}": Source(file="waves.py", line=3, text=f"def f{place}(x):\n    y = x * {place}\n    return y")
            for place in range(6)
        }
        warned = ("waves.py: the file is not UTF-8; it was read as cp1252",) if number % 25 == 0 else ()
        yield result(f"student-{number:05d}", tasks, code=code, warnings=warned)
