import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.container.engine import TAG

ROOT = Path(__file__).resolve().parents[2]
RIGHT = "def midpoint(a, b):\n    return (a + b) / 2\n"


def successful(*command):
    """What a command that has to succeed prints."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def image():
    """The image, built from this checkout.  Without an engine this fails: a wall that is skipped is no wall."""
    successful("docker", "build", "--tag", TAG, "--tag", "autograder", str(ROOT))
    return TAG


@pytest.fixture(scope="session")
def walled(image):
    """Run the image with the walls that the documentation names: ``walled(…) -> what it prints``."""
    walls = (
        *("--rm", "--network=none", "--read-only", "--tmpfs=/tmp", "--cap-drop=ALL"),
        *("--security-opt=no-new-privileges", "--memory=4g", "--memory-swap=4g", "--cpus=2", "--pids-limit=128"),
    )
    return lambda *arguments: successful("docker", "run", *walls, *map(str, arguments))


@pytest.fixture
def docker(image):
    """Run the client: ``docker("run", …) -> what it prints``."""
    return lambda *arguments: successful("docker", *map(str, arguments))


@pytest.fixture
def inside(docker):
    """Run a shell's line in the image: ``inside("id -u") -> what it prints``."""
    return lambda line: docker("run", "--rm", "--network=none", "--entrypoint=sh", TAG, "-c", line)


@pytest.fixture
def start(tmp_path):
    """Start the command in an empty folder: ``start("grade", …) -> Popen``."""

    def start(*arguments, **environment):
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, cwd=tmp_path, env={**os.environ, **environment}, **pipes)

    return start


@pytest.fixture
def run(start):
    """Run the command to its end: ``run("grade", …) -> CompletedProcess``."""

    def run(*arguments, **environment):
        with start(*arguments, **environment) as process:
            out, err = process.communicate(timeout=600)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)

    return run


@pytest.fixture
def tiny(tmp_path):
    """A marking scheme of one's own, in a file; as a module, each test's has another name."""
    folder = tmp_path / "mine"
    folder.mkdir()
    return shutil.copy(ROOT / "tests" / "end_to_end" / "tiny_rubric.py", folder / f"{tmp_path.name}_rubric.py")


@pytest.fixture
def write(tmp_path):
    """Write a submission to that marking scheme: ``write("ada", "def …", folder=…) -> folder``."""

    def write(name, source=RIGHT, folder=tmp_path / "class"):
        (folder / name / "decay").mkdir(parents=True)
        (folder / name / "decay" / "geometry.py").write_text(source)
        return folder / name

    return write


@pytest.fixture
def results():
    """Every result by file name, timings apart: ``results(out) -> dict``."""

    def results(out):
        found = {}
        for path in sorted((out / "results").iterdir()):
            found[path.name] = json.loads(path.read_bytes())
            del found[path.name]["timing"]
        return found

    return results
