"""From submissions to results: one submission (`one`), a class (`many`), and what is kept of them."""
