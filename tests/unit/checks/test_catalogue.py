import ast
import re
import string
from pathlib import Path

import pytest

import autograder.checks
from autograder.checks.findings import PUBLIC_ERRORS
from autograder.messages import CATALOGUE, RAISED_HINTS, listed, quoted, say

SOURCES = sorted(Path(autograder.checks.__path__[0]).glob("*.py"))
TEXTS = {text.value for path in SOURCES for text in ast.walk(ast.parse(path.read_text("utf-8"))) if _is_text(text)} if (
    _is_text := lambda node: isinstance(node, ast.Constant) and isinstance(node.value, str)
) else set()
