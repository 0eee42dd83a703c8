"""A class of students who make the known mistakes: the reference, with one or a few of them in each submission."""

import bisect
import random

from autograder.misconceptions import both, submission

COUNT = 200
TRIES = 30


def submissions(rubric, count=COUNT, seed=7):
    """Submissions by name: ``(name, files by relative path, the names of the mistakes in them)``.

    Weak students make more mistakes than strong ones, and some mistakes are far commoner than others, as in
    any class.  At most one mistake a module, or two that can be made together in it.
    """
    draw = random.Random(seed)
    common = list(rubric.misconceptions)
    draw.shuffle(common)
    weights = _summed(1 / (3 + rank) for rank in range(len(common)))

    def one():
        return common[bisect.bisect(weights, draw.random() * weights[-1])]

    for number in range(count):
        weakness = draw.betavariate(1.3, 2.5)
        wanted = 1 + min(int(weakness * 12), 8)
        by_module = {}
        for _ in range(TRIES):
            its = one()
            module = rubric.layout.functions[its.function]
            before = by_module.get(module, (None, ()))[1]
            together = both(before[0], its) if len(before) == 1 and before[0] != its else None
            if not before:
                by_module[module] = (its, (its,))
            elif together is not None:
                by_module[module] = (together, (*before, its))
            if sum(len(names) for _, names in by_module.values()) >= wanted:
                break
        source = submission(rubric.reference, rubric.layout, [its for its, _ in by_module.values()])
        names = sorted(its.name for _, each in by_module.values() for its in each)
        yield f"student-{number:03d}", source.files, names


def write(rubric, folder, count=COUNT):
    """The class as a folder of submissions; gives the mistakes of each by its name."""
    made = {}
    for name, files, mistakes in submissions(rubric, count):
        for path, data in files.items():
            whole = folder / name / path
            whole.parent.mkdir(parents=True, exist_ok=True)
            whole.write_bytes(data)
        made[name] = mistakes
    return made


def _summed(weights):
    sums = [0.0]
    for weight in weights:
        sums.append(sums[-1] + weight)
    return sums[1:]
