import numpy as np


class _LeakyReLU:
    def forward(self, x, slope=0.01):
        return np.where(x > 0, x, x * slope), (x, slope)

    def backward(self, dout, cache):
        x, slope = cache
        return np.where(x > 0, dout, dout * slope)


_layer = _LeakyReLU()
leaky_relu_forward = _layer.forward  # bound methods; the object holds nothing
leaky_relu_backward = _layer.backward
