"""A module of four gigabytes in four megabytes."""

import zipfile

EARNS, VERDICT, SAYS = 0, "not_attempted", "it is too large"


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("decay/geometry.py", "w", force_zip64=True) as file:
            for _ in range(64):
                file.write(bytes(2**20))
        archive.writestr("decay/waves.py", "x = 1")
    return path
