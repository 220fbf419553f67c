"""Worker processes on this machine: an executor of :mod:`concurrent.futures` that survives what its workers do not.

A pool of several processes shares its pipes and locks among them: a process that is killed at the wrong moment takes
the pool with it, or stops it for ever, and nobody can tell which task did it. So each worker is a pool of one.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor
from concurrent.futures import wait as wait_for
from functools import partial
from threading import RLock, Thread

from gilint.causes import cause
from gilint.errors import UsageError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.process import BaseProcess
    from multiprocessing.queues import SimpleQueue
    from typing import Any

    Call = tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]


def cores() -> int:
    """How many processes may run at a time: the cores that this one is allowed, fewer in some containers."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def can_be_started() -> bool:
    """Whether the system has what worker processes need; in some containers it has no locks between processes."""
    try:
        # One that goes with this process; it starts none that looks after it.
        kinds = multiprocessing.get_all_start_methods()
        multiprocessing.get_context("fork" if "fork" in kinds else "spawn").Lock()
    except (ImportError, OSError):
        return False
    return True


class WorkerDied(Exception):
    """A worker ended over a task. ``exitcode`` is that of its process, negative for a signal."""

    def __init__(self, exitcode: int | None) -> None:
        super().__init__(f"the worker ended with exit code {exitcode}")
        self.exitcode = exitcode


class Workers(Executor):
    """``count`` processes, as many as there are cores by default; one that dies is replaced, and only its task fails.

    They are started afresh and not forked, as threads of the caller may hold locks, and leave Ctrl-C to the caller.
    As with every executor of processes, a script that makes one needs ``if __name__ == "__main__":``.
    """

    def __init__(self, count: int | None = None) -> None:
        self.count = count or cores()
        self._lock = RLock()
        self._waiting: deque[tuple[Future[Any], Call]] = deque()
        self._under_way: set[Future[Any]] = set()
        self._workers: list[_Worker] = []
        self._closed = self._left_alone = False

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a worker call a function. The future raises :class:`WorkerDied` if the worker ends over it.

        Raises ``UsageError``, here or in the future, where workers cannot be started.
        """
        if getattr(multiprocessing.current_process(), "_inheriting", False):
            raise _unstartable()  # this is a worker that begins, and runs the script that asks for it
        future: Future[Any] = Future()
        # Nobody would ever settle a future whose start was interrupted.
        with _Uninterrupted(), self._lock:
            if self._closed:
                raise RuntimeError("these workers were shut down")
            self._waiting.append((future, (function, arguments, named)))
            self._under_way.add(future)
            if len(self._workers) < self.count:
                self._workers.append(_Worker())
            for worker in self._workers:
                self._start(worker)
        return future

    def _start(self, worker: _Worker) -> None:
        """Give a worker that has nothing to do the next task."""
        while self._waiting and not worker.busy:
            future, call = self._waiting.popleft()
            if future.set_running_or_notify_cancel():
                try:
                    task = worker.call(*call)
                except BaseException as error:  # the system gives no more processes, pipes or locks; or Ctrl-C
                    worker.forget()
                    future.set_exception(_unstartable(cause(error)))
                    self._under_way.discard(future)
                    if not isinstance(error, Exception):
                        raise
                    continue
                worker.busy = True
                task.add_done_callback(partial(self._done, worker, future))
            else:
                self._under_way.discard(future)

    def _done(self, worker: _Worker, future: Future[Any], done: Future[Any]) -> None:
        # To raise the error here would tie it, and the pool with it, to this very frame.
        error = done.exception()
        if isinstance(error, BrokenExecutor):
            error = worker.death()
        if error is None:
            future.set_result(done.result())
        else:
            future.set_exception(error)
        with self._lock:
            self._under_way.discard(future)
            worker.busy = False
            self._start(worker)
            over = self._left_alone and not worker.busy
        if over:
            worker.end(wait=False)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the workers: at once with ``cancel_futures``, else when all is done."""
        with self._lock:
            self._closed = True
            if cancel_futures:
                for future, _call in self._waiting:
                    future.cancel()
                    future.set_running_or_notify_cancel()
                    self._under_way.discard(future)
                self._waiting.clear()
            self._left_alone = not wait
            under_way = set(self._under_way)
            workers = tuple(self._workers)
        for worker in workers if cancel_futures else ():
            worker.stop()
        if wait:
            wait_for(under_way)
        for worker in workers:
            if wait or not worker.busy:
                worker.end(wait=wait)


