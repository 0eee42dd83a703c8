"""A Python file with the name of a notebook."""

EARNS, VERDICT, SAYS = 0, "not_attempted", "broken or cut short"


def submission(folder):
    path = folder / "hostile.ipynb"
    path.write_text("def midpoint(a, b):\n    return 0 * a\n")
    return path
