"""Numbers that the prose states, against the cells of the tables.

A wrong accusation costs more than a missed slip, so a number is compared only when there is no doubt what it counts:
it follows its anchor (the word that says what is counted) with nothing between that could be counted instead, and
speaks of the year of the report as a whole. Every doubt leaves it uncompared.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from gilint.arithmetic import cells_of, reader_of, value_of
from gilint.checks import Pattern, check
from gilint.checks.matching import Hit
from gilint.checks.scope import SHIELD, Cover, has, longest
from gilint.model import NotAssessable, Problem, Slice
from gilint.record import Record
from gilint.text import fold, fold_offsets

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.arithmetic import CellKey, Expression
    from gilint.form import Anchor, Family, Form
    from gilint.model import Report

ROLES = ("preamble", "prose")
LONGEST_LINE = 5000
"""Characters; what is longer was not written as a paragraph, and reading it would cost its square."""
NONE = "none"

# A mark between digits belongs to the number, a point between Latin letters to an address.
_CUT = re.compile(r"[，。；：！？（）;!?()]|(?<![0-9])[,:]|[,:](?![0-9])|(?<![0-9A-Za-z])\.")
_SENTENCE_ENDS = frozenset("。！？!?.")

_NUMBER = re.compile(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?")
_COUNT = re.compile(r"[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15}")
# Years, dates and ordinals count nothing, so they do not part a number from its anchor either.
_DATE = re.compile(r"[年月日号]")
_VAGUE_BEFORE = re.compile(r"(?:约|近|超|逾|超过|不足|不到|至少|最多|[0-9][-－—–~～至到/／])$")
_VAGUE_AFTER = re.compile(r"[余多次%％]|左右|上下|以[上下内]|[-－—–~～至到/／][0-9]|工作日|自然日|小时|[日天月周]")
_CUT_NUMBER = re.compile(r"[0-9][，,]$")

# What may stand between an anchor and its number; anything else may be what the number counts.
_FILLER = re.compile(r"(?:[的了共总计量数为是有达到已均都仅只案]|合计|一共|件数|宗数|全部|案件|事项)*")
# What may follow a number whose object was not named before it.
_CONNECTOR = re.compile(r"$|[、和及与或并已均都其]|以及|全部")

_BRACKETS = str.maketrans("（）", "()")
_PART = re.compile(r"其中(?P<list>：)?|分别")
_COMPARISON = re.compile(r"同比|环比|[相对]比|[较比](?:[上去前往]|[0-9]{4}年)")
_OTHER_TIME = (
    r"去年|上年|上一年|前年|往年|历年|近年|次年|下年|下一年|明年|累计|以来|[上下前后]半年|季度|前[0-9一二三四五六七八九十]+个月"
    r"|(?<![0-9])(?:[1-9]|1[01])月(?![0-9至到—－–~～-])"
)
_TIME = re.compile(rf"(?P<other>{_OTHER_TIME})|(?P<year>[0-9]{{4}})年|今年|本年|当年|全年")


class Reading(Record):
    """What the text says an anchor counts: ``word`` is the anchor as it is written, ``at`` the number."""

    at: Slice
    value: int
    word: str


# --- the check ----------------------------------------------------------------------------------------------------


def _patterns(options: Mapping[str, Any], family: Family) -> Sequence[Pattern]:
    return _anchor_patterns(tuple(family.anchors.values()))


# Every rule that compares stated numbers searches for the same words; one tuple for all costs them nothing.
@lru_cache(maxsize=4)
def _anchor_patterns(anchors: tuple[Anchor, ...]) -> tuple[Pattern, ...]:
    """The words of all anchors, since they compete for the numbers."""
    return tuple(
        Pattern(word, tag=tag)
        for anchor in anchors
        for tag, words in (
            (anchor.key, anchor.words),
            (f"{NONE}:{anchor.key}", anchor.none),
            (f"{SHIELD}:{anchor.key}", anchor.part_of),
        )
        for word in words
    )


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    from gilint.errors import OptionError
    from gilint.formulas import EquationError, compile_expression
    from gilint.suggest import unknown

    if options["anchor"] not in family.anchors:
        raise OptionError(("anchor",), unknown("数字锚点", "anchor", options["anchor"], list(family.anchors)))
    expressions = []
    for position, text in enumerate(options["equals"]):
        try:
            expressions.append(compile_expression(text, family))
        except EquationError as error:
            message = f"{error.message['zh']} ({error.message['en']})"
            raise OptionError(("equals", position), message, error.offset) from None
    return {**options, "expressions": expressions}


@check(
    "stated-number",
    options={
        "anchor": {"type": "string", "description": "What is counted: a key of the pack's anchors."},
        "equals": {
            "type": "array",
            "minItems": 1,
            "items": {"type": "string", "minLength": 1},
            "description": "Sums of cells (table.row.column) of which one must be the number.",
        },
        "question": {
            "enum": ["number", NONE],
            "description": "number, the default: the text states a number; none: it says that there were none.",
        },
    },
    required=("anchor", "equals"),
    values=("stated", "expected", "anchor", "cells"),
    patterns=_patterns,
    prepare=_prepare,
)
def stated_number(report: Report, options: Mapping[str, Any], hits: Sequence[Hit]) -> Iterator[Problem | NotAssessable]:
    """Numbers in the text, or the statement that there were none, that differ from the tables."""
    stated = list(readings(report, options["anchor"], options.get("question") == NONE, hits))
    if not stated:
        return
    expressions: Sequence[Expression] = options["expressions"]
    read = reader_of(report)
    values = [value_of(expression, read) for expression in expressions]
    wrong = [reading for reading in stated if reading.value not in values]
    if wrong and None in values:
        yield _not_assessable(report.form, expressions)
        return
    cells = list(dict.fromkeys(cell for expression in expressions for cell in cells_of(expression)))
    for reading in wrong:
        shown = {
            "stated": reading.value,
            "expected": " 或 ".join(dict.fromkeys(map(str, values))),
            "anchor": reading.word,
            "cells": _labels(report.form, cells),
        }
        yield Problem(reading.at, shown, tuple(report.tables[table][row, column] for table, row, column in cells))


def _not_assessable(form: Form, expressions: Sequence[Expression]) -> NotAssessable:
    cells = _labels(form, dict.fromkeys(cell for expression in expressions for cell in cells_of(expression)))
    zh = f"文中的数字无从核对：{cells}空白或没有数字"
    return NotAssessable({"zh": zh, "en": f"nothing to compare the stated number with: {cells} is blank or no number"})


def _labels(form: Form, cells: Iterable[CellKey]) -> str:
    """The cells by their labels, as the form prints them."""
    known = {table.key for table in form.tables}
    return "、".join(
        f"{form.table(table).row(row).label} × {form.table(table).column(column).label}"
        for table, row, column in cells
        if table in known
    )


# --- reading prose ------------------------------------------------------------------------------------------------


def readings(report: Report, key: str, none: bool, hits: Sequence[Hit]) -> Iterator[Reading]:
    """What the prose says of an anchor: the numbers or, with ``none``, the wordings for no number at all."""
    family = report.form.family
    anchor = family.anchors[key]
    tag = f"{NONE}:{key}" if none else key
    for line, passage_hits in _lines(hits, tag):
        prose = _Prose(line, passage_hits, report.year)
        yield from prose.none(anchor) if none else prose.numbers(anchor, family.units)


def _lines(hits: Sequence[Hit], tag: str) -> Iterator[tuple[Slice, list[Hit]]]:
    """The lines of prose with a hit of this tag, with all their hits."""
    groups: dict[int, list[Hit]] = {}
    for hit in hits:
        groups.setdefault(hit.passage.index, []).append(hit)
    for group in groups.values():
        passage = group[0].passage
        if passage.role in ROLES and any(hit.tag == tag for hit in group):
            start = 0
            for text in passage.text.split("\n"):
                end = start + len(text)
                if len(text) <= LONGEST_LINE:
                    yield Slice(passage, start, end), [hit for hit in group if start <= hit.start and hit.end <= end]
                start = end + 1


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


class _Word(Record):
    """An anchor's word, with its offsets in the folded line."""

    start: int
    end: int
    tag: str
    hit: Hit


