"""Exports as a course uses them: results on disk, a sheet that was downloaded, and its importer's rules."""

import csv
import io
import re

import msgspec
import pytest
import typer
from results_for_exports import HOSTILE, SECRET, person, result

from autograder.cli.export.canvas import canvas
from autograder.cli.export.gradescope import gradescope
from autograder.cli.export.junit import junit
from autograder.cli.export.moodle import moodle
from autograder.cli.export.sheets import Marks
from autograder.errors import UsageError
from autograder.results import Verdict, dump

CANVAS = """\ufeffStudent,ID,SIS User ID,SIS Login ID,Section,"Essay (77)","HW, 1 (12345)",Current Score\r
,,,,,,Manual Posting,\r
    Points Possible,,,,,10,15.00,(read only)\r
"Lovelace, Ada",11,s1,ada@example.edu,A,9,,80.5\r
"Bartok, Bela",12,s2,bela,A,,"3.00",\r
"Li, Chen",13,s3,chen,"A, B",EX,EX,\r
"Student, Test",,,,A,,,\r
"""

MOODLE = """Teilnehmer/in,"Vollständiger Name",E-Mail-Adresse,Status,Bewertung,Bestwertung,"Bewertung änderbar",\
"Zuletzt geändert (Abgabe)","Zuletzt geändert (Bewertung)","Feedback als Kommentar"
Teilnehmer/in9,"Ada Lovelace",ada@example.edu,Abgegeben,,"15,00",Ja,"Montag, 2. März",-,""
Teilnehmer/in10,"Bela Bartok",bela@example.edu,Abgegeben,"1,50","15,00",Ja,-,-,"alt"
"""


@pytest.fixture
def graded(tmp_path):
    """Write results: ``graded(result, …) -> folder``."""

    def graded(*results):
        folder = tmp_path / "graded" / "results"
        folder.mkdir(parents=True)
        for one in results:
            (folder / f"{one.submission}.json").write_bytes(dump(one))
        return folder.parent

    return graded


@pytest.fixture
def sheet(tmp_path):
    def sheet(text):
        path = tmp_path / "sheet.csv"
        path.write_bytes(text.encode())
        return path

    return sheet


def code(command, *arguments, **options):
    with pytest.raises(typer.Exit) as ended:
        command(*arguments, **options)
    return ended.value.exit_code


def rows(path, delimiter=","):
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""), delimiter=delimiter))


def as_canvas_imports(path, delimiter=","):
    """Scores by user and assignment, by the importer's rules."""
    found = rows(path, delimiter)
    header = found[0]
    assert header[:2] == ["Student", "ID"] or header[:3] == ["LastName", "FirstName", "ID"]
    section = header.index("Section")
    assert set(header[2:section]) <= {
        "ID",
        "FirstName",
        "SIS User ID",
        "SIS Login ID",
        "Integration ID",
        "Root Account",
    }
    assignments = {}
    for column in range(section + 1, len(header)):
        title = re.fullmatch(r".* \((\d+)\)", header[column])
        if title:
            assignments[column] = title[1]
        else:
            assert re.search(r"(Current|Final|Override) (Score|Points|Grade)$", header[column]), "a new assignment"
    scores = {}
    for row in found[1:]:
        if row[header.index("ID")]:
            for column, number in assignments.items():
                scores[row[header.index("ID")], number] = row[column].replace(",", ".")
    return scores


ADA = result("a", people=[person("lovelaceada", number="11")], system="canvas", late=2.0)
BELA = result("b", people=[person("Bela Bartok", school="s2")], system="gradescope")
CHEN = result("c", people=[person("lichen", number="13")], system="canvas")


def test_canvas_gets_its_own_sheet_back(graded, sheet, capsys):
    folder = graded(ADA, BELA, CHEN)
    assert code(canvas, folder, sheet(CANVAS), "12345") == 0
    assert as_canvas_imports(folder / "canvas.csv") == {
        **{("11", "77"): "9", ("12", "77"): "", ("13", "77"): "EX"},
        **{("11", "12345"): "5.5", ("12", "12345"): "7.5", ("13", "12345"): "EX"},
    }
    expected = CANVAS.replace("ada@example.edu,A,9,,", "ada@example.edu,A,9,5.5,").replace('"3.00"', '"7.5"')
    assert (folder / "canvas.csv").read_bytes() == expected.encode()
    told = capsys.readouterr().out
    assert "2 rows filled in from 3 results" in told
    assert "Li, Chen: excused" in told


