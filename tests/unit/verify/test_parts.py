"""Each part is green for a sound exercise, and bites where one is not."""

import numpy as np
import pytest

from autograder.errors import UsageError
from autograder.release import kits
from autograder.verify import by_heart, verifying

SOUND = ("reference", "stubs", "alternatives", "misconceptions", "by-heart", "leaks")


@pytest.fixture
def assignment(make, exercise, tmp_path):
    """A rubric and what was released of it."""
    rubric = make()
    kits.write(kits.release(exercise(rubric)), tmp_path / "assignment")
    return rubric, tmp_path / "assignment"


@pytest.mark.parametrize("part", SOUND)
def test_a_sound_exercise_is_green(make, verify, part):
    outcome = verify(make(), part)
    assert outcome.ok, outcome.findings
    assert outcome.findings == ()


def test_the_reference_is_graded_with_several_seeds(make, verify):
    assert verify(make(), "reference").summary == "4/4 points, 3 checks, 3 seeds"


def test_the_same_in_two_processes(make, verify):
    rubric = make()
    one, two = (verify(rubric, "mutants", jobs=jobs) for jobs in (1, 2))
    assert (one.summary, one.notes, one.figures) == (two.summary, two.notes, two.figures)


def test_a_reference_that_loses_a_mark(make, verify, files):
    # The rubric's own functions are right, and the module that stands for them is not.
    later = "\n\ndef force(x, k):\n    return k * x if len(x) == 5 and x.base is None else x\n"
    rubric = files["rubric.py"].replace("from .reference import springs", "from .sound import springs")
    found = verify(
        make(
            {
                "reference/springs.py": files["reference/springs.py"] + later,
                "rubric.py": rubric,
                "sound/__init__.py": "",
                "sound/springs.py": files["reference/springs.py"],
            }
        ),
        "reference",
    )
    assert found.ok is False
    assert any(line.startswith("force/again failed, 0/1.") for line in found.findings)


def test_a_stub_that_earns_marks(make, verify, files):
    given = files["reference/springs.py"].replace(
        "    ### BEGIN SOLUTION\n    return -k * x\n", "    return -k * x\n", 1
    )
    given = given.replace("    return -k * x\n    ### END SOLUTION\n", "    return -k * x\n")
    outcome = verify(make({"reference/springs.py": given}), "stubs")
    assert outcome.ok is False
    assert outcome.summary == "2/4 points"
    assert [line.split(":")[0] for line in outcome.findings] == ["force/matches", "force/again"]


def test_a_wrong_alternative(make, verify):
    outcome = verify(make({"alternatives/slip/springs.py": "def energy(x, k):\n    return 0.0\n"}), "alternatives")
    assert outcome.ok is False
    assert [line.split(" failed")[0] for line in outcome.findings] == ["slip: energy/matches"]


def test_an_alternative_that_stands_by_itself_gets_nothing_of_the_reference(make, verify):
    whole = "def energy(x, k):\n    return k * _squares(x).mean() / 2\n\n\ndef force(x, k):\n    return -x * k\n"
    outcome = verify(make({"alternatives/alone/springs.py": whole}), "alternatives")
    assert [line.split(" crashed")[0] for line in outcome.findings] == ["alone: energy/matches"]


def test_an_alternative_without_a_module_is_wrong_use(make, verify):
    with pytest.raises(UsageError, match="no module in it"):
        verify(make({"alternatives/empty/notes.txt": "later"}), "alternatives")


@pytest.mark.parametrize(
    ("fails", "finding"),
    [
        ("force: matches", "sign-forgotten: loses force/again (failed) as well, which it does not name"),
        ("force: matches again; energy: matches", "sign-forgotten: names energy/matches, and does not lose it"),
    ],
    ids=["too little", "too much"],
)
def test_a_misconception_that_names_other_checks_than_it_loses(make, verify, files, fails, finding):
    rubric = files["rubric.py"].replace('fails="force: matches again"', f'fails="{fails}"')
    outcome = verify(make({"rubric.py": rubric}), "misconceptions")
    assert outcome.ok is False
    assert finding in outcome.findings


@pytest.mark.parametrize("fails", ["force: matches again?", "force: matches again; energy: matches?"])
def test_what_a_misconception_loses_with_some_seeds_only_may_be_lost_or_not(make, verify, files, fails):
    rubric = files["rubric.py"].replace("force: matches again", fails)
    outcome = verify(make({"rubric.py": rubric}), "misconceptions")
    assert outcome.ok, outcome.findings


def test_a_misconception_that_is_taken_for_another(make, verify, files):
    """Two that give the same numbers in all cases can't both be named."""
    twin = 'wrong("pushes", "It pushes.", {"force": ("-k * x", "-k * -x")}, fails="force: matches again"),\n    ),\n)\n'
    rubric = files["rubric.py"].removesuffix("\n    ),\n)\n") + "\n        " + twin
    outcome = verify(make({"rubric.py": rubric}), "misconceptions")
    assert outcome.ok is False
    assert any("pushes: is not named back" in line for line in outcome.findings)


