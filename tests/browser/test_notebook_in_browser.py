"""The filled-in notebook in JupyterLab, as a person sees it: run with ``-m browser``."""

import pytest

pytestmark = pytest.mark.browser

PICTURES = 15
PNG = ".jp-OutputArea-output img"


@pytest.fixture(scope="module")
def opened(lab, browser):
    """The page with the notebook in it, and what scripts complained of."""
    page = browser.new_page(viewport={"width": 1500, "height": 1100})
    complaints = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.goto(lab)
    page.wait_for_selector(".jp-NotebookPanel .jp-Notebook", timeout=90_000)
    page.wait_for_function("n => document.querySelectorAll('.jp-OutputArea-output img').length >= n", arg=PICTURES)
    page.wait_for_function("() => document.querySelectorAll('.jp-MarkdownOutput mjx-container').length > 30")
    page.wait_for_function("() => [...document.querySelectorAll('.jp-OutputArea-output img')].every(i => i.complete)")
    yield page, complaints
    page.close()


@pytest.fixture
def page(opened):
    return opened[0]


def test_no_script_fails(opened):
    page, complaints = opened
    page.wait_for_timeout(1000)
    assert complaints == []


def test_no_cell_shows_an_error(page):
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert page.locator(".jp-OutputArea-output[data-mime-type*='stderr']").count() == 0


def test_formulas_are_typeset(page):
    assert page.locator("mjx-merror").count() == 0
    shown = page.locator(".jp-MarkdownOutput").all_inner_texts()
    assert [text for text in shown if "$" in text or "\\frac" in text] == []


def test_pictures_are_whole_and_in_view(page):
    boxes = page.eval_on_selector_all(
        PNG,
        """images => images.map(image => {
            const area = image.closest('.jp-OutputArea').getBoundingClientRect();
            const own = image.getBoundingClientRect();
            return {natural: image.naturalWidth, width: own.width, over: own.right - area.right};
        })""",
    )
    assert len(boxes) == PICTURES
    for box in boxes:
        assert box["natural"] > 300
        assert box["width"] > 300
        assert box["over"] <= 1


def test_screenshots(page, theme, screenshots):
    """Taken for a person to look at."""
    panel = page.locator(".jp-WindowedPanel-outer").first
    height = panel.evaluate(
        """panel => panel.scrollTop - panel.getBoundingClientRect().top
            + Math.max(...[...panel.querySelectorAll('.jp-Cell')].map(cell => cell.getBoundingClientRect().bottom))"""
    )
    step = panel.evaluate("panel => panel.clientHeight") - 40
    for number, top in enumerate(range(0, round(height), step), start=1):
        panel.evaluate("(panel, top) => { panel.scrollTop = top; }", top)
        page.wait_for_timeout(100)
        target = screenshots / f"notebook-{theme.lower()}-{number:02d}.png"
        page.screenshot(path=target)
        assert target.stat().st_size > 10_000
