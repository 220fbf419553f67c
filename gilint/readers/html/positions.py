"""Where the text of a page stands in its source, found when somebody asks.

Reading a page notes for each text only the element behind which it begins. From there the source is followed up
to the place that is wanted: over tags and comments, character references and white space that a page does not show.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from itertools import accumulate

from gilint.late import late
from gilint.places import TextSpan

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    Position = tuple[int, int]
    Anchor = tuple[int, Position, int]
    """(offset in the text, line from 1 and column from 0 of an element, characters of text between both)."""
    Piece = tuple[int, int, int]
    """(offset in the text, offset in the source, characters of the source: 1 for each of a run of the text's, else all
    for the one of the text)."""

START = (1, 0)
WINDOW = 4096
MARKUP = late(
    r"""<(?: !--(?: -?> | .*?(?: --!?> | \Z ) )
          | [!?/] [^>]* >?
          | (?P<tag> [A-Za-z][^\s/>]* ) (?: [^>="']++ | =\s*(?: "[^"]*" | '[^']*' )? | ["'] )*+ >? )
      | & (?: \#[0-9]+ | \#[xX][0-9a-fA-F]+ | [A-Za-z][A-Za-z0-9]* ) ;?""",
    re.DOTALL | re.VERBOSE,
)
UNSHOWN = {
    name: late(rf"</{name}(?=[\s/>])[^>]*>?", re.IGNORECASE)
    for name in ("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes")
}
"""Elements in which nothing is markup and of which no text is shown, with what ends each."""
WORD = late(r"[ \t\n\f\0]+|[^ \t\n\f\0]+")
BLANK = " \t\n\f\0"
GAPS = " \n"
"""What stands in a text for white space of the source, or for a break that is none there."""
SPACES = "\xa0\u2002\u2003\u3000"
SEARCHED = 16
LOST_OFTEN = 4


