from __future__ import annotations

import io
import stat
import struct
import zipfile

import pytest

from autograder.sandbox.inside import unpack

AREAS = "def square(a):\n    return a * a\n"


@pytest.mark.parametrize("folder", ["", "shapes/", "homework/shapes/", "./a/b/c/d/shapes/", "a//shapes/"])
def test_a_package_is_found_at_any_depth(load, zipped, folder):
    loaded = load({"ada.zip": zipped({f"{folder}areas.py": AREAS})}, kind="zip")
    assert loaded["square"](3) == 9
    assert not loaded.told("error")


def test_a_notebook_in_a_zip_is_found(load, zipped, notebook):
    assert load({"ada.zip": zipped({"x/work.ipynb": notebook(AREAS)})}, kind="zip")["square"](3) == 9


def test_junk_is_ignored(load, zipped):
    junk = [
        "__MACOSX/shapes/._areas.py",
        "shapes/.DS_Store",
        "shapes/._areas.py",
        ".git/areas.py",
        "shapes/a.pyc",
        "shapes/__pycache__/areas.py",
        "venv/lib/site-packages/shapes/areas.py",
        "data.csv",
        "shapes/",
    ]
    loaded = load({"ada.zip": zipped({**dict.fromkeys(junk, "square = 1"), "shapes/areas.py": AREAS})}, kind="zip")
    assert loaded["square"](3) == 9
    assert [problem.kind for problem in loaded.problems] == ["missing"]


@pytest.mark.parametrize("depth", [1, 2])
def test_zips_in_what_was_handed_in_are_opened_where_nothing_else_is(load, zipped, depth):
    data = zipped({"shapes/areas.py": AREAS})
    for level in range(depth - 1):
        data = zipped({f"level {level}.zip": data})
    assert load({"files/ada.ZIP": data, "readme.py": "x = 1"})["square"](3) == 9


def test_a_zip_beside_the_work_is_left_closed(load, zipped):
    loaded = load({"shapes/areas.py": AREAS, "old.zip": b"no zip"})
    assert loaded["square"](3) == 9
    assert not loaded.told("error")


def test_windows_separators_are_read(load, zipped):
    data = zipped({"work/shapes/areas.py": AREAS}).replace(b"work/shapes/", b"work\\shapes\\")
    assert load({"ada.zip": data}, kind="zip")["square"](3) == 9


@pytest.mark.parametrize(
    "name", ["../shapes/areas.py", "/shapes/areas.py", "a/../../shapes/areas.py", "\\shapes\\areas.py"]
)
def test_a_name_that_leads_elsewhere_is_not_read(load, zipped, name):
    loaded = load({"ada.zip": zipped({name: AREAS})}, kind="zip")
    assert loaded.functions == {}
    assert "its name leads elsewhere" in loaded.told("odd")


def test_links_and_encrypted_entries_are_not_read(load, zipped):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        link = zipfile.ZipInfo("shapes/sums.py")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd.py")
        archive.writestr("shapes/areas.py", AREAS)
    data = bytearray(buffer.getvalue())
    loaded = load({"ada.zip": bytes(data)}, kind="zip")
    assert loaded["square"](3) == 9
    assert "sums.py was not read: it is a link" in loaded.told("odd")
    central = data.rindex(b"PK\x01\x02")
    data[central + 8] |= 1
    loaded = load({"ada.zip": bytes(data)}, kind="zip")
    assert loaded.functions == {}
    assert "encrypted" in loaded.told("odd")


def test_a_bomb_is_not_inflated_beyond_the_bound(load, zipped, monkeypatch):
    monkeypatch.setattr(unpack, "MAX_TOTAL", unpack.MAX_TOTAL // 32)
    bombs = {f"shapes/bomb{n}.ipynb": bytes(unpack.MAX_TOTAL // 3) for n in range(4)}
    data = zipped({"shapes/areas.py": AREAS, "shapes/sums.py": b" " * (unpack.MAX_MODULE + 1), **bombs})
    loaded = load({"ada.zip": data}, kind="zip")
    assert loaded["square"](3) == 9
    assert "shapes/sums.py was not read" in loaded.told("odd")
    assert "shapes/bomb3.ipynb was not read" in loaded.told("odd")


def test_sizes_that_a_zip_claims_are_not_believed(load, zipped):
    data = bytearray(zipped({"shapes/areas.py": AREAS + "#" * 5000}))
    for start in (data.index(b"PK\x03\x04") + 22, data.rindex(b"PK\x01\x02") + 24):
        data[start : start + 4] = struct.pack("<I", 10)
    loaded = load({"ada.zip": bytes(data)}, kind="zip")
    assert loaded.functions == {}
    assert "was not read" in loaded.told("odd")


def test_one_damaged_entry_costs_itself(load, zipped):
    data = bytearray(zipped({"shapes/areas.py": AREAS, "shapes/sums.py": "def total(x):\n    return x\n" * 50}))
    at = data.rindex(b"PK\x03\x04") + 30 + len("shapes/sums.py") + 5
    data[at : at + 10] = bytes(10)
    loaded = load({"ada.zip": bytes(data)}, kind="zip")
    assert loaded["square"](3) == 9
    assert "shapes/sums.py was not read" in loaded.told("odd")


def test_more_entries_than_there_can_be_are_left(load, zipped):
    data = zipped({"shapes/areas.py": AREAS, **{f"x/{n}.py": "" for n in range(unpack.MAX_ENTRIES)}})
    loaded = load({"ada.zip": data}, kind="zip")
    assert loaded["square"](3) == 9
    assert "there are more than" in loaded.told("odd")


@pytest.mark.parametrize(
    "data", [b"", b"PK", b"no zip at all" * 99, b"PK\x05\x06" + bytes(18), b"PK\x05\x06" + b"\xff" * 18]
)
def test_what_is_no_zip_is_told(load, data):
    loaded = load({"ada.zip": data}, kind="zip")
    assert loaded.functions == {}
    assert loaded.told("missing")


def test_a_zip_to_be_skipped_is_not_opened(load, zipped):
    data = {"ada.zip": zipped({"shapes/areas.py": AREAS})}
    assert load(data, kind="zip").announced[0] == "ada.zip"
    assert load(data, kind="zip", skip=["ada.zip"]).functions == {}