class _Worker:
    """A process, started for its first task and after its death for the next one."""

    def __init__(self) -> None:
        self.busy = False
        self._pool: ProcessPoolExecutor | None = None
        self._dead: ProcessPoolExecutor | None = None
        self._begun: Future[int] | None = None
        self._context = _Context()

    def call(self, function: Callable[..., Any], arguments: tuple[Any, ...], named: dict[str, Any]) -> Future[Any]:
        if self._pool is not None:
            try:
                return self._pool.submit(function, *arguments, **named)
            except BrokenExecutor:
                self.ended()  # while it had nothing to do
        self._pool = ProcessPoolExecutor(1, mp_context=self._context, initializer=_begin)
        with _Uninterrupted():
            # The first task starts a process and threads, which inherit what is blocked here.
            self._begun = self._pool.submit(os.getpid)
            self._context.leave_results_to_process()
            return self._pool.submit(_first, function, *arguments, **named)

    def death(self) -> Exception:
        """The error of a task over which the process died, or could not even begin."""
        code = self.ended()
        begun = self._begun is not None and self._begun.exception() is None
        # A signal came from somebody else, and may not come the next time.
        return WorkerDied(code) if begun or code is None or code < 0 else _unstartable()

    def ended(self) -> int | None:
        """The exit code of the process, which died."""
        self._bury()
        self._dead, self._pool, process = self._pool, None, self._context.process
        if process is not None:
            process.join()
        return None if process is None else process.exitcode

    def forget(self) -> None:
        """Let go of a process that could not be started."""
        self.stop()
        if self._pool is not None:
            self._pool.shutdown(wait=False)
        self._pool = self._context.process = None

    def stop(self) -> None:
        """End the process at once."""
        if self._context.process is not None and self._context.process.pid is not None:
            self._context.process.terminate()

    def end(self, *, wait: bool) -> None:
        """Let go of the process once it has nothing to do."""
        if self._pool is not None:
            self._pool.shutdown(wait)
        if wait:
            self._bury()

    def _bury(self) -> None:
        """Wait for the threads of the last pool that broke, which may still be at work when its process is gone."""
        if self._dead is not None:
            self._dead.shutdown()
        self._dead = None


class _Context(type(multiprocessing.get_context("spawn"))):  # type: ignore[misc]
    """Starts a process afresh, and knows the last one: a pool does not tell how its process ended.

    A fork would copy locks that threads of the caller hold; a server of forks leaves a socket behind.
    """

    process: BaseProcess | None = None

    def Process(self, *arguments: Any, **named: Any) -> BaseProcess:  # noqa: N802
        self.process = super().Process(*arguments, **named)
        return self.process

    def SimpleQueue(self) -> SimpleQueue[Any]:  # noqa: N802
        """What a pool makes for its results, and for nothing else."""
        results: SimpleQueue[Any] = super().SimpleQueue()
        self._results = results
        return results

    def leave_results_to_process(self) -> None:
        """Close the end for writing here, once the process has its own.

        A pool reads the rest of a result for ever whose process died while it sent it: its own end is open.
        """
        self._results._writer.close()  # type: ignore[attr-defined]  # it has no public name


def _unstartable(reason: str = "") -> UsageError:
    if reason:
        return UsageError(
            f"工作进程无法启动，请用 --jobs 减少 (workers cannot be started, --jobs takes fewer): {reason}"
        )
    zh = '工作进程无法启动：调用它的脚本必须是文件，并写在 if __name__ == "__main__": 之下'
    en = 'workers cannot be started: a script that uses them is a file, and does so under if __name__ == "__main__":'
    return UsageError(f"{zh} ({en})")


def _first(function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """The first task of a process. What it has loaded stays: the search for garbage need not go through it again."""
    import gc

    done = function(*arguments, **named)
    gc.collect()
    gc.freeze()
    return done


def _begin() -> None:
    """Leave Ctrl-C to the caller, and end when the caller does: if it is killed, nobody else would tell a worker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _Uninterrupted.unblock()
    Thread(target=_end_with_caller, daemon=True).start()


def _end_with_caller() -> None:
    caller = multiprocessing.parent_process()
    assert caller is not None
    caller.join()
    os._exit(1)


class _Uninterrupted:
    """Keeps Ctrl-C from this thread, and from threads and processes that it starts, where the system can do that."""

    def __enter__(self) -> None:
        if hasattr(signal, "pthread_sigmask"):
            self._before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])

    def __exit__(self, *_error: object) -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_SETMASK, self._before)

    @staticmethod
    def unblock() -> None:
        if hasattr(signal, "pthread_sigmask"):
            signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGINT])
