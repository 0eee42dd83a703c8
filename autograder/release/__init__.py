"""What students get, made from what instructors have.

An exercise is the folder of its rubric's module, laid out like this::

    rubric.py           the marking scheme
    reference/*.py      the solution: the one source of stubs and notebook (see :mod:`.source`)
    notebook/story.md   the notebook's text, figures and order (see :mod:`.notebook`); may be missing
    given/both/         files that both kits get as they are
    given/python/       files that the kit of modules gets as they are
    given/notebook/     files that the notebook's kit gets as they are
    data/               goes into both kits' ``data/``, but for the ``.py`` files that make it

and what comes of it (:mod:`.kits`) is a folder ``python/`` with the stubs and, where there is a
story, a folder ``notebook/``; both with the visible checks as data (:mod:`.public`), so that a
student's machine needs no reference.  :mod:`.leaks` looks for what must not be in there.

The same exercise gives the same bytes.
"""
