"""Pages of a class of 200, opened in a real browser: on a phone and on a desk, by day and by night."""

import random
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from autograder.grading.store import write_whole
from autograder.results import load, total

EXAMPLES = Path(__file__).parents[2] / "examples" / "submissions"
WIDTHS = (360, 1440)
SCHEMES = ("light", "dark")
EXAMINED = ((360, "dark"), (1440, "light"))
"""By axe, which takes its time: each width and each scheme once."""

GRAVE = ("serious", "critical")
CLASS = 200


@pytest.fixture(scope="session")
def graded(tmp_path_factory):
    """The results of the example class."""
    out = tmp_path_factory.mktemp("graded")
    line = [sys.executable, "-m", "autograder", "grade", str(EXAMPLES), "--out", str(out), "--seed", "s", "--no-report"]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, timeout=300)
    return [load(path.read_bytes()) for path in sorted((out / "results").glob("*.json"))]


def a_class(graded, count=CLASS):
    """Students who each did every task as one of the examples did, weak ones more often as the weak."""
    draw = random.Random(7)
    ordered = sorted(graded, key=lambda result: result.score)
    for number in range(count):
        strength = draw.betavariate(3, 1.6)
        tasks, code = [], {}
        for place in range(len(ordered[0].tasks)):
            example = ordered[min(int(draw.gauss(strength, 0.25) * len(ordered)) % len(ordered), len(ordered) - 1)]
            checks = tuple(
                msgspec.structs.replace(check, misconception=f"mistake-{place % 9}")
                if check.verdict == "failed" and not check.misconception
                else check
                for check in example.tasks[place].checks
            )
            tasks.append(msgspec.structs.replace(example.tasks[place], checks=checks))
            code |= {name: example.code[name] for name in example.tasks[place].functions if name in example.code}
        yield msgspec.structs.replace(
            ordered[0],
            submission=f"student-{number:03d}",
            name=f"student-{number:03d}",
            score=total(task.score for task in tasks),
            tasks=tuple(tasks),
            code=code,
            warnings=ordered[number % len(ordered)].warnings,
        )


@pytest.fixture(scope="session")
def report(graded, tmp_path_factory):
    """The pages of the class: for the instructor in ``report``, for handing out in ``public``."""
    from autograder.reports.pages.writing import Pages

    out = tmp_path_factory.mktemp("pages")
    for folder, public in (("report", False), ("public", True)):
        pages = Pages(out / folder, write_whole, public=public)
        for one in a_class(graded):
            pages.add(one)
            (out / f"{one.submission}.json").touch()
        pages.finish(out)
    return out


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
    assert len(rising) == CLASS
    assert rising == sorted(rising)
    page.select_option("select[name=order]", "down")
    assert page.evaluate(marks) == rising[::-1]
    page.select_option("select[name=order]", "name")
    assert page.evaluate("document.querySelector('tbody[data-part] tr').textContent.includes('student-000')")
    assert page.faults == []


@pytest.mark.browser
def test_without_scripts_the_whole_class_is_there(opened):
    page = opened("report/index.html", java_script_enabled=False)
    assert page.locator("tbody[data-part] tr").count() == CLASS
    assert not page.locator("#find").is_visible()


@pytest.mark.browser
def test_a_link_leads_to_the_student_and_back(opened):
    page = opened("report/index.html")
    page.click("tbody[data-part] tr:nth-child(3) a")
    assert page.inner_text("h1") == "student-002"
    page.click("text=the class")
    assert page.url.endswith("report/index.html")
