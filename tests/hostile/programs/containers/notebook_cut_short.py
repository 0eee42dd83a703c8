"""A notebook that ends in the middle of a cell."""

import json

EARNS, VERDICT, SAYS = 0, "failed", "broken or cut short"


def submission(folder):
    path = folder / "hostile.ipynb"
    text = json.dumps(
        {
            "cells": [
                {
                    "cell_type": "code",
                    "metadata": {},
                    "outputs": [],
                    "source": "def midpoint(a, b):\n    return 0 * a\n",
                }
            ]
            * 3,
            "nbformat": 4,
        }
    )
    path.write_text(text[:-60])
    return path
