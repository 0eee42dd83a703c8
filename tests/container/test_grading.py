"""Grading in the container: as without it."""

import os
import re
import shutil
import signal
import subprocess
import time

import pytest

pytestmark = pytest.mark.container

HANGS = "def midpoint(a, b):\n    while True:\n        pass\n"
NO_LANDLOCK = """{"defaultAction": "SCMP_ACT_ALLOW", "syscalls": [{"action": "SCMP_ACT_ERRNO", "names": [
    "landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self"]}]}"""


@pytest.fixture
def alone(tmp_path, run, results):
    """A class's results without a container: ``alone(path, …) -> dict``."""

    def alone(*arguments):
        done = run("grade", *arguments, "--seed", "s", "--out", tmp_path / "alone")
        assert done.returncode == 0, done.stderr
        return results(tmp_path / "alone")

    return alone


@pytest.fixture
def containers():
    """The names of the containers that there are."""

    def containers():
        listed = ["docker", "ps", "--all", "--filter=name=autograder-", "--format={{.Names}}"]
        return subprocess.run(listed, capture_output=True, text=True, check=True).stdout.split()

    return containers


def by_hand(root):
    """The documented line."""
    (line,) = re.findall(r"```\n(mkdir -p graded && docker run .*?)```", (root / "docs/container.md").read_text(), re.S)
    return line


def wait_for(condition, seconds=120):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def test_the_examples_get_the_same_with_docker_and_by_hand(root, image, run, alone, results, tmp_path):
    submissions = tmp_path / "examples" / "submissions"
    shutil.copytree(root / "examples" / "submissions", submissions)
    short = ("--cpu-seconds", "5")  # for those that hang; what fills the memory takes a second or two
    expected = alone(submissions, *short)
    done = run("grade", submissions, "--docker", *short, "--seed", "s", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert results(tmp_path / "out") == expected
    assert (tmp_path / "out" / "grades.csv").read_bytes() == (tmp_path / "alone" / "grades.csv").read_bytes()
    line = f"{by_hand(root).rstrip()} --seed s {' '.join(short)}"
    subprocess.run(["bash", "-c", line], cwd=tmp_path, check=True, capture_output=True)
    assert results(tmp_path / "graded") == expected


def test_the_results_are_the_callers(root, image, tiny, run, write, tmp_path):
    write("ada")
    done = run("grade", tmp_path / "class", "--docker", "--rubric", tiny, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    for path in (tmp_path / "out", *(tmp_path / "out").rglob("*")):
        assert (path.stat().st_uid, path.stat().st_gid) == (os.getuid(), os.getgid())


def test_a_class_of_odd_names_from_several_places_with_a_marking_scheme_of_ones_own(
    image, tiny, run, alone, results, write, tmp_path
):
    places = [tmp_path / "a:b,c", tmp_path / "new\nline", tmp_path / 'quo"te ']
    for folder in places:
        for name in ("ada", "Ünal Ö, x:y", "=1+1"):
            write(name, folder=folder)
    shutil.make_archive(str(tmp_path / "loose"), "zip", places[0] / "ada")
    shutil.copytree(tiny.parent, tmp_path / "mine, too: ")
    rubric = tmp_path / "mine, too: " / tiny.name
    paths = [*places, tmp_path / "loose.zip"]
    expected = alone(*paths, "--rubric", rubric)
    assert len(expected) == 10
    done = run("grade", *paths, "--docker", "--rubric", rubric, "--seed", "s", "--out", tmp_path / "o, u:t ")
    assert done.returncode == 0, done.stderr
    assert results(tmp_path / "o, u:t ") == expected


def test_the_largest_submissions_fit(image, tiny, run, write, tmp_path):
    for name in ("ada", "bela", "chen", "dora", "emil"):
        for number in range(62):
            (write(name) if number == 0 else tmp_path / "class" / name).joinpath(f"{number}.py").write_text(
                "#" * (2**20 - 1)
            )
    done = run("grade", tmp_path / "class", "--docker", "--rubric", tiny, "--jobs", "2", "--out", tmp_path / "out")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_second_run_grades_nothing_again(image, tiny, run, write, tmp_path):
    write("ada")
    grade = ("grade", tmp_path / "class", "--docker", "--rubric", tiny, "--out", tmp_path / "out")
    assert run(*grade).returncode == 0
    assert "(1 unchanged" in run(*grade).stdout
    assert "(1 unchanged" in run(*(word for word in grade if word != "--docker")).stdout


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_stopped_it_leaves_no_container_and_a_state_to_go_on_from(
    how, image, tiny, start, run, alone, results, write, containers, tmp_path
):
    for name in ("ada", "bela"):
        write(name)
    for name in ("yara", "zoe"):
        write(name, HANGS)
    options = ("--rubric", tiny, "--cpu-seconds", "3", "--jobs", "2")
    grade = ("grade", tmp_path / "class", "--docker", *options, "--seed", "s", "--out", tmp_path / "out")
    with start(*grade) as process:
        wait_for(lambda: len(list((tmp_path / "out" / "results").glob("*.json"))) >= 2)
        assert containers()
        process.send_signal(how)
        _, complaint = process.communicate(timeout=60)
    wait_for(lambda: not containers())
    if how != signal.SIGKILL:
        assert process.returncode == 130
        assert complaint.endswith("run the same command again to go on\n")
        assert complaint.count("\n") == 1
    assert len(results(tmp_path / "out")) < 4
    done = run(*grade)
    assert done.returncode == 0
    assert "unchanged" in done.stdout
    assert results(tmp_path / "out") == alone(tmp_path / "class", *options)


def test_a_container_that_is_killed_costs_nobody_a_result(image, tiny, start, write, containers, tmp_path):
    for name in ("ada", "yara", "zoe"):
        write(name, HANGS if name != "ada" else "def midpoint(a, b):\n    return (a + b) / 2\n")
    grade = ("grade", tmp_path / "class", "--docker", "--rubric", tiny, "--cpu-seconds", "3", "--out", tmp_path / "out")
    with start(*grade) as process:
        wait_for(lambda: (tmp_path / "out" / "results" / "ada.json").exists())
        subprocess.run(["docker", "kill", *containers()], check=True, capture_output=True)
        _, complaint = process.communicate(timeout=120)
    assert process.returncode == 0, complaint
    assert len(list((tmp_path / "out" / "results").glob("*.json"))) == 3
    assert containers() == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["class", "--rubric", "TINY", "--image", "no-such-image"], "no-such-image"),
        (["nowhere", "--rubric", "TINY"], "nowhere"),
        (["class", "--rubric", "no.such.rubric"], "no.such.rubric"),
        (["class", "--rubric", "TINY", "--without", "doors"], "doors"),
        (["class", "--rubric", "TINY", "--image", "debian:trixie-slim"], "can't be started"),
    ],
)
def test_wrong_use_is_one_line(image, tiny, run, write, arguments, says, containers):
    write("ada")
    done = run("grade", "--docker", *(str(tiny) if word == "TINY" else word for word in arguments))
    assert done.returncode == 2, done.stderr
    assert done.stderr.count("\n") == 1
    assert says in done.stderr
    assert containers() == []


