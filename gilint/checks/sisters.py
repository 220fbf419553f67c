"""What reports of different organs in one run have in common: long passages, and tables with the same figures.

Which reports to compare is told by digests: for a text the hashes of a part of its grams, which the text itself
chooses, for a table that of its figures. Each report is compared with the few that share the most with it, so that
the time grows with the number of reports and never with its square.
"""

from __future__ import annotations

from array import array
from collections import Counter
from itertools import islice

from gilint.checks import check
from gilint.checks.lastyear import may_be_of_one_organ
from gilint.checks.repetition import END, GAP, OPTIONS, RUN, common, prepare_words, share_of, text_of
from gilint.checks.scope import WORDS
from gilint.model import Echo, NotAssessable, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks import Member
    from gilint.checks.repetition import Copy, Text
    from gilint.form import Family
    from gilint.model import Cell, Report, Table

    Fingerprints = Mapping[str, bytes]

GRAM = 13
ONE_OF = 8
"""One gram in so many is kept: those that begin with a character whose number is a multiple of it."""
HASH = "I"
SHARES = 16
"""Counts of shared grams that are kept of a report: the largest of them, once there are twice as many."""
AT_A_TIME, PAIRS = 250_000, 20_000
"""Grams that are looked at in one pass over all reports, and pairs that are remembered: memory does not grow with the
run."""
NEIGHBOURS, NEAR = 3, 12
"""Reports that one with the same gram is set beside, and how far ahead they are looked for, year by year."""
CANDIDATES = 4
TEXTS = 64
"""Texts of sections that are at hand."""
SHOWN = 5
DIGITS = 8

_NAMELESS = NotAssessable(
    {
        "zh": "没有读出报告机关，无法与其他机关的报告比较",
        "en": "no issuer was read, so no other one can be told from it",
    }
)


def _prepare(options: Mapping[str, Any], family: Family) -> Mapping[str, Any]:
    return {**prepare_words(options, family), "run": max(options.get("run", RUN), GRAM)}


# --- text -------------------------------------------------------------------------------------------------------------


def _fingerprints(report: Report, options: Mapping[str, Any]) -> Fingerprints | NotAssessable:
    """Hashes of grams by section; of a gram that stands everywhere no less than of another."""
    if not report.issuer:
        return _NAMELESS
    known = _known_grams(report, options)
    wanted = [key for key in options.get("sections", report.sections) if key in report.sections]
    for key in wanted:
        if key not in known:
            known[key] = _grams(text_of(report.sections[key], options).text)
    return {key: known[key] for key in wanted}


_LAST: list[tuple[Report, list[Any], dict[str, bytes]]] = []
"""The grams of the last report by section, and the options that they depend on: rules ask for them one by one."""


def _known_grams(report: Report, options: Mapping[str, Any]) -> dict[str, bytes]:
    words = [options.get(name) for name in ("boilerplate", "sentence_has", "unless_sentence_has")]
    for last, same_words, known in tuple(_LAST):
        if last is report and same_words == words:
            return known
    found: dict[str, bytes] = {}
    _LAST[:] = [(report, words, found)]
    return found


def _grams(text: str) -> bytes:
    """The hashes of a text, four bytes each: a run keeps those of ten thousand reports in memory."""
    from zlib import crc32

    starts = [at for at, character in enumerate(text) if not ord(character) % ONE_OF]
    grams = {text[at : at + GRAM] for at in starts if at + GRAM <= len(text)}
    # The built-in hash of a text differs from process to process.
    hashes = sorted(crc32(gram.encode()) for gram in grams if GAP not in gram and END not in gram)
    return array(HASH, hashes).tobytes()


