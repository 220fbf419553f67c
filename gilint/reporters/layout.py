"""Lines of styled text for a terminal: built as data, measured in cells, coloured at the very end.

A :data:`Line` is a sequence of (text, style) pieces. Styles are names of what a piece is (``error``, ``place`` …); what
that looks like is decided here alone.
"""

from __future__ import annotations

from gilint.text import clip, width, wrap

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Line = tuple[tuple[str, str], ...]

# Only what can be read on a light and on a dark background: yellow vanishes on white, blue on black.
_LOOKS = {
    "error": "bold red",
    "warning": "bold magenta",
    "info": "bold cyan",
    "error-aside": "red",
    "warning-aside": "magenta",
    "info-aside": "cyan",
    "good": "bold green",
    "strong": "bold",
    "frame": "dim",
    "place": "cyan",
    "label": "bold",
}

# Where text stands that had no room behind its lead.
_SHALLOW = 5

# Text of strangers may not steer the terminal, nor hide or reorder what is printed: controls become their pictures,
# direction marks and zero-width spaces something that can be seen.
_HARMLESS: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(0x80, 0xA0), "\ufffd"),
    **dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)), "\ufffd"),
    **dict.fromkeys((0xAD, 0x200B, 0x2060, 0xFEFF), "␣"),
    **dict.fromkeys((0x2028, 0x2029), "␤"),
    **dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd"),
    0x7F: "␡",
    0x09: "    ",
}


def harmless(text: str) -> str:
    """``text`` as it can be printed on one line: nothing in it moves the cursor, and what is invisible shows."""
    return text.translate(_HARMLESS)


def one_line(text: str) -> str:
    """``text`` with every run of whitespace as one space, safe to print."""
    return harmless(" ".join(text.split()))


def line(*pieces: tuple[str, str] | str) -> Line:
    """A line of pieces; a plain string has no style."""
    return tuple((piece, "") if isinstance(piece, str) else piece for piece in pieces)


def line_width(pieces: Line) -> int:
    return sum(width(text) for text, _style in pieces)


def hanging(lead: Line, text: str, style: str, cells: int, frame: Line = ()) -> list[Line]:
    """``text`` behind ``lead``, wrapped to ``cells``; what follows stands below the text, inside ``frame``.

    Behind a lead that takes more than half of the line the text begins on the next one.
    """
    indent = line_width(lead)
    below = indent * 2 > cells
    indent = _SHALLOW if below else indent
    following = (*frame, (" " * (indent - line_width(frame)), ""))
    # What becomes what is not torn apart.
    tied = text.replace(" → ", "\u00a0→\u00a0")
    chunks = [(chunk.replace("\u00a0", " "), style) for chunk in wrap(tied, max(cells - indent, 1))]
    if below:
        return [lead, *((*following, chunk) for chunk in chunks)]
    return [(*(following if at else lead), chunk) for at, chunk in enumerate(chunks)]


def flowing(lead: Line, items: Sequence[tuple[str, str]], cells: int) -> list[Line]:
    """Short ``items`` behind ``lead`` with a dot between, as many on a line as fit."""
    lines = [lead]
    fresh = True
    for text, style in items:
        if not fresh and line_width(lines[-1]) + width(f" · {text}") > cells:
            lines.append(line(" " * line_width(lead)))
            fresh = True
        lines[-1] = (*lines[-1], *line(*([] if fresh else [" · "]), (text, style)))
        fresh = False
    return lines


def trail(steps: Sequence[str], cells: int, least: int = 1) -> str | None:
    """The steps of an address in at most ``cells``, the longest shortened first.

    ``None`` if one would have to be shortened to less than ``least``: then it had better stand elsewhere.
    """
    text = one_line(" › ".join(steps))
    if width(text) <= cells:
        return text
    # The row and the column of a cell are one step, but the column must not go with the end of a long row label.
    parts = [step.split(" × ") for step in map(one_line, steps)]
    widths = [width(piece) for part in parts for piece in part]
    room = cells - 3 * (len(widths) - 1)
    limit = max(widths)
    while limit >= least and sum(min(each, limit) for each in widths) > room:
        limit -= 1
    if limit < least:
        return None
    return " › ".join(" × ".join(clip(piece, limit) for piece in part) for part in parts)


def plain(lines: Iterable[Line]) -> str:
    return "".join("".join(text for text, _style in pieces).rstrip() + "\n" for pieces in lines)


def coloured(lines: Iterable[Line]) -> str:
    """The lines with the sixteen colours that every terminal has, whatever its background."""
    # The console of rich costs four times as much to import as its styles, and adds nothing: wrapping is done.
    from rich.color import ColorSystem
    from rich.style import Style

    styles = {name: Style.parse(look) for name, look in _LOOKS.items()}

    def painted(text: str, style: str) -> str:
        return styles[style].render(text, color_system=ColorSystem.STANDARD) if style in styles else text

    return "".join("".join(painted(*piece) for piece in _trimmed(pieces)) + "\n" for pieces in lines)


def _trimmed(pieces: Line) -> Line:
    """Without trailing space, which shows when a line is copied."""
    end = len(pieces)
    while end and not pieces[end - 1][0].strip(" "):
        end -= 1
    if not end:
        return ()
    text, style = pieces[end - 1]
    return (*pieces[: end - 1], (text.rstrip(" "), style))


def rendered(lines: Iterable[Line], color: bool) -> str:
    return coloured(lines) if color else plain(lines)
