"""From paths on the command line to what each student handed in, as bytes that nobody has parsed.

Nothing here opens a zip, a notebook or a module: that is done in the process that runs the code
(:mod:`autograder.sandbox.inside`), under its locks.
"""

from .discovery import Found, discover, single
from .source import Layout, StudentSource
from .submitted import Submitted

__all__ = ["Found", "Layout", "StudentSource", "Submitted", "discover", "single"]
