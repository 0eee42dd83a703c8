def _spoil(answer, args):
    return np.full(answer.shape, np.nan)
