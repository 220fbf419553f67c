"""Inputs handed out to an executor in small tasks, a bounded number at a time: nothing is lost or done twice."""

from __future__ import annotations

import os
from concurrent.futures import FIRST_COMPLETED, wait

from gilint.errors import GilintError

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from concurrent.futures import Executor, Future
    from typing import Any

    Numbered = tuple[int, Any]
    Judge = Callable[[Sequence[Any]], Sequence[Sequence[bytes]]]
    Said = tuple[int, Sequence[bytes] | Exception]
    """The number of an input, and what was said of it, or why nothing was."""

FILES_A_TASK, BYTES_A_TASK = 10, 2_000_000
"""Enough to be worth the sending; few enough that all workers are busy to the end, and that little is in memory, where
results are sent. Large files go by themselves."""
TASKS_A_WORKER = 3
UNKNOWN = 64
"""Tasks that are under way at a time where an executor does not tell how many workers it has."""


class Tasks:
    """Has ``judge`` called for the inputs by the workers of an executor.

    A task that fails is taken apart: its inputs are sent one by one, and the error of one that fails by itself stands
    in the place of what would have been said of it.
    """

    def __init__(self, executor: Executor, judge: Judge, files_a_task: int = FILES_A_TASK) -> None:
        self._executor = executor
        self._judge = judge
        self._files_a_task = files_a_task
        self._token, self._sent = os.urandom(8), 0
        self._suspects: list[list[Numbered]] = []
        self._alone = False
        workers: int = getattr(executor, "count", 0)
        self._most = workers * TASKS_A_WORKER or UNKNOWN
        self._waiting: dict[Future[Any], list[Numbered]] = {}

    def run(self, inputs: Iterable[Numbered]) -> Iterator[Said]:
        """What was said of each input, as they are done. Raises what the caller has to mend."""
        try:
            for chunk in chunks(inputs, self._files_a_task):
                while len(self._waiting) >= self._most:
                    yield from self._done()
                yield from self._submit(chunk)
            while self._waiting:
                yield from self._done()
            self._alone = True
            for chunk in self._suspects:
                yield from self._submit(chunk)
                while self._waiting:
                    yield from self._done()
        finally:
            for future in self._waiting:
                future.cancel()

    def _submit(self, chunk: list[Numbered]) -> Iterator[Said]:
        self._sent += 1
        inputs = [one for _, one in chunk]
        try:
            self._waiting[self._executor.submit(_called, self._judge, inputs, (self._token, self._sent))] = chunk
        except RuntimeError as error:  # the executor broke, or was shut down
            yield from ((number, error) for number, _ in chunk)

    def _done(self) -> Iterator[Said]:
        done, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
        for future in done:
            chunk = self._waiting.pop(future)
            # To raise the error here would tie it to this frame, and so to the executor, which could not go.
            error = future.exception()
            if error is None:
                yield from ((number, each) for (number, _), each in zip(chunk, future.result(), strict=True))
            elif isinstance(error, Exception) and not isinstance(error, GilintError):  # a worker died, or took too long
                yield from self._apart(chunk, error)
            else:
                raise error

    def _apart(self, chunk: list[Numbered], error: Exception) -> Iterator[Said]:
        if len(chunk) > 1:
            for each in chunk:
                yield from self._submit([each])
        elif self._alone or hasattr(error, "exitcode"):
            yield chunk[0][0], error
        else:
            # Who cannot tell how a worker ended (Dask) blames all tasks that it had: the last try is one by one.
            self._suspects.append(chunk)


def _called(judge: Judge, inputs: Sequence[Any], _task: tuple[bytes, int]) -> Sequence[Sequence[bytes]]:
    """What ``judge`` says. An executor may give the answer to equal arguments again (Dask does), be it an error, or
    what a file said before it was changed: so no two tasks have the same."""
    return judge(inputs)


def chunks(inputs: Iterable[Numbered], most: int = FILES_A_TASK) -> Iterator[list[Numbered]]:
    """The inputs in tasks."""
    chunk: list[Numbered] = []
    size = 0
    for number, one in inputs:
        own = _size(one)
        if chunk and (len(chunk) >= most or size + own > BYTES_A_TASK):
            yield chunk
            chunk, size = [], 0
        chunk.append((number, one))
        size += own
    if chunk:
        yield chunk


def _size(one: Any) -> int:
    """The bytes of an input, where they can be told without reading it."""
    if isinstance(one, bytes):
        return len(one)
    if not isinstance(one, str | os.PathLike):
        return 0
    try:
        return os.stat(one).st_size
    except (OSError, ValueError, TypeError):
        return 0
