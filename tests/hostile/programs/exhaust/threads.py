"""Start threads without end."""

import threading
import time

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


def midpoint(a, b):
    while True:
        threading.Thread(target=time.sleep, args=(100,)).start()
