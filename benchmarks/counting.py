"""Counting the work of Python: the instructions that it executes, and the calls that leave it for C.

Imports next to nothing, so that imports can be counted.
"""

from __future__ import annotations

import gc
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType, FrameType
    from typing import Any

IMPORTING = ("<frozen importlib", "<frozen zipimport")


class Counter:
    """Counts the instructions of Python and the calls into C while it is entered.

    The machinery of imports is left out, as its work grows with the folders in which Python looks for modules.
    """

    def __init__(self) -> None:
        self.instructions = 0
        self.calls = 0

    def __enter__(self) -> Counter:
        gc.collect()
        gc.disable()
        self._begin()
        return self

    def __exit__(self, *_error: object) -> None:
        self._end()
        gc.enable()

    @property
    def counts(self) -> dict[str, float]:
        """What was counted, by name."""
        return {"instructions": self.instructions, "calls into C": self.calls}

    def _begin(self) -> None:
        sys.setprofile(self._profile)
        sys.settrace(self._trace)

    def _end(self) -> None:
        sys.settrace(None)
        sys.setprofile(None)

    def _trace(self, frame: FrameType, _event: str, _argument: object) -> Any:
        if _is_importing(frame.f_code):
            return None
        frame.f_trace_opcodes = True
        frame.f_trace_lines = False
        return self._count

    def _count(self, _frame: FrameType, event: str, _argument: object) -> Any:
        if event == "opcode":
            self.instructions += 1
        return self._count

    def _profile(self, frame: FrameType, event: str, _argument: object) -> None:
        if event == "c_call" and not _is_importing(frame.f_code):
            self.calls += 1


class Monitor(Counter):
    """The same from Python 3.12 on, where tracing misses instructions."""

    def _begin(self) -> None:
        monitoring = sys.monitoring
        events = monitoring.events
        monitoring.use_tool_id(monitoring.PROFILER_ID, "gilint")
        monitoring.register_callback(monitoring.PROFILER_ID, events.INSTRUCTION, self._instruction)
        monitoring.register_callback(monitoring.PROFILER_ID, events.C_RETURN, self._call)
        monitoring.register_callback(monitoring.PROFILER_ID, events.C_RAISE, self._call)
        monitoring.register_callback(monitoring.PROFILER_ID, events.CALL, lambda *_: None)  # or nothing of C is told
        monitoring.set_events(monitoring.PROFILER_ID, events.INSTRUCTION | events.CALL)

    def _end(self) -> None:
        sys.monitoring.set_events(sys.monitoring.PROFILER_ID, 0)
        sys.monitoring.free_tool_id(sys.monitoring.PROFILER_ID)

    def _instruction(self, code: CodeType, _offset: int) -> None:
        if not _is_importing(code):
            self.instructions += 1

    def _call(self, code: CodeType, *_: object) -> None:
        if not _is_importing(code):
            self.calls += 1


def counter() -> Counter:
    """What counts on this version of Python."""
    return Monitor() if sys.version_info >= (3, 12) else Counter()


def _is_importing(code: CodeType) -> bool:
    return code.co_filename.startswith(IMPORTING)


def counted(task: Callable[[], object]) -> dict[str, float]:
    """What a task comes to, done before so that all is loaded that it needs."""
    task()
    task()
    with counter() as counting:
        task()
    return counting.counts
