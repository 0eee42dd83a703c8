"""Sources that are numbers, dicts, and lists of lists."""

import json

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    path = folder / "hostile.ipynb"
    cells = [{"cell_type": "code", "source": source} for source in (1, 1.5, None, {"a": 1}, [[1]], [1, "x"], True)]
    path.write_text(
        json.dumps(
            {
                "cells": [
                    *cells,
                    {
                        "cell_type": "code",
                        "metadata": {},
                        "outputs": [],
                        "source": "def midpoint(a, b):\n    return 0 * a\n",
                    },
                ]
            }
        )
    )
    return path
