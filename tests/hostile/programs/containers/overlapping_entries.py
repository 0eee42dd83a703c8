"""A thousand entries that share the same compressed bytes."""

import struct
import zipfile

EARNS, VERDICT, SAYS = 0, "not_attempted", "it is too large"
PATIENCE = 3


def submission(folder):
    path = folder / "hostile.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("decay/a.py", bytes(2**20))
    data = path.read_bytes()
    start = data.index(b"PK\1\2")
    end = data.index(b"PK\5\6")
    entry = data[start:end]
    entries = entry * 600
    record = data[end : end + 8] + struct.pack("<HHII", 600, 600, len(entries), start) + b"\0\0"
    path.write_bytes(data[:start] + entries + record)
    return path
