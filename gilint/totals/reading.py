"""From the entries of a total to the figures of each member; the report itself is let go as soon as it was read."""

from __future__ import annotations

import os
from collections.abc import Mapping

from gilint.arithmetic import Missing, values_of
from gilint.checks.equations import equalities
from gilint.diagnosis import Locator
from gilint.diagnosis.naming import Namer
from gilint.engine import Engine
from gilint.errors import InputError
from gilint.failures import failed
from gilint.inputs import STANDARD_INPUT, load_file
from gilint.model import Document, Report
from gilint.readers.opening import SEPARATOR, contents
from gilint.record import Record
from gilint.totals.members import Entry
from gilint.totals.records import ADDED, UNREADABLE, Member, OwnFault

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    from gilint.arithmetic import CellKey, Equality, Number
    from gilint.form import Form
    from gilint.linter import Linter

    Values = Mapping[CellKey, "Number | None"]

REPAIRS = 10


class Reading(Record):
    """A member with what its figures are bound by.

    ``source`` is its real path, ``None`` for what has none; ``digest`` stands for its text, 0 for none.
    """

    member: Member
    form: Form | None = None
    bound: tuple[Equality, ...] = ()
    source: str | None = None
    digest: int = 0


def cells_of(form: Form) -> list[CellKey]:
    """All cells of a form, in its order."""
    return [
        (table.key, row.key, column)
        for table in form.tables
        for row in table.value_rows
        if row.key
        for column in row.columns
    ]


class Reader:
    """Reads the members of totals with a linter."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self._sums = _Sums(linter)

    def read(self, entry: Entry) -> Iterator[Reading]:
        """The members that an entry holds: one, unless it is an archive; one that cannot be read says why."""
        source = entry.source
        if isinstance(source, InputError):
            yield self._failed(source, entry)
        elif isinstance(source, bytes | Document | Report | Mapping):
            yield self._reading(source, None, entry, None)
        else:
            yield from self._of_file(os.fspath(source), entry)

    def read_one(self, source: Any) -> Reading:
        """The report of a source that holds one, such as the parent."""
        path = os.fspath(source) if isinstance(source, str | os.PathLike) else None
        real = None if path in (None, STANDARD_INPUT) else os.path.realpath(path or "")
        return self._reading(source if path is None else path, path, Entry(source), real)

    def _of_file(self, path: str, entry: Entry) -> Iterator[Reading]:
        real = None if path == STANDARD_INPUT else os.path.realpath(path)
        if SEPARATOR in path and not os.path.lexists(path):
            yield self._reading(path, path, entry, real)
            return
        limits = self._linter.config.limits
        try:
            data = load_file(path, limits)
            for name, content in contents(data, path, self._linter.registry.readers, limits):
                own = real if name == path else f"{real}{name.removeprefix(path)}"
                yield self._reading(content, name, entry, own)
        except InputError as error:
            yield self._failed(error, entry)

    def _reading(self, source: Any, name: str | None, entry: Entry, real: str | None) -> Reading:
        try:
            if isinstance(source, InputError):
                raise source
            report = self._linter.read(source, name)
        except InputError as error:
            return self._failed(error, entry)
        except Exception as error:  # one member must not take the others with it
            return self._failed(_broken(name or "<data>", error), entry)
        return self._of_report(report, entry, real)

    def _of_report(self, report: Report, entry: Entry, real: str | None) -> Reading:
        values = {key: value for key, value in values_of(report).items() if not isinstance(value, Missing)}
        cells = cells_of(report.form)
        bound = self._sums.binding(report)
        path = report.source.name
        member = Member(
            path=path,
            name=entry.name or report.issuer or os.path.basename(path),
            status=ADDED,
            issuer=report.issuer,
            year=report.year,
            form=report.form.id,
            figures={key: values[key] for key in cells if key in values},
            unread=tuple(key for key in cells if key not in values),
            faults=self._sums.faults(report, bound, values),
            place=entry.place,
        )
        return Reading(member, report.form, bound, real, _digest(report))

    def _failed(self, error: InputError, entry: Entry) -> Reading:
        failure = failed(error, self._linter.lang).error
        name = entry.name or os.path.basename(error.path) or error.path
        return Reading(Member(error.path, name, UNREADABLE, error=failure, place=entry.place))


class _Sums:
    """What the rules of severity error bind the figures of reports with, and the cells that break it."""

    def __init__(self, linter: Linter) -> None:
        self._linter = linter
        self._engines: dict[str, Engine] = {}
        self._bound: dict[Any, tuple[Equality, ...]] = {}
        self._locators: dict[Any, Locator] = {}

    def binding(self, report: Report) -> tuple[Equality, ...]:
        """The equalities that hold for a report; those of reports that are bound alike are the same tuple."""
        engine = self._engine(report.form.family.pack)
        found = equalities(report, [rule for rule in engine.rules if engine.applies(rule, report)])
        return self._bound.setdefault(_identity(report, found), found)

    def faults(self, report: Report, bound: tuple[Equality, ...], values: Values) -> tuple[OwnFault, ...]:
        key = _identity(report, bound)
        locator = self._locators.get(key)
        if locator is None:
            locator = self._locators[key] = Locator(report.form, bound)
        namer = Namer(report, self._linter.lang)
        return tuple(
            OwnFault(
                tuple(dict.fromkeys(one.rule for one in fault.broken)),
                tuple(
                    tuple((*key, before, after) for key, before, after in repair.changes)
                    for repair in fault.repairs[:REPAIRS]
                ),
                namer.describe(fault.repairs[0].changes) if fault.repairs else namer.explain(fault),
            )
            for fault in locator.locate(values)
        )

    def _engine(self, pack: str) -> Engine:
        if pack not in self._engines:
            rules = [
                rule
                for rule in self._linter.ruleset.rules
                if rule.check == "equation" and rule.severity == "error" and rule.family == pack
            ]
            self._engines[pack] = Engine(rules, self._linter.registry, self._linter.lang)
        return self._engines[pack]


def _digest(report: Report) -> int:
    texts = tuple(report.source.texts)
    return hash(texts) if texts else 0


def _identity(report: Report, bound: Iterable[Equality]) -> tuple[object, ...]:
    return (report.form.id, *((one.rule, one.at, one.row, one.column, one.constant) for one in bound))


def _broken(name: str, error: Exception) -> InputError:
    """An input over which gilint or a plugin broke."""
    from gilint.causes import cause

    return InputError(
        "internal",
        name,
        {"zh": f"内部错误：{cause(error)}", "en": f"internal error: {cause(error)}"},
        {"zh": "这是 gilint 或插件的缺陷，请报告", "en": "this is a defect of gilint or of a plugin: please report it"},
    )
