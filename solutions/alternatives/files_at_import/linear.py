import os

import numpy as np

os.makedirs("results", exist_ok=True)
with open("results/log.txt", "w") as log:
    log.write("linear\n")
np.save("weights.npy", np.arange(3.0))
assert np.load("weights.npy").sum() == 3


def affine_forward(x, W, b):
    with open(os.path.join("results", "log.txt"), "a") as log:
        log.write(f"{x.shape} {W.shape}\n")
    return x @ W + b, (x, W)


def affine_backward(dout, cache):
    x, W = cache
    np.save("dout.npy", dout)
    return dout @ W.T, x.T @ dout, dout.sum(axis=0)
