"""Waivers: findings that are let pass, by a file beside the report or one that is named.

A report has no place for remarks to a linter, so waivers lie beside it. They come after everything else: rules run
and are accounted for as if there were none.
"""

from __future__ import annotations

import os

from gilint.errors import ConfigError, RuleError
from gilint.findings import Finding, Result, Waived, Waiver
from gilint.form import PREVIOUS
from gilint.globs import SIGNS, fits, relative
from gilint.inputs import STANDARD_INPUT
from gilint.places import Address, TextSpan
from gilint.readers.opening import SEPARATOR
from gilint.record import Record
from gilint.suggest import unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any

    Statuses = tuple[str | None, dict[str, str]]
    """A report as the waivers of a file name it, and what became of the rules that the file is for."""

    from gilint.config import Config
    from gilint.ruleset import Ruleset
    from gilint.source import Marked

FILE = "gilint.waivers.yaml"
"""What a file of waivers is called that counts for the reports beside it."""
UNUSED, EXPIRED, REFUSED = "WAIV01", "WAIV02", "WAIV03"
"""Ids of findings about waivers; no rule can have them."""
KEYS = ("section", "table", "row", "column")


class WaiverFile(Record):
    """The waivers of a file by rule, each in its order, or what is wrong with it."""

    path: str
    by_rule: Mapping[str, Sequence[Waiver]] = {}
    mistakes: str = ""

    def name_of(self, place: str | None) -> str | None:
        """A report as the waivers of the file name it; ``None`` for one that lies nowhere."""
        return None if place in (None, STANDARD_INPUT) else relative(place, os.path.dirname(self.path))


class Waivers:
    """The waivers of a linter. ``named`` files count for all reports, those ``beside`` a report for their folder.

    Raises ``ConfigError`` for a named file with mistakes. A file beside a report that has some waives nothing;
    :meth:`review` tells of it.
    """

    def __init__(
        self, ruleset: Ruleset, named: Iterable[str] = (), *, beside: bool = True, lang: str = "zh", today: str = ""
    ) -> None:
        self._ruleset = ruleset
        self._beside = beside
        self._lang = lang
        self._today = today
        self._read: dict[str, tuple[tuple[int, int], WaiverFile]] = {}
        self._named = tuple(self._sound(path) for path in named)

    def _sound(self, path: str) -> WaiverFile:
        try:
            return WaiverFile(path, _by_rule(load_waivers(path, self._ruleset)))
        except RuleError as error:
            raise ConfigError(str(error)) from None

    def files(self, place: str | None) -> list[WaiverFile]:
        """The files that count for a report at a path; ``None`` or ``-`` for one that lies nowhere."""
        found = list(self._named)
        if place not in (None, STANDARD_INPUT) and self._beside:
            beside = self._file_beside(place)
            if beside is not None:
                found.append(beside)
        return found

    def _file_beside(self, place: str) -> WaiverFile | None:
        folder = os.path.dirname(place.partition(SEPARATOR)[0])
        path = os.path.join(folder, FILE)
        try:
            status = os.stat(path)
        except (OSError, ValueError):
            return None
        state = status.st_mtime_ns, status.st_size
        known = self._read.get(path)
        if known is None or known[0] != state:
            known = self._read[path] = state, self._as_it_is(path)
        return known[1]

    def _as_it_is(self, path: str) -> WaiverFile:
        try:
            return WaiverFile(path, _by_rule(load_waivers(path, self._ruleset)))
        except RuleError as error:
            return WaiverFile(path, {}, str(error))

    # --- applying ----------------------------------------------------------------------------------------------------

    def apply(self, result: Result, place: str | None) -> Result:
        """The result of a report at ``place`` without the findings that are waived; those stand in ``waived``."""
        files = self.files(place) if result.findings else ()
        if not files:
            return result
        rules = {finding.rule for finding in result.findings}
        by_rule = {rule: list(self._covering(files, place, rule)) for rule in rules}
        if not any(by_rule.values()):
            return result
        kept: list[Finding] = []
        waived: list[Waived] = []
        for finding in result.findings:
            fitting = [waiver for waiver in by_rule[finding.rule] if _fits(waiver, finding)]
            if fitting:
                waived.append(Waived(finding, fitting[0]))
            else:
                kept.append(finding)
        return result.replace(findings=_with_suggestions(kept, waived), waived=tuple(waived)) if waived else result

    def _covering(self, files: Iterable[WaiverFile], place: str | None, rule: str) -> Iterator[Waiver]:
        """The waivers of a rule that hold today for a report."""
        for file in files:
            waivers = file.by_rule.get(rule, ())
            if waivers and self._ruleset.rule(rule).waivable:
                name = file.name_of(place)
                yield from (each for each in waivers if covers(each, name) and not self._expired(each))

    def _expired(self, waiver: Waiver) -> bool:
        return bool(waiver.expires) and waiver.expires < (self._today or _today())

    # --- reviewing ---------------------------------------------------------------------------------------------------

    def review(self, results: Iterable[Result]) -> Iterator[tuple[WaiverFile, tuple[Finding, ...]]]:
        """The files of waivers that there is something to say about, once all their reports were judged.

        A waiver is told of if it has expired, is for a rule that cannot be waived, or let nothing pass although its
        rule judged a report that it covers.
        """
        used: set[tuple[str, int]] = set()
        # Of a run of thousands no more is kept than what became of the rules that are waived.
        judged: dict[str, tuple[WaiverFile, list[Statuses]]] = {}
        for result in results:
            if result.report is None and result.error is not None:
                continue
            used.update((one.waiver.path, one.waiver.line) for one in result.waived)
            for file in self.files(result.path):
                judged.setdefault(file.path, (file, []))[1].append(_statuses(file, result))
        for file, reports in judged.values():
            findings = sorted(self._said(file, reports, used), key=_line)
            if findings or file.mistakes:
                yield file, tuple(findings)

    def _said(self, file: WaiverFile, reports: Sequence[Statuses], used: set[tuple[str, int]]) -> Iterator[Finding]:
        for rule, waivers in file.by_rule.items():
            statuses = [(name, found[rule]) for name, found in reports if rule in found]
            everywhere = {status for _name, status in statuses}
            by_name = _gathered(statuses)
            for waiver in waivers:
                if not waiver.file:
                    met = everywhere
                elif not any(sign in waiver.file for sign in SIGNS):
                    met = by_name.get(waiver.file.removeprefix("./"), set())
                else:
                    met = {status for name, status in statuses if covers(waiver, name)}
                if met:
                    yield from self._judged(waiver, met, used)

    def _judged(self, waiver: Waiver, met: set[str], used: set[tuple[str, int]]) -> Iterator[Finding]:
        """What is to be said of a waiver whose rule met reports with these statuses."""
        if not self._ruleset.rule(waiver.rule).waivable:
            yield self._finding(waiver, REFUSED)
        elif self._expired(waiver):
            yield self._finding(waiver, EXPIRED)
        elif (waiver.path, waiver.line) not in used and not met & {"could_not_check", "broke"}:
            yield self._finding(waiver, UNUSED)

    def _finding(self, waiver: Waiver, rule: str) -> Finding:
        name, title, message, advice = (_part(part, self._lang) for part in WORDS[rule])
        title_of = self._ruleset.rule(waiver.rule).title
        words = {"rule": waiver.rule, "title": title_of[self._lang], "expires": waiver.expires}
        return Finding(
            rule=rule,
            name=name,
            severity="warning",
            title=title,
            message=message.format_map(words),
            advice=advice,
            basis=(),
            address=Address((os.path.basename(waiver.path),)),
            span=TextSpan(waiver.line, 1, waiver.line, 1),
            excerpt="",
            fingerprint=_fingerprint(rule, waiver),
            at=None,
        )


