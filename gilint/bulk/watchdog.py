"""An end to what hangs: a worker process that spends too long on one file is ended by the system itself.

No code of Python has to run for that, so it works while a parser written in C holds the interpreter.
"""

from __future__ import annotations

import os
import signal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType

EXIT = -signal.SIGALRM if hasattr(signal, "setitimer") else 1
"""The exit code of a worker whose time was up: that of the signal; without timers, that of ``faulthandler``."""


def is_worker() -> bool:
    """Whether this is a process that was started to do work for another one, and may be ended."""
    from multiprocessing import parent_process

    return parent_process() is not None


class Watchdog:
    """Ends the process when what is done inside a ``with`` block takes longer than so many seconds; 0 is no limit."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds if is_worker() else 0

    def __enter__(self) -> None:
        if not self._seconds:
            return
        if hasattr(signal, "setitimer"):
            # The disposition of SIGALRM is to end the process unless somebody changed it.
            signal.setitimer(signal.ITIMER_REAL, self._seconds)
        else:
            import faulthandler

            self._log = open(os.devnull, "w")  # has to be open while it waits
            faulthandler.dump_traceback_later(self._seconds, exit=True, file=self._log)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._seconds:
            return
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_REAL, 0)
        else:
            import faulthandler

            faulthandler.cancel_dump_traceback_later()
            self._log.close()
