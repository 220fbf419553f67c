"""The styles that a document uses, without the hundreds that most files bring: these are longer than the document."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

WORTHWHILE = 20_000
"""Bytes below which nothing is saved."""
OPEN, CLOSE = b"<w:style ", b"</w:style>"
ROOT, END = b"<w:styles", b"</w:styles>"
ALWAYS = (b'w:default="1"', b'w:type="numbering"')
"""Styles of what names none, and of lists, to which only other lists refer."""
BASE = b'<w:basedOn w:val="'
OBSCURE = b"!"
"""Comments, sections of characters and declarations have it, which could make something look like a style."""
MOST = 50
"""Styles for which looking for each is cheaper than reading all."""


def excerpt(content: bytes, used: Collection[str]) -> bytes:
    """The part ``content`` with no other styles than those of the ids ``used``, and those that these need.

    The whole of it where it is not written as office programs do.
    """
    begin = content.find(ROOT)
    if len(content) < WORTHWHILE or len(used) > MOST or begin < 0 or OBSCURE in content:
        return content
    styles: dict[int, bytes] = {}
    wanted = list(ALWAYS) + [_mark(key.encode()) for key in used]
    known = set(wanted)
    while wanted:
        mark = wanted.pop()
        found = False
        for at, style in _around(content, mark):
            found = True
            styles[at] = style
            base = style.find(BASE)
            if base >= 0:
                base += len(BASE)
                next_mark = _mark(style[base : style.find(b'"', base)])
                if next_mark not in known:
                    known.add(next_mark)
                    wanted.append(next_mark)
            if mark not in ALWAYS:
                break
        if len(styles) > MOST or not (found or mark in ALWAYS):
            return content
    head = content[: content.find(b">", begin) + 1]
    return head + b"".join([styles[at] for at in sorted(styles)]) + END


def _mark(key: bytes) -> bytes:
    return b'w:styleId="' + key + b'"'


def _around(content: bytes, mark: bytes) -> Iterator[tuple[int, bytes]]:
    """Where the styles begin that have a mark among their attributes, and all of each."""
    at = content.find(mark)
    while at >= 0:
        begin, end = content.rfind(OPEN, 0, at), content.find(CLOSE, at)
        if begin < 0 or end < 0:
            return
        if content.find(b">", begin, at) < 0:
            yield begin, content[begin : end + len(CLOSE)]
        at = content.find(mark, end)
