def _spoil(answer, args):
    return answer * 1e-6
