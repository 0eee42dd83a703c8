"""Random bytes with the name of a zip."""

import random

EARNS, VERDICT, SAYS = 0, "not_attempted", "is not a zip that can be opened"


def submission(folder):
    path = folder / "hostile.zip"
    path.write_bytes(random.Random(0).randbytes(10**5))
    return path
