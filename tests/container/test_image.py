"""What is in the image, and what isn't."""

import json

import pytest

pytestmark = pytest.mark.container

MIB = 2**20
SITE = "/opt/autograder/lib/python3.13/site-packages"
STARTER = f"{SITE}/autograder/starter/"
"""What a new exercise begins with, its tests among it."""


@pytest.fixture
def facts(docker, image):
    return json.loads(docker("image", "inspect", image))[0]


def test_it_is_small(facts, docker):
    base = int(docker("image", "inspect", "--format={{.Size}}", "debian:trixie-slim"))
    assert facts["Size"] < 350 * MIB
    assert facts["Size"] - base < 215 * MIB


def test_it_runs_as_somebody_without_privileges(facts, inside):
    assert facts["Config"]["User"] == "10001:10001"
    assert inside("id -u; id -g").split() == ["10001", "10001"]


def test_it_is_the_command_and_says_what_it_is(facts, docker, image):
    assert facts["Config"]["Entrypoint"] == ["autograder"]
    assert facts["Config"]["Labels"]["org.opencontainers.image.licenses"] == "Apache-2.0"
    assert docker("run", "--rm", image, "--version").split() == ["autograder", image.partition(":")[2]]


def test_it_has_no_tools_to_build_with(inside):
    tools = "pip pip3 gcc g++ cc c++ clang make ld as strip git curl wget"
    assert inside(f"for tool in {tools}; do command -v $tool; done; true") == ""
    for module in ("pip", "setuptools", "ensurepip"):
        assert inside(f"python -c 'import {module}' 2>/dev/null && echo there; true") == ""
    found = inside(f"find {SITE} -name '*.pyi' -o -name '*.h' -o -name '*.c' -o -type d -name tests").split()
    assert [path for path in found if not path.startswith(STARTER)] == []


def test_its_libraries_are_the_pinned_ones(inside, root):
    pinned = (root / "requirements" / "run.txt").read_text()
    names = inside(f"cd {SITE} && ls -d *.dist-info").split()
    assert names
    for name in names:
        distribution, version = name.removesuffix(".dist-info").rsplit("-", 1)
        assert f"{distribution.replace('_', '-')}=={version}" in pinned


def test_no_file_gives_privileges(inside):
    assert inside("find / -xdev -type f -perm /6000 2>/dev/null; true") == ""


def test_nothing_of_it_can_be_changed_by_who_grades(inside):
    assert inside("find /opt /usr /etc /bin /lib -xdev -writable ! -type l 2>/dev/null; true") == ""


def test_nothing_comes_along_that_was_not_meant_to(inside):
    assert inside("ls -A /project /src /run.txt /pip 2>/dev/null; true") == ""
    found = inside(f"find {SITE}/autograder {SITE}/solutions -name '.*' -o -name '*.toml' -o -name submissions")
    assert [path for path in found.split() if not path.startswith(STARTER)] == []


def test_everything_is_compiled_already(inside):
    loaded = (
        "import autograder.cli, solutions.rubric, sys; "
        "print(*(module.__spec__.cached for module in list(sys.modules.values()) if module.__spec__))"
    )
    files = [path for path in inside(f'python -c "{loaded}"').split() if path != "None"]
    assert len(files) > 200
    assert inside(f"for file in {' '.join(files)}; do test -f $file || echo $file; done") == ""
