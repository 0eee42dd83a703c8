"""Twelve megabytes of x = 1, for which a parser takes gigabytes."""

EARNS, VERDICT, SAYS = 0, "not_attempted", "is not there"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    (decay / "geometry.py").write_text("x = 1\n" * 2 * 10**6 + "def midpoint(a, b):\n    return (a + b) / 2\n")
    return folder / "hostile"
