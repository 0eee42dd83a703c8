import io
import os
import stat
import sys
import zipfile

import downloads
import pytest

from autograder.errors import SubmissionError
from autograder.results import Person
from autograder.submission import discover, reading, single
from autograder.submission.bulk import metadata, tree
from autograder.submission.names import MAX_IDENTIFIER


def found(path, attempt="last"):
    return discover([path], "decay", {"geometry", "waves"}, attempt)


def by_person(path, attempt="last"):
    """Kind and files of each, by the name of the first who handed in."""
    read = {}
    for one in found(path, attempt):
        source = one.read()
        read[one.handed_in.people[0].name] = (source.kind, dict(source.files))
    return read


@pytest.fixture(params=[False, True], ids=["zip", "folder"])
def unpacked(request):
    return request.param


def test_canvas(tmp_path, unpacked):
    path = downloads.write(tmp_path / "submissions", downloads.CANVAS, unpacked)
    assert by_person(path) == {
        "lovelaceada": ("zip", {"work.zip": downloads.CANVAS["lovelaceada_12345_67890_work.zip"]}),
        "bartokbela": ("folder", {"geometry.py": downloads.WRONG.encode()}),
        "chenli": ("folder", {"geometry.py": downloads.RIGHT.encode()}),
        "dilanaras": ("folder", {"geometry.py": downloads.RIGHT.encode()}),
        "emrekaya": ("folder", {}),
    }
    late = {one.handed_in.people[0].id: one.handed_in.marked_late for one in found(path)}
    assert late == {"12345": False, "12346": True, "12347": False, "12348": True, "12349": False}
    (emre,) = (one for one in found(path) if "emre" in one.name)
    assert "typed into Canvas's text box" in emre.read().warnings[0]


def test_canvas_keeps_a_file_that_was_handed_in_once_beside_one_that_came_again(tmp_path):
    files = {
        "lovelaceada_1_10_waves.py": "waves",
        "lovelaceada_1_11_geometry.py": "first",
        "lovelaceada_1_15_geometry-1.py": "second",
        "lovelaceada_1_16_part-1.py": "its own name",
    }
    path = downloads.write(tmp_path / "submissions", files)
    (last,) = found(path)
    assert dict(last.read().files) == {"waves.py": b"waves", "geometry.py": b"second", "part-1.py": b"its own name"}
    assert (last.handed_in.attempt, last.handed_in.attempts) == (2, 2)
    first, second = found(path, "best")
    assert first.read().files["geometry.py"] == b"first"
    assert first.read().files["waves.py"] == b"waves"
    assert first.attempt_of == second.attempt_of == last.identifier
    assert len({first.identifier, second.identifier, last.identifier}) == 3
    assert first.name == second.name == last.name  # and so the same hidden cases


def test_canvas_with_a_zip_that_was_unpacked_in_place(tmp_path):
    files = {
        "lovelaceada_LATE_101_9001_work/decay/geometry.py": "geometry",
        "lovelaceada_LATE_101_9001_work/decay/waves-1.py": "her own name",
        "lovelaceada_LATE_101_9001_work/__MACOSX/decay/._geometry.py": "",
        "bartokbela_102_9002_hw/geometry.py": "first",
        "bartokbela_102_9003_hw-1/geometry.py": "second",
        "chenli_103_9004_geometry.py": "chen",
        "readme/geometry.py": "nobody's",
    }
    submissions = found(downloads.write(tmp_path / "submissions", files, unpacked=True))
    read = {one.name: dict(one.read().files) for one in submissions}
    assert read == {
        "bartokbela_102": {"hw/geometry.py": b"second"},
        "chenli_103": {"geometry.py": b"chen"},
        "lovelaceada_101": {"work/decay/geometry.py": b"geometry", "work/decay/waves-1.py": b"her own name"},
    }
    assert [one.handed_in.marked_late for one in submissions] == [False, False, True]
    assert submissions.passed_over == ("readme/geometry.py: not named as Canvas names a student's file",)