@check(
    "shared-text",
    options={
        **{name: OPTIONS[name] for name in ("sections", "boilerplate", "sentence_has", "unless_sentence_has")},
        "run": {
            "type": "integer",
            "minimum": GRAM,
            "default": RUN,
            "description": "Characters in a row that count as the same.",
        },
        "above": {
            "type": "integer",
            "minimum": 0,
            "maximum": 99,
            "description": "Percent of the characters of a section above which it is a finding.",
        },
        "least": {
            "type": "integer",
            "minimum": 1,
            "default": 1,
            "description": "Characters below which a section is not judged.",
        },
    },
    required=("above",),
    values=("section", "share", "above", "count", "repeated", "length", "longest", "found", "other", "other_path"),
    prepare=_prepare,
    scope="run",
    digest=_fingerprints,
)
def shared_text(members: Sequence[Member], options: Mapping[str, Any]) -> Iterator[tuple[int, Problem]]:
    """Passages that stand in the report of another issuer of the same run as well."""
    sections = dict.fromkeys(key for member in members for key in member.digest)
    candidates = {key: _candidates(members, key) for key in sections}
    texts = _Texts(members, options)
    # A report may have to be read again, so all its sections are looked at together.
    for number in range(len(members)):
        for key in sections:
            for other in candidates[key].get(number, ()):
                problem = _common(texts, number, other, key)
                if problem is not None:
                    yield number, problem
                    break


class _Texts:
    """The texts of sections as they are compared, the last few at hand: a report is set beside several others."""

    def __init__(self, members: Sequence[Member], options: Mapping[str, Any]) -> None:
        self.members = members
        self.options = options
        self._known: dict[tuple[int, str], Text] = {}

    def get(self, number: int, key: str) -> Text:
        text = self._known.pop((number, key), None)
        if text is None:
            text = text_of(self.members[number].report.sections[key], self.options)
        self._known[number, key] = text
        if len(self._known) > TEXTS:
            del self._known[next(iter(self._known))]
        return text


def _candidates(members: Sequence[Member], section: str) -> Mapping[int, Sequence[int]]:
    """For each member that has some, those that share the most grams of a section, the most first."""
    numbers = _by_year(members)
    known: dict[tuple[int, int], bool] = {}

    def are_strangers(pair: tuple[int, int]) -> bool:
        if pair not in known:
            if len(known) >= PAIRS:
                known.clear()
            known[pair] = not may_be_of_one_organ(members[pair[0]], members[pair[1]])
        return known[pair]

    shared: dict[int, dict[int, int]] = {}
    for holders, grams in _holders(members, numbers, section):
        for place, number in enumerate(holders[:-1]):
            ahead = ((number, other) for other in holders[place + 1 : place + 1 + NEAR])
            for _, other in islice(filter(are_strangers, ahead), NEIGHBOURS):
                _count(shared.setdefault(number, {}), other, grams)
                _count(shared.setdefault(other, {}), number, grams)
    return {number: _most(counts)[:CANDIDATES] for number, counts in sorted(shared.items())}


def _holders(
    members: Sequence[Member], numbers: Sequence[int], section: str
) -> Iterator[tuple[tuple[int, ...], int]]:
    """The members, in their order, that have a gram in common, and how many grams these very ones have."""
    count = sum(len(member.digest.get(section, b"")) for member in members) // array(HASH).itemsize
    passes = count // AT_A_TIME + 1
    for part in range(passes):
        holders: dict[int, list[int]] = {}
        for number in numbers:
            for gram in array(HASH, members[number].digest.get(section, b"")):
                if gram % passes == part:
                    holders.setdefault(gram, []).append(number)
        # A text that went round is the same many grams over.
        yield from Counter(tuple(each) for each in holders.values() if len(each) > 1).items()


def _count(counts: dict[int, int], other: int, grams: int) -> None:
    counts[other] = counts.get(other, 0) + grams
    if len(counts) > 2 * SHARES:
        for each in _most(counts)[SHARES:]:
            del counts[each]


def _by_year(members: Sequence[Member]) -> list[int]:
    """The numbers of members, so that the reports of one organ over many years do not stand side by side."""
    return sorted(range(len(members)), key=lambda number: (members[number].year or 0, number))


def _most(counts: Mapping[int, int]) -> list[int]:
    return sorted(counts, key=lambda other: (-counts[other], other))


