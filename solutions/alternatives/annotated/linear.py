from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt

Matrix: TypeAlias = npt.NDArray[np.float64]
PRODUCTS: Final[str] = "upper triangle"


def affine_forward(x: Matrix, W: Matrix, b: Matrix) -> tuple[Matrix, tuple[Matrix, Matrix]]:
    out: Matrix = x @ W
    out += b
    return out, (x, W)


def affine_backward(dout: Matrix, cache: tuple[Matrix, Matrix]) -> tuple[Matrix, Matrix, Matrix]:
    x: Matrix
    W: Matrix
    x, W = cache
    match dout.ndim:
        case 2:
            return dout @ W.T, x.T @ dout, dout.sum(axis=0)
        case other:
            raise ValueError(f"dout has {other} axes")


def quadratic_features(x: Matrix, /, **_: Any) -> Matrix:
    D: int = x.shape[-1]
    blocks: list[Matrix] = [x, *((x[:, i] * x[:, i:].T).T for i in range(D))]
    return np.hstack(blocks)
