"""A directory tree laid out as Gradescope's, from an upload."""

from __future__ import annotations

import json
import zipfile

METADATA = {
    "id": 123456,
    "created_at": "2026-03-02T14:22:32.365935-08:00",
    "assignment": {
        "due_date": "2026-03-01T23:59:00.000000-08:00",
        "group_size": None,
        "group_submission": False,
        "id": 25828,
        "course_id": 1234,
        "late_due_date": None,
        "release_date": "2026-02-01T00:00:00.000000-08:00",
        "title": "Exercise 1",
        "total_points": "4.0",
    },
    "submission_method": "upload",
    "users": [{"email": "ada@example.edu", "id": 1234, "name": "Ada Lovelace"}],
    "previous_submissions": [],
}
RIGHT = "def midpoint(a, b):\n    return (a + b) / 2\n"


def lay_out(root, upload, files, metadata=None):
    """Unpack as Gradescope does: the upload in ``source``, ``run_autograder`` above, what was handed in beside it."""
    with zipfile.ZipFile(upload) as archive:
        archive.extractall(root / "source")
    (root / "run_autograder").write_bytes((root / "source" / "run_autograder").read_bytes())
    (root / "run_autograder").chmod(0o755)
    (root / "results").mkdir()
    (root / "submission").mkdir()
    for name, text in files.items():
        path = root / "submission" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    (root / "submission_metadata.json").write_text(json.dumps({**METADATA, **(metadata or {})}))
    return root
