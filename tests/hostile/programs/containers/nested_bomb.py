"""Zips in zips in zips, each ten times over."""

import io
import zipfile

EARNS, VERDICT, SAYS = 0, "not_attempted", "is not there"


def submission(folder):
    path = folder / "hostile.zip"
    data = b"x = 1\n" * 10**5
    name = "decay/geometry.py"
    for depth in range(5):
        inner = io.BytesIO()
        with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(10):
                archive.writestr(f"{number}/{name}", data)
        name, data = "inner.zip", inner.getvalue()
    path.write_bytes(data)
    return path
