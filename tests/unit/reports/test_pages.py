import html.parser
import importlib
import json
import os
import re
import subprocess
import sys
from xml.etree import ElementTree

import msgspec
import pytest
from markupsafe import Markup
from unit.reports.a_class import SECRET, a_class, a_student, check, hidden, result, task, wrong

from autograder.grading.store import write_whole
from autograder.reports.on_disk import results_in
from autograder.reports.pages import plots
from autograder.reports.pages.class_page import class_page
from autograder.reports.pages.figures import Class
from autograder.reports.pages.items import LOW, Item
from autograder.reports.pages.student import student_page
from autograder.reports.pages.writing import Pages
from autograder.results import HandedIn, Late, Person, Source, Verdict, dump


@pytest.fixture(autouse=True)
def quick(request, monkeypatch):
    """Drawing takes longer than all the rest: only tests of the drawing do it."""
    if "drawn" not in request.fixturenames:
        monkeypatch.setattr(plots, "_svg", lambda draw, title, width: Markup('<svg role="img"/>'))


@pytest.fixture
def drawn():
    """Asks for real plots."""


VOID = {"meta", "link", "br", "wbr", "input", "img", "hr"}


class Parsed(html.parser.HTMLParser):
    """Tags, texts and attributes of a page; an end tag without its beginning is an error."""

    def __init__(self, page):
        super().__init__(convert_charrefs=True)
        self.tags, self.attributes, self.words, self.open = [], [], [], []
        self.feed(page.decode())
        self.close()
        assert self.open == []
        self.text = re.sub(r"\s+", " ", "".join(self.words))

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_endtag(self, tag):
        assert self.open.pop() == tag
        if tag not in ("span", "b", "a", "code"):
            self.words.append(" ")

    def handle_data(self, data):
        if self.open and self.open[-1] not in ("style", "script"):
            self.words.append(data)

    def ids(self):
        return [value for _, name, value in self.attributes if name == "id"]


def gathered(results):
    of = Class()
    for one in results:
        of.add(one)
    return of


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style></title></pre><b>out",
    "\x1b[2J\x1b]0;title\x07",
    "\u202egnp.exe\u2066",
    "{{ 7 * 7 }}{% raw %}",
    "a" * 3_000_000,
    "=HYPERLINK(1)",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("public", [False, True])
def test_a_strangers_text_is_text_wherever_it_stands(text, public):
    elements = [{"part": text, "actual": [text, 1.0], "expected": [text, 2.0], "wrong": [0]}]
    checks = [
        check(text, Verdict.CRASHED, title=text, message=text, hint=text, details={text: text, "elements": elements}),
        hidden(points=1.0),
    ]
    hostile = result(
        "ada",
        [task(text, *checks, module=text, functions=(text,))],
        name=text,
        rubric=text,
        warnings=(text,),
        code={text: Source(file=text, line=1, text=text)},
        handed_in=HandedIn(people=(Person(name=text),)),
        late=Late(penalty=1.0, score=0.0, note=text),
        sandbox=(text,),
    )
    plain = result("ada", [task("t", *(check(), hidden(points=1.0)))])
    for page in (student_page(hostile, public=public), class_page(gathered([hostile] * 6), public=public)):
        parsed = Parsed(page)
        assert not {"script", "img"} & set(parsed.tags) or (
            parsed.tags.count("script") == 1 and "img" not in parsed.tags
        )
        assert parsed.tags.count("style") - parsed.tags.count("defs") <= 1
        assert not [name for _, name, _ in parsed.attributes if name.startswith("on")]
        shown = parsed.text + "".join(str(value) for _, _, value in parsed.attributes)
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]", shown)
        assert len(page) < 800_000
    assert Parsed(student_page(plain, public=public)).tags.count("script") == 0


def test_pages_load_nothing_and_say_so(drawn):
    of = gathered(a_class(12))
    for page in (student_page(a_student(), public=False), class_page(of, public=False)):
        parsed = Parsed(page)
        policy = next(v for _, n, v in parsed.attributes if n == "content" and v.startswith("default-src"))
        assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'; img-src data:")
        assert not [v for _, n, v in parsed.attributes if n in ("src", "href", "xlink:href") and "//" in v]
        assert b"url(http" not in page
        assert b"@import" not in page
        ids = parsed.ids()
        assert len(ids) == len(set(ids))
        inner = {value[1:] for _, name, value in parsed.attributes if name == "href" and value.startswith("#")}
        assert inner <= set(ids)
    assert "script-src" not in student_page(a_student(), public=False).decode()


def test_a_students_page_says_what_the_result_does():
    text = Parsed(student_page(a_student(), public=False)).text
    assert "2 of 6 marks" in text
    assert "gradient: dx is wrong." in text
    assert "Try next: Look at the sum." in text
    assert "corners: wrong for N = 1." in text
    assert "dx, element by element" in text
    assert "return x" in text


