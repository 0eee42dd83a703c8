"""Sources with lone surrogates, null bytes and escapes in them."""

import json

EARNS, VERDICT, SAYS = 0, "failed", "zero everywhere"


def submission(folder):
    path = folder / "hostile.ipynb"
    cells = [
        {"cell_type": "code", "source": source} for source in ("x = '\ud800'", "y = 1\0", "z = '\x1b[2J'", "\ud800 = 1")
    ]
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
