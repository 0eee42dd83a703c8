"""The image as a custom Gradescope image."""

import json
import os
import subprocess
import sys

import gradescope_tree
import pytest

pytestmark = pytest.mark.container


def test_it_grades_in_a_tree_like_gradescope_s(walled, image, tiny, tmp_path):
    upload = tmp_path / "upload.zip"
    release = [sys.executable, "-m", "autograder", "release", "--rubric", tiny, "--gradescope", upload, "--seed", "k"]
    subprocess.run(release, check=True, capture_output=True, timeout=120)
    root = gradescope_tree.lay_out(tmp_path / "autograder", upload, {"decay/geometry.py": gradescope_tree.RIGHT})
    mount = f"--mount=type=bind,source={root},target=/autograder"
    walled(mount, f"--user={os.getuid()}:{os.getgid()}", "--entrypoint=/autograder/run_autograder", image)
    report = json.loads((root / "results" / "results.json").read_bytes())
    assert report["score"] == 1.0
    assert len(report["tests"]) == 3
