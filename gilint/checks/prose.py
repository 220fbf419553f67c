"""What the prose says of the things that the tables count.

A wrong accusation costs more than a missed slip, so a number is read only when there is no doubt what it counts: it
follows its anchor (the word that says what is counted) with nothing between that could be counted instead, and speaks
of the year of the report as a whole. Every doubt leaves it unread.
"""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache

from gilint.checks.lines import told
from gilint.checks.others import Others
from gilint.checks.scope import SHIELD, Cover, longest
from gilint.late import late
from gilint.model import Slice
from gilint.quantities import quantities
from gilint.record import Record
from gilint.text import fold, fold_offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks.matching import Hit
    from gilint.form import Anchor
    from gilint.model import Report
    from gilint.quantities import Quantity

NONE = "none"

# A mark between digits belongs to the number, a point between Latin letters to an address.
_CUT = late(r"[，。；：！？（）;!?()]|(?<![0-9])[,:]|[,:](?![0-9])|(?<![0-9A-Za-z])\.")
_SENTENCE_ENDS = frozenset("。！？!?.")

_DIGIT = late("[0-9０-９一二三四五六七八九十百千万两]")
# Years, dates and ordinals count nothing, so they do not part a number from its anchor either.
_DATE = late(r"[年月日号]")
_OTHER_UNIT = late(r"[次%％]|工作日|自然日|小时|[日天月周]")
_CUT_NUMBER = late(r"[0-9][，,]$")

# What may stand between an anchor and its number; anything else may be what the number counts.
_FILLER = late(r"(?:合计|一共|案件|件数|宗数|全部|事项|继续办理|继续答复|[的了共总计量数为是有达到已均都仅只案])*+")
# What may follow a number whose object was not named before it.
_CONNECTOR = late(r"$|[、和及与或并已均都其]|以及|全部")

_BRACKETS = str.maketrans("（）", "()")
_PART = late(r"其中(?P<list>：)?|分别")
COMPARISON = late(r"同比|环比|[相对]比|[较比](?:[上去前往]|[0-9]{4}年)")
_OTHER_TIME = (
    r"人均|[日月年]均|平均|去年|上年|上一年|前年|往年|历年|近年|近[0-9一二两三四五六七八九十]+个?[年月]|次年|下年|下一年|明年|累计|以来"
    r"|[上下前后]半年|季度|前[0-9一二三四五六七八九十]+个月|(?<![0-9])(?:[1-9]|1[01])月(?![0-9至到—－–~～-])"
)
OTHER_TIME = late(_OTHER_TIME)
_TIME = late(rf"(?P<other>{_OTHER_TIME})|(?P<year>[0-9]{{4}})年|今年|本年|当年|全年")


class Reading(Record):
    """What the text says an anchor counts: ``word`` is the anchor as it is written, ``at`` the number.

    The number is at least ``low`` and at most ``high`` (``None``: without limit); an exact one is both.
    """

    at: Slice
    low: int
    high: int | None
    word: str

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def holds(self, value: Any) -> bool:
        """Whether a figure can be what the text means."""
        return bool(self.low <= value and (self.high is None or value <= self.high))


