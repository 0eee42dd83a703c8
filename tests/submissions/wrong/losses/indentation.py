def one_hot(y, C):
# TODO


def softmax(scores):
    return scores
