"""A file without permissions that is no module: with such a module there is no mark, and so no result."""

import os

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    (decay / "geometry.py").write_text("def midpoint(a, b):\n    return 0 * a\n")
    (decay / "waves.txt").write_text("x = 1")
    os.chmod(decay / "waves.txt", 0)
    return folder / "hostile"
