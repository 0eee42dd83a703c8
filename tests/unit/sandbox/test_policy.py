"""The committed seccomp programs do what the policy says: they are run here, call by call."""

from __future__ import annotations

import errno
import functools
import struct

import pytest

from autograder.sandbox.inside.seccomp import path_of
from autograder.sandbox.policy import ARCHITECTURES, POLICY, Rule

try:
    import pyseccomp
except (ImportError, RuntimeError):
    pytest.skip("libseccomp, which knows the calls' numbers, isn't here", allow_module_level=True)

from autograder.sandbox import compile_policy

ALLOWED, REFUSED, KILLED = pyseccomp.ALLOW, pyseccomp.ERRNO(errno.EPERM), pyseccomp.KILL_PROCESS

NUMBERS = range(600)

RULED = {call.syscall for group in POLICY for call in group.calls if isinstance(call, Rule)}
"""The calls whose arguments the policy looks at."""

ARGUMENTS = [0, 1, 2, 3, 4, 6, 7, 8, 10, 1024, 1030, 0o100, 0o1000, 0o20000000, 0o2000000, 0x5401, 0x5413, 0x5412]
ARGUMENTS += [0x5450, 0x5451, 0x5452, 2**32, 2**32 + 1, 2**32 + 0x5401, 2**63, 2**64 - 1]


@functools.cache
def decoded(program: bytes) -> list[tuple[int, int, int, int]]:
    return list(struct.iter_unpack("<HBBI", program))


def run(program: bytes, number: int, architecture: int, arguments: list[int]) -> int:
    """What the kernel would answer: an interpreter for the part of BPF that libseccomp uses."""
    words = struct.unpack("<16I", struct.pack("<iIQ6Q", number, architecture, 0, *arguments))
    instructions = decoded(program)
    accumulator = at = 0
    while True:
        code, if_true, if_false, k = instructions[at]
        at += 1
        match code:
            case 0x20:  # load a word
                accumulator = words[k // 4]
            case 0x54:  # and
                accumulator &= k
            case 0x05:  # jump
                at += k
            case 0x15:  # jump if equal
                at += if_true if accumulator == k else if_false
            case 0x25:  # jump if greater
                at += if_true if accumulator > k else if_false
            case 0x35:  # jump if greater or equal
                at += if_true if accumulator >= k else if_false
            case 0x45:  # jump if any bit is set
                at += if_true if accumulator & k else if_false
            case 0x06:  # return
                return k
            case _:
                raise AssertionError(f"unknown instruction {code:#x}")


def names(architecture: int) -> dict[str, int]:
    """The numbers of the policy's calls on an architecture; some have none there."""
    calls = {call.syscall if isinstance(call, Rule) else call for group in POLICY for call in group.calls}
    resolved = {name: pyseccomp.resolve_syscall(architecture, name) for name in calls}
    return {name: number for name, number in resolved.items() if number >= 0}


def expected(name: str, arguments: list[int]) -> int:
    """What the policy says, read as plainly as it is written."""
    for group in POLICY:
        for call in group.calls:
            rule = call if isinstance(call, Rule) else Rule(call, ())
            conditions = (arguments[arg.index] & arg.mask == arg.value for arg in rule.args)
            if rule.syscall == name and all(conditions):
                return ALLOWED
    return REFUSED


@pytest.fixture(params=ARCHITECTURES)
def machine(request):
    program = path_of(request.param).read_bytes()
    return program, getattr(pyseccomp.Arch, request.param.upper())


def test_every_call_is_allowed_or_refused_as_the_policy_says(machine):
    program, architecture = machine
    by_number = {number: name for name, number in names(architecture).items()}
    for number in NUMBERS:
        for value in ARGUMENTS if by_number.get(number) in RULED else [0, 2**64 - 1]:
            for arguments in ([value] * 6, [0, 0, value, 0, 0, 0], [value, 0, 0, 0, 0, 0], [0, value, 0, 0, 0, 0]):
                found = run(program, number, architecture, arguments)
                assert found == expected(by_number.get(number, ""), arguments), (number, arguments)


def test_the_policy_names_no_call_that_no_machine_has():
    known = set().union(*(names(getattr(pyseccomp.Arch, one.upper())) for one in ARCHITECTURES))
    named = {call.syscall if isinstance(call, Rule) else call for group in POLICY for call in group.calls}
    assert named == known


def test_calls_by_another_door_kill(machine):
    program, architecture = machine
    for other in (pyseccomp.Arch.X86, pyseccomp.Arch.X32, pyseccomp.Arch.ARM, 0, 2**32 - 1):
        for number in (0, 1, 39, 59):
            assert run(program, number, other, [0] * 6) == KILLED
    if architecture == pyseccomp.Arch.X86_64:
        assert run(program, 0x40000000 | 39, architecture, [0] * 6) == KILLED


@pytest.mark.parametrize("call", ["execve", "clone", "clone3", "socket", "kill", "ptrace", "prctl", "bpf", "mount"])
def test_what_must_never_be_allowed_is_not(machine, call):
    program, architecture = machine
    assert run(program, pyseccomp.resolve_syscall(architecture, call), architecture, [0] * 6) == REFUSED


def test_compiling_again_gives_a_program_of_the_same_meaning(machine):
    program, architecture = machine
    again = compile_policy.compile_for(
        {getattr(pyseccomp.Arch, one.upper()): one for one in ARCHITECTURES}[architecture]
    )
    for number in NUMBERS:
        for arguments in ([0] * 6, [1] * 6, [2**64 - 1] * 6):
            assert run(again, number, architecture, arguments) == run(program, number, architecture, arguments)


def test_compiling_writes_the_program_of_every_machine(monkeypatch, tmp_path, capsys):
    monkeypatch.setattr(compile_policy, "path_of", lambda machine: tmp_path / path_of(machine).name)
    compile_policy.main()
    assert {path.name for path in tmp_path.iterdir()} == {path_of(machine).name for machine in ARCHITECTURES}
    assert all(path.stat().st_size > 100 for path in tmp_path.iterdir())
    assert capsys.readouterr().out.count(" instructions\n") == len(ARCHITECTURES)
