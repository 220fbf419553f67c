"""A run over many inputs from beginning to end: here or by workers, shown as it goes; Ctrl-C loses nothing."""

from __future__ import annotations

import os

from gilint.bulk.batch import Batch

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from gilint.bulk.journal import Journal
    from gilint.bulk.kept import Kept
    from gilint.bulk.progress import Progress
    from gilint.linter import Linter
    from gilint.sources import Input

MANY, LARGE = 32, 4_000_000
"""Files and bytes from which on workers are worth the time that they take to start."""


class Ran:
    """What a run came to: its results, and whether it was ``interrupted``."""

    def __init__(self, batch: Batch, interrupted: bool) -> None:
        self.batch = batch
        self.interrupted = interrupted


def run(
    linter: Linter,
    sources: Sequence[Input],
    jobs: int | None,
    journal: Journal | None,
    kept: Kept | None,
    progress: Progress,
) -> Ran:
    """Judge inputs with ``jobs`` workers, by default one a core where that is worth it.

    What ``journal`` and ``kept`` know is not judged again. Ctrl-C ends it, and what is done by then is the result. The
    workers stay with the batch, for its reporters, until it is left.
    """
    from gilint.bulk.workers import Workers, can_be_started

    workers = Workers(jobs) if jobs or journal is not None or (are_many(sources) and can_be_started()) else None
    batch = Batch(linter, journal, kept)
    finished, interrupted = False, False
    try:
        for done in batch.judge(sources, workers):
            progress.update(done, batch.findings, batch.failed)
        for compared, count in batch.compare(workers):
            progress.compare(compared, count)
        finished = True
    except KeyboardInterrupt:
        interrupted = True
    finally:
        progress.close()
        if workers is not None and not finished:
            workers.shutdown(cancel_futures=True)
    if interrupted:
        batch.interrupt()
    else:
        batch.workers = workers
    return Ran(batch, interrupted)


def are_many(sources: Sequence[Input]) -> bool:
    """Whether there is enough to do for several processes."""
    if len(sources) >= MANY:
        return True
    paths = [source for source in sources if isinstance(source, str | os.PathLike)]
    return len(paths) > 1 and sum(os.path.getsize(path) for path in paths if os.path.isfile(path)) >= LARGE