@pytest.mark.parametrize("column", ["12345", "HW, 1", "HW, 1 (12345)"])
def test_canvas_s_column_is_found_by_number_title_or_heading(graded, sheet, column):
    folder = graded(ADA)
    assert code(canvas, folder, sheet(CANVAS), column) == 0
    assert as_canvas_imports(folder / "canvas.csv")["11", "12345"] == "5.5"


@pytest.mark.parametrize("column", [None, "HW", "Current Score", "9"])
def test_canvas_s_column_is_not_guessed(graded, sheet, column):
    with pytest.raises(UsageError, match=r"Essay \(77\)"):
        canvas(graded(ADA), sheet(CANVAS), column)


def test_canvas_with_semicolons_and_decimal_commas(graded, sheet):
    text = "LastName;FirstName;ID;SIS Login ID;Section;HW (1)\nPoints Possible;;;;;15,00\nLovelace;Ada;11;ada;A;1,25\n"
    folder = graded(ADA)
    assert code(canvas, folder, sheet(text)) == 0
    assert (folder / "canvas.csv").read_bytes() == text.replace("1,25", "5,5").encode()
    assert as_canvas_imports(folder / "canvas.csv", ";") == {("11", "1"): "5.5"}


def test_what_has_no_row_is_listed_both_ways(graded, sheet, capsys):
    stranger = result("z", people=[person("Nobody", number="99")], system="canvas")
    assert code(canvas, graded(ADA, stranger), sheet(CANVAS), "12345") == 1
    told = capsys.readouterr().out
    assert "z (Nobody, 99): no row" in told
    assert "2 in the sheet without a result" in told
    assert "Bartok, Bela" in told


def test_a_grader_s_fault_is_never_a_number(graded, sheet, tmp_path, capsys):
    faulty = result("b", people=[person("Bela Bartok", email="bela@example.edu", number="12")], faulty=True)
    folder = graded(ADA, faulty)
    assert code(canvas, folder, sheet(CANVAS), "12345") == 3
    assert as_canvas_imports(folder / "canvas.csv")["12", "12345"] == "3.00"  # what was there before
    assert code(moodle, folder, sheet(MOODLE)) == 3
    assert rows(folder / "moodle.csv")[2][4] == "1,50"
    assert code(gradescope, folder) == 3
    assert [path.name for path in (folder / "gradescope").iterdir()] == ["a.json"]
    assert code(junit, folder) == 3
    assert capsys.readouterr().out.count("the grader itself failed there") == 4


def test_other_points_in_the_sheet_are_told(graded, sheet, capsys):
    assert code(canvas, graded(ADA), sheet(CANVAS.replace("15.00", "20")), "12345") == 0
    assert "the sheet says 20 points, the results are out of 15" in capsys.readouterr().out


def as_moodle_imports(path):
    """Grade and feedback by participant, by the importer's rules; the columns of this sheet by their place."""
    found = rows(path)
    header = found[0]
    identifier, grade, modified, comments = 0, 4, 8, 9
    assert header[identifier].startswith("Teilnehmer")
    assert header[modified].startswith("Zuletzt")
    participants = {}
    for row in found[1:]:
        number = re.fullmatch(r"\D*(\d+)", row[identifier])
        assert number
        participants[number[1]] = (row[grade], row[comments])
    return participants


def test_moodle_gets_its_own_sheet_back_in_its_language(graded, sheet):
    ada = result("a", people=[person("Ada Lovelace", number="9")], system="moodle", late=2.0)
    bela = result("b", people=[person("x", email="bela@example.edu")], system="gradescope")
    folder = graded(ada, bela)
    assert code(moodle, folder, sheet(MOODLE)) == 0
    found = as_moodle_imports(folder / "moodle.csv")
    assert {number: grade for number, (grade, _) in found.items()} == {"9": "5,5", "10": "7,5"}
    feedback = found["9"][1]
    assert feedback.startswith("7.5 of 15 marks for the work; 1 d 1 h late")
    assert "&lt;script&gt;&amp;" in feedback
    assert "\x1b" not in feedback
    assert SECRET not in feedback
    assert "corners" not in feedback
    before, after = rows(sheet(MOODLE)), rows(folder / "moodle.csv")
    for row, same in zip(after, before, strict=True):
        assert row[:4] + row[5:9] == same[:4] + same[5:9]


