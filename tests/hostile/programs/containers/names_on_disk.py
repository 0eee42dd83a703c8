"""File names with escapes, with bytes that are no UTF-8, and as long as they can be."""

import os

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    for name in (b"\x1b[31m.py", b"\xff\xfe.py", b"a\nb.py", b"=1+1.py", b"x" * 250 + b".py"):
        with open(os.path.join(os.fsencode(decay), name), "w") as file:
            file.write("x = 1")
    (decay / "geometry.py").write_text("def midpoint(a, b):\n    return 0 * a\n")
    return folder / "hostile"
