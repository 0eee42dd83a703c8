"""Fill the disk that the loader pretends to have."""

EARNS, VERDICT, SAYS = 3, "crashed", "raised"


def midpoint(a, b):
    for number in range(1000):
        with open(f"/tmp/hostile-{number}", "wb") as file:
            file.write(bytes(2**20))
    return (a + b) / 2
