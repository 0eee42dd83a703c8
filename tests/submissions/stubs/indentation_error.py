def relu_forward(x):
    # TODO: write this


def _instead(name, function):
    return function
