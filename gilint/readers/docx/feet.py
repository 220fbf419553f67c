"""Footnotes and endnotes: texts of their own, read behind the paragraph that refers to them."""

from __future__ import annotations

from gilint.readers.docx.extras import around
from gilint.readers.docx.inline import BLANKS, LINE, text_of
from gilint.readers.docx.names import ENDNOTE, FOOTNOTE, ID, PARAGRAPH, W
from gilint.readers.docx.parts import ENDNOTES, FOOTNOTES

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gilint.readers.docx.extras import Extras
    from gilint.readers.docx.parts import Parts

SOURCES = {FOOTNOTE: (FOOTNOTES, f"{W}footnote"), ENDNOTE: (ENDNOTES, f"{W}endnote")}


def attach_feet(root: Any, parts: Parts, settle: Callable[[Any], None], extras: Extras) -> None:
    """Give each paragraph the notes that it refers to. ``settle`` brings the text of a part to its final state.

    Footnotes and endnotes are counted together, in the order in which the text refers to them.
    """
    known: dict[str, dict[str, Any]] = {}
    for number, reference in enumerate(root.iter(FOOTNOTE, ENDNOTE), 1):
        part, tag = SOURCES[reference.tag]
        if part not in known:
            notes = parts.related(part)
            if notes is not None:
                settle(notes)
            known[part] = {} if notes is None else {note.get(ID, ""): note for note in notes.iterchildren(tag)}
        # A note that is referred to again is not read again.
        note = known[part].pop(reference.get(ID, ""), None)
        paragraph = around(reference)
        if note is not None and paragraph is not None:
            text = LINE.join([text_of(each) for each in note.iter(PARAGRAPH)])
            extras.of(paragraph).feet.append((number, text.strip(BLANKS + LINE).split(LINE)))