class PageSource:
    """The text of a page's source; all places of one page share it."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts: list[int] = []
        self._pieces: dict[tuple[Anchor, ...], list[Piece]] = {}

    @classmethod
    def settled(cls, starts: list[int], pieces: dict[tuple[Anchor, ...], list[Piece]]) -> PageSource:
        """A source whose text was forgotten: of which only the places of some texts are known."""
        source = cls("")
        source._starts, source._pieces = starts, pieces
        return source

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PageSource) and self._key() == other._key()

    def __hash__(self) -> int:
        return hash(self._key())

    def __repr__(self) -> str:
        return f"PageSource({len(self._text)} characters)"

    def __getstate__(self) -> tuple[object, ...]:
        # Without its text, a source has no other way to know its places.
        return (self._text, [], {}) if self._text else (self._text, self._starts, self._pieces)

    def __setstate__(self, state: tuple[str, list[int], dict[tuple[Anchor, ...], list[Piece]]]) -> None:
        self._text, self._starts, self._pieces = state

    def _key(self) -> object:
        return self._text or (tuple(self._starts), tuple(self._pieces))

    def settle(self, origins: Iterable[PageOrigin]) -> None:
        """Find the places of all these texts now, and forget the source: a page may hold megabytes of pictures."""
        for _source, text, anchors in origins:
            self.pieces(text, anchors)
        self.line_starts()
        self._text = ""

    def offset(self, position: Position) -> int:
        """The offset of a line (from 1) and column (from 0)."""
        line, column = position
        return self.line_starts()[line - 1] + column

    def place(self, offset: int) -> Position:
        """Line and column of an offset, both from 1."""
        starts = self.line_starts()
        line = bisect_right(starts, offset)
        return line, offset - starts[line - 1] + 1

    def pieces(self, text: str, anchors: tuple[Anchor, ...]) -> list[Piece]:
        """Where the text that has these anchors stands, in order of the text; at least one piece."""
        found = self._pieces.get(anchors)
        if found is None:
            found = []
            for number, anchor in enumerate(anchors):
                following = anchors[number + 1][0] if number + 1 < len(anchors) else len(text)
                follower = _Follower(self._text, self.offset(anchor[1]), anchor)
                found.extend(follower.pieces(text, min(following, len(text))))
            self._pieces[anchors] = found
        return found

    def line_starts(self) -> list[int]:
        """The offsets at which lines begin."""
        if not self._starts:
            self._starts = list(accumulate([len(line) + 1 for line in self._text.split("\n")], initial=0))[:-1]
        return self._starts


class PageOrigin(tuple[PageSource, str, "tuple[Anchor, ...]"]):
    """The origin of a text on a page: its source, the text itself, and its anchors, the first at its beginning or
    behind a number that the page computes.

    As immutable as a record and compared like one, in a quarter of the time: there is one for every cell.
    """

    __slots__ = ()

    def span(self, start: int, end: int) -> TextSpan:
        source, text, anchors = self
        pieces = source.pieces(text, anchors)
        first = _in_source(pieces, start)[0]
        line, column = source.place(first)
        if end <= start:
            return TextSpan(line, column, line, column)
        last = max(first, _in_source(pieces, end - 1)[1])
        if last == first:
            return TextSpan(line, column, line, column)
        end_line, end_column = source.place(last - 1)
        return TextSpan(line, column, end_line, end_column + 1)


def _in_source(pieces: list[Piece], offset: int) -> tuple[int, int]:
    """Begin and end of a character of the text in the source."""
    begin, at, size = pieces[max(bisect_right(pieces, offset, key=lambda piece: piece[0]) - 1, 0)]
    if offset < begin:
        return at, at
    if size == 1:
        at += offset - begin
    return at, at + size


class _Follower:
    """Follows the source from an anchor on, beside the text that stands there."""

    def __init__(self, source: str, at: int, anchor: Anchor) -> None:
        self.offset, _position, self._skipped = anchor
        self._source = source
        self._at = at
        self._found: list[Piece] = []

    def pieces(self, text: str, end: int) -> list[Piece]:
        """The pieces of ``text`` up to ``end``."""
        self._text, self._end = text, end
        lost = 0
        at = self._at
        while self.offset < end:
            missed = self._follow(at)
            if missed is None or lost == LOST_OFTEN:
                break
            lost += 1
            at = self._search(missed)
            if at < 0:
                break
        if not self._found or self.offset < end:
            # What is not where it should be is shown where it was looked for.
            self._found.append((self.offset, max(at, self._at), 0))
        return self._found

    def _follow(self, at: int) -> int | None:
        """Match as much as there is; the place in the source where something else stands, ``None`` at the end."""
        for begin, size, characters in _runs(self._source, at):
            if self._skipped:
                skipped = min(self._skipped, len(characters))
                self._skipped -= skipped
                if skipped == len(characters):
                    continue
                begin, characters = begin + skipped, characters[skipped:]
            matched = self._verbatim(begin, characters) if size == 1 else self._reference(begin, size, characters)
            if not matched:
                return begin
            if self.offset >= self._end:
                break
        return None

    def _verbatim(self, begin: int, run: str) -> bool:
        text = self._text
        if text.startswith(run, self.offset, self._end):
            self._add(begin, 1, len(run))
            return True
        for word in WORD.finditer(run):
            if self.offset >= self._end:
                return True
            if not self._word(begin + word.start(), word.group()):
                return False
        return True

    def _word(self, begin: int, word: str) -> bool:
        """A word of the source, or white space of it."""
        if word[0] in BLANK:
            self._blank(begin, word)
            return True
        spaces = self._spaces(begin, word)
        begin, word = begin + spaces, word[spaces:]
        self._breaks(begin)
        rest = self._text[self.offset : min(self._end, self.offset + len(word))]
        if word.startswith(rest):
            self._add(begin, 1, len(rest))
            return True
        return False

    def _blank(self, begin: int, word: str) -> None:
        """White space of the source: as it is, as one gap, or not shown."""
        rest = self._text[self.offset : min(self._end, self.offset + len(word))]
        kept = len(rest) - len(rest.lstrip(BLANK))
        if kept and word.startswith(rest[:kept]):
            self._add(begin, 1, kept)
        elif rest[0] in GAPS:
            self._add(begin, len(word), 1)

    def _reference(self, begin: int, size: int, characters: str) -> bool:
        """A character reference."""
        if self._text.startswith(characters, self.offset, self._end):
            self._add(begin, size, len(characters))
        elif characters[0] in BLANK:
            if self._text[self.offset] in GAPS:
                self._add(begin, size, 1)
        elif not self._spaces(begin, characters, size):
            self._breaks(begin)
            if not self._text.startswith(characters, self.offset, self._end):
                return self.offset >= self._end
            self._add(begin, size, len(characters))
        return True

    def _spaces(self, begin: int, word: str, size: int = 0) -> int:
        """How many fixed spaces at the start of a word the text has as one plain space, or not at all."""
        text = self._text
        spaces = len(word) - len(word.lstrip(SPACES))
        if not spaces:
            return 0
        self._breaks(begin, "\n")
        rest = text[self.offset : min(self._end, self.offset + spaces)]
        kept = len(rest) - len(rest.lstrip(SPACES))
        if not kept and rest[:1] == " ":
            self._add(begin, size or spaces, 1)
        return spaces - kept

    def _breaks(self, begin: int, gaps: str = GAPS) -> None:
        """Breaks of the text that the source has as tags."""
        while self.offset < self._end and self._text[self.offset] in gaps:
            self._found.append((self.offset, begin, 0))
            self.offset += 1

    def _add(self, begin: int, size: int, length: int) -> None:
        self._found.append((self.offset, begin, size))
        self.offset += length

    def _search(self, at: int) -> int:
        """Where the next word of the text stands behind ``at``; -1 when it does not."""
        rest = self._text[self.offset : min(self._end, self.offset + SEARCHED)].split()
        return self._source.find(rest[0], at) if rest else -1


def _runs(source: str, at: int) -> Iterator[tuple[int, int, str]]:
    """The text of the source from ``at`` on as (begin, size, characters); a size other than 1 is that of a character
    reference."""
    length = len(source)
    while at < length:
        stop = min(at + WINDOW, length)
        tag = source.find("<", at, stop)
        special = source.find("&", at, stop if tag < 0 else tag)
        special = tag if special < 0 else special
        if special != at:
            end = stop if special < 0 else special
            yield at, 1, source[at:end]
            at = end
            continue
        markup = MARKUP.match(source, at)
        if markup is None:
            yield at, 1, source[at]
            at += 1
        elif source[at] == "&":
            size, characters = _resolved(markup.group())
            yield at, size, characters
            at += size
        else:
            at = _behind(source, markup)


def _resolved(reference: str) -> tuple[int, str]:
    """How much of the source a character reference takes up, and what it stands for."""
    from gilint.readers.html.tree import unescape

    characters = unescape(reference)
    if characters == reference:
        return 1, reference[0]
    rest = characters[1:]
    # Without a semicolon, the reference may end before the word does.
    if rest and reference.endswith(rest):
        return len(reference) - len(rest), characters[0]
    return len(reference), characters


def _behind(source: str, markup: re.Match[str]) -> int:
    """The offset behind a tag or a comment, and behind what such an element holds if nothing of it is shown."""
    closing = UNSHOWN.get((markup["tag"] or "").lower())
    if closing is None:
        return markup.end()
    end = closing.search(source, markup.end())
    return end.end() if end else len(source)
