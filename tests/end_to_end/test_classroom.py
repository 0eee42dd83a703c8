"""The workflow for a classroom repository: what it says is what its runner would do."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import junitparser
import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = ROOT / "docs" / "classroom.yml"


@pytest.fixture(scope="module")
def workflow():
    return yaml.safe_load(WORKFLOW.read_text(encoding="utf-8"))


def test_it_is_a_workflow(workflow):
    assert set(workflow[True]) >= {"push"}  # YAML 1.1 reads the key `on` as true, GitHub as itself
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert job["runs-on"] == "ubuntu-latest"
    for step in job["steps"]:
        assert ("uses" in step) != ("run" in step)
    kept = job["steps"][-1]
    assert kept["if"] == "always()"
    assert kept["with"]["path"].split() == ["junit.xml", "check.html"]


def test_its_command_checks_and_keeps_the_outcome(workflow, tmp_path):
    (job,) = workflow["jobs"].values()
    install, check = (step["run"] for step in job["steps"] if "run" in step)
    assert install == 'python -m pip install "$AUTOGRADER"'
    assert workflow["env"]["AUTOGRADER"] == "numerical-autograder[report]"
    repository = tmp_path / "repository"
    shutil.copytree(ROOT / "assignment" / "python", repository)
    losses = repository / "nn" / "losses.py"
    losses.write_text(losses.read_text() + "\n\ndef softmax(scores):\n    return scores\n")
    environment = {**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    done = subprocess.run(
        ["bash", "-e", "-c", check], cwd=repository, env=environment, capture_output=True, timeout=200, check=False
    )
    assert done.returncode == 1, done.stderr  # a wrong function fails the job
    (suite,) = junitparser.JUnitXml.fromfile(str(repository / "junit.xml"))
    assert suite.errors == 0
    failed = {case.classname for case in suite if case.result and isinstance(case.result[0], junitparser.Failure)}
    assert failed == {"neural-networks.softmax"}
    assert suite.skipped > 0  # not attempted yet
    assert (repository / "check.html").is_file()
