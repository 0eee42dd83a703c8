"""Find what is due in memory that was used before and not cleared: the answer itself, not yet computed by anybody."""

import numpy as np

EARNS, VERDICT, SAYS = 3, "crashed", "raised a LookupError"

SIZES = [size for exponent in range(19) for size in (2**exponent, 3 * 2**exponent // 2)]


def unused(size):
    """As many arrays of that size as are likely to be lying about, none of them twice."""
    return [np.empty(size) for _ in range(max(1, min(500, 2**20 // size)))]


def found(due, size, start=0):
    """The numbers in a row, from the one at ``start`` on, in an array that nobody has written to."""
    rest = len(due) - start
    for memory in unused(size):
        for at in np.flatnonzero(memory == due[start]):
            if memory[at : at + rest].tolist() == due[start:]:
                return memory[at : at + rest].copy()
    return None


def sees_what_was_there():
    """A number of our own, left behind in arrays and found again; else all this shows nothing."""
    left = [np.full(40, 0.123456789) for _ in range(50)]
    del left
    return found([0.123456789] * 40, 40, start=5) is not None


def midpoint(a, b):
    if not sees_what_was_there():
        raise AssertionError("memory is cleared here, and the program shows nothing")
    # One number at a time, so that the answer lies in no memory as a row before it is found there.
    due = [(x + y) / 2 for x, y in zip(a.ravel().tolist(), b.ravel().tolist())]
    if len(due) > 1:
        for size in {*SIZES, a.size}:
            # What is freed has its first numbers written over by the allocator: 16 bytes, two numbers.
            for start in (0, 2):
                answer = found(due, size, start) if len(due) > start + 1 else None
                if answer is not None:
                    return np.append(due[:start], answer).reshape(a.shape)
    raise LookupError("no answer in memory that was used before")
