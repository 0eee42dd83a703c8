"""The hostile suite in the built image, behind the walls that the documentation names."""

import re

import pytest
from hostile import suite

pytestmark = pytest.mark.container


def test_every_hostile_program_is_held_in_the_container(image, walled, root):
    mount = f"--mount=type=bind,source={root / 'tests'},target=/tests,readonly"
    lines = walled(mount, "--entrypoint=python", image, "/tests/hostile/suite.py").splitlines()
    held = {name for line in lines for name in re.findall(r"^held +(\S+)$", line)}
    assert held == {program.name for program in suite.programs()}
    assert lines[-1] == f"{len(held)} hostile programs, 0 not as is due"
