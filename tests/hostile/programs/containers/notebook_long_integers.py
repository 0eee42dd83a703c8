"""An integer of 5,000 digits, which Python refuses to read."""

EARNS, VERDICT, SAYS = 0, "not_attempted", "broken or cut short"


def submission(folder):
    path = folder / "hostile.ipynb"
    path.write_text('{"nbformat": ' + "9" * 5000 + ', "cells": []}')
    return path
