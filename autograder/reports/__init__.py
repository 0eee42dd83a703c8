"""Results to what people and other programs read.  Nothing here grades; it all starts from results."""
