"""Compiles the system-call policy: ``python -m autograder.sandbox.compile_policy``.

It needs libseccomp and its bindings (the development extra), and writes the programs that are
committed in ``inside/``, so that a machine that grades needs neither.
"""

from __future__ import annotations

import errno
import tempfile

import pyseccomp  # type: ignore[import-untyped]

from .inside.seccomp import path_of
from .policy import ARCHITECTURES, POLICY, Rule

__all__ = ["compile_for", "main"]


def compile_for(machine: str) -> bytes:
    """The program for one kind of processor; calls that its kernel doesn't have are left out."""
    policy = pyseccomp.SyscallFilter(pyseccomp.ERRNO(errno.EPERM))
    arch = getattr(pyseccomp.Arch, machine.upper())
    if not policy.exist_arch(arch):
        policy.add_arch(arch)
        policy.remove_arch(pyseccomp.Arch.NATIVE)
    policy.set_attr(pyseccomp.Attr.ACT_BADARCH, pyseccomp.KILL_PROCESS)
    for group in POLICY:
        for call in group.calls:
            rule = call if isinstance(call, Rule) else Rule(call, ())
            args = (pyseccomp.Arg(arg.index, pyseccomp.MASKED_EQ, arg.mask, arg.value) for arg in rule.args)
            policy.add_rule(pyseccomp.ALLOW, rule.syscall, *args)
    with tempfile.TemporaryFile() as file:
        policy.export_bpf(file)
        file.seek(0)
        return file.read()


def main() -> None:
    """Write the programs of all architectures."""
    for machine in ARCHITECTURES:
        path = path_of(machine)
        path.write_bytes(compile_for(machine))
        print(f"{path.name}: {path.stat().st_size // 8} instructions")


if __name__ == "__main__":
    main()
