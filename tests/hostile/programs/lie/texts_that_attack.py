"""Raise terminal escapes, HTML and a formula, ten megabytes of them."""

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


def midpoint(a, b):
    text = "\x1b]0;owned\x07\x1b[2J<script>alert(1)</script>=cmd|'/C calc'!A1\u202e"
    raise type("=HYPERLINK", (Exception,), {})(text + "x" * 10**7)
