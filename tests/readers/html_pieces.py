"""Small pages for tests of the reader: pieces of HTML between paragraphs that make an article of them."""

from gilint.limits import DEFAULT
from gilint.model import Grid
from gilint.readers.html import read

BEFORE = "本页的第一段是一句足够长的话，它比页脚里的一句提示要长得多，让这一页有正文，谁也不会把它看成菜单或者按钮。"
AFTER = "本页的最后一段也是一句足够长的话，它同样比页脚里的一句提示要长得多，让前面的一切都在正文当中，不在页面的别处。"


def page(piece, head="", encoding="utf-8"):
    """The bytes of a page with a piece of HTML in the middle of its article."""
    return (
        f'<!DOCTYPE html><html><head><meta charset="{encoding}">{head}</head><body>'
        f"<p>{BEFORE}</p>{piece}<p>{AFTER}</p></body></html>"
    ).encode(encoding)


def document(piece, head="", limits=DEFAULT):
    return read(page(piece, head), "page.html", limits)


def blocks(piece):
    """What stands between the first and the last paragraph."""
    found = document(piece).blocks
    assert (found[0].text, found[-1].text) == (BEFORE, AFTER)
    return found[1:-1]


def lines(piece):
    """The texts of the paragraphs in between."""
    return [block.text for block in blocks(piece)]


def rows(piece):
    """The texts of the only table in between, row by row."""
    (grid,) = [block for block in document(piece).blocks if isinstance(block, Grid)]
    return [[cell.text for cell in row] for row in grid.rows]


def spans(piece):
    """(rows, columns) that the cells of the only table take up."""
    (grid,) = [block for block in document(piece).blocks if isinstance(block, Grid)]
    return [[(cell.row_span, cell.column_span) for cell in row] for row in grid.rows]


def source_of(lines, span):
    """The part of the source that a span names."""
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    whole = lines[span.line - 1 : span.end_line]
    return "\n".join([whole[0][span.column - 1 :], *whole[1:-1], whole[-1][: span.end_column - 1]])
