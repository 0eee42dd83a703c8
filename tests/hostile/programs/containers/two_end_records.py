"""Two end records, of which different readers believe different ones."""

import zipfile

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    path = folder / "hostile.zip"
    parts = []
    for source in ("def midpoint(a, b):\n    return (a + b) / 2\n", "def midpoint(a, b):\n    return 0 * a\n"):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("decay/geometry.py", source)
        parts.append(path.read_bytes())
    path.write_bytes(b"".join(parts))
    return path
