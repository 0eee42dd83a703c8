"""Where students' code runs.  This is the theory of operation; the code is in the modules.

**The processes.**  There are three kinds, and each trusts only those above it::

    the grader          holds the reference, the marking scheme and the results; judges
      └─ zygote         numpy imported, locks prepared; holds nothing of value and nothing of a student's
          └─ worker     one for each submission; locked for good before it is given the submission

The grader starts a zygote (``zygote_client``, ``inside.zygote``) in a fresh process, with an
environment that it makes up and no descriptor but one.  Whatever is in the zygote's memory is in
every worker's, and so it must neither hold a secret nor ever see a byte that a student wrote: it is
asked to fork and to wait, and nothing else (``inside.control``).  It is one worker ahead: while one
works, the next stands locked and waits for its submission, so that nobody waits for a fork.  In that
time it loads a small submission of our own (``inside.rehearsal``): the pages of memory that loading
writes to are copied then.

**What goes over which pipe.**  Between grader and zygote: orders and answers of a few bytes, and
descriptors.  Between grader and worker: frames (``wire``), on a socket pair that the grader makes
and the zygote passes on without reading it.  The submission goes down as raw bytes, and is unpacked
and parsed in the worker, so that the trusted side parses nothing of a student's.  Then programs go
down, calls with their arguments, and what the calls returned comes up.  What is due never goes down:
a worker can't tell a right answer from a wrong one.

Programs of many checks go down together, since each turn between the two processes costs more than
most answers do (``session.WorkerSession.ahead``).  They are answered one by one, so that a worker
that is lost costs the program that it was at.  A student's function can read in its own memory what
else will be asked; each check's cases are drawn by themselves, and none tells another's answer.

**What the grader believes of a worker's words.**  Nothing.  A frame is bounded before it is read,
values before they are decoded (``replies``); there is no pickle; arrays are a closed list of dtypes;
text is made safe to show.  A message that has no place where it comes ends the worker, and the
verdict is ``forbidden``.  The student's code shares a process with the code that answers, and may
answer in its place: it can then say what it likes about its own results, which is to return wrong
arrays.  What it can't forge is kept outside of its process: the clock is read by the grader
(``channel.Watch``), a worker's end is reported by the zygote, and whose fault that was is decided
in one function (``endings.judge``).

**The locks** (``inside.lockdown``) are three that can be missing, and some that can't:

- *Landlock* (``inside.landlock``): reads the standard library and numpy, writes nothing.
- *seccomp* (``policy``): a list of system calls that are allowed; no process, no thread, no socket,
  no signal, nothing opened for writing.
- *rlimits*: memory, processor time, open files.
- and always: no descriptor but the pipe, no environment, no session, no capability, no way to gain
  one, no memory that others may read, and death with the zygote.

Their order is an argument: the ties to the outside are cut while everything may still be done; then
privileges go, before the limits that they could lift; the system-call policy is last, since it
forbids what puts the others on.  Each of the three is tested as the only one that is on.

A lock that can't be put on is the grader's fault, not the student's: the worker says so in its first
word, before it has been sent anything, and grading refuses unless it was told by name to go on
without.

**Time.**  Processor time judges and wall time only rescues (``2 * cpu + 1`` seconds), and time that
a worker spent waiting for a busy machine isn't counted.  Each program has its own time, of several
that travel together too.  Who runs over is killed, through a descriptor that can't come to mean
another process.  The next program gets a fresh worker.  A worker and the thread that waits for it
take turns on one core (``cores``).

**When something dies.**  A worker costs the program that it dies in.  A zygote takes its workers
with it, and is started again once; then it is a grader fault.  A grader, even one that is killed,
takes the zygote with it: the zygote waits for the end of its socket and of its parent.

**Elsewhere.**  On a student's own machine the same worker runs without locks (``unlocked``), and in
the tests of the checks the same code runs in-process (``scripted``).  All three are behind one
interface (``interface``).

This package imports nothing here, because workers import it.
"""
