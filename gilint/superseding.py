"""Findings that a more telling rule covers at the same place are left unsaid, so that one defect prints once."""

from __future__ import annotations

from bisect import bisect_left
from itertools import accumulate

from gilint.model import Cell, Outcome, Slice

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.model import Finding

    Where = tuple[str | None, ...]


def silence_superseded(
    below: Mapping[str, Sequence[str]], findings: dict[str, list[Finding]], outcomes: dict[str, Outcome], lang: str
) -> None:
    """Drop the findings that those of a rule above theirs cover; ``below`` is what :func:`all_below` makes."""
    for rule in [rule for rule in below if rule in findings]:
        others = [other for other in below[rule] if findings.get(other)]
        if not others:
            continue
        covered = _Covered(findings[rule])
        for other in others:
            kept = [one for one in findings[other] if not covered.holds(one)]
            if not kept:
                reason = f"已由 {rule} 说明" if lang == "zh" else f"told by {rule}"
                outcomes[other] = Outcome("not_applicable", reason)
            findings[other] = kept


def all_below(supersedes: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """The rules that each rule supersedes, and those that they do: a middle one may have been silenced itself."""
    below = {}
    for rule, others in supersedes.items():
        found: dict[str, None] = {}
        waiting = list(others)
        while waiting:
            other = waiting.pop(0)
            if other not in found and other != rule:
                found[other] = None
                waiting += supersedes.get(other, ())
        below[rule] = tuple(found)
    return below


class _Covered:
    """The places of the findings of a rule.

    Two parts of the text must overlap, a cell is covered by itself, and anything else by what is said of its table, or
    of its section where no table is named.
    """

    def __init__(self, findings: Sequence[Finding]) -> None:
        parts: dict[tuple[int, str], list[tuple[int, int]]] = {}
        self._cells: set[Where] = set()
        self._others, self._around_parts = _Around(), _Around()
        for finding in findings:
            at = finding.at
            if isinstance(at, Slice):
                parts.setdefault((at.passage.index, at.passage.text), []).append((at.start, at.end))
                self._around_parts.add(finding)
            elif isinstance(at, Cell):
                self._cells.add(_cell(finding))
            else:
                self._others.add(finding)
        self._reach = {passage: _reach(each) for passage, each in parts.items()}

    def holds(self, finding: Finding) -> bool:
        """Whether the place of another rule's finding is among them."""
        at = finding.at
        if _cell(finding) in self._cells or finding in self._others:
            return True
        if not isinstance(at, Slice):
            return finding in self._around_parts
        starts, ends = self._reach.get((at.passage.index, at.passage.text), ((), ()))
        before = bisect_left(starts, at.end)
        return before > 0 and ends[before - 1] > at.start


class _Around:
    """The tables that findings name, and the sections of those that name none."""

    def __init__(self) -> None:
        self._tables: set[str] = set()
        self._sections: set[str | None] = set()

    def add(self, finding: Finding) -> None:
        address = finding.address
        if address.table:
            self._tables.add(address.table)
        else:
            self._sections.add(address.section)

    def __contains__(self, finding: Finding) -> bool:
        return finding.address.table in self._tables or finding.address.section in self._sections


def _reach(parts: list[tuple[int, int]]) -> tuple[list[int], list[int]]:
    """Where parts start, in order, and how far those up to each of them go."""
    parts.sort()
    return [start for start, _ in parts], list(accumulate((end for _, end in parts), max))


def _cell(finding: Finding) -> Where:
    return finding.address.table, finding.address.row, finding.address.column
