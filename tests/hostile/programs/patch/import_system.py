"""Replace the import system for everybody."""

import sys

EARNS, VERDICT, SAYS = 1, "not_attempted", "is not there"

sys.meta_path.clear()
sys.path_hooks.clear()
sys.modules.clear()


def midpoint(a, b):
    return 0 * a
