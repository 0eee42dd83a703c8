"""Each kind of leak is planted, and found; what is no leak is not."""

import base64
import io
import json
import tarfile
import zipfile

import numpy as np
import pytest

from autograder.grading import seeds
from autograder.release import kits
from autograder.release.leaks import Secrets

pytest.importorskip("nbformat")


@pytest.fixture(scope="module")
def secrets(course):
    return Secrets(course)


@pytest.fixture
def found(secrets):
    """What is found in one file."""

    def search(content, name="python/file.txt"):
        data = content if isinstance(content, bytes) else content.encode()
        return [leak.what for leak in secrets.leaks({name: data})]

    return search


@pytest.fixture(scope="module")
def hidden(course):
    """A hidden check, prepared with the seed that a careless release would take."""
    check = next(check for check in course.rubric.tasks[0].checks if check.name == "again")
    rng = seeds.generator(seeds.public_seed("sounds"), "tone", "again")
    return check.prepare(course.rubric.reference, rng)


def test_a_release_has_none(course, secrets):
    assert list(secrets.leaks(kits.release(course))) == []


STATEMENT = "inner = dout * np.cos(_phase(t, pitch)) * 2 * np.pi / RATE"


@pytest.mark.parametrize(
    "text",
    [
        f"x = 1\nif x:\n    {STATEMENT}\n",
        "inner=((dout*np.cos(_phase(t,pitch)))*2*np.pi)/RATE  # by me\n",
        "inner = (dout\n    * np.cos(\n        _phase(t, pitch)) * 2\n    * np.pi / RATE)\n",
        f"# {STATEMENT}\nx = 1\n",
        f'def f():\n    """Try this:\n\n    >>> {STATEMENT}\n    """\n',
        f"Remember that `{STATEMENT}`, please.",
        f"Text.\n\n```python\ndout = 1\n{STATEMENT}\n```\n",
        json.dumps({"cells": [{"cell_type": "code", "source": ["x = 1\n", f"{STATEMENT}\n"]}]}),
        json.dumps({"hint": f"{STATEMENT}"}),
        "- The next line is\n  " + STATEMENT.replace(" = ", " =\n  "),
    ],
)
def test_a_line_of_a_solution_is_found_however_it_is_written(found, text):
    assert any("inner = dout * np.cos" in what for what in found(text))


def test_a_line_with_quotes_and_parentheses_of_its_own_is_found_as_python(found):
    assert found("return (np.sqrt((np.mean(np.square((x)), axis=(0)))))") == [
        "code of a solution: return np.sqrt(np.mean(np.square(x), axis=0))"
    ]


def test_a_whole_function_is_found_whatever_its_variables_are_called(found):
    renamed = """
def my_gradient(upstream, kept):
    '''Mine.'''
    time, height = kept
    a = upstream * np.cos(phi(time, height)) * 2 * np.pi / RATE
    return a * height, np.sum(a * time, axis=0)
"""
    (what,) = found(renamed)
    assert "a whole function that begins with 't, pitch = cache'" in what
    assert found(renamed.replace("2 * np.pi", "6.28")) == []


def test_a_helper_of_the_solution_is_found(found):
    assert found("def g(t, pitch):\n    return 2 * np.pi * pitch * t / RATE + np.float64(0.0)\n")


def test_a_solutions_comment_is_found(found):
    assert found("a sine whose phase ... no") == []
    assert found("Hint: A sine whose phase goes round pitch times in every second.")


def test_the_scheme_s_own_functions_are_found(found):
    assert found(
        "def draw(generator):\n"
        "    first, second = generator.uniform(0, 2, (5, 2)), generator.uniform(0.5, 1.5, 2)\n"
        "    s = [Case((np.asfortranarray(first), second))]\n"
        "    return s + [Case((np.repeat(first, 2, axis=1)[:, ::2], second * 1.25, *()), {}, 'strided')]\n"
    ) == ["code of the marking scheme: a whole function that begins with "
          "'first, second = (rng.uniform(0, 2, (5, 2)), rng.uniform(0.5, 1.5, 2))'"]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "return out, (t, pitch)",
        "t, pitch = cache",
        'return {"a": np.array([440.0])}[name]',
        "RATE = 8",
        "raise NotImplementedError",
        "import numpy as np",
        "The gradient is the cosine, times the inner derivative.",
    ],
)
def test_what_anyone_would_write_or_is_given_is_no_leak(found, text):
    assert found(text) == []


