"""Return complex numbers whose real parts are right."""

EARNS, VERDICT, SAYS = 3, "failed", "complex numbers"


def midpoint(a, b):
    return (a + b) / 2 + 1j
