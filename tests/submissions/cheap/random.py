def _spoil(answer, args):
    return np.random.standard_normal(answer.shape)
