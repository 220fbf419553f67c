"""The keys of all fields joined without separators, so that a label broken over lines is found whole."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from itertools import accumulate

from gilint.late import IGNORECASE, escaped, late
from gilint.recognise.rows import LONGEST_LINE, SENTENCE
from gilint.text import FOLDING

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from gilint.model import Paragraph
    from gilint.recognise.grids import GridRow, Slot
    from gilint.recognise.rows import Field, Row, Rows

_MARKS: dict[int, int | str | None] = {ord(mark): None for mark in "“”\"'‘’「」『』＂"}
_MARKS.update((ord(mark), "（") for mark in "(（")
_MARKS.update((ord(mark), "）") for mark in ")）")
_MARKS.update((ord(mark), ".") for mark in "、.．,，")
_MARKS.update({ord(":"): "：", ord(";"): "；"})
KEY = {**FOLDING, **_MARKS}

# Parts the keys of fields that are folded together; private-use characters stand in no report.
BETWEEN = "\ue000"
# Stands for a sentence: no label is found in it, and none reaches over it.
PROSE = "\ue001"

LONGEST_LABEL = 80
BREAK = late(r"<br\s*/?>", IGNORECASE)
WORD = late(r"\S+")
# Most of a text stays as it is: to look for what does not takes a seventh of the time that translating all takes.
_CHANGED = late(f"[{escaped(''.join([chr(code) for code, key in KEY.items() if key != chr(code)]))}]")


def stream_key(text: str) -> str:
    """How labels are compared: without white space and quotes, with brackets and separators unified."""
    return _label_key(text) if len(text) <= LONGEST_LABEL else text.translate(KEY)


# The same labels stand in every report.
_label_key = lru_cache(maxsize=2048)(lambda text: text.translate(KEY))


class Stream:
    """Rows with their fields numbered through, and ``text``: the keys of all fields in one string."""

    def __init__(self, rows: Rows, blocks: Sequence[Paragraph | GridRow]) -> None:
        self.rows = rows.rows
        self.fields = rows.fields(blocks)
        self.texts = rows.texts
        self.blocks = rows.blocks
        self.row_of = rows.row_of
        self.has_grids = bool(rows.cells)
        self.keys = _keys(self.texts)
        self.starts = list(accumulate(map(len, self.keys), initial=0))
        self.text = "".join(self.keys)
        self._kept: dict[int, list[int]] = {}

    def row(self, index: int) -> Row:
        """The row that field ``index`` stands in."""
        return self.rows[self.row_of[index]]

    def first(self, number: int) -> int:
        """The first field of a row."""
        return bisect_left(self.row_of, number)

    def fields_of(self, number: int) -> Sequence[Field]:
        """The fields of a row."""
        return self.fields[bisect_left(self.row_of, number) : bisect_left(self.row_of, number + 1)]

    def slot(self, index: int) -> Slot | None:
        """Where field ``index`` stands in its grid, if it is a cell of one."""
        number = self.row_of[index]
        grid = self.rows[number].grid
        return grid.slots[index - self.first(number)] if grid is not None else None

    def words_of(self, index: int) -> Iterator[tuple[int, int]]:
        """Where the words of a field begin: (offset in ``text``, offset in the field's text), in order."""
        key, text, offset = self.keys[index], self.texts[index], self.starts[index]
        yield offset, 0
        if len(text) > len(key) and len(text) <= LONGEST_LINE:
            for number, match in enumerate(WORD.finditer(text)):
                kept = len(stream_key(match.group()))
                # Where nothing is left of a word, as of a quotation mark, the next field begins already.
                if number and kept:
                    yield offset, match.start()
                offset += kept

    def rest(self, index: int, end: int) -> tuple[int, int]:
        """Field of the last character before ``end`` and the offset in its text at which the rest begins.

        ``index`` is a field that is known to begin before it.
        """
        starts = self.starts
        while starts[index + 1] < end:
            index += 1
        if starts[index + 1] == end:
            return index, len(self.texts[index])
        # White space and quotes before the next kept character still belong to the label.
        return index, self.raw_offset(index, end - 1) + 1

    def raw_offset(self, index: int, offset: int) -> int:
        """Where the character at ``offset`` of the stream stands in the text of field ``index``."""
        kept = self._kept.get(index)
        if kept is None:
            text = BREAK.sub(lambda match: " " * len(match.group()), self.texts[index])
            kept = [place for place, character in enumerate(text) if KEY.get(ord(character), "") is not None]
            self._kept[index] = kept
        return kept[offset - self.starts[index]]


def _keys(texts: Sequence[str]) -> list[str]:
    """The keys of many texts, folded as one, which costs a fraction of folding each."""
    short = [PROSE if SENTENCE in text or len(text) > LONGEST_LINE else text for text in texts]
    joined = BETWEEN.join(short)
    if "<" in joined:
        joined = BREAK.sub("", joined)
    for mark in set(_CHANGED.findall(joined)):
        joined = joined.replace(mark, mark.translate(KEY))
    keys = joined.split(BETWEEN)
    return keys if len(keys) == len(texts) else [stream_key(text.replace(BETWEEN, "")) for text in short]