class _Clause(Record):
    """A part of a sentence between two marks.

    ``part`` is where the part between semicolons begins that it stands in, ``sentence`` where its sentence does, and
    ``before`` where the sentence before that one does.
    """

    start: int
    end: int
    part: int
    sentence: int
    before: int


class _Prose:
    """A line of prose, folded, with the words of anchors in it."""

    def __init__(self, line: Slice, hits: Sequence[Hit], year: int | None) -> None:
        self.passage = line.passage
        self.year = year
        self.text = fold(line.text)
        self.offsets = [line.start + offset for offset in fold_offsets(line.text)]
        self.words = [
            _Word(bisect_left(self.offsets, hit.start), bisect_left(self.offsets, hit.end), hit.tag, hit)
            for hit in _competing(hits)
        ]
        self.clauses = list(_clauses(self.text))
        # What an anchor says about time is its own business.
        self.masked = self.text
        for word in self.words:
            self.masked = self.masked[: word.start] + "＿" * (word.end - word.start) + self.masked[word.end :]

    def numbers(self, anchor: Anchor, units: Sequence[str]) -> Iterator[Reading]:
        for clause in self.clauses:
            if any(word.tag == anchor.key for word in self._in(clause)) and self._is_whole(clause, anchor):
                yield from self._numbers(clause, anchor, units)

    def none(self, anchor: Anchor) -> Iterator[Reading]:
        for clause in self.clauses:
            for word in self._in(clause):
                mine = word.tag == f"{NONE}:{anchor.key}"
                if mine and self._denies(clause, word, anchor) and self._is_whole(clause, anchor):
                    yield Reading(Slice(self.passage, word.hit.start, word.hit.end), 0, word.hit.text)

    # --- whether a clause speaks of everything in the year ---

    def _is_whole(self, clause: _Clause, anchor: Anchor) -> bool:
        excused = has(self.text[clause.start : clause.end], anchor.unless)
        return not (excused or self._is_part(clause) or self._is_other_time(clause))

    def _is_part(self, clause: _Clause) -> bool:
        """Whether the clause breaks down a number before it: behind 其中 to the end of its bracket or sentence.

        A list that 其中： announces may go on behind a semicolon.
        """
        for mark in _PART.finditer(self.text, clause.sentence, clause.end):
            if (mark["list"] or mark.start() >= clause.part) and not self._is_closed(mark.end(), clause.start):
                return True
        return False

    def _is_closed(self, start: int, end: int) -> bool:
        """Whether a bracket that was open at ``start`` is closed before ``end``."""
        between = self.text[start:end].translate(_BRACKETS)
        return between.count(")") > between.count("(")

    def _is_other_time(self, clause: _Clause) -> bool:
        """Whether the clause speaks of another year, or of a part of this one.

        A time holds up to a semicolon, the end of the sentence or the next time; a comparison for its own clause only.
        """
        other = False
        for each in self.clauses:
            if clause.part <= each.start <= clause.start:
                compared = _COMPARISON.search(self.masked, each.start, each.end) is not None
                if compared and each.start == clause.start:
                    return True
                for mark in _TIME.finditer(self.masked, each.start, each.end if not compared else each.start):
                    other = mark["other"] is not None or int(mark["year"] or self.year or 0) != (self.year or 0)
        return other

    # --- what a number counts ---

    def _numbers(self, clause: _Clause, anchor: Anchor, units: Sequence[str]) -> Iterator[Reading]:
        words = self._in(clause)
        numbers = [number for number in _NUMBER.finditer(self.text, clause.start, clause.end) if self._counts(number)]
        previous = clause.start
        for number in numbers:
            before = [word for word in words if previous <= word.start and word.end <= number.start()]
            previous = number.end()
            rivals = before or (words if len(numbers) == 1 else [])
            unit = self._unit(number, clause, units)
            if unit is None or {word.tag for word in rivals} != {anchor.key}:
                continue
            word = rivals[-1] if before else rivals[0]
            follows = before and self._follows(word, number, unit, clause, anchor)
            if follows or (not before and self._precedes(unit, word, clause, anchor)):
                at = Slice(self.passage, self.offsets[number.start()], self.offsets[number.end() - 1] + 1)
                yield Reading(at, int(number[0].replace(",", "")), word.hit.text)

    def _counts(self, number: re.Match[str]) -> bool:
        return not (_DATE.match(self.text, number.end()) or self.text.endswith("第", 0, number.start()))

    def _unit(self, number: re.Match[str], clause: _Clause, units: Sequence[str]) -> int | None:
        """Where the unit of an exact whole number ends; ``None`` for any other number."""
        before, after = self.text[max(0, number.start() - 4) : number.start()], self.text[number.end() : clause.end]
        unit = max((unit for unit in units if after.startswith(unit)), key=len, default="")
        vague = _VAGUE_BEFORE.search(before) or _VAGUE_AFTER.match(after, len(unit))
        # 1，234件: the clause begins in the middle of a number.
        cut = number.start() == clause.start and _CUT_NUMBER.search(before)
        exact = unit and not vague and not cut and _COUNT.fullmatch(number[0])
        return number.end() + len(unit) if exact else None

    def _follows(self, word: _Word, number: re.Match[str], unit: int, clause: _Clause, anchor: Anchor) -> bool:
        """Whether a number behind an anchor counts what the anchor says."""
        named, rest = _object(self.text[word.end : number.start()], anchor)
        if not _FILLER.fullmatch(rest):
            return False
        behind = self.text[unit : clause.end]
        understood = _CONNECTOR.match(behind) is not None and self._is_about(clause, anchor)
        return named or has(behind, anchor.sentence_has) or understood

    def _precedes(self, unit: int, word: _Word, clause: _Clause, anchor: Anchor) -> bool:
        """Whether a number before the only anchor of its clause counts what the anchor says."""
        named, rest = _object(self.text[unit : word.start], anchor)
        return _FILLER.fullmatch(rest) is not None and (named or self._is_about(clause, anchor))

    def _denies(self, clause: _Clause, word: _Word, anchor: Anchor) -> bool:
        """Whether a wording for none is about the anchor: 未发生 alone may be about anything."""
        wording, behind = self.text[word.start : word.end], self.text[word.end : clause.end]
        noun = has(behind, anchor.words)
        if not (noun or has(wording, (*anchor.words, *anchor.sentence_has))):
            return False
        named = has(self.text[clause.start : clause.end], anchor.sentence_has)
        return named or ((noun or not behind) and self._is_about(clause, anchor))

    def _is_about(self, clause: _Clause, anchor: Anchor) -> bool:
        """Whether the sentence, or the one before, holds a word that the anchor requires."""
        end = next((each.start for each in self.clauses if each.sentence > clause.sentence), len(self.text))
        return not anchor.sentence_has or has(self.text[clause.before : end], anchor.sentence_has)

    def _in(self, clause: _Clause) -> list[_Word]:
        return [word for word in self.words if clause.start <= word.start and word.end <= clause.end]


def _object(between: str, anchor: Anchor) -> tuple[bool, str]:
    """Whether a word that the anchor requires stands between it and a number, and what follows the last one."""
    ends = [between.rfind(word) + len(word) for word in map(fold, anchor.sentence_has) if word in between]
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
