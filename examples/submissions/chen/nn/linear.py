import numpy as np

affine_forward = lambda x, W, b: (x @ W + b, [x, W])
affine_backward = lambda d, c: [d @ c[1].T, c[0].T @ d, d.sum(0)]
quadratic_features = lambda x: np.c_[x, np.einsum("ni,nj->nij", x, x)[:, *np.triu_indices(x.shape[1])]]
