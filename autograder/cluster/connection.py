"""The way to a scheduler."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import warnings
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["connect", "threads"]

SECONDS = 10
"""For a scheduler to answer."""

INSTALL = "pip install 'numerical-autograder[cluster]'"
LARGEST_ORDER = "128MB"


def connect(address: str, tell: Callable[[str], None]) -> Client:
    """Connect to a scheduler.

    Args:
        address: as Dask has it: ``tcp://host:8786``, ``tls://host:8786``.  What TLS needs is taken from
            Dask's own configuration.
        tell: is told in one line what Dask has to say about it.

    Raises:
        UsageError: if Dask is missing, or nobody answers there.
    """
    with _told(address):
        import dask
        from distributed import Client
        from distributed.versions import VersionMismatchWarning

        # Dask's logs and warnings tell of each attempt at length; what matters comes to us as an exception.
        logging.getLogger("distributed").setLevel(logging.CRITICAL)
        dask.config.set({"distributed.admin.large-graph-warning-threshold": LARGEST_ORDER})
        # A client that can't connect complains at length when it is collected, and takes its time; this doesn't.
        asyncio.run(_reach(address))
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            client = Client(
                address,
                timeout=SECONDS,
                set_as_default=False,
                name="autograder",
                # A result is bytes: what comes as a pickle is not read.
                deserializers=["dask", "msgpack", "error"],
            )
        if any(issubclass(warning.category, VersionMismatchWarning) for warning in caught):
            tell(f"{address}: its machines have other versions of Dask or Python than this one; expect trouble")
        return client


async def _reach(address: str) -> None:
    """Connect once, and no more: it fails as a client would."""
    from distributed.comm.core import connect
    from distributed.security import Security

    comm = await connect(address, timeout=SECONDS, **Security().get_connection_args("client"))
    await comm.close()


def threads(address: str, tell: Callable[[str], None]) -> int:
    """How many submissions a cluster grades at the same time as it is now: one in each of its workers.

    Raises:
        UsageError: if Dask is missing, or nobody answers there.
    """
    client = connect(address, tell)
    try:
        return len(client.nthreads())
    finally:
        client.close()


@contextlib.contextmanager
def _told(address: str) -> Iterator[None]:
    """One line with the remedy for each way in which connecting fails."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name not in ("dask", "distributed"):
            raise
        raise UsageError(f"--cluster needs Dask's distributed, which is not installed. Remedy: {INSTALL}") from None
    except OSError:  # a time-out is one
        raise UsageError(
            f"{address}: no scheduler answers there within {SECONDS} s. Remedy: start one "
            "(dask scheduler), see to its address and the firewall between, or grade without --cluster"
        ) from None
    except (ValueError, TypeError, RuntimeError) as error:
        raise UsageError(
            f"{address}: {error}. Remedy: give an address such as tcp://host:8786, or tls://host:8786 "
            "with the certificates that Dask's configuration names"
        ) from None
