"""A notebook of version 3 that says that it is version 4."""

import json

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    path = folder / "hostile.ipynb"
    cell = {"cell_type": "code", "input": "def midpoint(a, b):\n    return 0 * a\n", "language": "python"}
    path.write_text(json.dumps({"nbformat": 4, "worksheets": [{"cells": [cell]}]}))
    return path
