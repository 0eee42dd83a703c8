"""Handle every signal, so that nothing ends the process."""

import signal

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"

for number in range(1, 64):
    try:
        signal.signal(number, lambda *args: None)
    except (OSError, ValueError):
        pass


def midpoint(a, b):
    while True:
        pass
