"""Looking at the stack every millisecond. Imports next to nothing, so that imports can be looked at.

``python -m benchmarks.sampling check …`` runs gilint so; the samples are the last line that it says.
"""

from __future__ import annotations

import _signal  # signal itself would load enum
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import FrameType

EVERY = 0.001
"""Seconds between two looks."""


class Sampled:
    """While entered, counts the stacks of the main thread in ``stacks``, outermost function first.

    Python looks between two of its instructions, so time inside a call to C is that of the function that calls.
    """

    def __init__(self) -> None:
        self.stacks: dict[tuple[str, ...], int] = {}

    def __enter__(self) -> Sampled:
        _signal.signal(_signal.SIGALRM, self._look)
        _signal.setitimer(_signal.ITIMER_REAL, EVERY, EVERY)
        return self

    def __exit__(self, *_error: object) -> None:
        _signal.setitimer(_signal.ITIMER_REAL, 0)
        _signal.signal(_signal.SIGALRM, _signal.SIG_DFL)

    def _look(self, _number: int, frame: FrameType | None) -> None:
        names: list[str] = []
        while frame is not None:
            if frame.f_globals is not globals():  # a look may fall into the one before
                names.append(_name(frame))
            frame = frame.f_back
        stack = tuple(reversed(names))
        self.stacks[stack] = self.stacks.get(stack, 0) + 1


def _name(frame: FrameType) -> str:
    code = frame.f_code
    if code.co_filename.startswith("<frozen importlib"):
        return "import"
    # Methods that a class is given as text know no module; they come from the one that calls them.
    module = frame.f_globals.get("__name__") or "gilint.record"
    return f"import {module}" if code.co_name == "<module>" else f"{module}.{code.co_qualname}"


def main() -> None:
    """Run the command from its first import on."""
    with Sampled() as sampled:
        from gilint.cli import main as gilint

        gilint(sys.argv[1:])
    import json

    print(json.dumps(list(sampled.stacks.items())), file=sys.stderr)


if __name__ == "__main__":
    main()
