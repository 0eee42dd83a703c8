from autograder.reports.changes import changes


def test_a_line_for_each_whose_marks_are_others():
    graded = {
        "bela": ({"sine": 2.0, "cosine": 1.5}, {"sine": 2.0, "cosine": 3.0}),
        "ada": ({"sine": 2.0, "gone": 1.0}, {"sine": 1.0, "new": 0.5}),
        "chen": ({"sine": 2.0}, {"sine": 2.0}),
        "dora": ({}, {"sine": 2.0}),
        "emre": ({"sine": 2.0}, {}),
    }
    assert list(changes(graded)) == [
        "ada: sine 2 → 1, new none → 0.5, gone 1 → none; total 3 → 1.5",
        "bela: cosine 1.5 → 3; total 3.5 → 5",
    ]


def test_names_are_a_stranger_s():
    (line,) = changes({"\x1b[31mada": ({"a\x07": 1.0}, {"a\x07": 2.0})})
    assert "\x1b" not in line
    assert "\x07" not in line
