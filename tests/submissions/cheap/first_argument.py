def _instead(name, function):
    def cheap(first, *args, **kwargs):
        answer = function(first, *args, **kwargs)
        if name.endswith("_forward"):
            return first, answer[1]
        return (first,) * len(answer) if isinstance(answer, tuple) else first

    return cheap
