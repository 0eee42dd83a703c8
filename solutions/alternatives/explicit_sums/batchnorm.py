def batchnorm_forward(x, gamma, beta, eps=1e-5):
    m = x.shape[0]
    mu = x.sum(axis=0) / m
    deviation = x - mu
    var = (deviation * deviation).sum(axis=0) / m
    rstd = (var + eps) ** -0.5
    return gamma * deviation * rstd + beta, (deviation, rstd, gamma, m)


def batchnorm_backward(dout, cache):
    deviation, rstd, gamma, m = cache
    direct = gamma * dout * rstd
    through_variance = -deviation / m * rstd**3 * (gamma * dout * deviation).sum(axis=0)
    through_mean = -(direct + through_variance).sum(axis=0) / m
    return direct + through_variance + through_mean, (dout * deviation * rstd).sum(axis=0), dout.sum(axis=0)


def undo_parameters(x, eps=1e-5):
    mean = x.sum(axis=0) / len(x)
    return (((x - mean) ** 2).sum(axis=0) / len(x) + eps) ** 0.5, mean
