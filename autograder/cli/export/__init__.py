"""`autograder export`: results as other systems read them, one module a format.

A format is a module here with a function of its name, and its name in ``FORMATS``.  What all of them
share (reading the results, the summary, the exit code) is in :mod:`.common`; what a format looks like
is in :mod:`autograder.reports`.
"""

from __future__ import annotations

import importlib

import typer

__all__ = ["export"]

FORMATS = ("gradescope", "canvas", "moodle", "junit", "nbgrader")

export = typer.Typer(
    no_args_is_help=True,
    help="Write results as another system reads them. A fault of the grader is never exported as marks.",
)
for _name in FORMATS:
    export.command(_name)(getattr(importlib.import_module(f".{_name}", __name__), _name))
