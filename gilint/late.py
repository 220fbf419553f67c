"""Regular expressions that are compiled when they are first used, and kept compiled between two runs.

Compiling one takes up to a millisecond: together they would cost more than the interpreter's start. Their compiled form
is that of the running interpreter, in the user's cache (which tells interpreters apart). Where it cannot be had, or the
interpreter does not take it, all is as with ``re.compile``.
"""

from __future__ import annotations

from gilint import cache

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable
    from typing import Any

    Code = tuple[int, list[int], int, dict[str, int], tuple[str | None, ...]]

IGNORECASE, DOTALL, VERBOSE = 2, 16, 64
"""The flags of ``re``, which itself takes longer to import than all patterns of a run to load."""
SPECIAL = {ord(sign): f"\\{sign}" for sign in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}
METHODS = ("match", "search", "fullmatch", "finditer", "findall", "split", "sub", "pattern")


class _Late:
    """Stands for a compiled pattern until one of its methods is asked for, and takes them over then."""

    def __init__(self, compiling: Callable[..., Any], *source: Any) -> None:
        self._compiling = compiling
        self._source = source

    def __getattr__(self, name: str) -> Any:
        compiled = self._compiling(*self._source)
        # Set on the instance, so that from now on neither this method nor any detour is taken.
        for method in METHODS:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


def late(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """``re.compile``, put off until the first use."""
    return _Late(_store.compiled, pattern, flags)  # type: ignore[return-value]


def escaped(text: str) -> str:
    """A pattern for nothing but the text, as ``re.escape`` writes it."""
    return text.translate(SPECIAL)


def late_linear(pattern: str) -> Any:
    """A pattern of rule files, compiled by RE2 on its first use; of many that there are, a report needs few."""
    return _Late(_linear, pattern)


def _linear(pattern: str) -> Any:
    import re2

    return re2.compile(pattern)


def remember() -> None:
    """Keep what was compiled in this run for the next one."""
    _store.remember()


class _Store:
    """The compiled forms of patterns; threads that find one missing at once do no harm."""

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], Code] | None = None
        self._fresh: dict[tuple[str, int], Code] = {}

    def compiled(self, pattern: str, flags: int) -> re.Pattern[str]:
        if self._known is None:
            self._known = cache.load("regexes", ()) or {}
        key = pattern, int(flags)
        code = self._known.get(key)
        if code is not None:
            try:
                return _assembled(pattern, code)
            except (ValueError, TypeError, RuntimeError, OverflowError):
                self._known.pop(key, None)
        import re

        compiled = re.compile(pattern, flags)
        code = _code(pattern, flags)
        if code is not None:
            self._fresh[key] = code
        return compiled

    def remember(self) -> None:
        if self._fresh:
            cache.store("regexes", (), {**(self._known or {}), **self._fresh})
            self._fresh.clear()


_store = _Store()


def _assembled(pattern: str, code: Code) -> re.Pattern[str]:
    import _sre  # type: ignore[import-not-found]

    compiled: re.Pattern[str] = _sre.compile(pattern, *code)
    return compiled


def _code(pattern: str, flags: int) -> Code | None:
    """What ``re`` makes of a pattern; ``None`` where this interpreter does it in another way."""
    try:
        import re
        from re import _compiler, _parser  # type: ignore[attr-defined]

        parsed = _parser.parse(pattern, flags)
        names: dict[str, int] = dict(parsed.state.groupdict)
        order: list[str | None] = [None] * parsed.state.groups
        for name, number in names.items():
            order[number] = name
        steps = [int(step) for step in _compiler._code(parsed, flags)]
        code = int(flags | parsed.state.flags), steps, parsed.state.groups - 1, names, tuple(order)
        return code if _assembled(pattern, code) == re.compile(pattern, flags) else None
    except Exception:  # nothing here is promised to anyone
        return None
