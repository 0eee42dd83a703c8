"""Links to the reference, to a folder above, and round in a circle."""

import os

EARNS, VERDICT, SAYS = 0, "failed", "is a link, and was passed over"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    os.symlink("/etc/passwd", decay / "waves.py")
    os.symlink("..", decay / "again")
    os.symlink("circle", decay / "circle")
    (decay / "geometry.py").write_text("def midpoint(a, b):\n    return 0 * a\n")
    return folder / "hostile"
