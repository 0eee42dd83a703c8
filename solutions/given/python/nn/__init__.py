"""Introduction to Neural Networks: a package of seven modules, for you to fill in."""
