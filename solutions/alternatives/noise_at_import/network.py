import numpy as np

_rng = np.random.default_rng(1)
_X, _y = _rng.normal(size=(60, 8)), _rng.integers(0, 3, 60)
_params = init_network([8, 10, 3], "he", _rng, batchnorm=True)
_params, _losses = train(_params, _X, _y, "relu", steps=50, batch_size=20, learning_rate=0.1, rng=_rng)
print("trained:", _losses[0], "->", _losses[-1])
for _name in _params:
    print(_name, _params[_name])
