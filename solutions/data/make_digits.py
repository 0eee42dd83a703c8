"""Make ``digits.npz`` from what scikit-learn ships: ``python solutions/data/make_digits.py``.

Needs scikit-learn, which nothing else here does; so its output is kept beside it.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits

FILE = Path(__file__).with_name("digits.npz")


def main() -> None:
    """Write the images ``(1797, 8, 8)``, 0 to 16, and their labels ``(1797,)``, both as uint8."""
    digits = load_digits()
    np.savez_compressed(FILE, images=digits.images.astype(np.uint8), labels=digits.target.astype(np.uint8))


if __name__ == "__main__":
    main()
