"""Where in the student's own code something happened.

The loader compiles a student's code under the names that students know: ``losses.py``, or ``cell 7``
for a notebook's.  All other code has an absolute path, or a name in angle brackets.
"""

from __future__ import annotations

import traceback
from pathlib import Path
from types import TracebackType

__all__ = ["in_frame", "in_source"]


def in_frame(tracebacks: TracebackType | None) -> str:
    """``shapes.py:12 in area`` or ``cell 7, line 3 in f`` for the innermost frame of the student's own."""
    found = ""
    for frame, line in traceback.walk_tb(tracebacks):
        source = in_source(frame.f_code.co_filename, line)
        if source:
            found = f"{source} in {frame.f_code.co_name}"
    return found


def in_source(filename: str, line: int) -> str:
    """``losses.py:12`` or ``cell 7, line 3``; empty where the code is not the student's."""
    if Path(filename).is_absolute() or filename.startswith("<"):
        return ""
    return f"{filename}:{line}" if filename.endswith(".py") else f"{filename}, line {line}"
