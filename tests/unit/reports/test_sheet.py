import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.errors import UsageError
from autograder.reports.sheet import guarded, parse

CELL = st.text(st.sampled_from("a \"',;\t\r\n=é.1"), max_size=6)


def read(data, delimiter=","):
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=delimiter))


@given(st.text(st.sampled_from('ab,;"\r\n\t 1.'), min_size=1).filter(str.strip))
def test_what_is_not_filled_in_stays_as_it_was(text):
    data = text.encode()
    assert parse(data, "x").dump() == data


@given(st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=2, max_size=4), CELL, st.sampled_from(",;\t"))
def test_it_reads_and_fills_as_the_library_does(rows, text, delimiter):
    rows[0] = ["a", "b", "c"]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter).writerows(rows)
    sheet = parse(file.getvalue().encode(), "x")
    assert [sheet.values(i) for i in range(len(rows))] == [[cell.strip() for cell in row] for row in rows]
    sheet.fill(1, 2, text)
    rows[1][2] = text
    assert read(sheet.dump(), delimiter) == rows


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("end", [b"\n", b"\r\n"])
@pytest.mark.parametrize("delimiter", [b",", b";", b"\t"])
def test_mark_delimiter_and_line_ends_are_kept(mark, end, delimiter):
    data = mark + end.join(delimiter.join(row) for row in ([b"A", b'"B,;x"'], [b"", b'"y"'])) + end
    sheet = parse(data, "x")
    sheet.fill(1, 0, "5")
    assert sheet.dump() == data.replace(end + delimiter, end + b"5" + delimiter)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_is_kept(encoding):
    data = "\ufeffA\tB\r\né\t\r\n".encode(encoding)
    sheet = parse(data, "x")
    sheet.fill(1, 1, "5")
    assert sheet.dump().decode(encoding) == "\ufeffA\tB\r\né\t5\r\n"


@pytest.mark.parametrize(
    ("text", "number"),
    [("a,b\n1.5,2\n", "87.25"), ('a,b\n"1,5",2\n', "87,25"), ("a;b\n1,5;2\n", "87,25"), ("a;b\n1.5;2\n", "87.25")],
)
def test_a_number_is_written_as_the_sheet_writes_them(text, number):
    assert parse(text.encode(), "x").number("87.25") == number


def test_a_sheet_without_numbers_follows_its_delimiter():
    assert parse(b"a;b\nx;y\n", "x").number("1.5") == "1,5"
    assert parse(b"a,b\nx,y\n", "x").number("1.5") == "1.5"


@pytest.mark.parametrize(("data", "says"), [(b"", "empty"), (b" \n", "empty"), (b"\xff\x00a", "UTF-8")])
def test_what_is_no_sheet_is_one_line(data, says):
    with pytest.raises(UsageError, match=says):
        parse(data, "sheet.csv")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "  =1", "\n=1", "\t=1"])
def test_no_text_is_the_start_of_a_formula(text):
    assert guarded(text, 100).startswith("'")
    assert len(guarded("x" * 500, 100)) == 100
    assert guarded("a\x1b[0m\nb", 100) == "a\\x1b[0m\nb"
