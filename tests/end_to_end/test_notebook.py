"""The notebook runs from top to bottom: with the solutions, and as students get it."""

import base64
import importlib.util
import io
import json

import pytest

from autograder.release import kits
from autograder.release.exercise import Exercise
from autograder.release.notebook import notebook

matplotlib_image = pytest.importorskip("matplotlib.image")
nbclient = pytest.importorskip("nbclient")
nbformat = pytest.importorskip("nbformat")
pytest.importorskip("ipykernel")

PICTURES = 15

MEASURED = """
import json

print(json.dumps({
    "stds": {title: each.tolist() for title, each in stds.items()},
    "shares of ends": {title: float(np.mean(np.abs(rows[title][2][-1]) > 0.9)) for title in rows},
    "losses": {title: {label: y[-1] for label, (x, y) in lines.items()} for title, lines in panels.items()},
    "right": {
        "linear": float(np.mean((with_ones(X_circles) @ theta_linear > 0) == y_circles)),
        "phi": float(np.mean((with_ones(quadratic_features(X_circles)) @ theta_phi > 0) == y_circles)),
        "network": float(np.mean(np.argmax(network_scores(circles_net, X_circles, "relu"), axis=1) == y_circles)),
    },
    "digits": float(right),
    "changed": float(changed),
}))
"""
"""A cell for the end of the notebook: what its pictures show, in numbers."""


@pytest.fixture(scope="module")
def story(exercise):
    return Exercise(exercise)


@pytest.fixture(scope="module")
def run_notebook(story, tmp_path_factory):
    """Run a notebook's text in the folder of its kit: ``run_notebook(text, *more_cells) -> cells``."""
    folder = tmp_path_factory.mktemp("kit")
    kits.write({path: data for path, data in kits.release(story).items() if path.startswith("notebook/")}, folder)

    def run_notebook(text, *more):
        document = nbformat.reads(text, as_version=4)
        document.cells += [nbformat.v4.new_code_cell(source) for source in more]
        resources = {"metadata": {"path": str(folder / "notebook")}}
        nbclient.NotebookClient(document, timeout=120, allow_errors=True, resources=resources).execute()
        return [cell for cell in document.cells if cell.cell_type == "code"]

    return run_notebook


@pytest.fixture(scope="module")
def filled(story, run_notebook):
    return run_notebook(notebook(story, filled=True), MEASURED)


@pytest.fixture(scope="module")
def released(story, run_notebook):
    return run_notebook(notebook(story))


@pytest.fixture(scope="module")
def measured(filled):
    return json.loads(words(filled[-1]))


