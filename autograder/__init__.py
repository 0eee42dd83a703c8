"""An auto-grader for numerical programming exercises.

Students' code runs in a locked process that holds no reference, no test and no mark; the
grader sends it arrays and judges the arrays that come back.  Start with the README; the theory
of operation of the trust boundary is in :mod:`autograder.sandbox`.

This module stays empty on purpose: the process that runs students' code imports it.
"""

__version__ = "0.1.0"
