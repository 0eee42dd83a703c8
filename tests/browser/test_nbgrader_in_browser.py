"""The feedback and the formgrader's pages of a graded student, in a browser."""

import json
import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request

import nbgrader_course
import pytest

pytest.importorskip("nbgrader")
pytestmark = pytest.mark.browser

ASSIGNMENT = nbgrader_course.ASSIGNMENT


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    made, _, solved = nbgrader_course.make(tmp_path_factory.mktemp("nbgrader") / "course")
    answers = {"why-not-zero": "All of them are the same."}
    wrong = {"relu_backward": nbgrader_course.WRONG_RELU, "softmax_loss": nbgrader_course.WRONG_SOFTMAX}
    made.hand_in("bela", nbgrader_course.changed(solved, {**answers, **wrong}))
    made.nbgrader("autograde", ASSIGNMENT)
    made.nbgrader("generate_feedback", ASSIGNMENT)
    return made


@pytest.fixture(scope="module")
def server(course, tmp_path_factory):
    """The address of a Jupyter server with the formgrader, on this machine alone, and its token."""
    home = tmp_path_factory.mktemp("jupyter")
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port, token = listener.getsockname()[1], secrets.token_hex(16)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": course.folder,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": token,
    }
    settings = {"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.formgrader": True}}}
    (home / "jupyter_server_config.json").write_text(json.dumps(settings), "utf-8")
    line = [sys.executable, "-m", "jupyter_server", "--no-browser", *(f"--{k}={v}" for k, v in options.items())]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime")}
    with (home / "log").open("wb") as log:
        process = subprocess.Popen(line, cwd=course.folder, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(f"{address}/api/status?token={token}", process, home / "log")
            yield address, token
        finally:
            process.terminate()
            process.wait(30)


def test_the_feedback_is_readable(course, browser, screenshots):
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.goto(f"file://{course.folder}/feedback/bela/{ASSIGNMENT}/exercise.html", wait_until="domcontentloaded")
    _look(page, screenshots / "nbgrader-feedback.png")


def test_the_formgrader_shows_marks_messages_and_pictures(course, server, browser, screenshots):
    from nbgrader.api import Gradebook

    address, token = server
    with Gradebook(f"sqlite:///{course.folder}/gradebook.db", ASSIGNMENT) as book:
        submission = book.find_submission_notebook("exercise", ASSIGNMENT, "bela").id
    page = browser.new_page(viewport={"width": 1280, "height": 1600})
    page.goto(f"{address}/formgrader/submissions/{submission}/?token={token}", wait_until="domcontentloaded")
    _look(page, screenshots / "nbgrader-formgrader.png")
    assert page.locator("input.score#check-relu").count() == 1
    # What the page's own script asks for, and puts into that field.
    grades = page.request.get(f"{address}/formgrader/api/grades?submission_id={submission}&token={token}").json()
    (relu,) = [grade for grade in grades if grade["name"] == "check-relu"]
    assert 0 < relu["auto_score"] < relu["max_score"] == 2


def _look(page, path):
    """Marks, a message and a picture of an array are there, can be seen, and are dark on light."""
    table = page.locator(".ag-marks", has_text="relu:").first
    table.wait_for(state="visible", timeout=60_000)
    assert "of 2 points" in table.inner_text()
    assert "wrong" in table.inner_text()
    picture = table.locator(".ag-picture td.ag-wrong").first
    assert picture.is_visible()
    assert picture.bounding_box()["width"] > 10
    comments = page.content()
    assert "relu_backward" in comments
    table.scroll_into_view_if_needed()
    page.screenshot(path=path)
    size = table.locator("p").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")
    assert size >= 11


def _wait(address, process, log, seconds=120):
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"the server doesn't answer:\n{log.read_text('utf-8', 'replace')[-3000:]}")