class _Same:
    """A key that is equal to itself only: hashing what it stands for would cost more than what is kept under it."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


_latest: tuple[Report | None, Sequence[Hit], Mapping[str, Sequence[Reading]]] = (None, (), {})


def readings(report: Report, tag: str, hits: Sequence[Hit]) -> Sequence[Reading]:
    """What the prose says: under an anchor's key the numbers, under ``none:key`` the wordings for no number at all.

    Many rules get the same hits one after the other, so the latest are kept; all three are replaced as a whole.
    """
    global _latest
    known, known_hits, found = _latest
    if known is not report or known_hits is not hits:
        found = _read(report, hits)
        _latest = report, hits, found
    return found.get(tag, ())


def _read(report: Report, hits: Sequence[Hit]) -> Mapping[str, Sequence[Reading]]:
    family = report.form.family
    anchors, others = _folded_anchors(_Same(family)), Others(family, report.issuer or "")
    found: dict[str, list[Reading]] = {}
    for line, own in told(hits):
        if _says_something(line.text, own):
            for tag, reading in _Prose(line, own, anchors, family.units, report.year, others).readings():
                found.setdefault(tag, []).append(reading)
    return found


@lru_cache(maxsize=4)
def _folded_anchors(family: _Same) -> Mapping[str, Anchor]:
    return {
        key: anchor.replace(
            **{part: tuple(map(fold, getattr(anchor, part))) for part in ("words", "sentence_has", "unless")}
        )
        for key, anchor in family.value.anchors.items()
    }


def _says_something(text: str, hits: Sequence[Hit]) -> bool:
    return _DIGIT.search(text) is not None or any(hit.tag.startswith(NONE) for hit in hits)


def _competing(hits: Sequence[Hit]) -> list[Hit]:
    """The hits without those inside a shield of their anchor, and without those that overlap a longer one.

    Hits at the very same place all stay: then it is open which anchor is meant.
    """
    shields: dict[str, list[tuple[int, int]]] = {}
    for hit in hits:
        kind, _, key = hit.tag.partition(":")
        if kind == SHIELD:
            shields.setdefault(key, []).append((hit.start, hit.end))
    covers = {key: Cover(spans) for key, spans in shields.items()}
    return longest([hit for hit in hits if not _is_shielded(hit, covers)], ties=True)


def _is_shielded(hit: Hit, covers: Mapping[str, Cover]) -> bool:
    cover = covers.get(hit.tag.rpartition(":")[2])
    return cover is not None and cover.holds(hit.start, hit.end)


# --- a line of prose -----------------------------------------------------------------------------------------------


class _Word(Record, hot=True):
    """An anchor's word, with its offsets in the folded line."""

    start: int
    end: int
    tag: str
    hit: Hit


class _Clause(Record, hot=True):
    """A part of a sentence between two marks.

    ``part`` is where the part between semicolons begins that it stands in, ``sentence`` where its sentence does, and
    ``before`` where the sentence before that one does.
    """

    start: int
    end: int
    part: int
    sentence: int
    before: int


class _Found(Record):
    """A reading with the tag of its anchor, and its offsets in the folded line."""

    start: int
    end: int
    tag: str
    reading: Reading


