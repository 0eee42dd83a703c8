"""Under all locks, honest code works as everywhere else."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.sandbox import wire

WORK = {
    "linear algebra": "np.linalg.norm(np.linalg.inv(a) @ a - np.eye(9)) < 1e-9",
    "eigenvalues": "np.linalg.eigh(a @ a.T)[0].shape == (9,)",
    "singular values": "np.allclose(np.linalg.svd(a)[1] ** 2, np.linalg.eigvalsh(a @ a.T)[::-1])",
    "random numbers": "np.random.default_rng(0).normal(size=10**6).std() > 0.9",
    "legacy random numbers": "np.random.randn(5).shape == (5,)",
    "transforms": "np.allclose(np.fft.ifft(np.fft.fft(a)), a)",
    "polynomials": "np.polynomial.Polynomial.fit(np.arange(9.0), a[0], 3).degree() == 3",
    "masked arrays": "np.ma.masked_less(a, 0).mean() > 0",
    "einsum": "np.allclose(np.einsum('ij,jk->ik', a, a), a @ a)",
    "large arrays": "np.ones((2000, 2000)).sum() == 4e6",
    "a large product": "(np.ones((1000, 1000)) @ np.ones((1000, 1000)))[0, 0] == 1000",
    "saving to memory": "saved(a)",
    "recursion": "depth(900) == 900",
    "deeper recursion": "sys.setrecursionlimit(20000) or depth(15000) == 15000",
    "a recursion that never ends": "never_ends()",
    "pickling": "np.array_equal(pickle.loads(pickle.dumps(a)), a)",
    "testing": "np.testing.assert_allclose(a, a) is None",
    "source code": "'def depth' in inspect.getsource(depth)",
    "the clock": "time.time() > 1e9 and time.perf_counter() > 0 and time.sleep(0.001) is None",
    "the machine": "platform.machine() != '' and os.getpid() > 0 and (os.cpu_count() or 1) > 0",
    "garbage collection": "gc.collect() >= 0",
    "warnings": "warned()",
    "an empty input": "asked()",
    "generators and closures": "sum(x for x in map(lambda x: x + 1, range(9))) == 45",
}

CODE = """
    import gc, inspect, io, os, pickle, platform, sys, time, warnings
    import numpy as np
    import numpy.testing

    a = np.random.default_rng(1).normal(size=(9, 9))

    def depth(n):
        return 0 if n == 0 else 1 + depth(n - 1)

    def never_ends():
        try:
            return depth(-1)
        except RecursionError:
            return True

    def saved(a):
        file = io.BytesIO()
        np.savez_compressed(file, a=a)
        file.seek(0)
        return np.array_equal(np.load(file)["a"], a)

    def warned():
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            np.log(np.zeros(1))
            warnings.warn("mine")
        return len(caught) >= 1

    def asked():
        try:
            input("a number: ")
        except EOFError:
            return True

    def attempt():
        return bool({work})
"""


@pytest.mark.parametrize("work", WORK)
def test_numerical_work(lab, work):
    reply = lab.attempt(CODE.format(work=WORK[work]))
    assert reply.failure is None
    assert reply.value is True


LATE = """
    asyncio bdb cProfile calendar cmd code colorsys concurrent.futures configparser curses.ascii difflib doctest
    email.message filecmp fnmatch ftplib getopt graphlib html.parser http.client imaplib ipaddress locale logging
    mimetypes multiprocessing netrc optparse pdb platform plistlib poplib queue quopri sched secrets selectors shelve
    shlex shutil signal smtplib socket socketserver stat subprocess symtable tempfile threading tomllib trace
    unittest.mock urllib.request uuid wave xml.etree.ElementTree xmlrpc.client zoneinfo
""".split()  # noqa: SIM905


@pytest.mark.parametrize("module", LATE)
def test_what_the_zygote_did_not_import_can_be_imported_late(lab, module):
    code = f"""
        def attempt():
            import sys
            late = {module!r} not in sys.modules
            import {module}
            return late or {module!r} in sys.modules
    """
    reply = lab.attempt(code)
    assert reply.failure is None
    assert reply.value is True


def test_a_worker_uses_one_thread_and_the_same_order_of_sets_each_time(lab):
    code = """
        import threading

        def attempt():
            return list({"affine", "relu", "softmax", "dropout"}), threading.active_count()
    """
    (first, threads), (second, _) = lab.attempt(code).value, lab.attempt(code).value
    assert first == second
    assert threads == 1


def test_unseeded_random_numbers_are_the_same_in_a_regrade(lab):
    code = """
        import random
        import numpy as np

        def attempt():
            return random.random(), np.random.rand(), np.random.default_rng().random(), np.random.default_rng().random()
    """
    first, second = lab.attempt(code).value, lab.attempt(code).value
    assert first == second
    assert len(set(first)) == 4


def test_ten_thousand_calls_are_one_program(lab):
    with lab.session("def attempt(x): return x + 1") as session:
        answer = session.run(*(wire.Call(function="attempt", args=(float(n),)) for n in range(5000)))
    assert [reply.value for reply in answer.replies] == [n + 1.0 for n in range(5000)]


def test_wide_arrays_travel(lab):
    wide = np.random.default_rng(0).normal(size=(2000, 1000))
    reply = lab.attempt("def attempt(x): return -x", wire.encode(wide))
    np.testing.assert_array_equal(reply.value, -wide)
