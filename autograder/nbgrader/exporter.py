"""How nbgrader reads a submitted notebook here: within bounds, and also where it is broken."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbconvert.exporters.exporter import ResourcesDict

from .reading import NOTE, read

__all__ = ["SubmittedExporter"]

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
LANGUAGE = {"name": "python"}


class SubmittedExporter(NotebookExporter):
    """Reads of a submitted notebook what :mod:`.reading` can; its own metadata and its outputs are not kept.

    What nbgrader has made of it, in ``autograded/``, is read as always.
    """

    def from_filename(self, filename: str, resources: Any = None, **options: Any) -> Any:
        """Convert the notebook in a file.

        Raises:
            SubmissionError: it can't be read, or is a link.
        """
        course = self.parent.coursedir
        submitted = Path(course.root) / course.submitted_directory
        path = Path(filename)
        if not path.absolute().is_relative_to(submitted.absolute()):
            return super().from_filename(filename, resources=resources, **options)
        resources = ResourcesDict() if resources is None else resources
        resources["metadata"] = ResourcesDict(None, {"name": path.stem, "path": str(path.parent)})
        return self.from_notebook_node(_node(path), resources=resources, **options)


def _node(path: Path) -> Any:
    raw = read(path)
    cells = []
    for number, cell in enumerate(raw.cells):
        node: dict[str, Any] = {
            "id": f"cell-{number}",
            "cell_type": cell["cell_type"],
            "source": cell["source"],
            "metadata": {"nbgrader": cell["nbgrader"]} if cell["nbgrader"] else {},
        }
        if cell["cell_type"] == "code":
            node |= {"execution_count": None, "outputs": []}
        if "attachments" in cell:
            node["attachments"] = cell["attachments"]
        cells.append(node)
    metadata = {"kernelspec": KERNEL, "language_info": LANGUAGE, NOTE: [*raw.notes, *raw.findings]}
    content = {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": cells}
    return nbformat.from_dict(content)  # type: ignore[no-untyped-call]
