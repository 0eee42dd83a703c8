"""A submitted notebook as cells that nbgrader can work on, whatever its file is like.

Kept of a cell are its kind, its source, its attachments and nbgrader's metadata; all of it is checked for
its type.  Outputs, which nbgrader throws away unread, are not kept, so that 50 MB of them cost
nothing further on.  A file that is cut short gives its whole cells, one that is no notebook none.
"""

from __future__ import annotations

import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..sandbox.inside.parsing import decode
from ..submission.reading import MAX_BYTES, read_file

__all__ = ["EMPTY", "MAX_CELLS", "NOTE", "Raw", "read", "read_bytes"]

HERE_UP_TO = 4 * 2**20
"""A file of more bytes is read by a process of its own, which may use so much memory and time:"""

MEMORY, SECONDS = 3 * 2**30, 60

MAX_CELLS = 2000
MAX_SOURCE = 2**20
MAX_ATTACHMENTS = 8 * 2**20
MAX_ID = 128

NOTE = "autograder"
"""The key of a notebook's metadata in which findings travel from one step to the next."""

CELLS = re.compile(r'"cells"\s*:\s*\[')
BETWEEN = re.compile(r"[\s,]*")

KINDS = {"code": "code", "markdown": "markdown", "raw": "raw", "heading": "markdown"}

EMPTY = "the file holds no notebook"


@dataclass(frozen=True)
class Raw:
    """What could be read of a notebook.

    Attributes:
        cells: dicts with ``cell_type``, ``source``, ``nbgrader`` (a dict of plain values; empty for none) and
            ``attachments``.
        findings: what is wrong with the file, in plain sentences.
        notes: what an earlier step found (see :data:`NOTE`).
    """

    cells: list[dict[str, Any]]
    findings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def read(path: Path) -> Raw:
    """Read a notebook's file, never through a link.

    Raises:
        SubmissionError: it can't be read at all.
    """
    files, warnings = read_file(path)
    if not files:
        return Raw([], warnings)
    (data,) = files.values()
    if len(data) <= HERE_UP_TO:
        return read_bytes(data)
    return _apart(data)


def read_bytes(data: bytes) -> Raw:
    """Read a notebook; nothing is raised, whatever the bytes are."""
    text = decode(data)[0]
    findings = []
    document: Any = None
    try:
        document = json.loads(text)
        found = list(_cells(document))
        if not found:
            findings.append(EMPTY)
    except (ValueError, RecursionError):
        found = list(_whole_cells(text))
        findings.append(f"the file is broken or cut short; its {len(found)} whole cells were read")
    if len(found) > MAX_CELLS:
        findings.append(f"there are {len(found)} cells, and the first {MAX_CELLS} were read")
    cells = [cell for cell in map(_cell, found[:MAX_CELLS]) if cell is not None]
    return Raw(cells, tuple(findings), _notes(document))


def _apart(data: bytes) -> Raw:
    """Read a large notebook in a process that can't take this one down."""
    size = f"{len(data) / 2**20:.0f} MB"
    try:
        done = subprocess.run(
            [sys.executable, "-m", __name__], input=data, capture_output=True, timeout=SECONDS, check=True
        )
        found = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return Raw([], (f"the file is too large to be read ({size})",))
    findings = (f"the file has {size}, most of it outputs, which were left out", *found["findings"])
    return Raw(found["cells"], findings, tuple(found["notes"]))


def _cells(document: Any) -> Iterator[Any]:
    """The cells, which version 3 keeps in worksheets."""
    holders = [document] if isinstance(document, dict) else []
    if holders and isinstance(document.get("worksheets"), list):
        holders += [sheet for sheet in document["worksheets"] if isinstance(sheet, dict)]
    for holder in holders:
        if isinstance(holder.get("cells"), list):
            yield from holder["cells"]


def _whole_cells(text: str) -> Iterator[Any]:
    start = CELLS.search(text)
    position = start.end() if start else len(text)
    decoder = json.JSONDecoder()
    while position < len(text):
        between = BETWEEN.match(text, position)
        try:
            cell, position = decoder.raw_decode(text, between.end() if between else position)
        except (ValueError, RecursionError):
            return
        yield cell


def _cell(cell: Any) -> dict[str, Any] | None:
    if not isinstance(cell, dict) or not isinstance(cell.get("cell_type"), str) or cell["cell_type"] not in KINDS:
        return None
    source = cell.get("source", cell.get("input", ""))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        source = ""
    # A lone surrogate can't be written to a file.
    source = source[:MAX_SOURCE].encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")
    kept: dict[str, Any] = {"cell_type": KINDS[cell["cell_type"]], "source": source, "nbgrader": _metadata(cell)}
    if kept["cell_type"] == "markdown" and (attachments := _attachments(cell)):
        kept["attachments"] = attachments
    return kept


def _metadata(cell: dict[str, Any]) -> dict[str, Any]:
    metadata = cell.get("metadata")
    about = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    name = about.get("grade_id") if isinstance(about, dict) else None
    return {"grade_id": name} if isinstance(name, str) and 0 < len(name) <= MAX_ID else {}


def _attachments(cell: dict[str, Any]) -> dict[str, dict[str, str]]:
    """The pictures in a text cell."""
    found = cell.get("attachments")
    kept: dict[str, dict[str, str]] = {}
    room = MAX_ATTACHMENTS
    for name, forms in found.items() if isinstance(found, dict) else ():
        if not isinstance(forms, dict):
            continue
        pictures = {
            kind: data
            for kind, data in forms.items()
            if re.fullmatch(r"image/(png|jpeg|gif|webp)", kind)
            and isinstance(data, str)
            and len(data) <= room
            and re.fullmatch(r"[A-Za-z0-9+/=\s]*", data)
        }
        room -= sum(map(len, pictures.values()))
        if pictures and re.fullmatch(r"[\w .-]{1,200}", name, re.ASCII):
            kept[name] = pictures
    return kept


def _notes(document: Any) -> tuple[str, ...]:
    metadata = document.get("metadata") if isinstance(document, dict) else None
    notes = metadata.get(NOTE) if isinstance(metadata, dict) else None
    return tuple(note for note in notes if isinstance(note, str)) if isinstance(notes, list) else ()


def _main() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    raw = read_bytes(sys.stdin.buffer.read(MAX_BYTES))
    json.dump({"cells": raw.cells, "findings": raw.findings, "notes": raw.notes}, sys.stdout)


if __name__ == "__main__":
    _main()
