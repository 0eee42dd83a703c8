"""What students use: a check of their own on the command line, under pytest and in a notebook.

All of it runs the visible checks that come with the exercise, on the student's machine, with the code
that grades as well.  Nothing here needs Linux, a reference or a solution.  This package imports
nothing here, so that each way in loads only what it takes.
"""
