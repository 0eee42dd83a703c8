"""Import the framework's own checks by the path that the worker was started with."""

import importlib
import sys

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"


def attack():
    for argument in sys.orig_argv:
        sys.path += argument.split("\n")
    importlib.import_module("autograder.grading.one")


def midpoint(a, b):
    attack()
    return (a + b) / 2
