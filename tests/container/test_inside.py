"""What a worker in the container can reach: nothing but the standard library and numpy."""

import json
import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.container

SITE = "/opt/autograder/lib/python3.13/site-packages"
NEEDED = ("/usr/lib/python3.13/", f"{SITE}/numpy/", f"{SITE}/numpy.libs/")
LINKED = "/etc/python3.13/sitecustomize.py"
"""What the standard library's folder holds a link to: an empty file of Debian's."""

OWN_NAMESPACES = re.compile(r"/proc/\d+/(task/\d+/)?ns/\w+")
"""Handles of the worker's own namespaces, which root in the container may open: nothing can be read from one."""

SECRETS = {
    "/submissions/bela/nn/linear.py",
    "/submissions/chen.zip",
    "/graded/seed",
    "/graded/results/bela.json",
    "/rubric/rubric.py",
    f"{SITE}/solutions/rubric.py",
    f"{SITE}/solutions/reference/batchnorm.py",
    f"{SITE}/autograder/checks/gradient.py",
}


@pytest.fixture(scope="module", params=["10001:10001", "0:0"])
def found(request, image, tmp_path_factory, walled):
    """What the probe found, with a class, results and a marking scheme mounted as by hand, by root or another."""
    host = tmp_path_factory.mktemp("host")
    for secret in SECRETS:
        if not secret.startswith(SITE):
            (host / secret[1:]).parent.mkdir(parents=True, exist_ok=True)
            (host / secret[1:]).write_text("secret")
    mounts = [f"--mount=type=bind,source={host / name},target=/{name}" for name in ("submissions", "graded", "rubric")]
    probe = Path(__file__).with_name("probe.py")
    mounts.append(f"--mount=type=bind,source={probe},target=/probe.py,readonly")
    return json.loads(walled(*mounts, f"--user={request.param}", "--entrypoint=python", image, "/probe.py"))


def test_not_one_byte_can_be_read_but_of_the_standard_library_and_numpy(found):
    assert found["readable"]
    assert set(found["readable"]) >= SECRETS
    opened = {path for _, path in found["opened"]}
    needed = {path for path in opened if f"{path}/".startswith(NEEDED) or path == LINKED}
    assert not [path for path in opened - needed if not OWN_NAMESPACES.fullmatch(path)]
    assert f"{SITE}/numpy/__init__.py" in opened
    assert "/usr/lib/python3.13/colorsys.py" in opened


def test_nothing_can_be_written_and_no_link_followed(found):
    assert {how for how, _ in found["opened"]} == {"read", "read from the top", "held", "listed"}


def test_every_process_of_the_container_was_tried(found):
    processes = {path.split("/")[2] for path in found["tried"] if path.startswith("/proc/") and path.endswith("/mem")}
    assert len([process for process in processes if process.isdigit()]) >= 3  # grader, zygote, worker
    assert {"/proc/1/environ", "/proc/self/mem", "/proc/self/fd/3", "/dev/shm", "/etc/shadow"} <= set(found["tried"])


def test_every_lock_holds_by_itself(walled, image):
    done = walled(image, "doctor")
    assert "MISSING" not in done
    assert [line.split()[1] for line in done.splitlines() if line.startswith("ok")] == [
        *("system", "landlock", "seccomp", "rlimits", "sandbox"),
    ]
