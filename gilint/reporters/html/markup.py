"""Markup that is safe by the way it is made: whatever is not :class:`Markup` already is text, and is escaped."""

from __future__ import annotations

from html import escape

from gilint.reporters.layout import harmless

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

VOID = frozenset({"br", "input", "meta"})
NONE = ""


class Markup(str):
    """A piece of a page. Only this module makes it of plain strings."""

    __slots__ = ()


def text(value: object) -> Markup:
    """A value as text: nothing in it is markup, and what is invisible or turns the line round can be seen."""
    return Markup(escape("\n".join(harmless(line) for line in str(value).split("\n"))))


def joined(*pieces: object, by: object = NONE) -> Markup:
    """Pieces one after the other; plain strings among them are text, ``None`` is left out."""
    return Markup(_safe(by).join(_safe(piece) for piece in pieces if piece is not None))


def element(name: str, /, *children: object, **attributes: Any) -> Markup:
    """An element. ``class_`` stands for ``class``, ``data_of`` for ``data-of``; ``None`` and ``False`` are left out."""
    opening = f"<{name}{''.join(_attribute(*item) for item in attributes.items())}>"
    return Markup(opening if name in VOID else f"{opening}{joined(*children)}</{name}>")


def code(name: str, source: str, /, **attributes: Any) -> Markup:
    """A ``style`` or ``script`` with the program's own ``source``, which is no text of a report."""
    return Markup(f"<{name}{''.join(_attribute(*item) for item in attributes.items())}>{source}</{name}>")


def _safe(piece: object) -> str:
    return piece if isinstance(piece, Markup) else text(piece)


def _attribute(name: str, value: Any) -> str:
    name = name.rstrip("_").replace("_", "-")
    if value is None or value is False:
        return ""
    return f" {name}" if value is True else f' {name}="{text(value)}"'
