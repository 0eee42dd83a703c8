"""A second exercise, of another field: integrating and finding roots.  The framework knows nothing of it either."""
