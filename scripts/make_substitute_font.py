"""Make ``gilint/readers/pdf/substitute.ttf``: a font in which every character has the same small shape.

The shape is narrower than any character, so that widths remain those that a document gives.
"""

from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

TARGET = Path(__file__).resolve().parent.parent / "gilint" / "readers" / "pdf" / "substitute.ttf"
EM, ASCENT, DESCENT, WIDTH = 1000, 880, -120, 100
MANY_TO_ONE = 13
"""The format of a character map that gives whole ranges the same shape."""
UNICODE = range(0x20, 0x110000)


def main() -> None:
    pen = TTGlyphPen(None)
    for at, corner in enumerate([(0, DESCENT), (0, ASCENT), (WIDTH, ASCENT), (WIDTH, DESCENT)]):
        (pen.lineTo if at else pen.moveTo)(corner)
    pen.closePath()
    shape = pen.glyph()
    font = FontBuilder(EM, isTTF=True)
    font.setupGlyphOrder([".notdef", "shape"])
    font.setupGlyf({".notdef": shape, "shape": shape})
    font.setupHorizontalMetrics({".notdef": (EM, 0), "shape": (EM, 0)})
    font.setupHorizontalHeader(ascent=ASCENT, descent=DESCENT)
    font.setupCharacterMap({})
    font.font["cmap"].tables = [characters()]
    font.font["head"].created = font.font["head"].modified = 0
    font.save(TARGET)


def characters() -> CmapSubtable:
    """The map from all of Unicode to the shape."""
    table = CmapSubtable.newSubtable(MANY_TO_ONE)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.format, table.reserved, table.length, table.nGroups = MANY_TO_ONE, 0, 0, 0
    table.cmap = dict.fromkeys(UNICODE, "shape")
    return table


if __name__ == "__main__":
    main()
