def _spoil(answer, args):
    return answer * (1 + 1e-3)
