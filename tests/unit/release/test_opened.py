import gzip
import io
import random
import tarfile
import zipfile

import pytest

from autograder.release.opened import opened


def tar(**files):
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return data.getvalue()


def zipped(*names):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for name in names:
            archive.writestr(name, f"the text of {name}")
    return bytearray(data.getvalue())


def with_one_encrypted():
    data = zipped("shut", "open")
    entry = data.index(b"PK\x01\x02")  # the first member's, in the directory
    data[6] |= 1
    data[entry + 8] |= 1
    return bytes(data)


NOISE = random.Random(0).randbytes(5000)


@pytest.mark.parametrize(
    ("data", "found"),
    [
        (tar(one=b"a text"), ["a text"]),
        (gzip.compress(tar(one=b"a text", two=NOISE))[:3000], ["a text"]),
        (gzip.compress(tar(one=NOISE))[:100], None),
        (with_one_encrypted(), ["the text of open"]),
        (b"[" * 100_000, ["[" * 100_000]),
    ],
    ids=["whole", "cut short", "cut shorter", "encrypted", "endless"],
)
def test_what_can_be_read_is_read_and_what_can_t_stops_nothing(data, found):
    assert [piece for _, piece in opened({"file": data})] == ([data] if found is None else found)
