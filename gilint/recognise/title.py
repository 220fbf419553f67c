"""The title of a report: issuer and year, among the first lines or in what stands outside of the text."""

from __future__ import annotations

from gilint.late import late
from gilint.model import Address, JoinedOrigin, Passage
from gilint.record import Record
from gilint.text import fold

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence
    from typing import Any

    from gilint.model import Origin, Paragraph

WITHIN = 40
MOST_LINES = 4
SENTENCE = "。"
LONGEST = 60
LONGEST_OUTSIDE = 500
# A page's title names the site and its columns as well: 标题_某某网, 某某网 - 年报 - 标题, 首页 > 年报 > 标题.
PARTS = late(r"[_|｜»>＞›/–—-]+")
DAY = late(r"20\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
BADGE = late(r"\A\s*(?:【[^】]{1,10}】|\[[^\]]{1,10}\])\s*")
MARKS = " #*\t\u3000\xa0\ufeff"


class Title(Record):
    """The title as read: the blocks of its lines (none when it stands outside the text), and what it says."""

    blocks: tuple[int, ...]
    text: str
    issuer: str | None
    year: int | None


def find_title(lines: Sequence[tuple[int, str]], patterns: Sequence[Any]) -> Title | None:
    """The title among the first lines (block, text): up to four short ones joined. ``patterns`` are compiled RE2.

    A title with issuer and year is preferred, then one with a year: a page often names the kind of report in its
    navigation before the title proper. A cover has the title as well: it is the last before the first sentence.
    """
    best: Title | None = None
    blocks = [block for block, _text in lines[:WITHIN]]
    folded = [_folded(text) for _block, text in lines[:WITHIN]]
    for last in range(len(folded)):
        if best is not None and _fullness(best) == 2 and SENTENCE in lines[last][1]:
            break
        title = _ending_at(folded, last, patterns, blocks)
        if title is not None and (best is None or _fullness(title) > _fullness(best) or _same(title, best)):
            best = title
    return best


def _same(title: Title, other: Title) -> bool:
    return _fullness(title) == 2 and (title.issuer, title.year) == (other.issuer, other.year)


def titles_in(lines: Sequence[str], patterns: Sequence[Any]) -> dict[int, str]:
    """All titles in a text that name an issuer or a year, by the position of their first line."""
    found: dict[int, str] = {}
    folded = [_folded(text) for text in lines]
    positions = range(len(folded))
    for last in positions:
        title = _ending_at(folded, last, patterns, positions)
        if title is not None and _fullness(title):
            found[title.blocks[0]] = title.text
    return found


def _folded(text: str) -> str:
    return fold(text.strip(MARKS)) if len(text) <= 2 * LONGEST else ""


def _ending_at(folded: Sequence[str], last: int, patterns: Sequence[Any], blocks: Sequence[int]) -> Title | None:
    """The title whose last line is this one: the fullest of those that it makes with the lines above."""
    best: Title | None = None
    joined = ""
    for first in range(last, max(-1, last - MOST_LINES), -1):
        joined = folded[first] + joined
        if len(joined) > LONGEST or not folded[last] or not folded[first]:
            break
        title = _match(joined, patterns, blocks[first : last + 1])
        if title is not None and (best is None or _fullness(title) > _fullness(best)):
            best = title
    return best


def title_outside(text: str, patterns: Sequence[Any]) -> Title | None:
    """The title in a text that stands outside of the report and may name more, such as the title of its page."""
    if len(text) > LONGEST_OUTSIDE:
        return None
    parts = [*PARTS.split(DAY.sub(" ", text)), text]
    titles = [find_title([(-1, BADGE.sub("", part))], patterns) for part in parts]
    best = max([title for title in titles if title is not None], key=_fullness, default=None)
    return best.replace(blocks=()) if best is not None else None


def completed(title: Title | None, outside: Title | None) -> Title | None:
    """The title with what it leaves out as the one ``outside`` of the text has it, if that tells the year."""
    if title is None or outside is None or outside.year is None:
        return title or outside
    return title.replace(issuer=title.issuer or outside.issuer, year=title.year or outside.year)


def is_full(title: Title | None) -> bool:
    """Whether a title says all."""
    return title is not None and _fullness(title) == 2


def fullness(title: Title | None) -> int:
    """How much a title says: 0 for none, 1 for the kind of report only, 3 with issuer and year."""
    return 1 + _fullness(title) if title is not None else 0


def _fullness(title: Title) -> int:
    return (title.issuer is not None) + (title.year is not None)


def _match(joined: str, patterns: Sequence[Any], blocks: Sequence[int]) -> Title | None:
    # The library would encode it for each pattern, and map all offsets back.
    encoded = joined.encode("utf-8", "replace")
    for pattern in patterns:
        match = pattern.search(encoded)
        if match:
            groups = match.groupdict()
            issuer, year = groups.get("issuer"), groups.get("year")
            return Title(tuple(blocks), joined, issuer.decode() if issuer else None, int(year) if year else None)
    return None


def title_passage(index: int, blocks: Sequence[Paragraph]) -> Passage:
    """One passage of the title's lines, so that rules see it as one text."""
    text = ""
    parts: list[tuple[int, Origin, int]] = []
    for block in blocks:
        body = block.text.strip(MARKS)
        parts.append((len(text), block.origin, block.text.find(body)))
        text += body
    origin = blocks[0].origin if len(blocks) == 1 and parts[0][2] == 0 else JoinedOrigin(tuple(parts))
    return Passage(index, text, origin, "title", Address(trail=("标题",)))
