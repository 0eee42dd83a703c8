def _spoil(answer, args):
    return np.zeros(answer.shape)
