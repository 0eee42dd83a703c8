"""An encrypted entry."""

import zipfile

EARNS, VERDICT, SAYS = 0, "not_attempted", "it is encrypted"


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("decay/geometry.py", "def midpoint(a, b):\n    return (a + b) / 2\n")
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.index(b"PK\1\2") + 8] |= 1
    path.write_bytes(data)
    return path
