"""Entries whose names lead out of the archive."""

import zipfile

EARNS, VERDICT, SAYS = 0, "failed", "its name leads elsewhere"


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("../../../../tmp/hostile-slip.py", "/tmp/hostile-slip.py", "..\\..\\hostile-slip.py"):
            archive.writestr(name, "SLIPPED = True")
        archive.writestr("decay/geometry.py", "def midpoint(a, b):\n    return 0 * a\n")
    return path
