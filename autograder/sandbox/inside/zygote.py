"""A process that has everything imported, and forks a worker whenever the trusted side asks.

It never runs a line of a student's, nor holds one: what is in its memory is in every worker's.
Start it as :mod:`autograder.sandbox.launch` does.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
import sys

import msgspec

from .. import wire
from . import control, lockdown, preload, rehearsal, worker
from .pipe import Pipe

__all__ = ["main"]


def main(arguments: list[str]) -> None:
    """Serve the descriptor that the first argument names, under the settings in the second (JSON)."""
    orders = socket.socket(fileno=int(arguments[0]))
    settings = msgspec.json.decode(arguments[1], type=control.Settings)
    preload.preload()
    worker.take_chance_away()
    try:
        plan = lockdown.prepare(settings)
    except lockdown.RefusedError as refused:
        orders.send(control.encode(control.Ready(str(refused))))
        return
    os.dup2(plan.devnull, 2)
    grader = os.pidfd_open(os.getppid())  # before it has been told that it may go on, and so may end
    orders.send(control.encode(control.Ready()))
    gc.collect()
    gc.freeze()  # so that a worker's collector doesn't write to, and so copy, every page it was forked with
    _serve(orders, plan, grader)


def _serve(orders: socket.socket, plan: lockdown.Plan, grader: int) -> None:
    """Answer until the trusted side is gone.

    Its end shows in two ways: its end of the pair closes, or its process ends while a copy of that
    end lives on in another one that it forked.  The death signal of ``prctl`` would not do here: it
    comes when the *thread* ends that started the zygote.
    """
    ready = select.poll()
    ready.register(orders, select.POLLIN)
    ready.register(grader, select.POLLIN)
    workers: set[int] = set()
    while grader not in dict(ready.poll()):
        packet, passed, _, _ = socket.recv_fds(orders, control.PACKET, 1)
        if not packet:
            break
        order = control.order_decoder.decode(packet)
        if isinstance(order, control.Fork):
            try:
                workers.add(_fork(orders, plan, passed[0]))
            except OSError as error:  # too many processes; those that there are go on
                orders.send(control.encode(control.Forked(refused=error.strerror or "")))
        else:
            workers.discard(order.pid)
            orders.send(control.encode(_reap(order.pid)))
    for pid in workers:
        os.kill(pid, signal.SIGKILL)
        _reap(pid)


def _reap(pid: int) -> control.Reaped:
    _, status, usage = os.wait4(pid, 0)
    return control.Reaped(os.waitstatus_to_exitcode(status), usage.ru_utime + usage.ru_stime)


def _fork(orders: socket.socket, plan: lockdown.Plan, pipe: int) -> int:
    zygote = os.getpid()
    try:
        pid = os.fork()
    except OSError:
        os.close(pipe)
        raise
    if pid == 0:
        orders.detach()  # its descriptor is closed by number, and the number may be another's by then
        _become_worker(plan, pipe, zygote)
    os.close(pipe)
    process = os.pidfd_open(pid)
    socket.send_fds(orders, [control.encode(control.Forked(pid))], [process])
    os.close(process)
    return pid


def _become_worker(plan: lockdown.Plan, pipe: int, zygote: int) -> None:
    try:
        locks = lockdown.put_on(plan, pipe, zygote)
        rehearsal.rehearse()
    except lockdown.RefusedError as refused:
        Pipe(lockdown.PIPE, lockdown.PIPE).write(wire.Hello(refused=str(refused)))
        os._exit(1)
    except BaseException:
        os._exit(1)  # never back into the zygote's own loop
    worker.serve(Pipe(lockdown.PIPE, lockdown.PIPE), locks)


if __name__ == "__main__":
    main(sys.argv[1:])