def _statuses(file: WaiverFile, result: Result) -> Statuses:
    outcomes = result.outcomes
    return file.name_of(result.path), {rule: outcomes[rule].status for rule in file.by_rule if rule in outcomes}


WORDS: dict[str, tuple[Any, Any, Any, Any]] = {
    UNUSED: (
        "unused-waiver",
        ("豁免没有用到", "A waiver that is not used"),
        (
            "对 {rule}（{title}）的豁免没有用到：问题已经改正，或者所写的位置不符",
            "the waiver of {rule} ({title}) lets nothing pass: the defect is gone, or its place is another",
        ),
        ("请删去这条豁免，或者改正它的位置", "delete the waiver, or mend its place"),
    ),
    EXPIRED: (
        "expired-waiver",
        ("豁免已经到期", "A waiver that has expired"),
        (
            "对 {rule}（{title}）的豁免已于 {expires} 到期，问题重新计入",
            "the waiver of {rule} ({title}) expired on {expires}; what it let pass counts again",
        ),
        ("请改正问题后删去这条豁免，或者重新批准并改写日期", "mend the defect and delete it, or approve it anew"),
    ),
    REFUSED: (
        "refused-waiver",
        ("这条规则不能豁免", "A rule that cannot be waived"),
        (
            "{rule}（{title}）不能豁免，问题照常计入",
            "{rule} ({title}) cannot be waived; its findings count",
        ),
        ("请删去这条豁免并改正问题", "delete the waiver and mend the defect"),
    ),
}


def _part(part: str | tuple[str, str], lang: str) -> str:
    return part if isinstance(part, str) else part[lang != "zh"]


def _fingerprint(rule: str, waiver: Waiver) -> str:
    from gilint.engine import fingerprint

    address = ",".join(f"{key}={value}" for key, value in sorted(waiver.address.items()))
    return fingerprint((rule, waiver.rule, waiver.file, waiver.fingerprint, address))


def _today() -> str:
    from time import strftime

    return strftime("%Y-%m-%d")


def named_files(
    waivers: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | bool, config: Config
) -> tuple[str, ...] | None:
    """The files of waivers that are named, and by the configuration; ``None`` where nothing is to be waived."""
    if waivers is False:
        return None
    named = [waivers] if isinstance(waivers, str | os.PathLike) else () if waivers is True else waivers
    configured = (os.path.join(config.folder, path) for path in config.waivers)
    return (*configured, *(os.fspath(path) for path in named))


