"""Regular expressions that are compiled when they are first used.

Compiling one takes up to a millisecond, and a short run needs half of them: together they would cost as much as the
interpreter's start.
"""

from __future__ import annotations

import re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class _Late:
    """Stands for a compiled pattern until one of its methods is asked for, and takes them over then."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags

    def __getattr__(self, name: str) -> Any:
        compiled = re.compile(*self._source)
        # Set on the instance, so that from now on neither this method nor any detour is taken.
        for method in ("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "pattern"):
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, put off until the first use."""
    return _Late(pattern, flags)  # type: ignore[return-value]
