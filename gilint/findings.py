"""What is said of a report: what checks yield, the findings that the engine makes of it, and the result of an input.

:mod:`gilint.model` has them all beside the parts of a report.
"""

from __future__ import annotations

from gilint.record import Record

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal
    from typing import Any

    from gilint.model import Report, Slice
    from gilint.places import Address, Span


class Edit(Record, hot=True):
    """``text`` to be put in the place of what stands ``at`` a slice; where that is empty it is put in.

    Edits of a finding with the same ``unit`` are made together or not at all, such as those of two brackets.
    """

    at: Slice
    text: str
    unit: int = 0

    @property
    def span(self) -> Span:
        return self.at.span


class Fix(Record, hot=True):
    """The edits that mend a finding. One that is not ``safe`` has to be looked at by whoever applies it."""

    safe: bool
    edits: tuple[Edit, ...]


class Problem(Record, hot=True):
    """What a check yields: where, and the values for the rule's message. The engine makes a Finding of it.

    ``at`` is any element with ``address`` and ``span``: a Slice, Cell, Table, Section, Heading or the Report.
    ``key`` tells problems at the same place apart in the fingerprint. ``edits`` would mend it, where the check knows
    how; they reach the finding if the rule says how safe they are.
    """

    at: Any
    values: Mapping[str, Any] = {}
    related: tuple[Any, ...] = ()
    key: str = ""
    edits: tuple[Edit, ...] = ()


class NotAssessable(Record):
    """What a check yields where the report does not let it decide; ``reason`` maps languages to text."""

    reason: Mapping[str, str]


class NotApplicable(Record):
    """What a check yields where there is nothing to judge; ``reason`` maps languages to text."""

    reason: Mapping[str, str]


class Evidence(Record):
    """A figure that is known from outside of the cells, which a check may yield beside its problems.

    ``readings`` are sums of coefficient times cell, a cell being a tuple (table, row, column); the evidence holds if
    one of them equals ``value``. ``at`` says where it is known from: any element with ``address`` and ``span``.
    ``source`` is text (the prose says so) or previous (last year's report requires it).
    """

    readings: tuple[tuple[tuple[tuple[str, str, str], int], ...], ...]
    value: int | Decimal
    at: Any
    source: str


class Suggestion(Record):
    """A change that would mend a cause: (table, row, column, from, to) for each cell."""

    cells: tuple[tuple[str, str, str, Any, Any], ...]
    text: str


class Cause(Record):
    """What findings have in common; reporters draw one block for all findings with the same ``id``."""

    id: str
    text: str


class Related(Record, hot=True):
    """Another place that a finding speaks of."""

    address: Address
    span: Span | None
    message: str


class Echo(Record):
    """A place, ``at``, whose words stand in last year's report at ``last``; ``name`` is its source.

    With ``issuer`` it is the report of that other organ. Both are slices, or tables. A check gives it among the related
    places of a problem.
    """

    at: Any
    last: Any
    name: str
    issuer: str = ""


class Finding(Record, hot=True):
    """A defect, ready to be shown: the message is in the language of the run."""

    rule: str
    name: str
    severity: str
    title: str
    message: str
    advice: str
    basis: tuple[Mapping[str, str], ...]
    address: Address
    span: Span | None
    excerpt: str
    fingerprint: str
    at: Any
    related: tuple[Related, ...] = ()
    cause: Cause | None = None
    suggestions: tuple[Suggestion, ...] = ()
    fix: Fix | None = None


class Outcome(Record, hot=True):
    """What became of a rule: passed, failed, not_applicable, could_not_check or broke."""

    status: str
    reason: str = ""

    def __str__(self) -> str:
        return self.status


class Failure(Record):
    """Why an input could not be judged, in the language of the run."""

    code: str
    message: str
    advice: str


class Waiver(Record):
    """Why findings of a rule are let pass: what it covers, who answers for it and until when, and where that stands.

    ``rule`` is an id. Of ``file``, ``fingerprint`` and ``address`` (section, table, row, column) those that are given
    have to fit as well. ``expires`` is the last day on which it holds, as ``2025-12-31``. ``path`` and ``line`` lead to
    the waiver itself.
    """

    rule: str
    reason: str
    file: str = ""
    fingerprint: str = ""
    address: Mapping[str, str] = {}
    approver: str = ""
    expires: str = ""
    path: str = ""
    line: int = 0


class Waived(Record):
    """A finding that counts no longer, and the waiver that lets it pass."""

    finding: Finding
    waiver: Waiver


class Result(Record):
    """All that gilint says about one input: a report with findings and outcomes, or an ``error``.

    ``waived`` findings are not among ``findings``.
    """

    path: str
    report: Report | None
    findings: tuple[Finding, ...]
    outcomes: Mapping[str, Outcome]
    error: Failure | None = None
    waived: tuple[Waived, ...] = ()
