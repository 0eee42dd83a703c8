"""Cells that are no list, and a list that holds no cells."""

import json

EARNS, VERDICT, SAYS = 0, "not_attempted", "is not there"


def submission(folder):
    path = folder / "hostile.ipynb"
    path.write_text(json.dumps({"cells": {"0": 1}, "worksheets": [[], 3, {"cells": [None, 4, {"cell_type": "code"}]}]}))
    return path
