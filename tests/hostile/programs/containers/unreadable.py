"""A file and a folder without permissions."""

import os

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    (decay / "geometry.py").write_text("def midpoint(a, b):\n    return 0 * a\n")
    (decay / "waves.py").write_text("x = 1")
    os.chmod(decay / "waves.py", 0)
    return folder / "hostile"
