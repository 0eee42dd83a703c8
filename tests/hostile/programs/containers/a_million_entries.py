"""Twenty thousand entries of nothing."""

import zipfile

EARNS, VERDICT, SAYS = 0, "not_attempted", "more than 1000 files"
PATIENCE = 3


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(20_000):
            archive.writestr(f"decay/m{number}.py", "")
    return path