# --- what a waiver covers ---------------------------------------------------------------------------------------------


def covers(waiver: Waiver, name: str | None) -> bool:
    """Whether a waiver is for the report of a path relative to its folder; ``None`` lies nowhere."""
    return not waiver.file or (name is not None and fits(waiver.file, name))


def _by_rule(waivers: Iterable[Waiver]) -> dict[str, list[Waiver]]:
    found: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        found.setdefault(waiver.rule, []).append(waiver)
    return found


def _gathered(statuses: Iterable[tuple[str | None, str]]) -> dict[str, set[str]]:
    """The statuses of reports by their relative paths, and by their bare names."""
    found: dict[str, set[str]] = {}
    for path, status in statuses:
        for name in {path or "", (path or "").rpartition("/")[2]}:
            found.setdefault(name, set()).add(status)
    return found


def _line(finding: Finding) -> tuple[float, ...]:
    return finding.span.order if finding.span is not None else ()


def _fits(waiver: Waiver, finding: Finding) -> bool:
    if waiver.fingerprint and waiver.fingerprint != finding.fingerprint:
        return False
    return all(getattr(finding.address, key) == value for key, value in waiver.address.items())


def _with_suggestions(kept: list[Finding], waived: Sequence[Waived]) -> tuple[Finding, ...]:
    """The findings that stay. Of one cause the first carries the suggestions: where it goes, the next takes them."""
    orphaned = {
        one.finding.cause.id: one.finding.suggestions
        for one in waived
        if one.finding.cause is not None and one.finding.suggestions
    }
    for index, finding in enumerate(kept):
        if finding.cause is not None and not finding.suggestions and finding.cause.id in orphaned:
            kept[index] = finding.replace(suggestions=orphaned.pop(finding.cause.id))
    return tuple(kept)


# --- reading ----------------------------------------------------------------------------------------------------------


def load_waivers(path: str, ruleset: Ruleset, text: str | None = None) -> tuple[Waiver, ...]:
    """The waivers of a file, or of the text that it is going to have.

    Raises ``RuleError`` with every mistake at its line and column.
    """
    from gilint.packs.published import schema_file
    from gilint.source import load, read_text, validate

    marked = load(path, read_text(path) if text is None else text)
    mistakes = validate(marked, schema_file("waivers"), formats={"day": wrong_day})
    if mistakes:
        raise RuleError(tuple(mistakes))
    reader = _Reader(marked, ruleset)
    waivers = tuple(reader.waiver(number, data) for number, data in enumerate(marked.data["waivers"] or ()))
    if reader.mistakes:
        raise RuleError(tuple(reader.mistakes))
    return waivers


def wrong_day(text: str) -> str | None:
    """What is wrong with a day."""
    from datetime import date

    try:
        if date.fromisoformat(text).isoformat() == text:
            return None
    except ValueError:
        pass
    return f"{text} 不是日期，应写成 2025-12-31 (not a day; write it as 2025-12-31)"


class _Reader:
    """Turns the entries of a sound file into waivers, and collects names that nothing goes by."""

    def __init__(self, marked: Marked, ruleset: Ruleset) -> None:
        self._marked = marked
        self._ruleset = ruleset
        self._seen: dict[tuple[object, ...], int] = {}
        self.mistakes: list[Any] = []

    def waiver(self, number: int, data: dict[str, Any]) -> Waiver:
        at = ("waivers", number)
        line, _column = self._marked.place(at)
        rule = data["rule"]
        try:
            rule = self._ruleset.rule(rule).id
        except ConfigError as error:
            self._mistake((*at, "rule"), str(error))
        for key, value in data.get("address", {}).items():
            known = self._known(key)
            if value not in known:
                self._mistake((*at, "address", key), unknown("位置", "place", value, sorted(known)))
        waiver = Waiver(**{**data, "rule": rule, "path": self._marked.path, "line": line})
        self._refuse_repeated(at, waiver)
        return waiver

    def _refuse_repeated(self, at: tuple[str | int, ...], waiver: Waiver) -> None:
        claim = waiver.rule, waiver.file, waiver.fingerprint, tuple(sorted(waiver.address.items()))
        first = self._seen.setdefault(claim, waiver.line)
        if first != waiver.line:
            zh, en = f"与第 {first} 行的豁免相同", f"the same waiver as on line {first}"
            self._mistake(at, f"{zh} ({en})")

    def _known(self, key: str) -> set[str]:
        """The keys of all forms of one sort."""
        forms = [form for family in self._ruleset.families for form in family.forms]
        tables = [table for form in forms for table in form.tables]
        names: dict[str, Callable[[], set[str]]] = {
            "section": lambda: {section.key for form in forms for section in form.sections},
            "table": lambda: {key for table in tables for key in (table.key, PREVIOUS + table.key)},
            "row": lambda: {row.key for table in tables for row in table.rows if row.key},
            "column": lambda: {column.key for table in tables for column in table.columns},
        }
        return names[key]()

    def _mistake(self, path: tuple[str | int, ...], message: str) -> None:
        self.mistakes.append(self._marked.mistake(path, message))
