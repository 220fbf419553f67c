"""White space of a source as a page shows it."""

from __future__ import annotations

from gilint.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

BLANK = " \t\n\f"
SPACES = late(r"[ \t\n\f]+")
# Where a source breaks its lines inside Chinese text, no space is meant.
WIDE = "\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2018-\u201d\u2014\u2026\u3000"
BROKEN = late(rf"(?<=[{WIDE}])[ \t\f]*\n[ \t\n\f]*(?=[{WIDE}])")
ONE_WIDE = late(f"[{WIDE}]")
HEADING = late(r"[ \t\u3000]*(?:[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十]{1,3}[）)])")
ENOUGH_LINES = 3


def collapsed(text: str) -> str:
    """A line with its white space as a page shows it."""
    if "\n" in text or "\t" in text or "  " in text or "\f" in text:
        if "\n" in text:
            text = BROKEN.sub("", text)
        text = SPACES.sub(" ", text)
    return text.strip(BLANK)


def shown_offsets(text: str, offsets: Sequence[int]) -> list[int]:
    """Where offsets into a text, in ascending order, are in what :func:`collapsed` makes of it."""
    found: list[int] = []
    gone = end = 0
    runs = SPACES.finditer(text)
    run = next(runs, None)
    for offset in offsets:
        while run is not None and run.start() < offset:
            kept = 1 if run.start() and not _is_broken(text, run.start(), run.end()) else 0
            gone += run.end() - run.start() - kept
            end = run.end()
            run = next(runs, None)
        found.append(max(offset, end) - gone)
    return found


def _is_broken(text: str, start: int, end: int) -> bool:
    """Whether white space is none but the end of a line of the source."""
    wide = ONE_WIDE.match
    return "\n" in text[start:end] and wide(text, start - 1) is not None and wide(text, end) is not None


def are_lines(text: str) -> bool:
    """Whether the lines of a source are lines of the text: a style sheet may say so, and their numbers do."""
    lines = text.split("\n")
    return len(lines) >= ENOUGH_LINES and sum([HEADING.match(line) is not None for line in lines]) > 1