def in_columns(rows):
    return "\n".join(" ".join(map("{:.7g}".format, row)) for row in rows)


@pytest.mark.parametrize("write", [repr, str, json.dumps, in_columns])
@pytest.mark.parametrize("what", ["case", "expected"])
def test_hidden_numbers_are_found_in_text(found, hidden, write, what):
    array = hidden.cases[0].args[0] if what == "case" else hidden.expected[0]["out"]
    text = write(array.tolist()) if write is not str else str(array)
    assert found(f"The numbers: {text}.") == ["numbers of the hidden check tone/again"]


@pytest.mark.parametrize("dtype", ["<f8", "<f4"])
def test_hidden_numbers_are_found_in_bytes(found, hidden, dtype):
    buffer = io.BytesIO()
    np.savez_compressed(buffer, x=hidden.expected[1]["out"].astype(dtype))
    assert found(buffer.getvalue(), "data/more.npz") == ["numbers of the hidden check tone/again"]
    encoded = base64.b64encode(hidden.expected[1]["out"].astype(dtype).tobytes()).decode()
    assert found(f'{{"data": "{encoded}"}}') == ["numbers of the hidden check tone/again"]


def test_a_hidden_number_that_stands_alone_is_found(make_course, files):
    check = 'Gradient("tone", name="again", points=1, cases=hidden)'
    scalars = 'Matches("tone_forward", name="again", points=1, pick=0, cases=lambda rng: [Case((rng.uniform(), 2.5))])'
    course = make_course({"rubric.py": files["rubric.py"].replace(check, scalars)})
    rng = seeds.generator(seeds.public_seed("sounds"), "tone", "again")
    number = float(rng.uniform())
    secrets = Secrets(course)
    assert list(secrets.leaks({"a": f"x = {number!r}".encode()}))
    assert not list(secrets.leaks({"a": f"x = {number:.4f}, or 2.5".encode()}))


def test_other_seeds_can_be_looked_for(course):
    seed = seeds.submission_seed("key", "sounds", "ada")
    case = next(check for check in course.rubric.tasks[1].checks if check.name == "again").cases(
        seeds.generator(seed, "loudness", "again")
    )[0]
    files = {"a.txt": str(case.args[0].tolist()).encode()}
    assert not list(Secrets(course).leaks(files))
    assert list(Secrets(course, [seed]).leaks(files))


def test_visible_numbers_are_no_leak(course, found):
    visible = course.rubric.tasks[1].checks[0]
    prepared = visible.prepare(
        course.rubric.reference, seeds.generator(seeds.public_seed("sounds"), "loudness", visible.name)
    )
    assert found(str(prepared.cases[0].args[0].tolist())) == []


@pytest.mark.parametrize("suffix", ["zip", "tar.gz"])
def test_archives_are_opened_and_the_place_is_named(secrets, suffix):
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w") as archive:
        archive.writestr("deep/file.py", STATEMENT)
    outer = io.BytesIO()
    if suffix == "zip":
        with zipfile.ZipFile(outer, "w") as archive:
            archive.writestr("inner.whl", inner.getvalue())
    else:
        with tarfile.open(fileobj=outer, mode="w:gz") as archive:
            member = tarfile.TarInfo("inner.whl")
            member.size = len(inner.getvalue())
            archive.addfile(member, io.BytesIO(inner.getvalue()))
    (leak,) = secrets.leaks({f"outer.{suffix}": outer.getvalue()})
    assert leak.where == f"outer.{suffix}!inner.whl!deep/file.py"


def test_pixels_are_found_by_their_runs(make_course, files):
    rubric = files["rubric.py"].replace(
        'Matches("loudness", name="again", points=1, cases=columns)',
        'Matches("loudness", name="again", points=1, cases=lambda rng: [Case((rng.integers(0, 255, (4, 5)),))])',
    )
    course = make_course({"rubric.py": rubric})
    rng = seeds.generator(seeds.public_seed("sounds"), "loudness", "again")
    pixels = rng.integers(0, 255, (4, 5))
    secrets = Secrets(course)
    assert list(secrets.leaks({"a": str(pixels.tolist()).encode()}))
    assert list(secrets.leaks({"a": b"\xff" + pixels.tobytes()}))
    assert not list(secrets.leaks({"a": str(list(range(20))).encode()}))
