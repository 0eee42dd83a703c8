"""Archives of a class as Canvas, Moodle and Gradescope hand them out, written by the tests that need them."""

from __future__ import annotations

import io
import zipfile

RIGHT = "def midpoint(a, b):\n    return (a + b) / 2\n"
WRONG = "def midpoint(a, b):\n    return a\n"


def zipped(files):
    """A zip's bytes from bytes or texts by name."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return data.getvalue()


def write(target, files, unpacked=False):
    """The download at ``target``: a zip, or the folder that it unpacks to."""
    if not unpacked:
        target = target.with_suffix(".zip")
        target.write_bytes(zipped(files))
        return target
    for name, content in files.items():
        path = target / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return target


CANVAS = {
    "lovelaceada_12345_67890_work.zip": zipped({"decay/geometry.py": RIGHT}),
    "bartokbela_LATE_12346_67891_geometry.py": WRONG,
    "chenli_12347_67892_geometry.py": WRONG,
    "chenli_12347_67899_geometry-1.py": RIGHT,
    "dilanaras_late_12348_67893_geometry-2.py": RIGHT,
    "emrekaya_12349_text.html": "<p>sorry</p>",
}

MOODLE = {
    "Ada Lovelace_101_assignsubmission_file_/decay/geometry.py": RIGHT,
    "Béla Bartók_102_assignsubmission_file_/abgabe.zip": zipped({"x/decay/geometry.py": WRONG}),
    "Béla Bartók_102_assignsubmission_onlinetext_/onlinetext.html": "<p>see zip</p>",
    "李 Chen_103_assignsubmission_file_/geometry.py": RIGHT,
    "李 Chen_103_assignsubmission_file_/notes.txt": "",
}

MOODLE_FLAT = {
    "Ada Lovelace_101_assignsubmission_file_geometry.py": RIGHT,
    "Béla Bartók_102_assignsubmission_file_abgabe.zip": zipped({"x/decay/geometry.py": WRONG}),
}

METADATA = """\
---
submission_1001:
  :submitters:
  - :name: Ada Lovelace
    :sid: '2001'
    :email: ada@example.edu
  :created_at: 2026-03-01 22:10:05.123456000 Z
  :score: 3.0
  :status: processed
  :results:
    tests:
    - name: ":submitters:"
      output: |
        :submitters:
        - :name: Somebody Else
  :history: []
submission_1002:
  :submitters:
  - :name: Béla Bartók
    :sid: '2002'
    :email: bela@example.edu
  - :name: Chen Li
    :sid: '2003'
    :email: chen@example.edu
  :created_at: 2026-03-03 10:00:00.000000000 Z
  :history:
  - :id: 900
    :created_at: 2026-02-28 09:00:00.000000000 Z
    :score: 1.0
    :submitters:
    - :name: Béla Bartók
  - :id: 950
    :created_at: 2026-03-01 09:00:00.000000000 Z
    :score: 1.5
"""

GRADESCOPE = {
    "assignment_77_export/submission_metadata.yml": METADATA,
    "assignment_77_export/submission_1001/decay/geometry.py": RIGHT,
    "assignment_77_export/submission_1002/geometry.py": WRONG,
    "assignment_77_export/submission_950/geometry.py": RIGHT,
}
