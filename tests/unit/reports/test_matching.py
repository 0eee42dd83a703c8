import pytest
from results_for_exports import person, result

from autograder.reports.matching import Row, match


def row(number, name="", ids=(), keys=()):
    return Row(number, name, frozenset(ids), frozenset(keys))


def pairs(matched):
    return {number: one.submission for number, one in matched.results.items()}


def test_by_number_address_login_and_name_in_this_order():
    rows = [
        row(1, "Lovelace, Ada", ["11"]),
        row(2, "Bartok, Bela", ["12"], ["bela@example.edu"]),
        row(3, "Chen", ["13"], ["s3"]),
        row(4, "Élodie Durand"),
        row(5, "Farida", ["15"]),
    ]
    results = [
        result("a", people=[person("someone else", number="11")], system="canvas"),
        result("b", people=[person("x", email="Bela@Example.edu")]),
        result("c", people=[person("x", school="S3")]),
        result("d", people=[person("durand elodie")]),
    ]
    matched = match(results, rows, "canvas")
    assert pairs(matched) == {1: "a", 2: "b", 3: "c", 4: "d"}
    assert matched.by_name == (4,)
    assert [one.number for one in matched.empty] == [5]
    assert matched.left == ()


@pytest.mark.parametrize("name", ["lovelaceada", "Ada Lovelace", "Lovelace, Ada", "LOVELACE ADA", "Ada  Lovelace"])
def test_names_in_any_order(name):
    assert pairs(match([result("a", people=[person(name)])], [row(1, "Lovelace, Ada")], "canvas")) == {1: "a"}
    assert pairs(match([result("a", people=[person(name)])], [row(1, "Ada Lovelace")], "moodle")) == {1: "a"}


def test_another_system_s_number_is_another_person_s():
    rows = [row(1, "Eve", ["11"])]
    assert pairs(match([result("a", people=[person("Ada", number="11")], system="moodle")], rows, "canvas")) == {}


def test_the_same_name_with_another_number_is_somebody_else():
    rows = [row(1, "Li Na", ["11"])]
    matched = match([result("a", people=[person("Li Na", number="12")], system="canvas")], rows, "canvas")
    assert pairs(matched) == {}
    assert matched.left == ("a (Li Na, 12): no row",)


def test_nothing_is_guessed():
    twins = [row(1, "Li Na"), row(2, "Na Li")]
    assert match([result("a", people=[person("Li Na")])], twins, "x").left == ("a (Li Na): fits several rows",)
    rows = [row(1, "Ada", keys=["s1"]), row(2, "Bela", keys=["b@example.edu"])]
    torn = match([result("a", people=[person("x", school="s1", email="b@example.edu")])], rows, "x")
    assert (pairs(torn), len(torn.left), len(torn.empty)) == ({}, 1, 2)
    both = match([result("a", people=[person("Ada")]), result("b", people=[person("ada")])], rows, "x")
    assert pairs(both) == {}
    assert len(both.left) == 2


def test_a_name_gives_way_to_a_number():
    rows = [row(1, "Ada", keys=["s1"])]
    matched = match([result("a", people=[person("Ada")]), result("b", people=[person("x", school="s1")])], rows, "x")
    assert pairs(matched) == {1: "b"}
    assert matched.left == ("a (Ada): another result claims its row (Ada)",)


def test_a_group_gets_a_row_each():
    group = result("g", people=[person("Ada"), person("Bela"), person("Nobody")])
    matched = match([group], [row(1, "Ada"), row(2, "Bela")], "x")
    assert pairs(matched) == {1: "g", 2: "g"}
    assert matched.left == ("g (Nobody): no row",)


@pytest.mark.parametrize("name", ["ada.zip", "S1", "11", "Ada Lovelace.ipynb"])
def test_a_plain_submission_is_matched_by_its_name(name):
    rows = [row(1, "Ada Lovelace", ["11"], ["s1", "ada"])]
    assert pairs(match([result("a", name=name)], rows, "canvas")) == {1: "a"}