@pytest.mark.parametrize("files", [downloads.MOODLE, downloads.MOODLE_FLAT], ids=["folders", "flat"])
def test_moodle(tmp_path, unpacked, files):
    path = downloads.write(tmp_path / "course-exercise-1", files, unpacked)
    read = by_person(path)
    assert list(read["Ada Lovelace"][1].values()) == [downloads.RIGHT.encode()]
    assert read["Ada Lovelace"][0] == "folder"
    assert read["Béla Bartók"][0] == "zip"
    assert [one.handed_in.people[0].id for one in found(path)][:2] == ["101", "102"]
    assert {one.handed_in.system for one in found(path)} == {"moodle"}
    assert found(path).passed_over == ()


def test_gradescope(tmp_path, unpacked):
    path = downloads.write(tmp_path / "export", downloads.GRADESCOPE, unpacked)
    ada, group = found(path)
    assert ada.handed_in.people == (Person(name="Ada Lovelace", email="ada@example.edu", student_id="2001"),)
    assert ada.handed_in.time == "2026-03-01T22:10:05.123456+00:00"
    assert ada.handed_in.attempts is None
    assert dict(ada.read().files) == {"decay/geometry.py": downloads.RIGHT.encode()}
    assert [person.name for person in group.handed_in.people] == ["Béla Bartók", "Chen Li"]
    assert (group.handed_in.attempt, group.handed_in.attempts) == (3, 3)
    earlier, last = (one for one in found(path, "best") if one.attempt_of)
    assert (earlier.handed_in.attempt, last.handed_in.attempt) == (2, 3)
    assert earlier.handed_in.time == "2026-03-01T09:00:00+00:00"
    assert earlier.read().files["geometry.py"] == downloads.RIGHT.encode()


def test_the_export_s_own_folder_may_be_given(tmp_path):
    downloads.write(tmp_path, downloads.GRADESCOPE, unpacked=True)
    assert len(found(tmp_path / "assignment_77_export")) == 2
    assert len(found(tmp_path)) == 2


def test_who_handed_nothing_gradable_in_is_not_lost(tmp_path):
    files = {name: text for name, text in downloads.GRADESCOPE.items() if "1001/" not in name}
    ada, _ = found(downloads.write(tmp_path / "export", files))
    assert (ada.handed_in.people[0].name, dict(ada.read().files)) == ("Ada Lovelace", {})


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("submission_1001: &a [*a]\n", "alias"),
        ("- 1\n", "no list of submissions"),
        ("submission_1001: {? [a] : b}\n", "a key that is no text"),
        ("submission_1001: 'unended\n", "can't be read"),
        ("", "who handed in is not known"),
        ("a: !!python/object/apply:os.system ['true']\n", None),
        (b"\xff\xfe\x00", "can't be read"),
        ("x: " + "[" * 5000 + "]" * 5000, None),
        ("submission_1001: {':submitters': " + "{a: " * 3000 + "1" + "}" * 3000 + "}", None),
    ],
)
def test_odd_metadata_cost_the_names_and_nothing_else(tmp_path, text, says):
    path = downloads.write(
        tmp_path / "export", downloads.GRADESCOPE | {"assignment_77_export/submission_metadata.yml": text}
    )
    submissions = found(path)
    assert len(submissions) == 3
    assert all(one.read().files for one in submissions)
    assert not any(one.handed_in.people for one in submissions)
    if says is not None:
        assert says in submissions.passed_over[-1]


def test_metadata_keep_only_what_is_wanted_and_so_much_of_it():
    long = "x" * 10_000
    lines = "".join(f"  - :name: {long}\n" for _ in range(metadata.MAX_KEPT + 5))
    parsed = metadata.parsed(f"submission_1:\n  :results: {long}\n  :submitters:\n{lines}".encode())
    people = parsed.entries["submission_1"][":submitters"]
    assert len(people) == metadata.MAX_KEPT
    assert len(people[0][":name"]) == metadata.MAX_TEXT
    assert ":results" not in parsed.entries["submission_1"]


def member(name, mode=0o100644, method=zipfile.ZIP_STORED):
    info = zipfile.ZipInfo("x")
    info.filename, info.external_attr, info.compress_type = name, mode << 16, method
    return info


