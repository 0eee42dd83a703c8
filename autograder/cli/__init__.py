"""The command line: one module a command.

Exit codes: 0 done, whatever the marks; 1 something was found (by `check`, `verify`, `doctor` or `release --check`),
or a result was left out (by `report` or `export`); 2 wrong use; 3 the grader's own fault; 130 interrupted.
"""

from __future__ import annotations

import gc
import importlib
import os
import signal
import sys
from typing import Annotated, Any

import typer

from .. import __version__
from ..errors import AutograderError, UsageError
from ..sandbox.launch import SINGLE_THREADED
from .say import FAULT, INTERRUPTED, WRONG_USE, Interrupted, complain

__all__ = ["main"]

COMMANDS = ("grade", "check", "verify", "report", "release", "export", "doctor", "new")
"""Each is a function, or a group of commands, in the module of its name."""


def main() -> None:
    """Run the command line; an error that a person can mend is one line, without a traceback."""
    signal.signal(signal.SIGINT, _interrupt)
    signal.signal(signal.SIGTERM, _interrupt)
    # Before numpy is there: workers have one thread, and the reference that they are timed against, and whose last
    # bits are recorded, is not to depend on how many cores the machine has.
    os.environ.update(SINGLE_THREADED)
    _print_what_the_terminal_has()
    gc.disable()
    try:
        app = _app(sys.argv[1:2])
        _keep()
        gc.enable()
        app()
    except UsageError as error:
        complain(str(error))
        sys.exit(WRONG_USE)
    except AutograderError as error:
        complain(f"the grader itself failed: {error}")
        sys.exit(FAULT)
    except Interrupted:
        complain("interrupted; what was graded is kept, run the same command again to go on")
        sys.exit(INTERRUPTED)
    except OSError as error:  # not of a reader that has gone: typer ends quietly there
        if _can_print():
            raise
        complain(f"standard output: {error.strerror}; send it elsewhere, and run again (what was graded is kept)")
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # Python writes out the rest at its end
        sys.exit(WRONG_USE)
    finally:
        _keep()


def _keep() -> None:
    """Look for no garbage in what there is by now: it took a tenth of a second at the start, and another at the end."""
    gc.freeze()


def _app(first: list[str]) -> typer.Typer:
    """The command that is asked for, or all of them.

    Others are not imported: some need Linux, and a student's check is to answer at once.
    """
    app = typer.Typer(
        add_completion=False,
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        help="Grade numerical programming exercises, with students' code locked away.",
    )
    app.callback(invoke_without_command=True)(_options)
    for name in set(first).intersection(COMMANDS) or COMMANDS:
        command = getattr(importlib.import_module(f".{name}", __name__), name)
        if isinstance(command, typer.Typer):
            app.add_typer(command, name=name)
        else:
            app.command()(command)
    return app


def _options(
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    if version:
        typer.echo(f"autograder {__version__}")
        raise typer.Exit


def _print_what_the_terminal_has() -> None:
    """A terminal of a few letters, or a path that is no text, gets question marks for the rest, not an error."""
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(errors="replace")


def _can_print() -> bool:
    """Whether an empty line can be printed: an error doesn't say which file it was of."""
    try:
        print(flush=True)
    except OSError:
        return False
    return True


def _interrupt(*_: Any) -> None:
    raise Interrupted
