"""How far a long run has come: a bar on a terminal, a line now and then anywhere else."""

from __future__ import annotations

from time import monotonic

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol, TextIO

    class Progress(Protocol):
        """Told of each step; ``close`` ends it, however the run went."""

        def update(self, done: int, findings: int, failed: int) -> None: ...

        def compare(self, done: int, count: int) -> None: ...

        def close(self) -> None: ...


PATIENCE = 1.0
"""Seconds that a run may take without a word."""
BETWEEN = 10.0
"""Seconds between two lines."""
WORDS = {
    "zh": "问题 {findings} 个{failed}",
    "en": "{findings} findings{failed}",
}
COMPARING = {"zh": "各报告互相比对", "en": "comparing reports"}
FAILED = {"zh": "，无法检查 {failed} 份", "en": ", {failed} files failed"}


def progress(stream: TextIO, total: int, lang: str) -> Progress:
    """What shows the progress of a run over ``total`` files on a stream."""
    return Bar(stream, total, lang) if stream.isatty() else Lines(stream, total)


class Silent:
    """Shows nothing."""

    def update(self, done: int, findings: int, failed: int) -> None: ...

    def compare(self, done: int, count: int) -> None: ...

    def close(self) -> None: ...


class Lines:
    """A line every ten seconds, for logs."""

    def __init__(self, stream: TextIO, total: int) -> None:
        self._stream = stream
        self._total = total
        self._began = self._last = monotonic()

    def update(self, done: int, findings: int, failed: int) -> None:
        now = monotonic()
        if now - self._last >= BETWEEN:
            left = duration((now - self._began) / max(done, 1) * (self._total - done))
            zh = f"已检查 {done}/{self._total} 份，{_counts('zh', findings, failed)}，约剩 {left}"
            self._say(zh, f"{done} of {self._total} files, {_counts('en', findings, failed)}, about {left} left", now)

    def compare(self, done: int, count: int) -> None:
        now = monotonic()
        if now - self._last >= BETWEEN:
            self._say(f"已比对 {done}/{count} 份", f"{done} of {count} reports compared", now)

    def _say(self, zh: str, en: str, now: float) -> None:
        self._last = now
        self._stream.write(f"gilint: {zh} ({en})\n")
        self._stream.flush()

    def close(self) -> None: ...


class Bar:
    """A bar that goes when the run is over; a short run shows none."""

    def __init__(self, stream: TextIO, total: int, lang: str) -> None:
        self._stream = stream
        self._total = total
        self._lang = lang
        self._began = monotonic()
        self._bar: Any = None
        self._task: Any = None

    def update(self, done: int, findings: int, failed: int) -> None:
        if self._bar is None:
            if monotonic() - self._began < PATIENCE:
                return
            self._start()
        self._bar.update(self._task, completed=done, counts=_counts(self._lang, findings, failed))

    def compare(self, done: int, count: int) -> None:
        if self._bar is not None:
            self._bar.update(self._task, completed=done, total=count, counts=COMPARING[self._lang])

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

        counts = TextColumn("{task.fields[counts]}")
        columns = (BarColumn(), MofNCompleteColumn(), counts, TimeRemainingColumn())
        self._bar = Progress(*columns, console=Console(file=self._stream), transient=True)
        self._task = self._bar.add_task("", total=self._total, counts="")
        self._bar.start()

    def close(self) -> None:
        if self._bar is not None:
            self._bar.stop()


def _counts(lang: str, findings: int, failed: int) -> str:
    broken = FAILED[lang].format(failed=failed) if failed else ""
    return WORDS[lang].format(findings=findings, failed=broken)


def duration(seconds: float) -> str:
    """A time in hours, minutes and seconds: ``1:02:03``, ``2:03``."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
