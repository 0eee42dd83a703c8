"""Entries that say that they are links to the password file."""

import stat
import zipfile

EARNS, VERDICT, SAYS = 0, "failed", "it is a link or a device"


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w") as archive:
        link = zipfile.ZipInfo("decay/waves.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
        archive.writestr("decay/geometry.py", "def midpoint(a, b):\n    return 0 * a\n")
    return path
