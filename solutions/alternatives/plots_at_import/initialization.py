import matplotlib.pyplot as plt
import numpy as np

plt.rcParams["figure.figsize"] = (10, 4)


def active_bias(fan_out):
    return np.full((fan_out,), 0.1)


x = np.linspace(-3, 3, 50)
fig, axes = plt.subplots(1, 2)
axes[0].plot(x, np.tanh(x), label="tanh")
axes[0].legend()
axes[1].hist(np.maximum(x, 0), bins=10)
plt.figure()
plt.plot(x, x**2)
plt.title("experiment")
plt.savefig("experiment.png")
plt.show()
