"""A generated report as a web page, with the markup that editors of such pages leave behind."""

from collections.abc import Iterator
from html import escape

from benchmarks.corpus.content import Cell, Content, Table

HEAD = """<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8">
<title>{title}</title>
<style>td{{border:1px solid #000}}</style></head>
<body>
<div class="header"><ul><li><a href="/">首页</a></li></ul></div>
<div id="UCAP-CONTENT" class="TRS_Editor">
"""
FOOT = '</div>\n<div class="footer">版权所有</div>\n</body></html>\n'
PARAGRAPH = (
    '<p style="text-indent: 2em; line-height: 2; font-family: 仿宋_GB2312;">'
    '<span style="font-size: 16pt;">{text}</span></p>\n'
)
TABLE = '<table border="1" cellspacing="0" cellpadding="0" style="border-collapse: collapse;"><tbody>\n'
CELL = (
    '<td{spans} valign="center" style="padding: 0 7px; border: 1px solid #000;"><p style="text-align: center;">'
    '<span style="font-family: 宋体; font-size: 9pt;">{text}</span></p></td>\n'
)


def page(made: Content) -> str:
    """The page as text."""
    return "".join(_parts(made))


def _parts(made: Content) -> Iterator[str]:
    yield HEAD.format(title=escape(str(made.blocks[0])))
    for block in made.blocks:
        if isinstance(block, Table):
            yield TABLE
            for row in block.rows:
                yield f"<tr>{''.join(map(_cell, row))}</tr>\n"
            yield "</tbody></table>\n"
        else:
            yield PARAGRAPH.format(text=escape(block))
    yield FOOT


def _cell(cell: Cell) -> str:
    spans = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    spans += f' rowspan="{cell.rows}"' if cell.rows > 1 else ""
    return CELL.format(spans=spans, text=escape(cell.text).replace("\n", "<br/>"))