class _Prose:
    """A line of prose, folded, with the words of anchors in it."""

    def __init__(
        self,
        line: Slice,
        hits: Sequence[Hit],
        anchors: Mapping[str, Anchor],
        units: tuple[str, ...],
        year: int | None,
        others: Others,
    ) -> None:
        self.others = others
        self.passage = line.passage
        self.headings = tuple(map(fold, line.passage.address.trail))
        self.anchors = anchors
        self.units = units
        self.year = year
        self.text = fold(line.text)
        self.offsets = [line.start + offset for offset in fold_offsets(line.text)]
        self.words = [
            _Word(bisect_left(self.offsets, hit.start), bisect_left(self.offsets, hit.end), hit.tag, hit)
            for hit in _competing(hits)
        ]
        # What an anchor says about time is its own business.
        self.masked = self.text
        for word in self.words:
            self.masked = self.masked[: word.start] + "＿" * (word.end - word.start) + self.masked[word.end :]
        self.clauses = list(_clauses(self.text)) if self.words else []
        self.spoken: dict[int, set[str]] = {}
        self.other_times: Mapping[int, bool] | None = None

    def readings(self) -> Iterator[tuple[str, Reading]]:
        """The readings of the line, each with the tag of its anchor."""
        whole: _Found | None = None
        for clause in self.clauses:
            words = [word for word in self.words if clause.start <= word.start and word.end <= clause.end]
            found = [*self._numbers(clause, words, whole), *self._denials(clause, words)] if words else []
            for each in found if found and not self._is_elsewhere(clause, words) else ():
                mark = self._part(clause, each.start)
                whole = each if mark is None else whole
                if mark is None or self._is_part_of(whole, mark, clause, each):
                    anchor = self.anchors[each.tag.rpartition(":")[2]]
                    self.spoken.setdefault(clause.sentence, set()).update(anchor.sentence_has)
                    yield each.tag, each.reading

    # --- whether a clause speaks of everything in the year ---

    def _part(self, clause: _Clause, end: int) -> re.Match[str] | None:
        """What says that a number before it is broken down: 其中 holds to the end of its bracket or sentence.

        A list that 其中： announces may go on behind a semicolon.
        """
        last = None
        for mark in _PART.finditer(self.text, clause.sentence, end):
            if (mark["list"] or mark.start() >= clause.part) and not self._is_closed(mark.end(), clause.start):
                last = mark
        return last

    def _is_part_of(self, whole: _Found | None, mark: re.Match[str], clause: _Clause, found: _Found) -> bool:
        """Whether the anchor of a part counts parts of the whole that stands right before the mark."""
        anchor = self.anchors.get(found.tag)
        if anchor is None or whole is None or mark[0] == "分别" or whole.tag not in anchor.within:
            return False
        return clause.sentence <= whole.start < mark.start() and not self._counts(whole.end, mark.start())

    def _counts(self, start: int, end: int) -> int:
        """How many numbers with a unit stand there."""
        return sum(bool(each.unit) for each in quantities(self.text, start, end, self.units))

    def _is_elsewhere(self, clause: _Clause, words: Sequence[_Word]) -> bool:
        """Whether the clause speaks of another time, or of what another organ did."""
        return self._is_other_time(clause) or self.others.act(self.text[clause.start : words[0].start])

    def _is_closed(self, start: int, end: int) -> bool:
        """Whether a bracket that was open at ``start`` is closed before ``end``."""
        between = self.text[start:end].translate(_BRACKETS)
        return between.count(")") > between.count("(")

    def _is_other_time(self, clause: _Clause) -> bool:
        """Whether the clause speaks of another year, or of a part of this one."""
        if self.other_times is None:
            self.other_times = dict(self._times())
        return self.other_times[clause.start]

    def _times(self) -> Iterator[tuple[int, bool]]:
        """For each clause, by its start, whether it speaks of another time.

        A time holds up to a semicolon, the end of the sentence or the next time; a comparison for its clause only.
        """
        part, other = -1, False
        for clause in self.clauses:
            if clause.part != part:
                part, other = clause.part, False
            compares = self._compares(clause)
            for mark in () if compares else _TIME.finditer(self.masked, clause.start, clause.end):
                other = mark["other"] is not None or (mark["year"] is not None and int(mark["year"]) != self.year)
            yield clause.start, compares or other

    def _compares(self, clause: _Clause) -> bool:
        return COMPARISON.search(self.masked, clause.start, clause.end) is not None

    # --- what a number counts ---

    def _numbers(self, clause: _Clause, words: Sequence[_Word], whole: _Found | None) -> Iterator[_Found]:
        """The numbers of a clause that count what an anchor says: a number takes the anchors since the one before it.

        Where several kinds of anchors are left, it is open which one the number belongs to.
        """
        numbers = [
            number
            for number in quantities(self.text, clause.start, clause.end, self.units)
            if not (_DATE.match(self.text, number.end) or self.text.endswith("第", 0, number.start))
        ]
        previous = clause.start
        for number in numbers:
            before = [word for word in words if previous <= word.start and word.end <= number.before]
            previous = number.end
            rivals = before or (words if len(numbers) == 1 else ())
            tags = {word.tag for word in rivals}
            anchor = self._anchor(tags if len(tags) == 1 else self._parts_of(whole, tags, number, clause), clause)
            if anchor is None or not self._is_stated(number, clause):
                continue
            word = rivals[-1] if before else rivals[0]
            if (
                self._follows(word, number, clause, anchor)
                if before
                else self._precedes(number.after, word, clause, anchor)
            ):
                at = Slice(self.passage, self.offsets[number.start], self.offsets[number.end - 1] + 1)
                reading = Reading(at, number.low, number.high, word.hit.text)
                yield _Found(number.start, number.end, anchor.key, reading)

    def _parts_of(self, whole: _Found | None, tags: set[str], number: Quantity, clause: _Clause) -> set[str]:
        """Those of several anchors that count parts of the only number before 其中: 诉讼 5 件，其中维持 3 件."""
        mark = self._part(clause, number.start)
        if mark is None or whole is None or self._counts(clause.part, mark.start()) != 1:
            return set()
        return {tag for tag in tags if tag in self.anchors and whole.tag in self.anchors[tag].within}

    def _anchor(self, tags: set[str], clause: _Clause) -> Anchor | None:
        """The only anchor among these words, if the clause does not cancel it."""
        anchor = self.anchors.get(next(iter(tags))) if len(tags) == 1 else None
        return None if anchor is None or self._holds(clause.start, clause.end, anchor.unless) else anchor

    def _is_stated(self, number: Quantity, clause: _Clause) -> bool:
        """Whether a number is a whole one, with a unit of what is counted."""
        # 1，234件: the clause begins in the middle of a number.
        cut = number.start == clause.start and _CUT_NUMBER.search(self.text, max(0, number.start - 2), number.start)
        return bool(number.unit) and number.known and not cut and not _OTHER_UNIT.match(self.text, number.after)

    def _follows(self, word: _Word, number: Quantity, clause: _Clause, anchor: Anchor) -> bool:
        """Whether a number behind an anchor counts what the anchor says."""
        named, rest = _object(self.text[word.end : number.before], anchor)
        if not _FILLER.fullmatch(rest):
            return False
        understood = _CONNECTOR.match(self.text[number.after : clause.end]) and self._is_about(clause, anchor)
        return named or self._holds(number.after, clause.end, anchor.sentence_has) or bool(understood)

    def _precedes(self, unit: int, word: _Word, clause: _Clause, anchor: Anchor) -> bool:
        """Whether a number before the only anchor of its clause counts what the anchor says."""
        named, rest = _object(self.text[unit : word.start], anchor)
        return _FILLER.fullmatch(rest) is not None and (named or self._is_about(clause, anchor))

    def _denials(self, clause: _Clause, words: Sequence[_Word]) -> Iterator[_Found]:
        """The wordings for none of a clause; one may deny several anchors."""
        for word in words:
            kind, _, key = word.tag.partition(":")
            anchor = self._anchor({key}, clause) if kind == NONE else None
            if anchor is not None and self._denies(clause, word, anchor):
                at = Slice(self.passage, word.hit.start, word.hit.end)
                yield _Found(word.start, word.end, word.tag, Reading(at, 0, 0, word.hit.text))

    def _denies(self, clause: _Clause, word: _Word, anchor: Anchor) -> bool:
        """Whether a wording for none is about the anchor: 未发生 alone may be about anything."""
        noun = self._holds(word.end, clause.end, anchor.words)
        if not noun and not self._holds(word.start, word.end, (*anchor.words, *anchor.sentence_has)):
            return False
        named = self._holds(clause.start, clause.end, anchor.sentence_has)
        noun = noun or _CONNECTOR.match(self.text[word.end : clause.end]) is not None
        return named or (noun and self._is_about(clause, anchor))

    def _is_about(self, clause: _Clause, anchor: Anchor) -> bool:
        """Whether the sentence, the one before, or a heading above holds a word that the anchor requires."""
        end = next((each.start for each in self.clauses if each.sentence > clause.sentence), len(self.text))
        named = not anchor.sentence_has or self._holds(clause.before, end, anchor.sentence_has)
        named = named or any(word in heading for word in anchor.sentence_has for heading in self.headings)
        # 收到 8 件。上年结转 2 件。办结 9 件: what was counted there is still what is spoken of.
        return named or not self.spoken.get(clause.before, set()).isdisjoint(anchor.sentence_has)

    def _holds(self, start: int, end: int, words: Sequence[str]) -> bool:
        return any(self.text.find(word, start, end) >= 0 for word in words)


def _object(between: str, anchor: Anchor) -> tuple[bool, str]:
    """Whether a word that the anchor requires stands between it and a number, and what follows the last one."""
    ends = [between.rfind(word) + len(word) for word in anchor.sentence_has if word in between]
    return bool(ends), between[max(ends, default=0) :]


def _clauses(text: str) -> Iterator[_Clause]:
    start = part = sentence = before = 0
    for mark in _CUT.finditer(text):
        yield _Clause(start, mark.start(), part, sentence, before)
        start = mark.end()
        if mark[0] in _SENTENCE_ENDS:
            part, sentence, before = start, start, sentence
        elif mark[0] in "；;":
            part = start
    yield _Clause(start, len(text), part, sentence, before)
