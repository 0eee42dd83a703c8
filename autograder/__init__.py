"""An auto-grader for numerical programming exercises.

Students' code runs in a locked process that holds no reference, no test and no mark; the
grader sends it arrays and judges the arrays that come back.  Start with the README; the theory
of operation of the trust boundary is in :mod:`autograder.sandbox`.

In a notebook, ``from autograder import check`` is what students need.  It is loaded when it is asked
for: this module imports nothing, because the process that runs students' code imports it.
"""

from typing import Any

__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    if name != "check":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib

    return importlib.import_module(".student.notebook", __name__).check
