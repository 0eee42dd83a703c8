def _spoil(answer, args):
    return np.full(answer.shape, 0.25)
