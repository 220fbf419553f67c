"""What a worker does once all reports are there: judge some beside those that have something in common with them."""

from __future__ import annotations

import marshal
from functools import partial

from gilint.bulk.entries import plain_digests, read_digests
from gilint.bulk.judging import read_again
from gilint.bulk.watchdog import Watchdog
from gilint.cache import digest_of
from gilint.checks import Member, Particulars
from gilint.failures import gist_of
from gilint.model import Outcome
from gilint.packing import pack_findings, packed_report, unpack_only_report
from gilint.record import Record
from gilint.runs import alone, judge_beside
from gilint.sources import name_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from gilint.bulk.entries import Entry
    from gilint.form import Form
    from gilint.linter import Linter
    from gilint.model import Report
    from gilint.runs import Said
    from gilint.sources import Input

    Forms = Mapping[tuple[str, str], Form]


class Part(Record):
    """A judged document, as far as it is compared, and what it was read from.

    ``encoded`` holds its packed report, what rules keep of it, and what names it (see
    :class:`gilint.bulk.entries.Entry`); ``digest`` is that of ``encoded``.
    """

    encoded: bytes
    digest: bytes
    source: Input


def part_of(entry: Entry, source: Input) -> Part:
    """The part that an entry makes."""
    report = packed_report(entry.packed)
    encoded = marshal.dumps((report, plain_digests(entry.digests), entry.named, entry.path, entry.content))
    return Part(encoded, digest_of(encoded), source)


class Group(Record):
    """A report, the first of ``parts``, and by rule the numbers of those beside which it is judged."""

    rules: Mapping[str, Sequence[int]]
    parts: tuple[Part, ...]

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from other groups."""
        return "group", sorted(self.rules.items()), [part.digest for part in self.parts]


def compare(linter: Linter, groups: Sequence[Group]) -> list[list[bytes]]:
    """For each group what the rules say of its report (:func:`told`), in no more time than judging may take."""
    forms, known, said = linter.forms, dict[bytes, _Judged](), []
    for group in groups:
        with Watchdog(linter.config.limits.worker_seconds):
            said.append([_compared(linter, group, forms, known)])
    return said


class _Judged:
    """A part, unpacked as far as somebody wants it: others of the groups may be judged beside it as well."""

    def __init__(self, linter: Linter, part: Part, forms: Forms) -> None:
        self._packed, digests, self._named, self._path, self._content = marshal.loads(part.encoded)
        self._digests = read_digests(digests)
        self._linter = linter
        self._forms = forms
        self._source = part.source
        self._report: Report | None = None

    @property
    def form(self) -> Form:
        return self._forms[self._named[:2]]

    @property
    def report(self) -> Report:
        if self._report is None:
            # A method of this object would hold on to it, and it to the report.
            load = partial(read_again, self._linter, self._source, self._path, self._content)
            self._report = unpack_only_report(self._packed, self._forms, load)
        return self._report

    def member(self, rule: str) -> Member:
        particulars = Particulars(self._path or name_of(self._source), self.form, *self._named[2:])
        return Member(particulars, self._digests[rule], lambda: self.report)


def _compared(linter: Linter, group: Group, forms: Forms, known: dict[bytes, _Judged]) -> bytes:
    for part in group.parts:
        if part.digest not in known:
            known[part.digest] = _Judged(linter, part, forms)
    parts = [known[part.digest] for part in group.parts]
    own = parts[0]
    engine = linter.engine_of(own.form)
    assert engine is not None
    said: Said = {}
    for rule, others in group.rules.items():
        members = [own.member(rule), *(parts[other].member(rule) for other in others)]
        said[rule] = judge_beside(engine, rule, members)
    packed = [
        (rule, outcome.status, outcome.reason, pack_findings(findings) if findings else None)
        for rule, (outcome, findings) in said.items()
    ]
    return marshal.dumps((gist_of(alone(said, engine)), packed))


def told(encoded: bytes) -> tuple[int, list[tuple[str, Outcome, bytes | None]]]:
    """What :func:`compare` made bytes of: what it comes to, and rules with their outcomes and packed findings."""
    gist, said = marshal.loads(encoded)
    return gist, [(rule, Outcome(status, reason), findings) for rule, status, reason, findings in said]
