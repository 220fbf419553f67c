"""Places: where a piece of text stands in its source, and where an element stands in the report."""

from __future__ import annotations

from bisect import bisect_right

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Protocol

    class Origin(Protocol):
        """Where a piece of text stands in its source; each reader brings its own."""

        def span(self, start: int, end: int) -> TextSpan:
            """The place of ``text[start:end]``."""


class TextSpan(Record, hot=True):
    """A place in a text file: 1-based lines and columns in characters, end exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int

    def as_dict(self) -> dict[str, Any]:
        return {
            "kind": "text",
            "line": self.line,
            "column": self.column,
            "end_line": self.end_line,
            "end_column": self.end_column,
        }

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class TextOrigin(Record, hot=True):
    """The origin of text that was read from lines.

    ``starts`` holds, for each source line that the text took up, (offset in the text, line, column).
    """

    starts: tuple[tuple[int, int, int], ...]

    def span(self, start: int, end: int) -> TextSpan:
        line, column = self._place(start)
        # The end belongs to the line of the last character, not to the line that follows it.
        end_line, end_column = self._place(max(start, end - 1))
        return TextSpan(line, column, end_line, end_column + (1 if end > start else 0))

    def _place(self, offset: int) -> tuple[int, int]:
        at = bisect_right(self.starts, (offset, 1 << 60, 0)) - 1
        begin, line, column = self.starts[max(at, 0)]
        return line, column + offset - begin


class PartOrigin(Record, hot=True):
    """The origin of a part of a larger text: ``offset`` is where the part begins in the whole."""

    whole: Origin
    offset: int

    def span(self, start: int, end: int) -> TextSpan:
        return self.whole.span(start + self.offset, end + self.offset)


class Address(Record, hot=True):
    """Where an element stands in the report, for people (``trail``) and for programs (the keys of the form)."""

    trail: tuple[str, ...] = ()
    section: str | None = None
    table: str | None = None
    row: str | None = None
    column: str | None = None

    def as_dict(self) -> dict[str, Any]:
        keys = {"section": self.section, "table": self.table, "row": self.row, "column": self.column}
        return {"trail": list(self.trail), **{key: value for key, value in keys.items() if value is not None}}

    def __str__(self) -> str:
        return " › ".join(self.trail)
