import sys
import time
import warnings

import numpy as np

np.seterr(all="ignore")
np.set_printoptions(precision=3, suppress=True)
np.random.seed(0)
warnings.filterwarnings("ignore")

print("=" * 60)
print("losses.py", np.__version__, time.ctime())
for i in range(2000):
    print("epoch", i, "loss", np.random.rand())
print("this goes to stderr", file=sys.stderr)

DEBUG = True
N, D, C = 5, 4, 3
X_toy = np.random.randn(N, D)
y_toy = np.array([0, 1, 2, 1, 0])


def softmax_loss(scores, y):
    if DEBUG:
        print("scores", scores.shape)
    scores = scores - scores.max(axis=1, keepdims=True)
    log_probs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    d = np.exp(log_probs)
    d[np.arange(len(y)), y] -= 1
    return -log_probs[np.arange(len(y)), y].mean(), d / len(y)


print(softmax_loss(np.random.randn(N, C), y_toy))
assert np.allclose(softmax_loss(np.zeros((N, C)), y_toy)[0], np.log(C))
if __name__ == "__main__":
    raise SystemExit("only when run by hand")
