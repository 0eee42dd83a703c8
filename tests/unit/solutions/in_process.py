"""The exercise's checks, run in this process on the reference with known mistakes in it."""

import functools

from autograder.grading import seeds
from autograder.grading.diagnosing import FromRubric
from autograder.grading.one import Assigned, Sheet, grade
from autograder.misconceptions import both, overlaid, submission
from autograder.sandbox.scripted import ScriptedSandbox
from solutions.reference import FUNCTIONS
from solutions.rubric import rubric

LIBRARY = FromRubric(rubric)
SEED = seeds.submission_seed("a key", rubric.name, "student")
MISCONCEPTIONS = {each.name: each for each in rubric.misconceptions}


@functools.cache
def prepared(task, name):
    check = next(check for its in rubric.tasks if its.name == task for check in its.checks if check.name == name)
    seed = seeds.public_seed(rubric.name) if check.visible else SEED
    return check.prepare(FUNCTIONS, seeds.generator(seed, task, name))


def sheet(fails, library=LIBRARY):
    tasks = tuple(
        Assigned(
            task.name,
            task.module,
            tuple(
                (check, functools.partial(prepared, task.name, check.name))
                for check in task.checks
                if f"{task.name}/{check.name}" in fails and check.kind != "speed"
            ),
            task.needs,
        )
        for task in rubric.tasks
    )
    return Sheet(rubric.name, "", SEED, rubric.layout, tasks, library)


def lost(functions, fails):
    source = submission(FUNCTIONS, rubric.layout)
    result = grade(source, sheet(fails), ScriptedSandbox(functions))
    return {
        f"{task.name}/{check.name}": check
        for task in result.tasks
        for check in task.checks
        if check.score < check.max_score
    }


def edited(*names):
    its = [MISCONCEPTIONS[name] for name in names]
    together = both(*its) if len(its) == 2 else None
    return overlaid(FUNCTIONS, its if together is None else [together])
