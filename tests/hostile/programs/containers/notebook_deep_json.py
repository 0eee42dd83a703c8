"""JSON nested a million deep."""

EARNS, VERDICT, SAYS = 0, "not_attempted", "broken or cut short"


def submission(folder):
    path = folder / "hostile.ipynb"
    path.write_text('{"cells": ' + "[" * 10**6)
    return path
