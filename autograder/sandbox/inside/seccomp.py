"""Loads the system-call policy of ``sandbox/policy.py`` into this process.

The program was compiled beforehand (``python -m autograder.sandbox.compile_policy``), so that a
machine that grades needs no libseccomp.
"""

from __future__ import annotations

import ctypes
import os
from pathlib import Path

__all__ = ["install", "path_of", "program"]

PR_SET_SECCOMP = 22
SECCOMP_MODE_FILTER = 2
INSTRUCTION = 8

libc = ctypes.CDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    """The kernel's ``struct sock_fprog``."""

    _fields_ = (("len", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def path_of(machine: str) -> Path:
    """The file that holds the program for this kind of processor."""
    return Path(__file__).with_name(f"seccomp_{machine}.bpf")


def program() -> bytes:
    """The program for the processor that this runs on.

    Raises:
        OSError: if there is none.
    """
    return path_of(os.uname().machine).read_bytes()


def install(program: bytes) -> None:
    """Put this process under the program, for good.

    Raises:
        OSError: if the kernel refuses it.
    """
    described = _Program(len(program) // INSTRUCTION, program)
    if libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(described), 0, 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
