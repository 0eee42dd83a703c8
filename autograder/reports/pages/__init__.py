"""A class and each of its students as HTML pages that need nothing beside themselves.

One pass over the results makes them all: a student's page is written as its result comes by, and of
the result only the figures are kept that the page of the class needs (:mod:`.figures`).  A page whose
result has not changed is left alone.

Every text on a page passes :func:`autograder.text.plain` and is escaped, whoever wrote it; a page
loads nothing, and its Content-Security-Policy says so to the browser as well.

This package needs the ``report`` extra (Jinja2, pygal).
"""