def test_odd_members_are_listed_and_lead_nowhere(tmp_path):
    odd = {
        "../../lovelaceada_1_2_geometry.py": "its name leads elsewhere",
        "/etc/lovelaceada_1_2_geometry.py": "its name leads elsewhere",
        "bela_1_2_link.py": "a link or a device",
        "chen_1_2_lzma.py": "compressed in an unusual way",
    }
    path = tmp_path / "submissions.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for number in range(5):
            archive.writestr(f"ok_{number}_1_geometry.py", "x")
        for name in odd:
            mode = stat.S_IFLNK | 0o777 if "link" in name else 0o100644
            method = zipfile.ZIP_LZMA if "lzma" in name else zipfile.ZIP_STORED
            archive.writestr(member(name, mode, method), "/etc/passwd")
    submissions = found(path)
    assert len(submissions) == 5
    assert {text.rpartition(": ")[2] for text in submissions.passed_over} == set(odd.values())
    assert list(tmp_path.iterdir()) == [path]


def test_a_member_that_unpacks_to_too_much_costs_its_own_submission_alone(tmp_path):
    bomb = b"#" * (2 * 2**20)
    files = {"eve_1_1_geometry.py": bomb, "ada_2_2_geometry.py": downloads.RIGHT}
    ada, eve = (one.read() for one in found(downloads.write(tmp_path / "s", files)))
    assert ada.files
    assert not eve.files
    assert "too large" in eve.warnings[0]


def test_a_member_that_lies_about_its_size_or_is_damaged_is_told(tmp_path):
    path = downloads.write(tmp_path / "s", {"eve_1_1_geometry.py": "a" * 500, "ada_2_2_geometry.py": downloads.RIGHT})
    data = bytearray(path.read_bytes())
    data[49:52] = b"\xff\xff\xff"  # within the first member's compressed bytes
    path.write_bytes(data)
    ada, eve = (one.read() for one in found(path))
    assert ada.files
    assert not eve.files
    assert "could not be unpacked" in eve.warnings[0]


@pytest.mark.parametrize("shut", ["Ada Lovelace_101_assignsubmission_file_", "decay"])
def test_a_student_s_folder_that_can_t_be_listed_is_no_zero(tmp_path, monkeypatch, shut):
    path = downloads.write(tmp_path / "course", downloads.MOODLE, unpacked=True)
    scan = os.scandir

    def refuse(path):
        if str(path).endswith(shut):
            raise PermissionError(13, "Permission denied")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    real = os.open

    def refuse_too(path, *args, **kwargs):
        if str(path).endswith(shut):
            raise PermissionError(13, "Permission denied")
        return real(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse_too)
    submissions = found(path)
    assert len(submissions) == 3
    for one in submissions:
        if one.name.startswith("Ada"):
            with pytest.raises(SubmissionError, match=r"can't be read \(Permission denied\); see to its permissions"):
                one.read()
        else:
            assert one.read().files


def test_who_handed_in_what_can_t_be_opened_is_told(tmp_path):
    files = {"ada_1_2_answer.rar": "", "bela_2_2_answer.docx": "", "bela_2_3_geometry.py": "x"}
    ada, bela = (one.read() for one in found(downloads.write(tmp_path / "s", files)))
    assert ada.warnings == ("answer.rar: only .py, .ipynb and .zip are read; unpack it, or hand in a zip",)
    assert bela.warnings == ()


