"""Blocks in each other, more than the tokenizer allows."""

EARNS, VERDICT, SAYS = 3, "not_attempted", "too many levels of indentation"


def source():
    return (
        "def midpoint(a, b):\n"
        + "".join("    " * (n + 1) + "if a:\n" for n in range(150))
        + "    " * 151
        + "return a\n"
    )
