"""Word documents (.docx, .docm, .dotx): one pass over the document, parts beside it only where it refers to them.

The text is the one in force: tracked changes accepted, hidden text left out, fields by their results, list numbers
computed. What was seen on the way is told by notes. Headers and footers are not read.
"""

from __future__ import annotations

from gilint.errors import InputError
from gilint.model import Document, Grid, Note, Paragraph
from gilint.readers.docx import final
from gilint.readers.docx.extras import Extras, number_paragraphs
from gilint.readers.docx.feet import attach_feet
from gilint.readers.docx.inline import SIGNS
from gilint.readers.docx.names import (
    ALTERNATIVES,
    BODY,
    CHART,
    COMMENT,
    CONTROL,
    CUSTOM,
    DIAGRAM,
    ENDNOTE,
    FIELD,
    FOOTNOTE,
    FOREIGN_PART,
    HIDDEN,
    HIDDEN_ROW,
    ID,
    NUMBERING,
    OBJECT,
    OLD_PICTURE,
    OUTLINE_LEVEL,
    PARAGRAPH_STYLE,
    PICTURE,
    PRONUNCIATION,
    RUN_STYLE,
    SUBDOCUMENT,
    TABLE,
    TEXT_BOX,
    VALUE,
)
from gilint.readers.docx.parts import Parts
from gilint.readers.docx.rawtable import MERGES
from gilint.readers.docx.styles import Styles
from gilint.readers.docx.tables import Tables
from gilint.readers.docx.walk import Walker
from gilint.readers.text import empty

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from gilint.limits import Limits

COMMENTS, PICTURES, OBJECTS = "comments", "pictures", "embedded-objects"
KINDS = (final.CHANGES, COMMENTS, final.HIDDEN_TEXT, PICTURES, OBJECTS)
"""Kinds of notes in the order in which they are told."""

EMBEDDED = (OBJECT, CHART, DIAGRAM, FOREIGN_PART, SUBDOCUMENT)
WRAPPED = (CONTROL, CUSTOM, TEXT_BOX, PRONUNCIATION)
STYLED = (PARAGRAPH_STYLE, RUN_STYLE)
NUMBERED = (NUMBERING, OUTLINE_LEVEL)
CONCEALED = (HIDDEN, HIDDEN_ROW)
UNUSUAL = (
    ALTERNATIVES,
    *final.CHANGED,
    *WRAPPED,
    *CONCEALED,
    *STYLED,
    *NUMBERED,
    *EMBEDDED,
    FIELD,
    COMMENT,
    FOOTNOTE,
    ENDNOTE,
    PICTURE,
    OLD_PICTURE,
    *SIGNS,
    *MERGES,
)
"""What a document may do without, so that one look tells which steps it needs."""
NESTED = "nested"


def read(data: bytes, name: str, limits: Limits) -> Document:
    """The document.

    Raises ``InputError``: what the package and its XML raise, ``too-large``, ``empty`` without any content and
    ``no-text`` with pictures or embedded objects only.
    """
    parts = Parts(data, name, limits)
    body = parts.document().find(BODY)
    if body is None:
        raise empty(name)
    extras = Extras()
    seen = _prepare(body, parts, extras)
    layout_rows = final.arrange_tables(body) if NESTED in seen else set()
    walker = Walker(extras, layout_rows, seen, Tables(extras.known, name, limits))
    walker.walk(body)
    counts = extras.counts
    embeds = PICTURES in counts or OBJECTS in counts
    if not any(map(_has_text, walker.blocks)):
        raise _no_text(name, counts) if embeds else empty(name)
    return Document(
        name=name,
        format="docx",
        encoding="UTF-8",
        blocks=tuple(walker.blocks),
        metadata=parts.metadata(),
        notes=tuple(Note(kind, counts[kind], walker.first.get(kind)) for kind in KINDS if kind in counts),
        # A table may stand in a picture.
        keeps_tables=None if embeds else True,
    )


def _prepare(body: Any, parts: Parts, extras: Extras) -> set[str]:
    """Bring the document to the state in which it is read, and find what its paragraphs have beside their text.

    What it has of ``UNUSUAL``, and ``NESTED`` for tables that do not stand in the body itself.
    """
    seen, used = set[str](), set[str]()
    for element in body.iter(TABLE, *UNUSUAL):
        tag = element.tag
        if tag == TABLE and element.getparent() is not body:
            tag = NESTED
        elif tag in STYLED:
            used.add(element.get(VALUE, ""))
        seen.add(tag)
    if COMMENT in seen:
        _count_comments(body, parts.own_comments(), extras)
    styled = seen.intersection(STYLED + NUMBERED)
    styles = Styles(parts.styles(used) if styled else None)

    def settle(root: Any) -> None:
        _settle(root, seen if root is body else set(UNUSUAL), styles, extras)

    settle(body)
    if FOOTNOTE in seen or ENDNOTE in seen:
        attach_feet(body, parts, settle, extras)
    if seen.intersection(NUMBERED) or not all(map(styles.is_plain, {*used, styles.default})):
        number_paragraphs(body, parts, styles, extras)
    if seen.intersection(EMBEDDED):
        for element in body.iter(*EMBEDDED):
            extras.tell(OBJECTS, element)
    if PICTURE in seen or OLD_PICTURE in seen:
        for element in body.iter(PICTURE, OLD_PICTURE):
            if next(element.iterancestors(OBJECT), None) is None:
                extras.tell(PICTURES, element)
    return seen


def _settle(root: Any, seen: set[str], styles: Styles, extras: Extras) -> None:
    """Let all that was seen take effect on the text."""
    if ALTERNATIVES in seen:
        final.choose_alternatives(root)
    if seen.intersection(final.CHANGED):
        final.accept_changes(root, extras)
    if styles.hidden or seen.intersection(CONCEALED):
        final.remove_hidden(root, styles, extras)
    if FIELD in seen:
        final.remove_instructions(root)
    if seen.intersection(WRAPPED):
        final.unwrap(root)


def _count_comments(body: Any, own: set[str], extras: Extras) -> None:
    """Tell how many comments there are, without our ``own`` of an annotated copy."""
    known = set(own)
    for element in body.iter(COMMENT):
        key = element.get(ID, "")
        if key not in known:
            known.add(key)
            extras.tell(COMMENTS, element)


def _has_text(block: Paragraph | Grid) -> bool:
    if isinstance(block, Paragraph):
        return bool(block.text.strip())
    return any(cell.text.strip() for row in block.rows for cell in row)


def _no_text(name: str, counts: Mapping[str, int]) -> InputError:
    pictures, objects = counts.get(PICTURES, 0), counts.get(OBJECTS, 0)
    what = [(f"{pictures} 张图片", f"{pictures} pictures")] if pictures else []
    what += [(f"{objects} 个嵌入对象", f"{objects} embedded objects")] if objects else []
    return InputError(
        "no-text",
        name,
        {
            "zh": f"文档里没有文字，只有{'和'.join(zh for zh, _en in what)}",
            "en": f"the document holds no text, only {' and '.join(en for _zh, en in what)}",
        },
        {
            "zh": "请检查含文字的原稿；只有扫描件时，先用文字识别（OCR）转换并核对，再检查",
            "en": "check the original that holds the text; if there are scans only, recognise (OCR) and proofread them",
        },
    )