def _common(texts: _Texts, number: int, other: int, key: str) -> Problem | None:
    options = texts.options
    copy = common(texts.get(number, key), texts.get(other, key), options)
    if not copy.pairs or copy.length < options.get("least", 1) or copy.share <= options["above"]:
        return None
    at = copy.pairs[0][0]
    values = {
        "section": texts.members[number].form.section(key).title,
        "share": share_of(copy.share),
        "above": options["above"],
        "count": len(copy.pairs),
        "repeated": copy.repeated,
        "length": copy.length,
        "longest": sum(map(str.isalnum, at.text)),
        "found": at.text,
        **_named(texts.members[other]),
    }
    return Problem(at, values, tuple(_echoes(copy, texts.members[other])))


def _named(other: Member) -> dict[str, str]:
    return {"other": other.issuer or "", "other_path": other.path}


def _echoes(copy: Copy, other: Member) -> Iterator[Echo]:
    for at, there in copy.pairs[:SHOWN]:
        yield Echo(at, there, other.path, other.issuer or "")


# --- tables -----------------------------------------------------------------------------------------------------------


def _figures(table: Table) -> dict[tuple[str, str], Any]:
    """The figures of a table that are not 0."""
    return {key: table[key].value for key in table if table[key].value}


def _tables(report: Report, options: Mapping[str, Any]) -> Mapping[str, int] | NotAssessable:
    """A hash of the figures of each table that has enough of them, and could be read whole."""
    if not report.issuer:
        return _NAMELESS
    from zlib import crc32

    wanted = options.get("tables", tuple(report.tables))
    digest = {}
    for key in filter(report.tables.__contains__, wanted):
        table = report.tables[key]
        figures = _figures(table)
        if not table.unread and _digits(figures.values()) >= options.get("digits", DIGITS):
            digest[key] = crc32(repr(sorted(figures.items())).encode())
    return digest


def _digits(figures: Iterable[Any]) -> int:
    """How many digits the different figures have together: what coincidence would have to hit."""
    return sum(len(f"{abs(figure)}".replace(".", "")) for figure in set(figures))


@check(
    "shared-table",
    options={
        "tables": {**WORDS, "description": "Keys of the tables that are compared; all when left out."},
        "digits": {
            "type": "integer",
            "minimum": 4,
            "default": DIGITS,
            "description": "Digits that the different figures of a table, zeros aside, must have together: fewer may "
            "be the same by chance.",
        },
    },
    values=("table_title", "count", "figures", "other", "other_path"),
    scope="run",
    digest=_tables,
)
def shared_table(members: Sequence[Member], options: Mapping[str, Any]) -> Iterator[tuple[int, Problem]]:
    """Tables whose figures are all those of another issuer's report of the same run."""
    groups: dict[tuple[str, str, int], list[int]] = {}
    for number in _by_year(members):
        member = members[number]
        for key, figures in member.digest.items():
            groups.setdefault((member.form.id, key, figures), []).append(number)
    found: dict[int, list[tuple[str, int]]] = {}
    for (_, key, _), numbers in groups.items():
        for place, number in enumerate(numbers):
            around = [*numbers[place + 1 : place + 1 + NEAR], *numbers[max(0, place - NEAR) : place]]
            strangers = (other for other in around if not may_be_of_one_organ(members[number], members[other]))
            found.setdefault(number, []).extend((key, other) for other in islice(strangers, 1))
    for number, others in sorted(found.items()):
        for key, other in others:
            yield from _same(number, members[number], members[other], key)


def _same(number: int, member: Member, other: Member, key: str) -> Iterator[tuple[int, Problem]]:
    table, there = member.report.tables[key], other.report.tables[key]
    figures = _figures(table)
    # Hashes may agree by chance.
    if figures != _figures(there):
        return
    values = {
        "table_title": table.title,
        "count": len(figures),
        "figures": "、".join(_shown(table[cell]) for cell in list(figures)[:SHOWN]),
        **_named(other),
    }
    yield number, Problem(table, values, (Echo(table, there, other.path, other.issuer or ""),))


def _shown(cell: Cell) -> str:
    return cell.raw.strip()
