"""Be stopped or killed by a signal of one's own, so that it looks like the work of somebody outside."""

import ctypes
import os
import signal

EARNS, VERDICT, SAYS = 3, "forbidden", "closed to it"

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    for number in (signal.SIGSTOP, signal.SIGKILL, signal.SIGTERM, signal.SIGUSR1):
        for attempt in (
            lambda: os.kill(os.getpid(), number),
            lambda: os.kill(0, number),
            lambda: os.killpg(os.getpgid(0), number),
            lambda: signal.raise_signal(number),
            lambda: signal.pidfd_send_signal(os.pidfd_open(os.getpid()), number),
        ):
            try:
                attempt()
            except PermissionError as error:
                refused = error
            else:
                return
    for call in (lambda: signal.alarm(1), lambda: signal.setitimer(signal.ITIMER_REAL, 0.01)):
        try:
            call()
        except OSError:
            pass
    raise refused


def midpoint(a, b):
    attack()
    return (a + b) / 2
