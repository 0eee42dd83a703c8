from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from autograder.sandbox import wire
from autograder.sandbox.inside import modules
from autograder.sandbox.inside.imports import Library

FUNCTIONS = {"square": "areas", "circle": "areas", "total": "sums", "mean": "sums"}
"""What the tests' exercise asks for, in a package named ``shapes``."""


@dataclass(frozen=True)
class Loaded:
    """What came of a load: functions by name, problems, and the parts that were announced."""

    functions: Mapping[str, Callable[..., Any]]
    problems: tuple[wire.Problem, ...]
    announced: tuple[str, ...]
    sources: Mapping[str, wire.Source]

    def __getitem__(self, name: str) -> Callable[..., Any]:
        return self.functions[name]

    def told(self, kind: str) -> str:
        """The problems of a kind, as text."""
        return "\n".join(f"{p.module}:{p.line}: {p.message}" for p in self.problems if p.kind == kind)


Load = Callable[..., Loaded]


@pytest.fixture
def load() -> Iterator[Load]:
    def run(
        files: Mapping[str, str | bytes], *, kind: Any = "folder", skip: Sequence[str] = (), package: str = "shapes"
    ) -> Loaded:
        data = {path: text.encode() if isinstance(text, str) else text for path, text in files.items()}
        announced: list[str] = []
        request = wire.Load(kind, data, package, FUNCTIONS, tuple(skip))
        functions, loaded = modules.load(request, lambda said: announced.append(said.module), shim_files=False)
        assert tuple(functions) == loaded.functions
        wire.read_reply(wire.frame(loaded)[wire.HEADER.size :])
        return Loaded(functions, loaded.problems, tuple(announced), loaded.sources)

    yield run
    for finder in [finder for finder in sys.meta_path if isinstance(finder, Library)]:
        finder.forget()


@pytest.fixture
def zipped() -> Callable[[Mapping[str, str | bytes]], bytes]:
    def make(files: Mapping[str, str | bytes]) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            for path, data in files.items():
                archive.writestr(path, data)
        return buffer.getvalue()

    return make


@pytest.fixture
def notebook() -> Callable[..., str]:
    def make(*sources: str | list[str]) -> str:
        cells: list[dict[str, Any]] = [{"cell_type": "markdown", "metadata": {}, "source": "# Work"}]
        code = {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": []}
        cells.extend({**code, "source": source} for source in sources)
        return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=1)

    return make
