from unit.reports.a_class import SECRET, check, hidden, task, wrong

from autograder.reports.task_marks import heading, tasks_html, tasks_text
from autograder.results import Verdict

TASKS = [task("sine", check(), hidden(hint="Try N = 1.")), task("cosine", wrong())]


def test_the_text_has_each_check_s_marks_and_what_it_says_and_no_number_of_a_hidden_one():
    text = tasks_text(TASKS, heading(TASKS))
    assert text.splitlines()[0] == "sine, cosine: 2 of 6 points"
    assert "(2 / 2): What values asks." in text
    assert "    corners: wrong for N = 1." in text
    assert "    Hint: Look at the sum." in text
    assert SECRET not in text


def test_the_table_has_the_same_and_a_picture_of_what_is_wrong_in_a_visible_check():
    html = tasks_html(TASKS, heading(TASKS))
    assert html.count('<td class="ag-earned">') == 3
    assert html.count("ag-right") - html.count(".ag-right") == 1
    assert "Hint: Try N = 1." in html
    assert "gradient: dx is wrong." in html
    assert SECRET not in html
    assert len(tasks_html(TASKS[1:], "")) > len(tasks_html([task("cosine", wrong(visibility="hidden"))], ""))


def test_what_is_right_says_nothing_more():
    right = [task("sine", check(message="float32 was returned.", hint="Mind the dtype."))]
    for made in (tasks_text(right, ""), tasks_html(right, "")):
        assert "float32" not in made
        assert "Mind the dtype" not in made


def test_what_has_no_hint_or_message_has_no_empty_line():
    bare = [task("sine", check("c", Verdict.FAILED))]
    assert len(tasks_text(bare, "head").splitlines()) == 2
    assert "<p></p>" not in tasks_html(bare, "")


def test_no_checks_are_no_table():
    assert "<table" not in tasks_html([], "nothing")


def test_a_stranger_s_text_is_escaped():
    html = tasks_html([task("sine", wrong(title="<b>&\x1b"))], "<script>")
    assert "<script>" not in html
    assert "<b>&\x1b" not in html
    assert "&lt;b&gt;&amp;" in html