def test_a_release_that_is_what_it_should_be(assignment, verify):
    rubric, folder = assignment
    assert verify(rubric, "assignment", assignment=folder).ok
    assert verify(rubric, "leaks", assignment=folder).ok


def test_a_stale_release(assignment, verify):
    rubric, folder = assignment
    (folder / "python" / "lab" / "springs.py").write_text("# last year's\n", encoding="utf-8")
    outcome = verify(rubric, "assignment", assignment=folder)
    assert outcome.ok is False
    assert "not what the release makes" in outcome.findings[0]


def test_a_leaking_release(assignment, verify):
    rubric, folder = assignment
    (folder / "notes.md").write_text("Hint:\n\n    each = _squares(x) * k / 2\n", encoding="utf-8")
    (folder / "old.py").write_text("each = _squares(x) * k / 2\n", encoding="utf-8")
    outcome = verify(rubric, "leaks", assignment=folder)
    assert outcome.ok is False
    assert any(line.startswith("old.py: code of a solution") for line in outcome.findings)


@pytest.mark.parametrize(
    ("part", "gone"),
    [
        ("alternatives", ("alternatives/by_dot/springs.py",)),
        ("assignment", ()),
    ],
)
def test_what_an_exercise_does_not_have_is_said_and_no_failure(make, verify, part, gone):
    outcome = verify(make(dict.fromkeys(gone)), part)
    assert outcome.ok is None
    assert "no" in outcome.summary


def test_a_rubric_without_a_folder_of_modules(tmp_path, verify):
    path = tmp_path / f"lonely_{id(tmp_path)}.py"
    path.write_text(
        "from autograder.checks import Case, Matches\n"
        "from autograder.rubric import Rubric, Task\n"
        "def one():\n    return 1.0\n"
        "check = Matches('one', points=1, cases=lambda rng: [Case(())])\n"
        "rubric = Rubric('lonely', 'lab', {'one': one}, (Task('one', module='ones', checks=[check]),))\n",
        encoding="utf-8",
    )
    outcomes = list(verifying.verify(str(path)))
    assert [outcome.part for outcome in outcomes] == list(verifying.NAMES)
    assert {outcome.ok for outcome in outcomes} == {None}


def test_an_unknown_part(make, verify):
    with pytest.raises(UsageError, match="no such part; it has reference, stubs"):
        verify(make(), "poetry")


# --- answers learned by heart ------------------------------------------------------------------


FIXED = "return [Case((np.arange(5.0), 1.5))]"


@pytest.fixture
def fixed(make, files):
    """An exercise whose visible check is asked the same for every seed."""
    drawn = "return [Case((rng.normal(size=5), float(rng.uniform(1, 2))))]"
    text = files["rubric.py"]
    assert text.count(drawn) == 1
    text = text.replace(drawn, f"{drawn}\n\n\ndef fixed(rng):\n    {FIXED}").replace(
        "visible=True, cases=stretched", "visible=True, cases=fixed"
    )
    return make(
        {"rubric.py": text.replace("from autograder.checks", "import numpy as np\n\nfrom autograder.checks", 1)}
    )


def test_visible_cases_that_never_change_are_worth_a_table(fixed, verify):
    outcome = verify(fixed, "by-heart")
    assert outcome.ok is False
    assert outcome.summary == "1 of 1 visible points"
    (line,) = outcome.findings
    assert line.startswith("force/matches keeps 1: it is asked nothing but what is given out; draw its cases")


def test_unless_that_is_what_one_wants(fixed, verify):
    assert verify(fixed, "by-heart", by_heart=0.5).ok is False
    outcome = verify(fixed, "by-heart", by_heart=1)
    assert outcome.ok
    assert outcome.proves == "a table of the visible answers earns no more than 1 points"


def test_nothing_visible_is_nothing_to_learn(make, verify, files):
    outcome = verify(make({"rubric.py": files["rubric.py"].replace("visible=True, ", "")}), "by-heart")
    assert outcome.ok is None
    assert outcome.summary == "the rubric has no visible check"


def test_sizes_that_never_change_are_learned_whatever_the_generator():
    learner = by_heart.Learner({"draw": lambda size, rng: rng.normal(size=size)})
    learner.functions["draw"](3, rng=np.random.default_rng(1))
    learner.learns = False
    assert len(learner.functions["draw"](3, rng=np.random.default_rng(2))) == 3
    with pytest.raises(by_heart.UnknownError):
        learner.functions["draw"](4, rng=np.random.default_rng(1))


def test_a_cache_that_can_t_be_written_down_is_not_learned():
    learner = by_heart.Learner({"forward": lambda x: (x, lambda: x), "backward": lambda dout, cache: dout * cache()})
    out, cache = learner.functions["forward"](2.0)
    assert learner.functions["backward"](1.0, cache) == 2
    learner.learns = False
    assert learner.functions["forward"](2.0)[0] == out
    with pytest.raises(by_heart.UnknownError):
        learner.functions["backward"](1.0, cache)
    with pytest.raises(by_heart.UnknownError):
        learner.functions["forward"](3.0)
