"""Archives of a whole class, as Canvas, Moodle and Gradescope hand them out: a zip, or its folder.

The outer zip is the system's own; every name and every byte in it is a student's.  So it is never
extracted: its directory is read within bounds, a member is inflated in memory when its submission's
turn comes, within the bounds that a folder's files have, and zips among the members stay shut until
they reach the process that runs the code.  Names are data: they say whose a file is, and are keys.
"""

from .find import BulkSubmitted, class_in, names_in, opened, students_in, without_data

__all__ = ["BulkSubmitted", "class_in", "names_in", "opened", "students_in", "without_data"]
