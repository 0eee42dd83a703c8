"""What `autograder check` does with a path."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from ..grading.public import load_public
from ..reports.checked import Checked
from ..sandbox.unlocked import UnlockedSandbox
from ..submission import single
from .checking import check_source, checks_file

__all__ = ["Checker"]


class Checker:
    """Checks what is at a path, as often as is asked.

    Args:
        path: a folder, a notebook or a zip.
        checks: the file of visible checks; by default it is looked for at the path and above.
        tasks: only these; all if there are none.
        bundle: where to write a script for each failure.

    Raises:
        UsageError: there is no such path or no file of checks, or it has no task of such a name.
    """

    def __init__(self, path: Path, checks: Path | None, tasks: Sequence[str], bundle: Path | None) -> None:
        self.path = single(path).path
        self._public = load_public(checks or checks_file(self.path if self.path.is_dir() else self.path.parent))
        self._public.sheet(tasks)
        self._tasks = tasks
        self._bundle = bundle

    def check(self) -> Checked:
        """Run the checks; write the scripts, if they are wanted.

        Raises:
            UsageError: the path can't be read any more, or a script can't be written.
        """
        source = single(self.path).read()
        with UnlockedSandbox() as sandbox:
            checked = check_source(source, self._public, sandbox, self._tasks)
        if self._bundle is None:
            return checked
        from .bundle import write_bundle

        return replace(checked, debug=write_bundle(self._bundle, self.path, self._public, checked))
