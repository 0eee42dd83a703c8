"""A notebook of more than is read of one."""

EARNS, VERDICT, SAYS = 0, "not_attempted", "it is too large"


def submission(folder):
    path = folder / "hostile.ipynb"
    path.write_bytes(b" " * (64 * 2**20))
    return path
