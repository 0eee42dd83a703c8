"""Pages of a class of 200 that makes the known mistakes, in a real browser: on a phone and a desk, by day and night."""

import subprocess
import sys

import class_of_mistakes
import pytest
from class_of_mistakes import COUNT

from autograder.grading import rubrics
from autograder.results import load

WIDTHS = (360, 1440)
SCHEMES = ("light", "dark")
EXAMINED = ((360, "dark"), (1440, "light"))
"""By axe, which takes its time: each width and each scheme once."""

GRAVE = ("serious", "critical")


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A class that was graded, with its pages, as an instructor would: where it is, and the mistakes of each."""
    folder = tmp_path_factory.mktemp("class")
    mistakes = class_of_mistakes.write(rubrics.load("solutions.rubric").rubric, folder / "handed_in")
    for line in (
        ["grade", folder / "handed_in", "--out", folder / "graded", "--seed", "s"],
        ["report", folder / "graded", "--public"],
    ):
        command = [sys.executable, "-m", "autograder", *map(str, line)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, timeout=900)
    return folder / "graded", mistakes


@pytest.fixture(scope="session")
def report(made):
    """The pages of the class: for the instructor in ``report``, for handing out in ``public``."""
    return made[0]


@pytest.fixture
def opened(browser, report):
    """Opens a page; what goes wrong in it is collected."""
    contexts = []

    def open_page(name, *, width=1440, scheme="light", **options):
        context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, **options)
        contexts.append(context)
        page = context.new_page()
        page.faults, page.requests = [], []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda said: page.faults.append(said.text))
        page.on("request", lambda request: page.requests.append(request.url))
        page.goto((report / name).as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()


def weakest(report):
    """The longest student's page: the one with the most to say."""
    return max((report / "report" / "students").glob("*.html"), key=lambda path: path.stat().st_size).name


@pytest.fixture(params=["class", "student", "public class", "public student"])
def name(request, report):
    folder = "public" if "public" in request.param else "report"
    return f"{folder}/students/{weakest(report)}" if "student" in request.param else f"{folder}/index.html"


@pytest.mark.browser
@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("width", WIDTHS)
def test_a_page_is_sound_at_any_width_by_day_and_by_night(opened, name, width, scheme, screenshots):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(name, width=width, scheme=scheme)
    assert page.requests == [page.url]
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    # What a picture or the code needs more is to be had by scrolling inside it.
    page.screenshot(path=screenshots / f"{name.replace('/', '-')}-{width}-{scheme}.png")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    if (width, scheme) in EXAMINED:
        # The page's own policy lets no script in but its own; axe comes by the debugger, which it doesn't bind.
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"][:300]) for one in found if one["impact"] in GRAVE] == []
    assert page.faults == []


@pytest.mark.browser
def test_the_keyboard_leads_past_the_top_and_to_every_scrolling_part(opened):
    page = opened("report/index.html", width=360)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    stuck = """[...document.querySelectorAll('*')].filter((one) => one.scrollWidth > one.clientWidth + 1
        && ['auto', 'scroll'].includes(getComputedStyle(one).overflowX) && one.tabIndex < 0).length"""
    assert page.evaluate(stuck) == 0


@pytest.mark.browser
def test_the_list_of_the_class_is_searched_and_sorted(opened):
    page = opened("report/index.html")
    page.fill("input[name=words]", "student-042")
    page.wait_for_selector("#count:has-text('1 found')")
    assert page.inner_text("#count") == "1 found"
    page.fill("input[name=words]", "")
    page.wait_for_selector("#found", state="hidden")
    marks = "[...document.querySelectorAll('tbody[data-part] tr')].map((row) => parseFloat(row.dataset.marks))"
    page.select_option("select[name=order]", "up")
    rising = page.evaluate(marks)
    assert len(rising) == COUNT
    assert rising == sorted(rising)
    page.select_option("select[name=order]", "down")
    assert page.evaluate(marks) == rising[::-1]
    page.select_option("select[name=order]", "name")
    assert page.evaluate("document.querySelector('tbody[data-part] tr').textContent.includes('student-000')")
    assert page.faults == []


@pytest.mark.browser
def test_without_scripts_the_whole_class_is_there(opened):
    page = opened("report/index.html", java_script_enabled=False)
    assert page.locator("tbody[data-part] tr").count() == COUNT
    assert not page.locator("#find").is_visible()


@pytest.mark.browser
def test_a_link_leads_to_the_student_and_back(opened):
    page = opened("report/index.html")
    page.click("tbody[data-part] tr:nth-child(3) a")
    assert page.inner_text("h1") == "student-002"
    page.click("text=the class")
    assert page.url.endswith("report/index.html")


@pytest.mark.browser
def test_the_page_of_the_class_counts_each_mistake_that_was_recognised(opened, made):
    out, mistakes = made
    concerned = {}
    for path in (out / "results").glob("*.json"):
        result = load(path.read_bytes())
        for task in result.tasks:
            for check in task.checks:
                for name in check.details.get("misconceptions", ()):
                    concerned.setdefault(name, set()).add(result.submission)
    page = opened("report/index.html")
    shown = page.evaluate("""[...document.querySelectorAll('table.mistakes tbody tr')].map(({cells}) =>
        [cells[0].firstChild.textContent, parseInt(cells[1].textContent), cells[2].textContent])""")
    assert {name: count for name, count, _ in shown} == {name: len(whom) for name, whom in concerned.items()}
    assert [count for _, count, _ in shown] == sorted((count for _, count, _ in shown), reverse=True)
    sentences = {each.name: each.sentence for each in rubrics.load("solutions.rubric").rubric.misconceptions}
    assert [name for name, _, told in shown if sentences[name] not in told] == []
    # Most of what was made is recognised (not what hides behind another mistake), and hardly anything that was not.
    pairs = [(student, name) for student, names in mistakes.items() for name in names]
    found = [(student, name) for student, name in pairs if student in concerned.get(name, ())]
    others = [(student, name) for name, whom in concerned.items() for student in whom if name not in mistakes[student]]
    assert len(found) > 0.85 * len(pairs)
    assert len(others) < 0.01 * len(pairs)
