draws_mini_batches = initializes_network = None
