# ruff: noqa: PTH102, PTH103, PTH104, PTH106, PTH107, PTH110, PTH112, PTH113, PTH123, SIM115, UP020
# Files are opened here in the ways in which students open them.
from __future__ import annotations

import builtins
import gzip
import io
import logging
import os
import pickle
from pathlib import Path

import numpy as np
import pytest
from numpy.lib import _datasource

from autograder.sandbox import wire
from autograder.sandbox.inside import files, modules


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A folder that must stay empty, as the present one, with files in memory."""
    for owner, name in files.REPLACED:
        monkeypatch.setattr(owner, name, getattr(owner, name))
    openers = _datasource._file_openers._file_openers
    monkeypatch.setitem(openers, None, openers[None])
    monkeypatch.chdir(tmp_path)
    (tmp_path / "there.txt").write_text("there")
    files.install()
    yield tmp_path
    assert [entry.name for entry in os.scandir(tmp_path)] == ["there.txt"]


def read(path):
    with open(path) as file:
        return file.read()


def test_text_is_found_again(folder):
    with open("notes.txt", "w", encoding="utf-8") as file:
        file.write("zwölf\n")
        print(12, file=file)
    with open("./notes.txt", "a") as file:
        file.writelines(["13\n"])
    assert read("notes.txt") == "zwölf\n12\n13\n"
    with open("notes.txt", "r+") as file:
        file.write("Z")
    assert next(open("notes.txt")) == "Zwölf\n"


def test_arrays_are_found_again(folder):
    a = np.arange(6.0).reshape(2, 3)
    np.save("a.npy", a)
    np.savez("b.npz", a=a)
    np.savez_compressed("c.npz", a)
    np.savetxt("d.txt", a)
    a.dump("e.pkl")
    assert np.array_equal(np.load("a.npy"), a)
    assert np.array_equal(np.load("b.npz")["a"], a)
    assert np.array_equal(np.load("c.npz")["arr_0"], a)
    assert np.array_equal(np.loadtxt("d.txt"), a)
    assert np.array_equal(np.load("e.pkl", allow_pickle=True), a)


def test_other_ways_of_writing(folder):
    os.makedirs("out/deep", exist_ok=True)
    Path("more").mkdir(parents=True)
    os.mkdir("out/deep")
    Path("out/x.txt").write_text("x")
    with gzip.open("y.gz", "wb") as file:
        file.write(b"y")
    with open("z.pkl", "wb") as file:
        pickle.dump([1], file)
    with io.open("w.txt", "x") as file:
        file.write("w")
    logging.FileHandler("log.txt").close()
    assert Path("out/x.txt").read_text() == "x"
    assert gzip.decompress(Path("y.gz").read_bytes()) == b"y"
    assert pickle.load(open("z.pkl", "rb")) == [1]
    with pytest.raises(FileExistsError):
        open("w.txt", "x")


def test_what_was_written_exists_until_it_is_removed(folder):
    open("a", "w").close()
    os.mkdir("d")
    assert os.path.exists("a")
    assert os.path.isfile("./a")
    assert os.path.isdir("d")
    os.rename("a", "b")
    assert not os.path.exists("a")
    os.remove("b")
    os.rmdir("d")
    assert not os.path.exists("b")
    assert not os.path.exists("d")
    with pytest.raises(FileNotFoundError):
        open("b")
    with pytest.raises(FileNotFoundError):
        os.remove("b")


def test_what_is_really_there_can_be_read_and_seems_to_change(folder):
    assert read("there.txt") == "there"
    assert os.path.exists("there.txt")
    with open("there.txt", "r+") as file:
        file.write("TH")
    assert read("there.txt") == "THere"
    with pytest.raises(FileNotFoundError):
        open("not there", "r+")
    assert (folder / "there.txt").stat().st_size == 5


def test_memory_is_bounded_and_given_back(folder):
    for _ in range(3):
        with open("big", "wb") as file:
            file.write(bytes(files.MAX_BYTES))
    file = open("more", "wb")
    file.write(b"x")
    with pytest.raises(OSError, match="No space left"):
        file.close()
    assert file.closed
    os.remove("big")
    with open("more", "wb") as file:
        file.write(b"x")


def test_descriptors_are_the_real_ones(folder):
    reading, writing = os.pipe()
    with open(writing, "wb") as file:
        file.write(b"x")
    with open(reading, "rb") as file:
        assert file.read() == b"x"


def test_installing_twice_changes_nothing(folder):
    opened = builtins.open
    open("a", "w").close()
    files.install()
    assert builtins.open == opened
    assert os.path.exists("a")


def test_a_load_keeps_what_is_written_in_memory(folder):
    text = b"import numpy as np\nnp.save('a.npy', np.ones(3))\ndef f(x): return np.load('a.npy').sum() + x\n"
    request = wire.Load("folder", {"shapes/areas.py": text}, "shapes", {"f": "areas"})
    functions, loaded = modules.load(request, lambda part: None)
    assert functions["f"](1) == 4
    assert loaded.problems == ()


def test_other_folders_and_files_are_the_real_ones(folder):
    with pytest.raises(FileNotFoundError):
        os.rmdir("gone")
    with pytest.raises(FileNotFoundError):
        os.rename("gone", "there")
    assert os.path.isdir(folder)


def test_a_file_that_is_closed_twice_is_stored_once(folder):
    file = open("a", "wb")
    file.write(b"first")
    file.close()
    Path("a").unlink()
    file.close()
    assert not os.path.exists("a")
