"""A constant that the compiler works out, a hundred gigabytes of it."""

EARNS, VERDICT, SAYS = 3, "failed", "MemoryError"


def source():
    return "x = 'a' * 10**11\ny = 2 ** 10**10\ndef midpoint(a, b):\n    return 0 * a\n"
