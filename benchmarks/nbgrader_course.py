"""Seconds a submission: nbgrader with its own kernel, with the preprocessor, and `autograder grade`.

    python benchmarks/nbgrader_course.py [--submissions 10]

The same notebooks go all three ways, in one run, each into a course of its own: copies of the class of the
tests without its hostile one.  nbgrader's start-up is measured by a run on one submission, and
both the whole and what a further submission costs are printed.  ``--pictures`` keeps the story's
pictures, which a kernel draws and the sandbox doesn't.
"""

import argparse
import itertools
import shutil
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import nbgrader_course
from nbgrader_course import ASSIGNMENT


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--submissions", type=int, default=10)
    parser.add_argument("--pictures", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made, released, solved = nbgrader_course.make(Path(folder) / "course", pictures=options.pictures)
        kinds = {name: each for name, each in nbgrader_course.class_of(released, solved).items() if name != "hana"}
        for number, (content, at) in zip(range(options.submissions), itertools.cycle(kinds.values())):
            made.hand_in(f"student{number:03}", content, at)
        ways = {
            "autograder grade, one process": (lambda course, *only: grade(course, "1", *only), True),
            "autograder grade, two processes": (lambda course, *only: grade(course, "2", *only), True),
            "nbgrader autograde, preprocessor": (autograde, True),
            "nbgrader autograde, its own kernel": (autograde, False),
        }
        print(f"{options.submissions} submissions, pictures: {'yes' if options.pictures else 'no'}")
        print(f"{'':36} {'whole, s':>9} {'one, s':>9} {'s a further submission':>24}")
        for title, (way, sandbox) in ways.items():
            whole = timed(made, Path(folder), way, sandbox)
            one = timed(made, Path(folder), way, sandbox, "student000")
            further = (whole - one) / max(options.submissions - 1, 1)
            print(f"{title:36} {whole:9.1f} {one:9.1f} {further:24.2f}", flush=True)


def timed(made, folder, way, sandbox, *only):
    course = nbgrader_course.copied(made, folder / "copy")
    if not sandbox:
        course.configure("solutions.rubric'", "solutions.rubric', sandbox=False")
    started = time.perf_counter()
    way(course, *only)
    taken = time.perf_counter() - started
    shutil.rmtree(course.folder)
    return taken


def grade(course, jobs, *only):
    paths = [f"submitted/{student}/{ASSIGNMENT}/{nbgrader_course.NOTEBOOK}" for student in only] or ["."]
    course.autograder("grade", *paths, "--jobs", jobs, seconds=3600)


def autograde(course, *only):
    course.nbgrader("autograde", ASSIGNMENT, *(["--student", *only] if only else []), seconds=3600)


if __name__ == "__main__":
    main()
