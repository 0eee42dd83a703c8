"""The cases of the marking scheme: a module for each of the students', a generator for each kind.

Every generator takes a seeded ``numpy.random.Generator`` and returns a few small cases.  What the
exercise doesn't ask is not in them: no case stands on a kink or a tie, γ is never 0, labels are
int64, required arguments go by position and optional ones by keyword.
"""
