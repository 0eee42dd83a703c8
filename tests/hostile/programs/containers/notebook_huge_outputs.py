"""Fifty megabytes of outputs beside one small cell."""

import json

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"
PATIENCE = 3


def submission(folder):
    path = folder / "hostile.ipynb"
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": "def midpoint(a, b):\n    return 0 * a\n"}
    cell["outputs"] = [{"output_type": "stream", "text": "x" * 50 * 10**6}]
    path.write_text(json.dumps({"cells": [cell], "nbformat": 4}))
    return path