def test_a_public_page_shows_nothing_that_a_student_may_not_see():
    student = a_student(warnings=("waves.py: odd",))
    inner, public = (Parsed(student_page(student, public=public)) for public in (False, True))
    assert SECRET in inner.text
    assert "seed-of-ada" in inner.text
    for secret in (SECRET, "seed-of-ada", "sum-for-mean", "index.html", "For the instructor"):
        assert secret not in public.text
        assert not [value for _, _, value in public.attributes if value and secret in value]
    assert "corners: wrong for N = 1." in public.text
    assert "dx, element by element" in public.text


def test_pictures_of_a_hidden_check_are_shown_to_nobody():
    forged = result("ada", [task("t", wrong("corners", visibility="hidden"))])
    assert "element by element" not in Parsed(student_page(forged, public=True)).text


def test_the_public_page_of_the_class_names_nobody():
    of = gathered(a_class(40))
    of.add_failed("lost", "Lost Student", "not read")
    public, inner = (class_page(of, public=public) for public in (True, False))
    assert b"student-0" in inner
    assert b"Lost Student" in inner
    assert b"student-0" not in public
    assert b"lost" not in public.lower()
    assert "Misconceptions by frequency" in Parsed(public).text


def test_the_public_page_shows_no_figures_of_a_few():
    page = Parsed(class_page(gathered(a_class(4)), public=True)).text
    assert "too few" in page
    assert "median" not in page
    rare = [result(f"s{n}", [task("t", check() if n else hidden())]) for n in range(6)]
    assert "sum-for-mean" not in Parsed(class_page(gathered(rare), public=True)).text
    assert "sum-for-mean" in Parsed(class_page(gathered(rare), public=False)).text


def test_the_line_that_raised_is_marked():
    code = {"sine": Source(file="waves.py", line=3, text="def sine(x):\n    y = x\n    return z")}
    crashed = check("values", Verdict.CRASHED, message="sine raises a NameError (waves.py:5).")
    page = student_page(result("ada", [task("sine", crashed, functions=("sine",))], code=code), public=True).decode()
    marked = re.findall(r'<span class="row hit">.*?\n</span>', page, re.DOTALL)
    assert len(marked) == 1
    assert "return z" in marked[0]


def test_where_the_grader_failed_there_are_no_marks():
    faulty = result("ada", [task("t", check(), check("other", Verdict.GRADER_FAULT))])
    assert "No marks yet" in Parsed(student_page(faulty, public=True)).text
    of = gathered([*a_class(5), faulty])
    assert len(of.counted) == 5
    text = Parsed(class_page(of, public=False)).text
    assert "figures of 5" in text
    assert "grade again" in text


def test_what_fails_for_everybody_sends_to_verify_and_says_what_failed():
    fault = check("other", Verdict.GRADER_FAULT, details={"error": "RubricError: <b>no parameter 'v'</b>"})
    both = [result(name, [task("t", check(), fault)]) for name in ("ada", "bob")]
    page = class_page(gathered(both), public=False)
    assert "in t/other for every submission: no marks, see autograder verify (2)" in Parsed(page).text
    assert "t/other (RubricError: <b>no parameter 'v'</b>)" in Parsed(page).text
    assert "see autograder verify" not in Parsed(class_page(gathered([*both, *a_class(5)]), public=False)).text


def test_late_marks_are_shown_apart_from_those_for_the_work():
    late = a_student(
        late=Late(penalty=0.5, score=1.5, note="1 day late"), handed_in=HandedIn(people=(Person(name="Ada L."),))
    )
    text = Parsed(student_page(late, public=True)).text
    assert "1.5 of 6 marks" in text
    assert "2 for the work; 1 day late: −0.5, which leaves 1.5" in text
    assert "Ada L." in text


def test_the_numbers_on_the_page_of_the_class():
    results = [
        result("a", [task("t", check(), hidden()), task("u", check())]),
        result("b", [task("t", check("values", Verdict.PARTIAL, 0.5), hidden()), task("u", check())]),
        result("c", [task("t", wrong("values"), hidden()), task("u", check("values", Verdict.NOT_ATTEMPTED))]),
    ]
    of = gathered(results)
    assert of.shares().tolist() == [[1, 0, 1], [0.5, 0, 1], [0, 0, 0]]
    page = class_page(of, public=False)
    text = Parsed(page).text
    assert "mean 2.33" in text
    assert "median 3" in text
    assert "t 4 25 % 0 2 1 0" in text
    assert "u 2 67 % 2 0 0 1" in text
    assert "sum-for-meant 3 (100 %)" in text
    assert "1 check that nobody passes" in text


