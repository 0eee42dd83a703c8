"""A hundred thousand cells."""

import json

EARNS, VERDICT, SAYS = 0, "not_attempted", "is not there"


def submission(folder):
    path = folder / "hostile.ipynb"
    cells = [{"cell_type": "code", "source": f"x{number} = {number}"} for number in range(100_000)]
    path.write_text(json.dumps({"cells": cells}))
    return path