@pytest.fixture(scope="module")
def pictures(story):
    spec = importlib.util.spec_from_file_location("pictures", story.folder / "given" / "notebook" / "pictures.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def words(cell):
    """All that a cell says in plain text."""
    return "".join(each.text if "text" in each else each.get("data", {}).get("text/plain", "") for each in cell.outputs)


def images(cells):
    """The pictures that cells show, as arrays (height, width, 4)."""
    pngs = [each.data["image/png"] for cell in cells for each in cell.outputs if "image/png" in each.get("data", {})]
    return [matplotlib_image.imread(io.BytesIO(base64.b64decode(png)), format="png") for png in pngs]


def checks(cells):
    return [cell for cell in cells if cell.id.startswith("check-")]


def troubles(cells):
    """Errors, and whatever is written to stderr."""
    return [
        (cell.id, each.get("evalue", each.get("text")))
        for cell in cells
        for each in cell.outputs
        if each.output_type == "error" or each.get("name") == "stderr"
    ]


def test_with_the_solutions_nothing_goes_wrong(filled):
    assert troubles(filled) == []


def test_as_released_nothing_goes_wrong(released):
    assert troubles(released) == []


def test_with_the_solutions_nothing_is_missing(filled):
    assert [cell.id for cell in filled if "Nothing to show yet" in words(cell)] == []


def test_with_the_solutions_every_check_earns_its_points(filled):
    earned = {cell.id: float(cell.outputs[-1].data["text/plain"]) for cell in checks(filled)}
    assert earned == {cell.id: cell.metadata.nbgrader.points for cell in checks(filled)}
    assert sum(earned.values()) == 100


def test_as_released_every_check_says_not_attempted(released, story):
    assert len(checks(released)) == len(story.rubric.tasks)
    assert [cell.id for cell in checks(released) if "not attempted" not in words(cell)] == []


def test_as_released_a_picture_says_for_which_function_it_waits(released):
    waiting = {cell.id: words(cell) for cell in released if "Nothing to show yet" in words(cell)}
    assert len(waiting) == PICTURES  # all but the first, and the cell that only prints
    assert any("sigmoid_forward is still to be written" in each for each in waiting.values())
    assert len(images(released)) == 1


def test_every_picture_is_there_and_not_cut_off(filled):
    found = images(filled)
    assert len(found) == PICTURES
    for image in found:
        edges = [image[0], image[-1], image[:, 0], image[:, -1]]
        assert all((edge == 1).all() for edge in edges)  # white all round: nothing reaches over the edge
        assert (image[..., :3] < 0.5).any(axis=-1).mean() > 0.005


def test_small_weights_vanish_and_large_ones_saturate(measured):
    stds, ends = measured["stds"], measured["shares of ends"]
    assert stds["tanh, std 0.01"][-1] < 1e-5
    assert ends["tanh, std 1"] > 0.9
    assert ends["tanh, Xavier"] < 0.1
    assert stds["tanh, Xavier"][-1] > 0.2


def test_relu_needs_the_two(measured):
    stds = measured["stds"]
    assert stds["ReLU, Xavier"][-1] < 0.1 * stds["ReLU, Xavier"][0]
    assert 0.7 < stds["ReLU, Xavier/2"][-1] / stds["ReLU, Xavier/2"][0] < 1.4


def test_batchnorm_makes_up_for_a_poor_start(measured):
    poor = measured["losses"]["Poor start: std 0.01"]
    assert poor["without"] > 2.2  # log 10 is 2.3
    assert poor["with batchnorm"] < 0.1


def test_a_line_cannot_part_two_circles(measured):
    assert measured["right"]["linear"] < 0.7
    assert measured["right"]["phi"] > 0.99
    assert measured["right"]["network"] > 0.99


def test_the_digits_are_read_and_the_frozen_network_minds_no_neighbours(measured):
    assert measured["digits"] > 0.85
    assert measured["changed"] < 1e-10


def test_there_are_four_questions_for_a_person_to_mark(story):
    cells = nbformat.reads(notebook(story), as_version=4).cells
    by_hand = [
        cell.id for cell in cells if cell.cell_type == "markdown" and cell.metadata.get("nbgrader", {}).get("grade")
    ]
    assert len(by_hand) == 4


def not_written():
    raise NotImplementedError


def raises_the_constant():
    raise NotImplemented  # noqa: F901 - as students do


def returns_none():
    out, _ = None
    return out


def was_not_run():
    return never_defined  # noqa: F821 - that is the point


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (not_written, "not_written is still to be written."),
        (raises_the_constant, "raises_the_constant is still to be written."),
        (returns_none, "one of the functions returns None"),
        (was_not_run, "never_defined, which was_not_run uses, isn't defined"),
    ],
)
def test_what_is_missing_is_told_in_a_line(pictures, capsys, function, expected):
    with pictures.when_written():
        function()
    said = capsys.readouterr().out
    assert said.startswith(f"Nothing to show yet: {expected}")
    assert said.count("\n") == 1


def test_other_errors_are_shown_as_they_are(pictures):
    with pytest.raises(ZeroDivisionError), pictures.when_written():
        1 / 0  # noqa: B018 - raised on purpose