def test_both_of_two_mistakes_are_counted_and_told_in_the_words_that_hold_for_all():
    two = ["sum-for-mean", "no-bias"]
    together = check("dx", Verdict.FAILED, message="A. Also: B.", details={"misconceptions": two}, misconception=two[0])
    alone = check("out", Verdict.FAILED, message="B.", details={"misconceptions": two[1:]}, misconception=two[1])
    results = [result(name, [task("t", its)]) for name, its in (("a", together), ("b", alone), ("c", alone))]
    of = gathered(results)
    assert {name: mistake.whom for name, mistake in of.mistakes.items()} == {
        "sum-for-mean": {"a"},
        "no-bias": {"a", "b", "c"},
    }
    assert of.mistakes["no-bias"].told == "B."


def test_the_same_results_give_the_same_bytes_in_any_order(drawn):
    results = list(a_class(30))
    assert class_page(gathered(results), public=False) == class_page(gathered(results[::-1]), public=False)
    assert student_page(results[0], public=False) == student_page(results[0], public=False)
    again = [result_with_timing(one) for one in results]
    assert student_page(again[0], public=False) == student_page(results[0], public=False)


def result_with_timing(one):
    import msgspec

    return msgspec.structs.replace(one, timing={"total": 1.25})


def test_plots_have_the_pages_own_colours_and_its_text(drawn):
    page = class_page(gathered(a_class(40)), public=False).decode()
    pictures = re.findall(r'<svg role="img".*?</svg>', page, re.DOTALL)
    assert len(pictures) == 4
    for picture in pictures:
        # What the style of the page does not know would look as a browser pleases.
        assert not re.search(r"#[0-9a-f]{6}\b|font|<style|<script|<desc|style=", picture)
        assert re.search(r"<text [^>]*>(marks|mean share)", picture)


def test_plots_show_the_numbers(drawn):
    wide, narrow = map(shapes, re.findall(r"<svg.*?</svg>", plots.histogram([0, 1, 1, 50, 97, 100, 100], 100, 50)))
    for drawing in (wide, narrow):
        *bars, median = drawing["histbar"]
        heights = [float(bar.get("height")) for bar in bars]
        assert [round(height / max(heights) * 3) for height in heights] == [3, *[0] * 9, 1, *[0] * 8, 3]
        left, right = (float(bars[at].get("x")) for at in (9, 10))
        assert left < float(median.get("x")) < right + 2
        assert "median 50" in drawing["text"]
        assert {"0", "100", "marks", "submissions"} <= set(drawing["text"])
    assert len(wide["text"]) > len(narrow["text"])


def test_plots_show_each_check_where_it_belongs(drawn):
    items = [Item(0.2, None, 0.9), Item(0.8, None, LOW), Item(0.5, None, -0.3), Item(1.0, None, None)]
    for drawing in map(shapes, re.findall(r"<svg.*?</svg>", plots.item_map(items))):
        (hard, easy), (low,) = drawing["serie-0"], drawing["serie-1"]
        xs, ys = ([float(dot.get(name)) for dot in (hard, low, easy)] for name in ("cx", "cy"))
        assert xs == sorted(xs)
        assert ys[0] < ys[2] < ys[1]
        limit = float(re.match(r"M\S+ (\S+)", drawing["line"][0].get("d"))[1])
        assert limit == pytest.approx(ys[2], abs=0.02)


def shapes(picture):
    """A plot's bars, its dots by series, its lines and its texts."""
    tree = ElementTree.fromstring(picture)
    found = {"text": [text.text for text in tree.iter("text")]}
    found["histbar"] = [bar[0] for bar in tree.iterfind(".//g[@class='histbar']")]
    found["line"] = tree.findall(".//path[@class='line reactive nofill']")
    for number in (0, 1):
        found[f"serie-{number}"] = tree.findall(f".//g[@class='series serie-{number} color-{number}']/g/circle")
    return found


def test_an_import_that_finds_nothing_warns_of_nothing_after_drawing(drawn):
    plots.histogram([1, 2], 3, 1.5)
    with pytest.raises(ModuleNotFoundError):
        importlib.import_module("no_such_module")


def test_the_same_numbers_are_the_same_bytes(drawn):
    assert plots.histogram([1, 2], 3, 1.5) == plots.histogram([1, 2], 3, 1.5)


def test_results_of_another_marking_scheme_are_not_mixed_in():
    results = [*a_class(6), result("zoe", [task("other", check())], rubric_sha256="r2")]
    of = gathered(results)
    assert len(of.counted) == 6
    assert [entry.submission for entry in of.others] == ["zoe"]
    assert "another version of the marking scheme" in Parsed(class_page(of, public=False)).text