def test_moodle_feedback_is_never_a_formula_and_never_long(graded, sheet):
    ada = result("ada lovelace", message=HOSTILE * 1000)
    folder = graded(ada)
    assert code(moodle, folder, sheet(MOODLE), hidden=True) == 0
    feedback = as_moodle_imports(folder / "moodle.csv")["9"][1]
    assert not feedback.lstrip().startswith(("=", "+", "-", "@"))
    assert len(feedback) < 10_000
    assert "The corners." in feedback


def test_moodle_s_columns_may_be_named(graded, sheet):
    text = MOODLE.replace("Bewertung,Bestwertung", "Punkte?,Bestwertung").replace('"15,00"', "viel", 1)
    folder = graded(result("ada lovelace"))
    with pytest.raises(UsageError, match="--column"):
        moodle(folder, sheet(text))
    assert code(moodle, folder, sheet(text), "Punkte?", feedback=False) == 0
    assert as_moodle_imports(folder / "moodle.csv")["9"] == ("7,5", "")


def test_moodle_s_unknown_language_is_read_by_its_form(graded, sheet):
    text = MOODLE.replace("Bewertung,Bestwertung", "Qeydə,Ən yüksək").replace("Feedback als Kommentar", "Rəy")
    folder = graded(result("ada lovelace"))
    assert code(moodle, folder, sheet(text), feedback_column="Rəy") == 0
    assert as_moodle_imports(folder / "moodle.csv")["9"][0] == "7,5"


def test_the_work_s_marks_may_be_exported_where_the_other_system_has_the_policy(graded, sheet):
    folder = graded(ADA)
    assert code(canvas, folder, sheet(CANVAS), "12345", which=Marks.WORK) == 0
    assert as_canvas_imports(folder / "canvas.csv")["11", "12345"] == "7.5"


@pytest.mark.parametrize(
    ("command", "text", "says"),
    [
        (canvas, "Name,Grade\nAda,1\n", "not a Canvas gradebook"),
        (moodle, "Name,Grade,X\nAda,1,2\n", "not a Moodle grading worksheet"),
        (canvas, "", "empty"),
        (canvas, None, "can't be read"),
    ],
)
def test_another_sheet_is_refused_in_one_line(graded, sheet, tmp_path, command, text, says):
    path = tmp_path / "none.csv" if text is None else sheet(text)
    with pytest.raises(UsageError, match=says) as caught:
        command(graded(ADA), path)
    assert "\n" not in str(caught.value)


def test_a_folder_without_results_is_refused(tmp_path):
    with pytest.raises(UsageError, match="autograder grade --out"):
        gradescope(tmp_path)
    for text in ("{", "[" * 100_000):
        (tmp_path / "x.json").write_text(text)
        with pytest.raises(UsageError, match=r"x\.json"):
            gradescope(tmp_path)


def test_a_result_under_another_s_name_is_refused(graded, tmp_path):
    folder = graded(ADA)
    (folder / "results" / "a.json").rename(folder / "results" / "bela.json")
    with pytest.raises(UsageError, match=r"bela\.json: holds the result of a;"):
        gradescope(folder)


def test_results_of_two_exercises_are_not_put_into_one_column(graded, sheet):
    folder = graded(result("ada"), msgspec.structs.replace(result("bela"), rubric="another"))
    with pytest.raises(UsageError, match="several exercises"):
        canvas(folder, sheet(CANVAS), column="12345")


def test_work_of_which_nothing_could_be_used_is_named(graded, sheet, capsys):
    untouched = [
        msgspec.structs.replace(
            task,
            checks=tuple(
                msgspec.structs.replace(check, verdict=Verdict.NOT_ATTEMPTED, score=0.0) for check in task.checks
            ),
        )
        for task in result("bela").tasks
    ]
    nothing = msgspec.structs.replace(
        result("bela"), tasks=tuple(untouched), score=0.0, warnings=("answer.rar: was not read",)
    )
    untouched_notebook = msgspec.structs.replace(
        nothing, submission="chen", warnings=("52 statements beside the definitions (experiments, plots) were not run",)
    )
    code(canvas, graded(result("ada"), nothing, untouched_notebook), sheet(CANVAS), column="12345")
    said = capsys.readouterr().out
    assert "bela: answer.rar: was not read" in said
    assert "1 of whose work nothing could be used" in said
