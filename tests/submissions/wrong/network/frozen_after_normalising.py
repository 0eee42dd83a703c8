import numpy as np


def freeze_batchnorm(params, batches, activation):
    act = activation_functions(activation)[0]
    L = _number_of_layers(params)
    frozen = {name: value for name, value in params.items() if not name.startswith(("gamma", "beta"))}
    hs = batches
    for l in range(1, L):
        hs = hs @ params[f"W{l}"] + params[f"b{l}"]
        if f"gamma{l}" in params:
            gamma, beta = params[f"gamma{l}"], params[f"beta{l}"]
            hs = np.stack([batchnorm_forward(h, gamma, beta)[0] for h in hs])
            frozen[f"scale{l}"], frozen[f"shift{l}"] = inference_parameters(gamma, beta, *population_statistics(hs))
        hs = np.stack([act(h)[0] for h in hs])
    return frozen
