"""What students get: made by one command, committed, and judged as grading judges it."""

import importlib.util
import pickle
import shutil
import subprocess
import sys

import numpy as np
import pytest

from autograder.grading.one import Grader, grade
from autograder.grading.public import FILE, load_public
from autograder.release import kits
from autograder.release.exercise import Exercise
from autograder.release.notebook import notebook
from autograder.results import Verdict
from autograder.submission import discover

nbformat = pytest.importorskip("nbformat")


@pytest.fixture(scope="module")
def files(exercise):
    return kits.release(Exercise(exercise))


@pytest.fixture(scope="module")
def public(root):
    return load_public(root / "assignment" / "python" / FILE)


@pytest.fixture(scope="module")
def images(root):
    spec = importlib.util.spec_from_file_location("images", root / "assignment" / "python" / "images.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_assignment_is_what_release_makes(root, files):
    assert list(kits.differences(files, root / "assignment")) == []


def test_the_command_makes_it_and_holds_a_folder_to_it(run, tmp_path, files):
    done = run("release", "--out", "kit", "--rubric", "solutions.rubric")
    assert done.returncode == 0, done.stderr
    assert {
        path.relative_to(tmp_path / "kit").as_posix() for path in (tmp_path / "kit").rglob("*") if path.is_file()
    } == set(files)
    assert run("release", "--out", "kit", "--check").returncode == 0
    stub = tmp_path / "kit" / "python" / "nn" / "linear.py"
    stub.write_text(stub.read_text() + "\nx = 1\n")
    done = run("release", "--out", "kit", "--check")
    assert done.returncode == 1
    assert "kit/python/nn/linear.py: not what the release makes" in done.stderr.replace("\n", "")


@pytest.mark.parametrize("other", ["--gradescope", "--nbgrader"])
def test_a_check_of_what_it_would_write_is_refused_and_writes_nothing(run, tmp_path, other):
    done = run("release", "--check", other, "there.zip")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "there.zip: --check writes nothing" in done.stderr
    assert not list(tmp_path.iterdir())


def test_a_rubric_without_a_reference_folder_is_refused_in_one_line(run, root):
    done = run("release", "--rubric", str(root / "tests" / "end_to_end" / "tiny_rubric.py"))
    assert done.returncode == 2
    assert "no reference modules" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_stubs_earn_nothing_and_nothing_crashes(grade, root, tmp_path):
    shutil.copytree(root / "assignment" / "python", tmp_path / "student")
    result = grade(tmp_path / "student")
    assert result.score == 0
    assert {check.verdict for task in result.tasks for check in task.checks} == {Verdict.NOT_ATTEMPTED}
    assert result.warnings == ()


def test_the_notebook_as_released_earns_nothing_and_nothing_crashes(grade, files, tmp_path):
    (tmp_path / "student.ipynb").write_bytes(files["notebook/exercise.ipynb"])
    result = grade(tmp_path / "student.ipynb")
    assert result.score == 0
    assert {check.verdict for task in result.tasks for check in task.checks} == {Verdict.NOT_ATTEMPTED}


def test_the_notebook_filled_in_earns_what_the_modules_do(grade, exercise, tmp_path, write):
    (tmp_path / "student.ipynb").write_text(notebook(Exercise(exercise), filled=True), encoding="utf-8")
    result = grade(tmp_path / "student.ipynb")
    assert result.score == result.max_score
    assert result.tasks == grade(write(changed(exercise))).tasks


def changed(exercise, **changes):
    """The reference as a student's modules, with a change or two."""
    sources = {f"nn/{name}.py": module.filled for name, module in Exercise(exercise).modules.items()}
    for module, (old, new) in changes.items():
        path = f"nn/{module}.py"
        assert old in sources[path]
        sources[path] = sources[path].replace(old, new)
    return sources


@pytest.mark.parametrize(
    ("changes", "loses"),
    [
        ({}, set()),
        ({"linear": ("dout @ W.T", "1.001 * dout @ W.T")}, {"affine", "network_loss", "train"}),
        ({"batchnorm": ("var = np.mean(x_mu**2, axis=0)", "var = np.var(x, axis=0, ddof=1)")}, {"batchnorm_forward"}),
        ({"losses": ("np.exp(scores - np.max(scores, axis=1, keepdims=True))", "np.exp(scores)")}, {"softmax"}),
        ({"initialization": ("np.sqrt(2 / fan_in)", "np.sqrt(2 / fan_out)")}, {"he_init"}),
        ({"network": ("    return frozen\n", "    raise NotImplementedError\n")}, {"freeze_batchnorm"}),
        ({"preprocessing": ("train - mean_image, ", "train, ")}, {"subtract_mean_image"}),
        ({"activations": ("    return np.where(x > 0, dout, 0)\n", "    return 1 / 0\n")}, {"relu"}),
    ],
    ids=lambda value: "-".join(sorted(value)) or "nothing",
)
def test_without_a_reference_the_judgement_is_the_same(exercise, sandbox, public, write, changes, loses):
    folder = write(changed(exercise, **changes))
    (submitted,) = discover([folder], public.layout.package, set(public.layout.functions.values()))
    source = submitted.read()
    by_rubric = Grader(exercise, "key", sandbox, only_visible=True).grade(source)
    by_file = grade(source, public.sheet(), sandbox)
    assert by_file.tasks == by_rubric.tasks
    lost = {task.name for task in by_file.tasks if task.score < task.max_score}
    assert loses <= lost
    assert bool(loses) == bool(lost)
    assert Verdict.GRADER_FAULT not in {check.verdict for task in by_file.tasks for check in task.checks}


def test_the_checks_are_read_without_scipy_and_without_what_only_linux_has(root):
    program = f"""
import sys
from pathlib import Path

class Unavailable:
    def find_spec(self, name, *_):
        if name.partition(".")[0] in "scipy nbformat fcntl resource pwd grp termios landlock pyseccomp".split():
            raise ModuleNotFoundError(name)

sys.meta_path.insert(0, Unavailable())
from autograder.grading.public import load_public
print(len(load_public(Path({str(root / "assignment" / "python" / FILE)!r})).tasks))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 30


def test_the_digits_are_scikit_learns(images):
    datasets = pytest.importorskip("sklearn.datasets")
    theirs = datasets.load_digits()
    train_images, train_labels, test_images, test_labels = images.load_digits()
    assert np.array_equal(np.concatenate([train_images, test_images])[..., 0], theirs.images)
    assert np.array_equal(np.concatenate([train_labels, test_labels]), theirs.target)


def test_the_digits_have_the_shapes_that_they_say(images):
    loaded = images.load_digits()
    assert [(array.shape, array.dtype.name) for array in loaded] == [
        ((1500, 8, 8, 1), "uint8"), ((1500,), "int64"), ((297, 8, 8, 1), "uint8"), ((297,), "int64")
    ]  # fmt: skip
    assert sorted(set(loaded[3].tolist())) == list(range(10))
    assert int(loaded[0].max()) == 16


def cifar10_batch(pixels, labels):
    """The bytes of a batch as Python 2's pickle wrote them: byte strings, an array of uint8, a list."""

    def string(text):
        return b"U" + bytes([len(text)]) + text

    def long_string(data):
        return b"T" + len(data).to_bytes(4, "little") + data

    dtype = (
        b"cnumpy\ndtype\n"
        + string(b"u1")
        + b"K\x00K\x01\x87R(K\x03"
        + string(b"|")
        + b"NNNJ\xff\xff\xff\xffJ\xff\xff\xff\xffK\x00tb"
    )
    shape = b"K" + bytes([len(pixels)]) + b"M\x00\x0c\x86"
    array = b"cnumpy.core.multiarray\n_reconstruct\ncnumpy\nndarray\nK\x00\x85" + string(b"b") + b"\x87R"
    array += b"(K\x01" + shape + dtype + b"\x89" + long_string(pixels.tobytes()) + b"tb"
    numbers = b"](" + b"".join(b"K" + bytes([label]) for label in labels) + b"e"
    return b"\x80\x02}(" + string(b"data") + array + string(b"labels") + numbers + b"u."


def test_cifar10_is_read_as_its_batches_are(images, tmp_path):
    rng = np.random.default_rng(0)
    batches = {
        name: rng.integers(0, 256, (2, 3072), dtype=np.uint8)
        for name in (*map("data_batch_{}".format, range(1, 6)), "test_batch")
    }
    for number, (name, pixels) in enumerate(batches.items()):
        (tmp_path / name).write_bytes(cifar10_batch(pixels, [number, 9]))
    train_images, train_labels, test_images, test_labels = images.load_cifar10(tmp_path)
    assert (train_images.shape, test_images.shape) == ((10, 32, 32, 3), (2, 32, 32, 3))
    assert train_labels.tolist() == [0, 9, 1, 9, 2, 9, 3, 9, 4, 9]
    assert test_labels.tolist() == [5, 9]
    assert train_images[2, 3, 4].tolist() == batches["data_batch_2"][0].reshape(3, 32, 32)[:, 3, 4].tolist()
    assert train_images.dtype == np.uint8


def test_a_file_that_is_no_batch_runs_nothing(images, tmp_path):
    class Evil:
        def __reduce__(self):
            return (print, ("ran",))

    for name in ("data_batch_1", "test_batch"):
        (tmp_path / name).write_bytes(pickle.dumps(Evil(), protocol=2))
    with pytest.raises(pickle.UnpicklingError, match="has no place in a file of images"):
        images.load_cifar10(tmp_path)