def test_of_a_zip_that_is_too_large_the_modules_are_read(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MAX_BYTES", 1000)
    path = tmp_path / "ada.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("decay/geometry.py", downloads.RIGHT)
        archive.writestr("data/numbers.csv", bytes(2000))
        archive.writestr("big.ipynb", bytes(2000))
    for one in (*found(path), *found(tmp_path), single(path)):
        assert (one.identifier, one.name) == ("ada.zip", "ada.zip")
        source = one.read()
        assert dict(source.files) == {"decay/geometry.py": downloads.RIGHT.encode()}
        assert source.warnings == (
            "ada.zip: is larger than 63 MiB; only the .py, .ipynb and .zip in it were read",
            "big.ipynb: was not read: it is too large (a submission may have 63 MiB; clear its outputs)",
        )
    path.write_bytes(bytes(1001))
    (one,) = found(path)
    assert "too large" in one.read().warnings[0]


def test_a_directory_too_long_to_be_read_is_refused_with_the_remedy(tmp_path, monkeypatch):
    monkeypatch.setattr(tree, "MAX_DIRECTORY", 70_000)
    path = downloads.write(tmp_path / "s", {f"ada_{i}_1_{'x' * 40}.py": "" for i in range(1000)})
    with pytest.raises(SubmissionError, match="unpack it, and give the folder"):
        found(path)


def test_a_zip_that_is_none_stays_one_submission(tmp_path):
    for number, data in enumerate((b"", b"PK\5\6", b"nonsense" * 100, downloads.zipped({"decay/geometry.py": "x"}))):
        path = tmp_path / f"s{number}.zip"
        path.write_bytes(data)
        (one,) = found(path)
        assert (one.kind, one.handed_in) == ("zip", None)


def test_a_class_s_own_folder_is_no_download(tmp_path):
    downloads.write(tmp_path / "class", {"ada/decay/geometry.py": "", "bela_2/decay/geometry.py": ""}, unpacked=True)
    assert [(one.name, one.handed_in) for one in found(tmp_path / "class")] == [("ada", None), ("bela_2", None)]


def test_students_archives_inside_a_class_folder_are_never_opened(tmp_path):
    downloads.write(tmp_path / "class" / "x", {"y": ""}, unpacked=True)
    downloads.write(tmp_path / "class" / "eve", downloads.CANVAS)
    assert [(one.name, one.kind) for one in found(tmp_path / "class")] == [("eve.zip", "zip"), ("x", "folder")]


@pytest.mark.skipif(sys.platform == "win32", reason="has no such names")
def test_a_folder_with_links_and_odd_names(tmp_path):
    folder = downloads.write(tmp_path / "s", downloads.CANVAS, unpacked=True)
    (folder / "eve_9_9_geometry.py").symlink_to("/etc/passwd")
    (folder / os.fsdecode(b"bad\xff_8_8_geometry.py")).write_text("x")
    (folder / "=cmd()\x1b[2J_7_7_geometry.py").write_text("x")
    submissions = found(folder)
    assert submissions.passed_over == ("eve_9_9_geometry.py: a link",)
    assert len(submissions) == len(found(downloads.write(tmp_path / "t", downloads.CANVAS))) + 2
    for one in submissions:
        assert one.identifier.isascii()
        assert one.name.isprintable()
        assert len(one.identifier) <= MAX_IDENTIFIER
        one.read()


def test_identifiers_are_bounded_and_unique_over_two_downloads(tmp_path):
    names = {
        f"{'x' * 100}_1_1_geometry.py": "a",
        f"{'x' * 100}_1_2_geometry-1.py": "b",
        f"{'x' * 101}_1_1_waves.py": "",
    }
    one, two = (downloads.write(tmp_path / name, names) for name in ("one", "two"))
    for attempt in ("last", "best"):
        submissions = discover([one, two], "decay", {"geometry"}, attempt)
        identifiers = [each.identifier for each in submissions]
        assert len(set(identifiers)) == len(identifiers) == (4 if attempt == "last" else 6)
        assert max(map(len, identifiers)) <= MAX_IDENTIFIER
        owners = {each.attempt_of for each in submissions} - {""}
        assert len(owners) == (0 if attempt == "last" else 2)
        assert not owners & set(identifiers)


def test_reading_many_does_not_read_the_directory_again(tmp_path, monkeypatch):
    path = downloads.write(tmp_path / "s", {f"ada_{i}_1_geometry.py": "x" for i in range(50)})
    opened = []
    real = zipfile.ZipFile._RealGetContents
    monkeypatch.setattr(zipfile.ZipFile, "_RealGetContents", lambda self: (opened.append(self.fp), real(self))[1])
    assert sum(len(one.read().files) for one in found(path)) == 50
    assert sum(not isinstance(file, io.BytesIO) for file in opened) == 1