def test_who_needs_a_look():
    results = [
        result("kim", [task("t", check("values", Verdict.FORBIDDEN, message="no"))]),
        result("lee", [task("t", check())], warnings=("waves.py: read piece by piece",)),
        result("max", [task("t", check())], warnings=("magics and shell commands were not run (cells 1)",)),
        result("ned", [task("t", check("values", Verdict.NOT_ATTEMPTED))]),
    ]
    of = gathered(results)
    found = {reason: [name for name, _ in whom] for reason, whom in of.attention.items() if whom}
    assert sorted(found.values()) == [["kim"], ["lee"], ["ned"]]


def test_only_pages_of_results_that_changed_are_written(tmp_path):
    results = tmp_path / "results"
    results.mkdir()
    students = list(a_class(5))
    for one in students:
        (results / f"{one.submission}.json").write_bytes(dump(one))
    wrote = []

    def write(path, data):
        wrote.append(path.name)
        write_whole(path, data)

    def run(public=False):
        wrote.clear()
        pages = Pages(tmp_path / "report", write, public=public)
        for one in results_in(results):
            pages.add(one)
        pages.finish(results)
        return sorted(wrote)

    everything = sorted([*(f"{one.submission}.html" for one in students), "index.html", "misconceptions.csv"])
    assert run() == everything
    assert run() == ["misconceptions.csv"]
    changed = a_student(students[2].submission)
    (results / f"{changed.submission}.json").write_bytes(dump(changed))
    (results / f"{students[4].submission}.json").unlink()
    (tmp_path / "report" / "students" / "mine.html").write_text("not ours")
    assert run() == ["index.html", "misconceptions.csv", f"{changed.submission}.html"]
    left = sorted(path.name for path in (tmp_path / "report" / "students").iterdir())
    assert left == ["mine.html", *(f"{one.submission}.html" for one in students[:4])]
    assert len(run(public=True)) == 5  # other pages, of the class and of the four that are left
    assert run(public=True) == []
    (tmp_path / "report" / "index.html").write_text("not ours")
    assert run(public=True) == ["index.html"]


def test_one_that_could_not_be_graded_has_no_page_any_more_and_is_named(tmp_path):
    graded = result("ada", [task("t", check())])
    made = Pages(tmp_path, write_whole)
    made.add(graded)
    fault = check("values", Verdict.GRADER_FAULT)
    lost = msgspec.structs.replace(
        graded, source_sha256="", warnings=("ada: nothing in it",), tasks=(task("t", fault),)
    )
    made = Pages(tmp_path, write_whole)
    made.add(lost)
    made.finish(tmp_path)
    assert not list((tmp_path / "students").iterdir())
    assert "ada: nothing in it" in Parsed((tmp_path / "index.html").read_bytes()).text


def test_when_pages_are_ready_nothing_is_left_to_import_or_to_compile_for_the_first(tmp_path):
    code = """
import pathlib, sys, jinja2
from unit.reports.a_class import a_class
from autograder.reports.pages.writing import Pages
pages = Pages(pathlib.Path(sys.argv[1]), lambda path, data: path.write_bytes(data))
pages.get_ready()
before = set(sys.modules)
jinja2.Environment.compile = None
for one in a_class(3):
    pages.add(one)
pages.finish(pathlib.Path())
print(*sorted(set(sys.modules) - before))
"""
    run = subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert {name.partition(".")[0] for name in run.stdout.split()} <= {"_heapq", "heapq"}  # collections' own affair
    assert (tmp_path / "index.html").exists()


def test_what_is_no_result_is_named_and_the_rest_is_read(tmp_path):
    (tmp_path / "a.json").write_text("{")
    (tmp_path / "b.json").write_bytes(dump(a_student("b")))
    (tmp_path / "c.json").write_bytes(dump(a_student("../../evil")))
    (tmp_path / "d.json").write_text(json.dumps({"schema": 1}))
    (tmp_path / "e.json").write_text("[" * 100_000)
    a, b, *others = results_in(tmp_path)
    assert b.submission == "b"
    assert "a.json: not a result" in a
    assert "c.json: holds the result of ../../evil" in others[0]
    assert len(others) == 3


def test_a_marking_scheme_that_has_no_checks_yet_has_a_page():
    text = Parsed(class_page(gathered([result("ada"), result("bela")]), public=False)).text
    assert "2 submissions" in text


def test_an_old_result_without_code_is_shown_all_the_same():
    text = Parsed(student_page(a_student(code={}), public=True)).text
    assert "No source text was found for sine" in text


def test_the_list_of_a_large_class_is_folded_into_parts():
    page = class_page(gathered(a_class(250)), public=False).decode()
    assert page.count('<details class="part"') == 3
    assert page.count('<details class="part" open') == 1
    assert page.count("data-marks") == 250
