"""Stop every clock, so that no time passes."""

import time

EARNS, VERDICT, SAYS = 3, "timed_out", "was stopped"

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0.0
time.clock_gettime = lambda clock: 0.0


def midpoint(a, b):
    while True:
        pass
