"""The container engine, by way of its own client.

Why the client, and not the ``docker`` package: it is there wherever an engine is, it finds the
engine as its owner has told it to (contexts, ``DOCKER_HOST``, rootless, ssh), it brings no
dependency, and what it is told here can be read, and typed by hand.
"""

from __future__ import annotations

import csv
import io
import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from .. import __version__
from ..errors import UsageError
from ..grading.many import Job
from ..grading.rubrics import outermost

__all__ = ["TAG", "Engine", "find", "last_line"]

CLIENT = "docker"
TAG = f"autograder:{__version__}"

MIB = 2**20
TRUSTED_MIB = 512
"""For a grader and its zygote beside the worker, and for the server: 40 MiB each, and several copies of what was
handed in, of which the largest take 63 MiB."""

PROCESSES = 16
"""For a grader: its zygote, workers (one at a time) and threads; and for the server."""

WALLS = (
    # Nobody to talk to.
    "--network=none",
    # Nowhere to write but a little memory, where nothing can be executed.
    "--read-only",
    "--tmpfs=/tmp:rw,noexec,nosuid,nodev,size=64m",
    "--ipc=private",
    # Nothing that an ordinary process may not do, and no way to gain it.
    "--cap-drop=ALL",
    "--security-opt=no-new-privileges",
    # Results are not for the engine's log.
    "--log-driver=none",
    # What runs is the image that was found, or nothing.
    "--pull=never",
)

RUBRIC = PurePosixPath("/rubric")
"""Where a marking scheme of the instructor's own is, in the container."""


@dataclass(frozen=True)
class Engine:
    """An engine that answers, and an image on it.

    Attributes:
        cores: its processors; it may be another machine than this one.
        image: the image's digest.
    """

    cores: int
    image: str

    def run(self, name: str, job: Job, width: int) -> tuple[list[str], Job]:
        """The command that starts the container's side, and the job as it reads there.

        Args:
            name: the container's name, by which it can be removed.
            job: how to grade.
            width: how many to grade at the same time; memory and processes are for so many.
        """
        memory = (width + 1) * TRUSTED_MIB + width * (job.limits.memory_bytes // MIB)
        limits = (
            *(f"--memory={memory}m", f"--memory-swap={memory}m"),
            *(f"--pids-limit={(width + 1) * PROCESSES}", f"--cpus={min(width, self.cores)}"),
        )
        mounted, there = _mounted(job)
        server = ("--entrypoint=python", self.image, "-P", "-m", "autograder.container.server")
        return [CLIENT, "run", "--rm", "--interactive", f"--name={name}", *WALLS, *limits, *mounted, *server], there

    def remove(self, name: str) -> None:
        """End a container and remove it, if it is there."""
        subprocess.run([CLIENT, "rm", "--force", name], capture_output=True, check=False)


def find(named: str | None, tell: Callable[[str], None]) -> Engine:
    """Find the engine, and the image: the one named, or this version's.  In a checkout that one is built.

    Args:
        named: an image's name.
        tell: is told what will take a while.

    Raises:
        UsageError: if there is no engine or no image, or the image can't be built.
    """
    cores = int(_ask("info", "--format={{.NCPU}}", remedy="start the engine, or grade without --docker"))
    checkout = Path(__file__).resolve().parents[2]
    if named is not None or not (checkout / "Dockerfile").is_file():
        name = named or TAG
        remedy = f"build it in the project's checkout (docker build --tag {name} .), or name another with --image"
        return Engine(cores, _ask("image", "inspect", "--format={{.Id}}", "--", name, remedy=remedy))
    if _run("image", "inspect", TAG).returncode != 0:
        tell(f"building the image {TAG}; the first time this takes some minutes")
    remedy = f"see what 'docker build {checkout}' says, or name an image with --image"
    return Engine(cores, _ask("build", "--quiet", f"--tag={TAG}", "--", str(checkout), remedy=remedy))


def last_line(output: bytes) -> str:
    """The last line in which something is said; of the client's advice (``See 'docker run --help'``) nothing."""
    lines = [line.strip() for line in output.decode(errors="replace").splitlines()]
    said = [line for line in lines if line and "--help" not in line]
    return said[-1] if said else "it doesn't say why"


def _ask(*arguments: str, remedy: str) -> str:
    answer = _run(*arguments)
    if answer.returncode != 0:
        raise UsageError(f"docker {arguments[0]}: {last_line(answer.stderr)}. Remedy: {remedy}")
    return answer.stdout.decode().strip()


def _run(*arguments: str) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run([CLIENT, *arguments], capture_output=True, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise UsageError(
            f"docker can't be started ({error.strerror}). Remedy: install it, or grade without --docker"
        ) from None


def _mounted(job: Job) -> tuple[list[str], Job]:
    """What a marking scheme in a file of one's own takes: its package, or its folder, to read."""
    if not job.rubric.endswith(".py"):
        return [], job
    file = Path(job.rubric).resolve()
    folder = outermost(file.parent)
    # A package keeps its name: its modules may import one another by it.
    target = RUBRIC / folder.name if (folder / "__init__.py").is_file() else RUBRIC
    # As a row of CSV, which is what the client reads: so a folder's name may hold a comma.
    row = io.StringIO()
    csv.writer(row).writerow(["type=bind", f"source={folder}", f"target={target}", "readonly"])
    # Read as the caller, to whom it belongs, but never as root.
    user = [f"--user={os.getuid()}:{os.getgid()}"] if os.getuid() != 0 else []
    there = target.joinpath(*file.relative_to(folder).parts)
    return [f"--mount={row.getvalue().rstrip()}", *user], replace(job, rubric=str(there))
