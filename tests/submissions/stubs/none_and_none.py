def _instead(name, function):
    def stub(*args, **kwargs):
        out, cache = None, None
        # YOUR CODE HERE
        return out, cache

    return stub
