"""Grading inside a container: the outer wall.  This is its theory of operation.

**What it adds.**  Students' code is locked away by :mod:`autograder.sandbox`, in a container as
outside of one, by the same locks.  The container is there for the day on which one of them has a
hole: what gets out of a worker is then in a place without network, without privileges, and without a
single file of this machine's.

**The two sides.**  This side finds the submissions, reads their bytes, keeps the results and shows
the progress, exactly as it does without a container: to grading, a container is one more executor
in the manner of :mod:`concurrent.futures` (``executor``).  The other side (``server``) runs in the
image as an unprivileged user, and does what a process of the pool does elsewhere: a submission's
bytes in, its result's bytes out::

    autograder grade --docker          finds, reads, judges what is due anew, writes results
      └─ docker run                    the engine's own client (engine)
           ═ frames on a pipe ═        bytes in, bytes out; nothing is mounted (frames)
             └─ server                 in the container: a pool of graders, each with its own zygote
                  └─ workers           students' code, locked as everywhere

**Why nothing is mounted.**  Folders that are mounted bring their troubles along: whom the results
belong to (all the more for root, for a rootless engine, for one inside a virtual machine), labels of
SELinux, names with a colon or a comma in them, an engine on another machine.  Bytes on a pipe have
none, and are the better wall: the container can neither see nor touch a file of this machine, not
even one that it is to grade.  The one exception is a marking scheme of the instructor's own
(``--rubric mine/rubric.py``), whose folder is mounted for reading.

**What this side believes of the container's words.**  No more than it has to: frames are bounded
and typed, and a result is taken only for the submission, the seed, the marking scheme and the locks
that were asked for.  A container that lies can give wrong marks, and do nothing else.

**How it ends.**  When this side closes the pipe, or is killed, the other side reads the end of its
input, and ends itself and all that it started; the engine then removes the container.
"""
