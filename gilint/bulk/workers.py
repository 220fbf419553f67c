"""Worker processes on this machine: an executor of :mod:`concurrent.futures` that survives what its workers do not."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import Executor

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Future
    from typing import Any

    from pebble import ProcessPool


def cores() -> int:
    """How many processes may run at a time: the cores that this one is allowed, fewer in some containers."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class Workers(Executor):
    """``count`` processes, as many as there are cores by default; one that dies is replaced, and only its task fails.

    They are started afresh and not forked, as threads of the caller may hold locks, and leave Ctrl-C to the caller.
    As with every executor of processes, a script that makes one needs ``if __name__ == "__main__":``.
    """

    def __init__(self, count: int | None = None) -> None:
        self.count = count or cores()
        self._pool: ProcessPool | None = None

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a worker call a function. The future raises ``pebble.ProcessExpired`` if the worker dies over it."""
        from pebble import ProcessPool

        self.revived()
        if self._pool is None:
            # A fork would copy locks that threads of the caller hold; a server of forks leaves a socket behind.
            context = multiprocessing.get_context("spawn")
            self._pool = ProcessPool(self.count, initializer=_ignore_interrupts, context=context)
            with _Uninterrupted():
                # The first task starts threads and processes, which inherit what is blocked here.
                return self._pool.schedule(function, arguments, named)
        return self._pool.schedule(function, arguments, named)

    def revived(self) -> bool:
        """Begin anew if a worker that died before it had a task took the pool with it; whether that was so.

        Futures of such a pool may never be done.
        """
        if self._pool is None or self._pool.active:
            return False
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._pool = None
        return True

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers: at once with ``cancel_futures``, else when all is done."""
        if self._pool is None:
            return
        if cancel_futures:
            self._pool.stop()  # type: ignore[no-untyped-call]
        else:
            self._pool.close()  # type: ignore[no-untyped-call]
        if wait:
            self._pool.join()


def _ignore_interrupts() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Uninterrupted.unblock()


class _Uninterrupted:
    """Keeps Ctrl-C from threads and processes that are started meanwhile, where the system can do that."""

    def __enter__(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])

    def __exit__(self, *_error: object) -> None:
        self.unblock()

    @staticmethod
    def unblock() -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
