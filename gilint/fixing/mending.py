"""Rounds of edits until none is left. Each round is judged again: what would do harm is taken back."""

from __future__ import annotations

import os
from collections import Counter

from gilint.errors import InputError
from gilint.fixing import Applied, Fixed, Left, not_fixable
from gilint.fixing.choosing import OVERLAP, Offer, numerals, offers, refusal, renumbers, without_overlaps
from gilint.model import Paragraph
from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from typing import Protocol

    from gilint.limits import Limits
    from gilint.linter import Linter
    from gilint.model import Edit, Finding, Report, Result

    class Content(Protocol):
        """The bytes of a file, to be changed at places of its report."""

        def refusal(self, edit: Edit) -> dict[str, str] | None:
            """Why an edit cannot be made here; ``None`` where it can."""

        def changed(self, edits: Sequence[Edit]) -> bytes:
            """The bytes with edits that were not refused and do not overlap."""


MOST_ROUNDS = 12
"""Every round halves a row of doubled marks, so no text needs as many."""
HARM = {"zh": "改后会出现新的问题，或者改变数字", "en": "it would bring a new finding, or change a figure"}


class State(Record):
    """A file after a round, and what is found in it."""

    data: bytes
    result: Result

    @property
    def report(self) -> Report:
        assert self.result.report is not None
        return self.result.report


def mend(source: str | os.PathLike[str] | bytes, name: str | None, linter: Linter, *, unsafe: bool) -> Fixed:
    """Mend a file as :func:`gilint.fix` says."""
    data, name = linter._content(source, name)
    place = None if isinstance(source, bytes) else os.fspath(source)

    def judged(content: bytes) -> Result:
        return linter.lint(content, name, place=place)

    first = State(data, judged(data))
    make = _content_of(first.report, data, name)
    order = {rule.id: number for number, rule in enumerate(linter.rules)}
    state, edits, left = first, list[Applied](), tuple[Left, ...]()
    for number in range(1, MOST_ROUNDS + 1):
        offered = sorted(offers(state.result, unsafe=unsafe), key=lambda offer: (order.get(offer.rule, 0), offer.place))
        state, made, left = _round(state, offered, make(state.data, name, linter.config.limits), judged)
        edits += [_applied(offer.finding, edit, number) for offer in made for edit in offer.edits]
        if not made:
            break
    rest = tuple([one for one in state.result.findings if one.fix is not None and not one.fix.safe])
    return Fixed(name, data, state.data, tuple(edits), left, () if unsafe else rest, first.result, state.result)


def _content_of(report: Report, data: bytes, name: str) -> Callable[[bytes, str, Limits], Content]:
    """What can change a file of this format. Raises ``InputError``."""
    document = report.source
    if document.name == name and document.format in ("text", "markdown"):
        from gilint.fixing.lines import Lines

        return Lines
    if document.name == name and document.format == "docx" and data.startswith(b"PK"):
        from gilint.fixing.word import Word

        return Word
    raise not_fixable(name, document.format)


def _applied(finding: Finding, edit: Edit, number: int) -> Applied:
    at = edit.at
    return Applied(finding.rule, finding.name, number, at.address, at.span, at.text, edit.text)


# --- one round --------------------------------------------------------------------------------------------------------


def _round(
    state: State, offered: Sequence[Offer], content: Content, judged: Callable[[bytes], Result]
) -> tuple[State, Sequence[Offer], tuple[Left, ...]]:
    """The state after a round, the edits that it made, and what was left."""
    left: list[Left] = []
    possible: list[Offer] = []
    for offer in offered:
        reasons = (refusal(edit) or content.refusal(edit) for edit in offer.edits)
        reason = next(filter(None, reasons), None)
        if reason is None:
            possible.append(offer)
        else:
            left.append(Left(offer.finding, reason))
    chosen, later = without_overlaps(possible)
    after = _attempt(state, chosen, content, judged) if chosen else None
    if after is None and chosen:
        after, chosen, harmful = _harmless(state, chosen, content, judged)
        left += [Left(finding, HARM) for finding in harmful]
    left += [Left(offer.finding, OVERLAP) for offer in later]
    return after or state, chosen, tuple({(id(one.finding), one.reason["en"]): one for one in left}.values())


def _harmless(
    state: State, chosen: Sequence[Offer], content: Content, judged: Callable[[bytes], Result]
) -> tuple[State | None, list[Offer], list[Finding]]:
    """The state after as many edits as do no harm together, these edits, and the findings whose edits do."""
    best: State | None = None
    kept: list[Offer] = []
    harmful: list[Finding] = []
    findings = list({id(offer.finding): offer.finding for offer in chosen}.values())
    # Halves first: one harmful edit among hundreds takes a few attempts, not hundreds.
    waiting = [findings[len(findings) // 2 :], findings[: len(findings) // 2]]
    while waiting:
        group = waiting.pop()
        members = set(map(id, group))
        attempt = [*kept, *(offer for offer in chosen if id(offer.finding) in members)]
        after = _attempt(state, attempt, content, judged) if group else None
        if after is not None:
            best, kept = after, attempt
        elif len(group) == 1:
            harmful += group
        elif group:
            waiting += [group[len(group) // 2 :], group[: len(group) // 2]]
    return best, kept, harmful


def _attempt(
    state: State, chosen: Sequence[Offer], content: Content, judged: Callable[[bytes], Result]
) -> State | None:
    """The state after some edits, ``None`` where they would do harm."""
    edits = [edit for offer in chosen for edit in offer.edits]
    data = content.changed(edits)
    try:
        after = State(data, judged(data))
    except InputError:
        return None
    renumbered = {edit.at.passage.index for edit in edits if renumbers(edit)}
    same = _same_figures(state.report, after.report, renumbered)
    return after if same and not _more_found(state.result, after.result) else None


def _more_found(before: Result, after: Result) -> Counter[str]:
    """How many findings there are more of each rule."""
    first, second = (Counter(finding.rule for finding in result.findings) for result in (before, after))
    return second - first


def _same_figures(before: Report, after: Report, renumbered: Collection[int]) -> bool:
    """Whether all tables, and all numerals but those of headings that got their right ones, are as they were."""
    if len(before.passages) != len(after.passages) or before.form.id != after.form.id:
        return False
    if any(
        numerals(one.text) != numerals(other.text)
        for one, other in zip(before.passages, after.passages, strict=True)
        if one.index not in renumbered
    ):
        return False
    return _cells(before) == _cells(after) and _other_texts(before) == _other_texts(after)


def _cells(report: Report) -> dict[tuple[str, str, str], str]:
    return {(key, *place): table[place].raw for key, table in report.tables.items() for place in table}


def _other_texts(report: Report) -> list[str]:
    """The cells of the document's own tables."""
    grids = [block for block in report.source.blocks if not isinstance(block, Paragraph)]
    return [cell.text for grid in grids for row in grid.rows for cell in row]
