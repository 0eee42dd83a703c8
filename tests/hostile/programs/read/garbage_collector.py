"""Find the reference's function or the expected arrays among all objects."""

import gc
import types

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


def attack():
    for thing in gc.get_objects():
        if (
            isinstance(thing, types.FunctionType)
            and thing.__name__ == "midpoint"
            and thing.__globals__ is not globals()
        ):
            return
        if type(thing).__name__ in ("Rubric", "Prepared", "Task", "Grader", "Matches"):
            return
    raise LookupError("no object is what is due")


def midpoint(a, b):
    attack()
    return (a + b) / 2
