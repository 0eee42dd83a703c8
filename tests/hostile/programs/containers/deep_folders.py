"""Folders in each other, as deep as a path may be, and a thousand beside each other."""

EARNS, VERDICT, SAYS = 0, "failed", "more than 12 folders deep"


def submission(folder):
    decay = folder / "hostile" / "decay"
    decay.mkdir(parents=True)
    deep = decay
    for _ in range(200):
        deep = deep / "d"
        deep.mkdir()
    (deep / "waves.py").write_text("x = 1")
    for number in range(1000):
        (decay / f"f{number}").mkdir()
    (decay / "geometry.py").write_text("def midpoint(a, b):\n    return 0 * a\n")
    return folder / "hostile"
