"""nbgrader: a course of it, grading in the place of its kernel, and its gradebook.

How the parts fit together::

    course.py          the exercise as nbgrader's source assignment         `autograder release --nbgrader`
    exporter.py        reads submitted notebooks, however broken, within bounds   (reading.py)
    preprocessors.py   RestoreCells      puts back what students' editors lost    (released.py, restore.py)
                       GradeInSandbox    takes the place of Execute               (marks.py, feedback.py)
                       SaveComments      comments, and what a person must mark
    record.py          results into the gradebook                            `autograder export nbgrader`
    doctor.py          what commonly goes wrong in a course                  `autograder doctor --nbgrader`

nbgrader runs a preprocessor for each notebook, once on what was submitted (sanitize) and once on what
that left in ``autograded/``.  A test cell's marks are read from its outputs, and there is one form that
nbgrader reads rightly: a result that is a plain float.  No output counts as full marks, and so does any
result that is no number; anything on stderr counts as zero.

Only :func:`configure` is imported with the package: the real nbgrader is needed where it is used.
"""

from .config import configure

__all__ = ["configure"]
