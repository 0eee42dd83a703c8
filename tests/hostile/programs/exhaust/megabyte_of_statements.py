"""As many statements as a module that is read may have."""

EARNS, VERDICT, SAYS = 3, "timed_out, not_attempted", "geometry"


def source():
    return "x=1\n" * 250_000 + "def midpoint(a, b):\n    return 0 * a\n"
