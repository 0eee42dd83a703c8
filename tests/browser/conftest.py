"""The filled-in notebook, executed, in a JupyterLab of its own."""

import json
import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from autograder.grading import rubrics
from autograder.release import kits
from autograder.release.exercise import Exercise
from autograder.release.notebook import notebook

SETTINGS = {
    # Otherwise cells out of sight are not in the page.
    "@jupyterlab/notebook-extension/tracker": {"windowingMode": "none"},
    # No question whether to fetch news, and no request outside.
    "@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}

BROWSER = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="session")
def kit(tmp_path_factory):
    """A folder with the notebook's kit, its notebook filled in and executed."""
    nbclient = pytest.importorskip("nbclient")
    nbformat = pytest.importorskip("nbformat")
    exercise = Exercise(rubrics.load("solutions.rubric"))
    folder = tmp_path_factory.mktemp("kit")
    kits.write({path: data for path, data in kits.release(exercise).items() if path.startswith("notebook/")}, folder)
    folder /= "notebook"
    document = nbformat.reads(notebook(exercise, filled=True), as_version=4)
    nbclient.NotebookClient(document, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    nbformat.write(document, folder / kits.NOTEBOOK)
    return folder


@pytest.fixture(scope="session")
def screenshots(tmp_path_factory):
    """Where screenshots go: the folder that AUTOGRADER_SCREENSHOTS names, or one that nobody keeps."""
    named = os.environ.get("AUTOGRADER_SCREENSHOTS")
    folder = Path(named) if named else tmp_path_factory.mktemp("screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture(scope="module", params=["Light", "Dark"])
def theme(request):
    return request.param


@pytest.fixture(scope="module")
def lab(kit, theme, tmp_path_factory):
    """The address of the notebook in a JupyterLab that runs on this machine alone."""
    pytest.importorskip("jupyterlab")
    home = tmp_path_factory.mktemp("jupyter")
    settings = {**SETTINGS, "@jupyterlab/apputils-extension/themes": {"theme": f"JupyterLab {theme}"}}
    for name, content in settings.items():
        path = home / "settings" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), "utf-8")
    port, token = _free_port(), secrets.token_hex(16)
    options = {
        "ServerApp.ip": "127.0.0.1",
        "ServerApp.port": port,
        "ServerApp.port_retries": 0,
        "ServerApp.root_dir": kit,
        "ServerApp.allow_root": True,
        "IdentityProvider.token": token,
        "LabApp.user_settings_dir": home / "settings",
        "LabApp.workspaces_dir": home / "workspaces",
        "LabApp.extension_manager": "readonly",
    }
    line = [sys.executable, "-m", "jupyterlab", "--no-browser", *(f"--{name}={each}" for name, each in options.items())]
    environment = {**os.environ, "JUPYTER_CONFIG_DIR": str(home), "JUPYTER_RUNTIME_DIR": str(home / "runtime")}
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(line, env=environment, stdout=log, stderr=log)
        try:
            address = f"http://127.0.0.1:{port}"
            _wait_for(f"{address}/api/status?token={token}", server, home / "log")
            yield f"{address}/lab/tree/{kits.NOTEBOOK}?token={token}"
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="session")
def browser():
    """Chromium without a window: the one on the path, or that of AUTOGRADER_CHROMIUM."""
    playwright = pytest.importorskip("playwright.sync_api")
    program = os.environ.get("AUTOGRADER_CHROMIUM") or shutil.which("chromium")
    if program is None:
        pytest.skip("there is no chromium; set AUTOGRADER_CHROMIUM")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=program, args=list(BROWSER))
        yield chromium
        chromium.close()


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(address, server, log, seconds=90):
    end = time.monotonic() + seconds
    while time.monotonic() < end and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    pytest.fail(f"JupyterLab doesn't answer:\n{log.read_text('utf-8', 'replace')}")
