"""The public door: load rules once, lint many reports."""

from __future__ import annotations

import os
from collections.abc import Mapping

from gilint import overrides
from gilint.config import LANGS, Config, find_config, load_config
from gilint.engine import Engine
from gilint.errors import CheckError, ConfigError, GilintError, InputError, UsageError
from gilint.failures import broken, failed, invalid_waivers, no_rules, other_kind
from gilint.inputs import STANDARD_INPUT, load
from gilint.model import Document, Report, Result
from gilint.packs import DEFAULT_PACK, family_packs, load_ruleset
from gilint.plugins import Registry
from gilint.readers.opening import contents, read_document
from gilint.recognise import Recogniser
from gilint.runs import by_place, chunks, digests_of, judge_together
from gilint.suggest import unknown
from gilint.waivers import Waivers, named_files

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence
    from concurrent.futures import Executor
    from typing import Any

    from gilint.arithmetic import CellKey
    from gilint.diagnosis import Explainer
    from gilint.model import Evidence, Finding
    from gilint.ruleset import Ruleset
    from gilint.runs import Judged

    Source = str | os.PathLike[str] | bytes | Document | Report | Mapping[str, Any]
    Input = Source | InputError

DATA = "<data>"


class Linter:
    """Rules, forms and plugins, loaded once; safe to share between threads afterwards.

    ``rules`` are packs beside the default one and those of the configuration: folders, rule files, or names of
    installed packs. ``config`` is a :class:`Config`, the path of one, ``None`` for the nearest ``gilint.toml`` above
    the working folder, or ``False`` for none. ``select`` stands in place of that of the configuration; the other
    arguments add to it. ``waivers`` names files of waivers that count beside those of the configuration and those that
    lie beside the reports; with ``False`` nothing is waived. ``today`` (as ``2025-12-31``) is the day on which waivers
    have to hold, the present one by default.

    Raises ``ConfigError`` and ``RuleError`` for what is wrong in them. A plugin that fails is recorded in
    ``registry.failures``, and rules that need it break.

    A linter is pickled as its arguments: another process loads everything anew.
    """

    def __init__(
        self,
        rules: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = (),
        *,
        config: Config | str | os.PathLike[str] | bool | None = None,
        select: str | Sequence[str] = (),
        ignore: str | Sequence[str] = (),
        plugins: str | Sequence[str] = (),
        issuer_kind: str | None = None,
        facts: Mapping[str, Any] | None = None,
        lang: str | None = None,
        waivers: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] | bool = (),
        today: str = "",
    ) -> None:
        select, ignore, plugins = _several(select), _several(ignore), _several(plugins)
        self.config = _configured(config)
        self.lang = _known_lang(lang or self.config.lang)
        self.registry = Registry(plugins, self.config.plugins)
        self.issuer_kind = issuer_kind or self.config.issuer_kind
        named = [rules] if isinstance(rules, str | os.PathLike) else rules
        sources = tuple(os.fspath(source) for source in named)
        waiving = named_files(waivers, self.config)
        # The token tells this linter from one that was made of the same arguments before a file changed.
        self._remake = (
            os.urandom(8),
            {
                "rules": sources,
                "config": self.config,
                "select": select,
                "ignore": ignore,
                "plugins": plugins,
                "issuer_kind": issuer_kind,
                "facts": dict(facts or {}),
                "lang": self.lang,
                "waivers": waivers,
                "today": today,
            },
        )
        try:
            loaded = self._load(sources)
            self.ruleset = overrides.overridden(loaded, self.config, self.registry.get)
            self.rules = overrides.selected(self.ruleset, self.config, select, ignore)
            self.facts = overrides.facts_of(self.config, self.ruleset.families, facts or {})
            overrides.refuse_unknown_kind(self.issuer_kind, self.config, self.ruleset.families)
            overrides.refuse_wrong_overrides(loaded, self.config, self.registry.get)
            self.waivers = Waivers(self.ruleset, waiving or (), beside=waiving is not None, lang=self.lang, today=today)
        except GilintError as error:
            # What is missing may be what a plugin would have brought.
            for failure in self.registry.failures:
                error.add_note(str(failure))
            raise
        self._variants: dict[tuple[int, ...], Linter] = {}
        self._recogniser = Recogniser(self.ruleset.families)
        self._engines: dict[str, Engine] = {}
        self._explainers: dict[str, Explainer] = {}
        # What a pack calls an error binds the cells, whatever severity the configuration gives it.
        self._binding = {
            family.pack: {
                rule.id: rule
                for rule in loaded.rules
                if rule.severity == "error" and rule.check == "equation" and rule.family == family.pack
            }
            for family in self.ruleset.families
        }
        self._equations = {
            family.pack: {
                rule.id: rule for rule in self.rules if rule.check == "equation" and rule.family == family.pack
            }
            for family in self.ruleset.families
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return _remade, self._remake

    # --- rules -----------------------------------------------------------------------------------------------------

    def _load(self, sources: Sequence[str]) -> Ruleset:
        """All rules; packs and kinds of check that a plugin brings are left out when they are broken."""
        while True:
            try:
                return self._load_packs(sources)
            except CheckError as error:
                if not self.registry.drop_check(error.check, str(error)):
                    raise
            except UsageError:
                if not self._drop_broken_packs():
                    raise

    def _load_packs(self, sources: Sequence[str]) -> Ruleset:
        plugged = list(self.registry.packs)
        installed = {os.path.basename(folder): folder for folder in plugged}
        configured = overrides.packs_of(self.config, installed)
        return load_ruleset([*family_packs(), *configured, *plugged, *sources], self.registry, installed)

    def _drop_broken_packs(self) -> bool:
        """Leave out the packs of plugins that cannot be loaded by themselves; whether there was one."""
        before = len(self.registry.packs)
        for folder in self.registry.packs:
            try:
                load_ruleset([DEFAULT_PACK, folder], self.registry)
            except UsageError as error:
                self.registry.drop_pack(folder, str(error))
        return len(self.registry.packs) < before

    # --- reading ---------------------------------------------------------------------------------------------------

    def read(self, source: Source, name: str | None = None, facts: Mapping[str, Any] | None = None) -> Report:
        """The report of a file, of bytes, of data, or of a Document; ``facts`` are added to those of the configuration.

        Raises ``InputError`` when there is no report in it, ``ConfigError`` for facts that no pack declares, and
        ``PluginError`` when a plugged-in reader breaks.
        """
        if isinstance(source, Report):
            return source
        linter = self._variant(_place(source))
        if linter is not self:
            return linter.read(source, name, facts)
        known = {**self.facts, **overrides.facts_of(Config(), self.ruleset.families, facts)} if facts else self.facts
        document = source if isinstance(source, Document) else self._document(source, name)
        return self._recogniser.read(document, known, self.issuer_kind)

    def _variant(self, place: str | None) -> Linter:
        """The linter for the file at a path: another one where the configuration has overrides for it."""
        if place is None or place == STANDARD_INPUT or not self.config.overrides:
            return self
        covering = tuple(index for index, each in enumerate(self.config.overrides) if each.covers(place))
        if not covering:
            return self
        if covering not in self._variants:
            from gilint.config.merging import for_file

            arguments: dict[str, Any] = {**self._remake[1], "config": for_file(self.config, place)}
            self._variants[covering] = Linter(**arguments)
        return self._variants[covering]

    def _read_previous(self, source: Source, pack: str) -> Report:
        """Last year's report, of the family of a pack. Raises ``InputError``, which says that it is about this one."""
        try:
            previous = self.read(source)
            if previous.form.family.pack != pack:
                raise other_kind(previous, pack)
        except InputError as error:
            message = {"zh": f"上年报告：{error.message['zh']}", "en": f"last year's report: {error.message['en']}"}
            raise InputError(error.code, error.path, message, error.advice) from None
        return previous

    def _document(self, source: str | os.PathLike[str] | bytes | Mapping[str, Any], name: str | None) -> Document:
        if isinstance(source, Mapping):
            from gilint.readers.structured import from_data

            return from_data(source, name or DATA)
        data, shown = self._content(source, name)
        return read_document(data, shown, self.registry.readers, self.config.limits)

    def _content(self, source: str | os.PathLike[str] | bytes, name: str | None) -> tuple[bytes, str]:
        if isinstance(source, bytes):
            return source, name or "<bytes>"
        path = os.fspath(source)
        return load(path, self.config.limits, self.registry.readers), name or path

    # --- linting ---------------------------------------------------------------------------------------------------

    def lint(
        self,
        source: Source,
        name: str | None = None,
        facts: Mapping[str, Any] | None = None,
        *,
        previous: Source | None = None,
        pinned: Collection[str | CellKey] = (),
    ) -> Result:
        """Judge one report; ``previous`` is that of the year before, which rules may compare it with.

        ``pinned`` cells, as ``table.row.column``, are known to be right: no suggestion changes them. Raises
        ``InputError`` for an input that cannot be judged, or a previous report that cannot be read, and ``UsageError``
        for a pinned cell that the form does not have.
        """
        return self._lint(source, name, facts, previous, pinned, _place(source))

    def _lint(
        self,
        source: Source,
        name: str | None,
        facts: Mapping[str, Any] | None,
        previous: Source | None,
        pinned: Collection[str | CellKey],
        place: str | None,
    ) -> Result:
        """The result of a report that lies at ``place``, ``None`` where it is no file."""
        linter = self._variant(place)
        if linter is not self:
            return linter._lint(source, name, facts, previous, pinned, place)
        report = self.read(source, name, facts)
        if previous is not None:
            report = report.replace(previous=self._read_previous(previous, report.form.family.pack))
        verdict = self._engine(report).judge(report)
        findings = tuple(sorted(verdict.findings, key=by_place))
        findings = self._explained(report, findings, verdict.evidence, pinned)
        return self.waivers.apply(Result(report.source.name, report, findings, verdict.outcomes), place)

    def _engine(self, report: Report) -> Engine:
        """The engine of a report's family, made for its first report."""
        pack = report.form.family.pack
        if pack not in self._engines:
            own = [rule for rule in self.rules if rule.family == pack]
            if not own:
                raise no_rules(report)
            self._engines[pack] = Engine(own, self.registry, self.lang)
        return self._engines[pack]

    def lint_many(self, sources: Iterable[Input], *, executor: Executor | None = None) -> Iterator[Result]:
        """Judge several inputs in their order; one that cannot be judged becomes a Result with ``error``.

        With an ``executor`` of :mod:`concurrent.futures` they are judged in its threads or processes. Results come as
        they are made, unless a selected rule judges all reports of the run: then they come after the last one.
        """
        if isinstance(sources, str | bytes | os.PathLike | Document | Report | Mapping):
            sources = (sources,)
        judged: Iterable[Judged] = ((result, None) for source in sources for result in self._judged(source))
        if executor is not None:
            judged = (one for chunk in executor.map(self._judged_all, chunks(sources)) for one in chunk)
        kinds = map(self.registry.get, {rule.check for rule in self.rules})
        if any(kind is not None and kind.scope == "run" for kind in kinds):
            yield from judge_together(list(judged), self._engine, self.waivers.apply)
        else:
            yield from (result for result, _ in judged)

    def _judged_all(self, sources: Sequence[Input]) -> list[Judged]:
        """Results with the digests of their reports, made where the report is."""
        results = [result for source in sources for result in self._judged(source)]
        return [(one, digests_of(one, self._engine)) for one in results]

    def _judged(self, source: Input) -> Iterator[Result]:
        """A result for each document that a source holds: one, unless it is an archive."""
        if isinstance(source, Document | Report | Mapping | InputError):
            yield self._attempt(source, None, None)
            return
        on_disk = not isinstance(source, bytes)
        try:
            data, shown = self._content(source, None)
            for name, content in contents(data, shown, self.registry.readers, self.config.limits):
                yield self._attempt(content, name, name if on_disk else None)
        except InputError as error:
            yield failed(error, self.lang)

    def _attempt(
        self, source: Document | Report | bytes | Mapping[str, Any] | InputError, name: str | None, place: str | None
    ) -> Result:
        try:
            if isinstance(source, InputError):
                raise source
            return self._lint(source, name, None, None, (), place)
        except InputError as error:
            return failed(error, self.lang)
        except Exception as error:  # one file must not take the others with it
            return failed(broken(name or _name_of(source), error), self.lang)

    def review_waivers(self, results: Iterable[Result]) -> Iterator[Result]:
        """What is to be said about waivers once the reports that they cover were judged: a result a file.

        Unused and expired waivers, and those of rules that cannot be waived, are findings of it. A file of waivers with
        mistakes, which waives nothing, is a result with ``error``.
        """
        for file, findings in self.waivers.review(results):
            if file.mistakes:
                yield failed(invalid_waivers(file), self.lang)
            else:
                yield Result(file.path, None, findings, {})

    def _explained(
        self,
        report: Report,
        findings: tuple[Finding, ...],
        evidence: Sequence[Evidence],
        pinned: Collection[str | CellKey],
    ) -> tuple[Finding, ...]:
        """Findings of broken sums with the cells that explain them; rules that were not selected bind cells too."""
        pack = report.form.family.pack
        binding, own = self._binding[pack], self._equations[pack]
        if not pinned and not any(finding.rule in binding or finding.rule in own for finding in findings):
            return findings
        from gilint.diagnosis import Explainer, pinned_cells

        explainer = self._explainers.setdefault(pack, Explainer())
        return explainer.explain(
            report,
            findings,
            [rule for rule in binding.values() if self._engines[pack].applies(rule, report)],
            own.values(),
            evidence=evidence,
            pinned=pinned_cells(report.form, pinned),
            lang=self.lang,
        )


_REMADE: dict[bytes, Linter] = {}


def _remade(token: bytes, arguments: Mapping[str, Any]) -> Linter:
    """A linter in another process, made once for all tasks that come from the same one."""
    linter = _REMADE.get(token)
    if linter is None:
        linter = Linter(**arguments)
        _REMADE.clear()
        _REMADE[token] = linter
    return linter


def _several(names: str | Sequence[str]) -> tuple[str, ...]:
    """Names as a tuple; a single one need not be wrapped in a list."""
    return (names,) if isinstance(names, str) else tuple(names)


def _configured(config: Config | str | os.PathLike[str] | bool | None) -> Config:
    if isinstance(config, Config):
        return config
    if config is None or config is True:
        return find_config()
    return Config() if config is False else load_config(config)


def _known_lang(lang: str) -> str:
    if lang not in LANGS:
        raise ConfigError(unknown("语言", "language", lang, LANGS))
    return lang


def _place(source: Source) -> str | None:
    """The path of a report that is a file."""
    return os.fspath(source) if isinstance(source, str | os.PathLike) else None


def _name_of(source: Document | Report | bytes | Mapping[str, Any] | InputError) -> str:
    if isinstance(source, Report):
        return source.source.name
    if isinstance(source, Mapping):
        return DATA
    return source.name if isinstance(source, Document) else "<bytes>"
