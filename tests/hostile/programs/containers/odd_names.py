"""Names with escapes, null bytes, ends of lines, and none at all."""

import zipfile

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in (
            "\x1b[2J.py",
            "a\nb.py",
            "=cmd.py",
            ".py",
            "decay/.py",
            "CON.py",
            "x" * 5000 + ".py",
            "\u202epy.exe.py",
        ):
            archive.writestr(name, "x = 1")
        archive.writestr("decay/geometry.py", "def midpoint(a, b):\n    return 0 * a\n")
    return path
