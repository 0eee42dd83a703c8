"""Grading on a cluster that runs Dask.  This is its theory of operation.

**The two sides.**  As with a container, this side finds the submissions, reads their bytes, keeps the
results and shows the progress; to grading, a cluster is one more executor in the manner of
:mod:`concurrent.futures` (``executor``).  The other side is a process of Dask's on another machine,
which has the same framework and marking scheme installed (``worker``)::

    autograder grade --cluster         finds, reads, judges what is due anew, writes results
      ═ Dask's scheduler ═             carries bytes both ways (orders)
        └─ dask worker                 a trusted grader with a zygote of its own
             └─ workers                students' code, locked as everywhere

**Who trusts whom.**  Dask's workers are trusted graders: they hold the reference and the marking
scheme.  Students' code never runs in one of them, but in a locked process that the worker's zygote
forks, and what comes out of that has been bounded and typed before it is a result.  Who can reach the
scheduler can run code on its workers: that is Dask's nature, and the network's or TLS's to guard
(SECURITY.md).  The course's key stays on this side.  An order carries the seed of its submission, so
that neither a worker's memory nor a log of the cluster's tells any other submission's hidden cases.

**Bytes, and no pickle.**  An order is MessagePack, and so is its answer.  This side tells Dask to take
no pickled result, and takes an answer only for the submission, the seed, the marking scheme and the
locks that were asked for.

**Who may grade** (``members``).  A worker with another version, another marking scheme or a lock
missing is named and left out; those that join later are asked as they come.  Each order says what it
expects as well: a worker that does not hold it answers so, and the order goes to another.

**What gets lost.**  Where a worker ends, Dask hands its orders to another, and where the same order
ends several workers, it is listed as the grader's fault.  An order is a pure function of its bytes: done
twice, it has the same result, of which the first to come is kept under the submission's identifier.
"""
