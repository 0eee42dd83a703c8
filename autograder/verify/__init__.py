"""The marking scheme, tested: does it give right work its marks and wrong work none?

Each question is a part (:mod:`.parts`), which ends in one line and in what was found:

- ``reference``, ``stubs``, ``alternatives``, ``misconceptions``: submissions that the exercise's folder holds
  or that are made from it (:mod:`.submitted`), graded as a student's are, in the same sandbox (:mod:`.bench`).
- ``mutants``: the reference with one small thing changed (:mod:`.operators`, :mod:`.mutants`).  A mutant that
  loses no mark is a mistake that a student may make for free, unless it is recorded, with the reason, as no
  mistake at all (:mod:`.equivalents`).  Only the checks that the changed function can matter to are run
  (:mod:`.callers`), up to the first lost mark.
- ``assignment``, ``leaks``: what students get is what :mod:`autograder.release` makes, and holds no secret.

An exercise is what :mod:`autograder.release` says, and beside that::

    alternatives/<name>/*.py    right implementations, written otherwise
    equivalent_mutants.toml     mutants of the reference that are right as well
"""