def test_without_an_engine_it_is_one_line(tiny, run, write, tmp_path):
    write("ada")
    done = run("grade", tmp_path / "class", "--docker", DOCKER_HOST=f"unix://{tmp_path}/none")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "Remedy" in done.stderr


def test_another_marking_scheme_in_the_image_is_refused(root, image, run, write, tmp_path):
    shutil.copytree(root / "solutions", tmp_path / "solutions")
    rubric = tmp_path / "solutions" / "properties.py"
    rubric.write_text(rubric.read_text() + "\n")
    write("ada")
    environment = {"PYTHONPATH": f"{tmp_path}{os.pathsep}{root}"}
    done = run("grade", tmp_path / "class", "--docker", "--image", image, **environment)
    assert done.returncode == 2
    assert "another version of solutions.rubric" in done.stderr
    assert "build it anew" in done.stderr


@pytest.fixture
def without_landlock(image, tiny, write, tmp_path):
    """Grade by hand where the engine's filter withholds Landlock: ``without_landlock(…) -> CompletedProcess``."""
    write("ada")
    (tmp_path / "out").mkdir()
    (tmp_path / "filter.json").write_text(NO_LANDLOCK)
    mounts = {"class": tmp_path / "class", "mine": tiny.parent, "out": tmp_path / "out"}

    def without_landlock(*options):
        command = ["docker", "run", "--rm", f"--security-opt=seccomp={tmp_path / 'filter.json'}"]
        command += [f"--mount=type=bind,source={path},target=/{name}" for name, path in mounts.items()]
        command += [f"--user={os.getuid()}:{os.getgid()}", "--cap-drop=ALL", "--security-opt=no-new-privileges", image]
        command += ["grade", "/class", "--rubric", f"/mine/{tiny.name}", "--out", "/out", *options]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    return without_landlock


def test_where_landlock_is_missing_it_refuses_and_says_what_to_do(without_landlock, results, tmp_path):
    done = without_landlock()
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "landlock" in done.stderr
    assert "--without landlock" in done.stderr
    assert results(tmp_path / "out") == {}


def test_told_by_name_it_goes_on_without_and_the_results_say_so(without_landlock, results, tmp_path):
    done = without_landlock("--without", "landlock")
    assert done.returncode == 0, done.stderr
    assert results(tmp_path / "out")["ada.json"]["sandbox"] == ["seccomp", "rlimits"]


def test_the_walls_of_the_documented_line_and_of_compose_are_those_of_the_option(root):
    line, compose = by_hand(root), (root / "compose.yaml").read_text()
    for wall, composed in {
        "--network none": "network_mode: none",
        "--read-only": "read_only: true",
        "--cap-drop ALL": "cap_drop: [ALL]",
        "--security-opt no-new-privileges": "security_opt: [no-new-privileges]",
        "--memory 4g": "mem_limit: 4g",
        "--memory-swap 4g": "memswap_limit: 4g",
        "--pids-limit 128": "pids_limit: 128",
        "--cpus 2": "cpus: 2",
    }.items():
        assert wall in line
        assert composed in compose
