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
from gilint.checks.repetition import END, GAP, OPTIONS, RUN, WORD_LISTS, common, prepare_words, share_of, text_of
from gilint.checks.scope import WORDS
from gilint.model import Echo, NotAssessable, Problem

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from typing import Any

    from gilint.checks import Member
    from gilint.checks.repetition import Text
    from gilint.form import Family
    from gilint.model import Cell, Report, Table

    Fingerprints = Mapping[str, bytes]

GRAM = 13
ONE_OF = 8
"""One gram in so many is kept: those that begin with a character whose number is a multiple of it."""
HASH = "I"
SHARES = 16
"""Counts of shared grams that are kept of a report: the largest of them, once there are twice as many."""
AT_A_TIME = 100_000
"""Grams that are looked at in one pass over all reports: memory does not grow with the run."""
NEIGHBOURS, NEAR = 3, 12
"""Reports that one with the same gram is set beside, and how far ahead they are looked for, year by year."""
CANDIDATES = 4
REPORTS = 16
"""Reports whose texts are at hand."""
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
    # Each report has its turn once: to keep more would keep their documents.
    known = _known(report, 1)
    texts = {
        key: _compared(report, key, options, 1).text
        for key in options.get("sections", report.sections)
        if key in report.sections
    }
    for text in texts.values():
        if text not in known:
            known[text] = _grams(text)
    return {key: known[text] for key, text in texts.items()}


_KNOWN: dict[int, tuple[Report, dict[Any, Any]]] = {}
"""What was made of the last reports for rules that compare the same words: each asks anew, and for several partners."""


def _known(report: Report, most: int) -> dict[Any, Any]:
    """What is known of a report; that of no more than ``most`` is kept."""
    known = _KNOWN.pop(id(report), None) or (report, {})
    _KNOWN[id(report)] = known
    for other in list(_KNOWN)[:-most]:
        _KNOWN.pop(other, None)  # another thread may have been faster
    return known[1]


def _compared(report: Report, key: str, options: Mapping[str, Any], most: int = REPORTS) -> Text:
    """The text of a section as it is compared."""
    known, words = _known(report, most), (key, *(tuple(options.get(name, ())) for name in WORD_LISTS))
    if words not in known:
        known[words] = text_of(report.sections[key], options)
    text: Text = known[words]
    return text


def _grams(text: str) -> bytes:
    """The hashes of a text, four bytes each: a run keeps those of ten thousand reports in memory."""
    from zlib import crc32

    starts = [at for at, character in enumerate(text) if not ord(character) % ONE_OF]
    grams = {text[at : at + GRAM] for at in starts if at + GRAM <= len(text)}
    # The built-in hash of a text differs from process to process.
    hashes = sorted(crc32(gram.encode()) for gram in grams if GAP not in gram and END not in gram)
    return array(HASH, hashes).tobytes()


def _sharing(members: Sequence[Member], options: Mapping[str, Any]) -> Mapping[int, Sequence[int]]:
    """For each member those that share the most grams of one of its sections."""
    found: dict[int, set[int]] = {}
    for key in dict.fromkeys(key for member in members for key in member.digest):
        for number, others in _candidates(members, key).items():
            found.setdefault(number, set()).update(others)
    return {number: sorted(others) for number, others in sorted(found.items())}


def _candidates(members: Sequence[Member], section: str) -> Mapping[int, Sequence[int]]:
    """For each member that has some, those that share the most grams of a section, the most first."""
    numbers = _by_year(members)
    shared: dict[int, dict[int, int]] = {}
    for holders, grams in _holders(members, numbers, section):
        for place, number in enumerate(holders[:-1]):
            ahead = holders[place + 1 : place + 1 + NEAR]
            strangers = (other for other in ahead if not may_be_of_one_organ(members[number], members[other]))
            for other in islice(strangers, NEIGHBOURS):
                _count(shared.setdefault(number, {}), other, grams)
                _count(shared.setdefault(other, {}), number, grams)
    return {number: _most(counts)[:CANDIDATES] for number, counts in sorted(shared.items())}


def _holders(members: Sequence[Member], numbers: Sequence[int], section: str) -> Iterator[tuple[tuple[int, ...], int]]:
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
    partners=_sharing,
)
def shared_text(members: Sequence[Member], options: Mapping[str, Any]) -> Iterator[Problem]:
    """Passages that stand in the report of another issuer of the same run as well."""
    own, *partners = members
    for key in own.digest:
        for other in _nearest(own, partners, key):
            problem = _common(own, other, key, options)
            if problem is not None:
                yield problem
                break


def _nearest(own: Member, partners: Sequence[Member], key: str) -> Sequence[Member]:
    """The partners that share the most grams of a section, the most first."""
    grams = set(array(HASH, own.digest[key]))
    shared = [(len(grams.intersection(array(HASH, other.digest.get(key, b"")))), other) for other in partners]
    nearest = sorted((each for each in shared if each[0]), key=lambda each: -each[0])
    return [other for _, other in nearest[:CANDIDATES]]


def _common(own: Member, other: Member, key: str, options: Mapping[str, Any]) -> Problem | None:
    copy = common(_compared(own.report, key, options), _compared(other.report, key, options), options)
    if not copy.found or copy.length < options.get("least", 1) or copy.share <= options["above"]:
        return None
    pairs = copy.pairs
    at = pairs[0][0]
    values = {
        "section": own.form.section(key).title,
        "share": share_of(copy.share),
        "above": options["above"],
        "count": len(copy.found),
        "repeated": copy.repeated,
        "length": copy.length,
        "longest": sum(map(str.isalnum, at.text)),
        "found": at.text,
        **_named(other),
    }
    return Problem(at, values, tuple([Echo(here, there, other.path, other.issuer or "") for here, there in pairs]))


def _named(other: Member) -> dict[str, str]:
    return {"other": other.issuer or "", "other_path": other.path}


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


def _with_same_tables(members: Sequence[Member], options: Mapping[str, Any]) -> Mapping[int, Sequence[int]]:
    """For each member the next one of another issuer for each table with the same figures."""
    groups: dict[tuple[str, str, int], list[int]] = {}
    for number in _by_year(members):
        member = members[number]
        for key, figures in member.digest.items():
            groups.setdefault((member.form.id, key, figures), []).append(number)
    found: dict[int, dict[int, None]] = {}
    for numbers in groups.values():
        for place, number in enumerate(numbers):
            around = [*numbers[place + 1 : place + 1 + NEAR], *numbers[max(0, place - NEAR) : place]]
            strangers = (other for other in around if not may_be_of_one_organ(members[number], members[other]))
            for other in islice(strangers, 1):
                found.setdefault(number, {})[other] = None
    return {number: list(others) for number, others in sorted(found.items())}


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
    partners=_with_same_tables,
)
def shared_table(members: Sequence[Member], options: Mapping[str, Any]) -> Iterator[Problem]:
    """Tables whose figures are all those of another issuer's report of the same run."""
    own, *partners = members
    for key, figures in own.digest.items():
        for other in partners:
            if other.form.id == own.form.id and other.digest.get(key) == figures:
                yield from _same(own, other, key)
                break


def _same(own: Member, other: Member, key: str) -> Iterator[Problem]:
    table, there = own.report.tables[key], other.report.tables[key]
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
    yield Problem(table, values, (Echo(table, there, other.path, other.issuer or ""),))


def _shown(cell: Cell) -> str:
    return cell.raw.strip()
